"""Requests at the desk's API: registered, followed, decided in parts, revised; two people at once; other organisations."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.api.desk import GEMEENTE, DeskOfTest, open_desk
from woo.domain.actor import Actor, Rol
from woo.domain.errors import NotFound
from woo.domain.events import Actie
from woo.usecases.procedure import loopt_voorlopige_voorziening
from woo.usecases.verzoek import put_off
from woo.usecases.verzoekinzage import list_verzoeken, read_verzoek

NIEUW = {
    "kenmerk": "Woo-2026/8",
    "onderwerp": "De rondweg",
    "ontvangenOp": "2026-02-02",
    "organisatie": GEMEENTE,
    "periodeVan": "2020-01-01",
}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[DeskOfTest]:
    with open_desk(tmp_path) as opened:
        yield opened


def post(desk: DeskOfTest, path: str, body: dict[str, Any], *, expect: int = 200) -> dict[str, Any]:
    answer = desk.by(Rol.BEHEERDER).post(path, json=body)
    assert answer.status_code == expect, answer.text
    return dict(answer.json())


def get(desk: DeskOfTest, path: str) -> dict[str, Any]:
    answer = desk.by(Rol.LEZER).get(path)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def registered(desk: DeskOfTest, **changes: Any) -> str:
    return str(post(desk, "/verzoeken", NIEUW | changes, expect=201)["id"])


def decided(desk: DeskOfTest, verzoek: str, *, expect: int = 201, **changes: Any) -> dict[str, Any]:
    body = {"kenmerk": "B-1", "datum": "2026-02-20", "uitkomst": "deels_openbaar"}
    return post(desk, f"/verzoeken/{verzoek}/besluiten", body | changes, expect=expect)


def test_a_request_is_registered_and_everything_that_befalls_it_is_told(desk: DeskOfTest) -> None:
    id = registered(desk)
    at = f"/verzoeken/{id}"
    post(desk, f"{at}/preciseringen", {"op": "2026-02-03"})
    post(desk, f"{at}/preciseringen/antwoord", {"op": "2026-02-05"})
    post(desk, f"{at}/opschortingen", {"van": "2026-02-10", "grond": "zienswijze"})
    stil = get(desk, at)
    assert (stil["status"], stil["dagen"], stil["uitersteDatum"]) == ("opgeschort", None, None)
    post(desk, f"{at}/opschortingen/hervat", {"op": "2026-02-12"})
    post(desk, f"{at}/verdaging", {"op": "2026-02-16"})
    post(
        desk, f"{at}/doorzendingen", {"aan": "gm1735", "op": "2026-02-04", "deel": "de brieven van de buren"}
    )
    post(desk, f"{at}/ingebrekestellingen", {"op": "2026-03-01"})
    told = get(desk, at)
    assert told["preciseringen"] == [{"gevraagdOp": "2026-02-03", "beantwoordOp": "2026-02-05"}]
    assert told["opschortingen"] == [{"van": "2026-02-10", "tot": "2026-02-11", "grond": "zienswijze"}]
    assert (told["verdaagdOp"], told["verdagingDagen"]) == ("2026-02-16", 14)
    assert told["doorzendingen"][0]["aan"] == "gm1735"
    assert told["doorzendingen"][0]["naam"] != "gm1735"
    assert told["ingebrekestellingen"] == ["2026-03-01"]
    assert told["periode"] == {"van": "2020-01-01", "tot": None}
    assert (told["status"], told["uitersteDatum"], told["dagen"]) == ("in_behandeling", "2026-03-18", 16)
    assert post(desk, f"{at}/intrekking", {"op": "2026-03-02"})["status"] == "ingetrokken"
    post(desk, f"{at}/schrappen", {"feit": "intrekking"})
    assert get(desk, at)["ingetrokkenOp"] is None
    refused = post(desk, f"{at}/schrappen", {"feit": "doorzending", "nummer": 2}, expect=409)
    assert "staat er niet" in refused["detail"]
    assert desk.actions(id).count(Actie.VERZOEK_CHANGED) == 9


def test_what_cannot_be_is_refused_with_its_reason_in_dutch(desk: DeskOfTest) -> None:
    future = post(desk, "/verzoeken", NIEUW | {"ontvangenOp": "2026-03-03"}, expect=400)
    assert future["errors"][0]["detail"].endswith(
        "Deze dag moet nog komen. Vul een dag in die al is geweest."
    )
    missing = post(desk, "/verzoeken", {"kenmerk": "x"}, expect=400)
    assert {each["location"] for each in missing["errors"]} == {"onderwerp", "ontvangenOp", "organisatie"}
    period = post(desk, "/verzoeken", NIEUW | {"periodeTot": "2019-01-01"}, expect=400)
    assert period["errors"][0]["location"] == "periodeTot"
    id = registered(desk)
    assert "voor de dag van ontvangst" in str(
        post(desk, f"/verzoeken/{id}/doorzendingen", {"aan": "x", "op": "2026-02-01"}, expect=400)
    )
    late = post(desk, f"/verzoeken/{id}/verdaging", {"op": "2026-03-02", "dagen": 15}, expect=400)
    assert late["errors"][0]["location"] == "dagen"
    assert "al eens verlengd" in str(
        (
            post(desk, f"/verzoeken/{id}/verdaging", {"op": "2026-03-02"}),
            post(desk, f"/verzoeken/{id}/verdaging", {"op": "2026-03-02"}, expect=409),
        )
    )
    assert desk.by(Rol.LEZER).post("/verzoeken", json=NIEUW).status_code == 403
    assert desk.by(Rol.LEZER).get("/verzoeken/weg").json()["title"] == "Dit verzoek bestaat niet"


def test_a_change_on_an_older_state_is_refused_and_nothing_is_lost(desk: DeskOfTest) -> None:
    id = registered(desk)
    seen = get(desk, f"/verzoeken/{id}")["gewijzigdOp"]
    desk.clock.forward(minutes=1)
    by = desk.by(Rol.REDACTEUR)
    first = by.patch(f"/verzoeken/{id}", json={"onderwerp": "De oostelijke rondweg", "gewijzigdOp": seen})
    assert first.json()["onderwerp"] == "De oostelijke rondweg"
    second = by.patch(f"/verzoeken/{id}", json={"onderwerp": "De ringweg", "gewijzigdOp": seen})
    assert second.status_code == 409
    assert "heeft dit net gewijzigd" in second.json()["detail"]
    late = by.post(f"/verzoeken/{id}/ingebrekestellingen", json={"op": "2026-03-01", "gewijzigdOp": seen})
    assert late.status_code == 409
    assert get(desk, f"/verzoeken/{id}")["onderwerp"] == "De oostelijke rondweg"


def test_requests_are_listed_by_urgency_and_filtered(desk: DeskOfTest) -> None:
    soon = registered(desk, kenmerk="A-1")
    later = registered(desk, kenmerk="A-2", ontvangenOp="2026-02-20", onderwerp="De speeltuin")
    done = registered(desk, kenmerk="A-3")
    decided(desk, done)

    def ids(query: str = "") -> list[str]:
        return [each["id"] for each in get(desk, f"/verzoeken{query}")["resultaten"]]

    assert ids() == [soon, later, done]
    assert ids("?status=besloten") == [done]
    assert ids("?zoek=SPEELTUIN") == [later]
    assert ids("?organisatie=gm1735") == []
    page = get(desk, "/verzoeken?aantal=2")
    assert [each["id"] for each in page["resultaten"]] == [soon, later]
    assert ids(f"?aantal=2&na={page['volgende']}") == [done]


def test_partial_decisions_and_a_revised_one(desk: DeskOfTest) -> None:
    id = registered(desk)
    first = decided(
        desk, id, deelbesluit=1, gronden=["art. 5.1 lid 2 sub e Woo"], ondertekenaar="de burgemeester"
    )
    assert first["gronden"] == ["5.1.2.e"]
    assert get(desk, f"/verzoeken/{id}")["status"] == "deels_besloten"
    whole = decided(desk, id, kenmerk="B-9", expect=409)
    assert "Nummer ze dan allemaal" in whole["detail"]
    decided(desk, id, kenmerk="B-2", deelbesluit=2, laatste=True, uitkomst="geen_documenten")
    assert get(desk, f"/verzoeken/{id}")["status"] == "besloten"
    anew = {"kenmerk": "B-1a", "uitkomst": "openbaar", "herziet": first["id"], "herziening": "bezwaar"}
    revised = decided(desk, id, **anew)
    assert revised["deelbesluit"] == 1
    again = decided(desk, id, **anew | {"kenmerk": "B-1b"}, expect=400)
    assert "al vervangen" in str(again)
    force = {each["kenmerk"]: each["geldt"] for each in get(desk, f"/verzoeken/{id}")["besluiten"]}
    assert force == {"B-1": False, "B-1a": True, "B-2": True}
    other = decided(desk, id, kenmerk="B-3", deelbesluit=3, uitkomst="geen_woo_verzoek", expect=400)
    assert other["errors"][0]["location"] == "aangemerktAls"
    unknown = decided(desk, id, kenmerk="B-3", deelbesluit=3, gronden=["9.9"], expect=400)
    assert "bestaat niet" in str(unknown)


def test_a_decision_is_put_right_and_gets_its_publicatie(desk: DeskOfTest) -> None:
    id = registered(desk)
    besluit = decided(desk, id, kenmerk="B-1", datum="2026-02-19")["id"]
    by = desk.by(Rol.REDACTEUR)
    changed = by.patch(f"/besluiten/{besluit}", json={"datum": "2026-02-18", "gronden": ["5.2.1"]}).json()
    assert (changed["datum"], changed["gronden"]) == ("2026-02-18", ["5.2.1"])
    assert by.patch(f"/besluiten/{besluit}", json={"datum": "2026-02-01"}).status_code == 400
    shown = by.post(f"/besluiten/{besluit}/publicatie", json={}).json()
    publicatie = get(desk, f"/publicaties/{shown['publicatie']}")["publicatie"]
    assert publicatie["officieleTitel"] == "Besluit op Woo-verzoek over De rondweg"
    assert (publicatie["kenmerk"], publicatie["publisher"]["code"]) == ("B-1", GEMEENTE)
    assert publicatie["informatiecategorieen"][0]["code"] == "c_3baef532"
    assert shown["publicatiestatus"] == "concept"
    assert by.post(f"/besluiten/{besluit}/publicatie", json={}).status_code == 409
    bezwaar = by.post(f"/besluiten/{besluit}/procedures", json={"soort": "bezwaar", "datum": "2026-02-20"})
    case = bezwaar.json()["id"]
    ended = by.post(f"/procedures/{case}/afloop", json={"uitkomst": "gegrond", "op": "2026-03-01"})
    assert (ended.json()["uitkomst"], ended.json()["beslistOp"]) == ("gegrond", "2026-03-01")


def test_another_organisation_sees_nothing_of_a_request(desk: DeskOfTest) -> None:
    id = registered(desk)
    other = Actor("v", Rol.PUBLICEERDER, "t", per_organisatie={"gm1735": Rol.PUBLICEERDER})
    own = Actor("e", Rol.LEZER, "t", per_organisatie={GEMEENTE: Rol.LEZER})
    assert list_verzoeken(desk.platform, other) == []
    assert [each.verzoek.id for each in list_verzoeken(desk.platform, own)] == [id]
    with pytest.raises(NotFound):
        read_verzoek(desk.platform, other, id)
    with pytest.raises(NotFound):
        put_off(desk.platform, other, id, op=desk.clock().date())


def test_an_order_for_the_time_being_runs_until_the_court_ruled_also_for_what_revises(
    desk: DeskOfTest,
) -> None:
    id = registered(desk)
    first = decided(desk, id, deelbesluit=1)["id"]
    decided(desk, id, kenmerk="B-2", deelbesluit=2)
    decided(desk, id, kenmerk="B-1a", herziet=first, herziening="bezwaar")

    def runs() -> dict[str, bool]:
        with desk.platform.registry.read() as reading:
            besluiten = reading.dossier.besluiten(id)
            return {each.kenmerk: loopt_voorlopige_voorziening(reading, each) for each in besluiten}

    assert set(runs().values()) == {False}
    lodged = {"soort": "voorlopige_voorziening", "datum": "2026-02-21"}
    case = post(desk, f"/besluiten/{first}/procedures", lodged, expect=201)["id"]
    assert runs() == {"B-1": True, "B-1a": True, "B-2": False}
    post(desk, f"/procedures/{case}/afloop", {"uitkomst": "afgewezen", "op": "2026-02-28"})
    assert set(runs().values()) == {False}
