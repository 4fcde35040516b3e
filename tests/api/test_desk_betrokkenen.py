"""The people behind a request: known to editors alone, every reading logged, never in the log itself, erased for good."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.api.desk import DeskOfTest, open_desk
from tests.api.test_desk_verzoeken import decided, get, post, registered
from woo.domain.actor import Rol
from woo.domain.events import Actie

WIE = {"naam": "Jozefien Verzinsel", "namens": "Stichting Bedacht", "email": "jv@bedacht.example"}
DERDE = {"naam": "Bakkerij Nergens", "gevraagdOp": "2026-02-10", "reagerenVoor": "2026-02-24"}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[DeskOfTest]:
    with open_desk(tmp_path) as opened:
        yield opened


def put(desk: DeskOfTest, path: str, body: dict[str, Any], *, expect: int = 200) -> dict[str, Any]:
    answer = desk.by(Rol.REDACTEUR).put(path, json=body)
    assert answer.status_code == expect, answer.text
    return dict(answer.json())


def test_names_are_for_editors_and_reading_them_is_logged(desk: DeskOfTest) -> None:
    id = registered(desk)
    put(desk, f"/verzoeken/{id}/verzoeker", WIE)
    post(desk, f"/verzoeken/{id}/derden", DERDE, expect=201)
    at = f"/verzoeken/{id}/betrokkenen"
    assert desk.by(Rol.LEZER).get(at).status_code == 403
    assert "Verzinsel" not in str(get(desk, f"/verzoeken/{id}"))
    before = desk.actions(id).count(Actie.BETROKKENEN_READ)
    seen = desk.by(Rol.REDACTEUR).get(at).json()
    assert seen["verzoeker"]["naam"] == "Jozefien Verzinsel"
    assert [each["naam"] for each in seen["derden"]] == ["Bakkerij Nergens"]
    assert desk.actions(id).count(Actie.BETROKKENEN_READ) == before + 1
    assert not any(
        word in str(desk.events()) for word in ("Verzinsel", "Bedacht", "Nergens", "bedacht.example")
    )


def test_a_third_party_is_asked_answers_and_is_told(desk: DeskOfTest) -> None:
    id = registered(desk)
    publicatie = desk.publicatie()
    besluit = decided(desk, id)["id"]
    post(desk, f"/besluiten/{besluit}/publicatie", {"publicatie": publicatie})
    document = desk.document(publicatie)
    derde = post(desk, f"/verzoeken/{id}/derden", DERDE, expect=201)
    assert derde["nummer"] == 1
    answered = DERDE | {
        "reactie": "deels",
        "gereageerdOp": "2026-02-20",
        "zienswijzen": [{"soort": "document", "id": document, "reactie": "bezwaar"}],
    }
    put(desk, f"/derden/{derde['id']}", answered)
    told = {k: v for k, v in answered.items() if k != "zienswijzen"} | {"geinformeerdOp": "2026-03-01"}
    kept = put(desk, f"/derden/{derde['id']}", told)
    assert kept["zienswijzen"] == answered["zienswijzen"]
    assert kept["geinformeerdOp"] == "2026-03-01"
    elsewhere = desk.document(desk.publicatie(), "ander")
    wrong = answered | {"zienswijzen": [{"soort": "document", "id": elsewhere, "reactie": "bezwaar"}]}
    assert "hoort niet bij een besluit" in str(put(desk, f"/derden/{derde['id']}", wrong, expect=400))
    for changes, field in (
        ({"reagerenVoor": "2026-02-09"}, "reagerenVoor"),
        ({"reactie": "bezwaar"}, "gereageerdOp"),
        ({"email": "nergens"}, "email"),
        ({"gevraagdOp": None}, "gevraagdOp"),
    ):
        fault = put(desk, f"/derden/{derde['id']}", DERDE | changes, expect=400)
        assert fault["errors"][0]["location"] == field


def test_two_people_at_one_third_party_do_not_overwrite_each_other(desk: DeskOfTest) -> None:
    derde = post(desk, f"/verzoeken/{registered(desk)}/derden", DERDE, expect=201)
    seen = {"gewijzigdOp": derde["gewijzigdOp"]}
    desk.clock.forward(minutes=1)
    put(desk, f"/derden/{derde['id']}", DERDE | seen | {"adres": "Dorpsplein 1"})
    put(desk, f"/derden/{derde['id']}", DERDE | seen | {"adres": "Elders 2"}, expect=409)


def test_erasing_leaves_the_fact_and_nothing_else(desk: DeskOfTest) -> None:
    id = registered(desk)
    put(desk, f"/verzoeken/{id}/verzoeker", WIE)
    derde = post(desk, f"/verzoeken/{id}/derden", DERDE, expect=201)["id"]
    assert desk.by(Rol.PUBLICEERDER).post(f"/verzoeken/{id}/verzoeker/wissen").status_code == 403
    assert post(desk, f"/verzoeken/{id}/verzoeker/wissen", {})["gewistOp"] == "2026-03-02"
    left = post(desk, f"/derden/{derde}/wissen", {})
    assert (left["naam"], left["gevraagdOp"], left["gewistOp"]) == (None, "2026-02-10", "2026-03-02")
    assert post(desk, f"/derden/{derde}/wissen", {}, expect=409)
    put(desk, f"/derden/{derde}", DERDE, expect=409)
    seen = desk.by(Rol.REDACTEUR).get(f"/verzoeken/{id}/betrokkenen").text
    assert not any(word in seen for word in ("Verzinsel", "Bedacht", "Nergens"))


def test_a_document_as_sent_can_never_become_public(desk: DeskOfTest) -> None:
    publicatie = desk.publicatie()
    sent = desk.by(Rol.BEHEERDER).post(
        f"/publicaties/{publicatie}/documenten",
        data={"officieleTitel": "Brief", "bestemming": "verzonden", "rol": "besluitbrief"},
        files={"bestand": ("b.pdf", b"%PDF-1.7\n% x\n%%EOF\n", "application/pdf")},
    )
    assert sent.status_code == 201, sent.text
    assert (sent.json()["bestemming"], sent.json()["rol"]) == ("verzonden", "besluitbrief")
    by = desk.by(Rol.BEHEERDER)
    at = f"/documenten/{sent.json()['id']}"
    assert by.patch(at, json={"bestemming": "openbaar"}).status_code == 400
    assert by.patch(at, json={"rol": "bijlage"}).json()["rol"] == "bijlage"
    assert by.post(f"{at}/intrekken", json={"reden": "weg"}).status_code == 409
    by.post(f"/publicaties/{publicatie}/publiceer")
    assert by.get(at).json()["openbaar"] is False
