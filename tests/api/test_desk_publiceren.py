"""Publishing over the API: everything wrong at once, planned, suspended, announced, in a batch."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.api.desk import GEMEENTE, DeskOfTest, open_desk
from woo.domain.actor import Rol
from woo.domain.document import Leesstatus
from woo.domain.events import Actie, Jobsoort
from woo.domain.inventaris import Beoordeling, Inventarisregel

CONVENANTEN = "c_8fc2335c"
NEGEN_UUR = "2026-12-04T09:00:00+01:00"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[DeskOfTest]:
    with open_desk(tmp_path) as opened:
        yield opened


def codes(answer: dict[str, list[dict[str, str]]], niveau: str | None = None) -> list[str]:
    return [each["code"] for each in answer["bevindingen"] if niveau in (None, each["niveau"])]


def test_everything_that_is_wrong_is_told_at_once_and_all_of_it_stops_the_publication(
    desk: DeskOfTest,
) -> None:
    client = desk.by(Rol.PUBLICEERDER)
    id = desk.publicatie(
        officieleTitel="besluit_2023-114.pdf", informatiecategorieen=[CONVENANTEN], publisher=None
    )
    one, other = desk.document(id, "een"), desk.document(id, "twee")
    with desk.platform.registry.transaction() as tx:
        tx.dossier.save_regels(
            id,
            [
                Inventarisregel(id, 1, "1", "Besluit", Beoordeling.NIET_OPENBAAR, document_id=one),
                Inventarisregel(id, 2, "2", "Kaart", Beoordeling.OPENBAAR),
            ],
        )
    answer = client.get(f"/publicaties/{id}/controle").json()
    assert answer["publiceerbaar"] is False
    assert codes(answer, "blokkerend") == [
        "geen_publisher",
        "veld_ontbreekt",
        "veld_ontbreekt",
        "geweigerd_document",
    ]
    assert codes(answer, "waarschuwing") == [
        "titel_bestandsnaam",
        "veld_ontbreekt",
        "nog_niet_gelezen",
        "dubbele_titel",
        "regel_zonder_document",
        "document_zonder_regel",
    ]
    [refused] = [each for each in answer["bevindingen"] if each["code"] == "geweigerd_document"]
    assert refused["objecten"] == [one]
    [loose] = [each for each in answer["bevindingen"] if each["code"] == "document_zonder_regel"]
    assert (loose["objecten"], loose["doel"]) == ([other], f"/documenten/{other}")

    published = client.post(f"/publicaties/{id}/publiceer")
    assert published.status_code == 409
    assert codes(published.json(), "blokkerend") == codes(answer, "blokkerend")
    for each in answer["bevindingen"]:
        if each["niveau"] == "blokkerend":
            assert each["wat"] in published.json()["detail"]
    assert client.get(f"/publicaties/{id}").json()["publicatie"]["status"] == "concept"


def test_an_own_publisher_is_said_to_be_unknown_to_the_nation_and_stops_nothing(tmp_path: Path) -> None:
    own = tmp_path / "eigen.yaml"
    own.write_text(
        "lijsten: {organisaties: [{code: eigen1, uri: 'https://open.voorbeeld.example/id/1', naam: Dienst}]}\n",
        encoding="utf-8",
    )
    with open_desk(tmp_path, environ={"WOO_WAARDELIJSTEN__AANVULLING": str(own)}) as desk:
        client = desk.by(Rol.PUBLICEERDER)
        found = [
            client.get(f"/publicaties/{desk.publicatie(publisher=code)}/controle").json()
            for code in ("eigen1", GEMEENTE)
        ]
        assert ["eigen_publisher" in codes(each, "waarschuwing") for each in found] == [True, False]
        assert found[0]["publiceerbaar"] is True


def test_what_its_category_asks_for_is_filled_checked_and_then_it_can_be_published(desk: DeskOfTest) -> None:
    client = desk.by(Rol.PUBLICEERDER)
    id = desk.publicatie(informatiecategorieen=[CONVENANTEN])
    wrong = client.patch(f"/publicaties/{id}/gegevens", json={"velden": {"ondertekend_op": "30-02-2026"}})
    assert wrong.status_code == 400
    assert "Schrijf een dag als 2026-03-02" in wrong.json()["detail"]
    unknown = client.patch(f"/publicaties/{id}/gegevens", json={"velden": {"vergaderdatum": "2026-02-28"}})
    assert unknown.status_code == 400
    filled = client.patch(
        f"/publicaties/{id}/gegevens",
        json={"velden": {"ondertekend_op": "2026-02-28", "partijen": " gemeente Voorbeeld, Stichting Wei "}},
    ).json()
    assert filled["waarden"] == {
        "ondertekend_op": "2026-02-28",
        "partijen": "gemeente Voorbeeld, Stichting Wei",
    }
    assert [veld["naam"] for veld in filled["velden"]] == ["partijen", "ondertekend_op", "geldig_tot"]
    assert client.post(f"/publicaties/{id}/publiceer").status_code == 200
    emptied = client.patch(f"/publicaties/{id}/gegevens", json={"velden": {"ondertekend_op": None}}).json()
    assert emptied["waarden"] == {"partijen": "gemeente Voorbeeld, Stichting Wei"}


def test_every_category_says_what_belongs_to_it(desk: DeskOfTest) -> None:
    found = desk.by(Rol.LEZER).get("/categorieen").json()["categorieen"]
    assert len(found) == 18
    [woo] = [each for each in found if each["metBesluit"]]
    assert (woo["code"], woo["verplichtVanaf"]) == ("c_3baef532", None)


def test_a_mededeling_has_grounds_a_reason_and_no_documents(desk: DeskOfTest) -> None:
    client = desk.by(Rol.PUBLICEERDER)
    id = desk.publicatie()
    assert (
        client.put(
            f"/publicaties/{id}/mededeling", json={"gronden": ["9.9"], "toelichting": "Nee."}
        ).status_code
        == 400
    )
    made = client.put(
        f"/publicaties/{id}/mededeling", json={"gronden": ["5.1.1c"], "toelichting": "Het rapport is geheim."}
    )
    assert made.json() == {"gronden": ["5.1.1.c"], "toelichting": "Het rapport is geheim."}
    document = desk.document(id)
    assert "mededeling_met_documenten" in codes(
        client.get(f"/publicaties/{id}/controle").json(), "blokkerend"
    )
    assert client.delete(f"/publicaties/{id}/mededeling").status_code == 204
    assert client.get(f"/publicaties/{id}/controle").json()["publiceerbaar"] is True
    assert desk.actions(document) == [Actie.DOCUMENT_ADDED]


def test_nothing_is_added_to_a_mededeling_that_is_public(desk: DeskOfTest) -> None:
    client, id = desk.by(Rol.PUBLICEERDER), desk.publicatie()
    client.put(f"/publicaties/{id}/mededeling", json={"gronden": ["5.1.1c"], "toelichting": "Het is geheim."})
    assert client.post(f"/publicaties/{id}/publiceer").status_code == 200
    with pytest.raises(AssertionError, match="Dit is een mededeling"):
        desk.document(id)


def test_a_plan_is_kept_in_utc_moved_and_cancelled(desk: DeskOfTest) -> None:
    client, id = desk.by(Rol.PUBLICEERDER), desk.publicatie()
    assert client.get(f"/publicaties/{id}/planning").status_code == 404
    plan = client.put(
        f"/publicaties/{id}/planning", json={"publiceerOp": NEGEN_UUR, "notitie": "Na de raad"}
    ).json()
    assert (plan["publiceerOp"], plan["staat"], plan["notitie"]) == (
        "2026-12-04T08:00:00Z",
        "gepland",
        "Na de raad",
    )
    moved = client.put(
        f"/publicaties/{id}/planning", json={"publiceerOp": "2026-12-05T09:00:00+01:00"}
    ).json()
    assert (moved["publiceerOp"], moved["notitie"]) == ("2026-12-05T08:00:00Z", None)
    assert [each["publicatieId"] for each in client.get("/planningen").json()["gepland"]] == [id]
    assert client.delete(f"/publicaties/{id}/planning").json()["staat"] == "geannuleerd"
    assert client.delete(f"/publicaties/{id}/planning").status_code == 409
    assert desk.actions(id)[1:] == [Actie.PUBLICATIE_PLANNED, Actie.PUBLICATIE_PLANNED, Actie.PLAN_CANCELLED]
    assert desk.platform.registry.jobs.next_due([Jobsoort.PUBLICEER]) is not None


@pytest.mark.parametrize(
    ("moment", "says"),
    [
        ("2026-03-02T09:00:00Z", "voorbij"),
        ("2026-12-04T09:00:30+01:00", "hele minuut"),
        ("2046-12-04T09:00:00+01:00", "tien jaar"),
        ("morgen", "publiceerOp"),
    ],
)
def test_a_moment_that_cannot_be_is_refused_with_what_to_do(desk: DeskOfTest, moment: str, says: str) -> None:
    answer = desk.by(Rol.PUBLICEERDER).put(
        f"/publicaties/{desk.publicatie()}/planning", json={"publiceerOp": moment}
    )
    assert answer.status_code == 400
    assert says in answer.json()["detail"]


def test_what_is_public_is_not_planned(desk: DeskOfTest) -> None:
    answer = desk.by(Rol.PUBLICEERDER).put(
        f"/publicaties/{desk.published()}/planning", json={"publiceerOp": NEGEN_UUR}
    )
    assert answer.status_code == 409
    assert answer.json()["detail"] == "Plannen kan nu niet. De publicatie is al openbaar."


def test_under_embargo_publishing_is_refused_until_the_embargo_is_taken_off(desk: DeskOfTest) -> None:
    client, id = desk.by(Rol.PUBLICEERDER), desk.publicatie()
    client.put(f"/publicaties/{id}/planning", json={"publiceerOp": NEGEN_UUR, "embargo": True})
    refused = client.post(f"/publicaties/{id}/publiceer")
    assert (refused.status_code, codes(refused.json(), "blokkerend")) == (409, ["embargo"])
    assert "04-12-2026 09:00 uur" in refused.json()["detail"]
    client.delete(f"/publicaties/{id}/planning")
    assert client.post(f"/publicaties/{id}/publiceer").status_code == 200


def test_a_document_waits_until_a_day_that_lies_ahead_and_can_be_let_go_earlier(desk: DeskOfTest) -> None:
    client, id = desk.by(Rol.PUBLICEERDER), desk.publicatie()
    document = desk.document(id)
    with desk.platform.registry.transaction() as tx:
        found = tx.document(document)
        tx.save_document(replace(found, lezing=replace(found.lezing, status=Leesstatus.GELEZEN)))
    assert client.put(f"/documenten/{document}/opschorting", json={"tot": "2026-03-02"}).status_code == 400
    waits = client.put(f"/documenten/{document}/opschorting", json={"tot": "2026-03-16"}).json()
    assert (waits["opgeschortTot"], waits["openbaar"]) == ("2026-03-16", False)
    client.post(f"/publicaties/{id}/publiceer")
    assert client.get(f"/documenten/{document}").json()["openbaar"] is False
    released = client.delete(f"/documenten/{document}/opschorting").json()
    assert (released["opgeschortTot"], released["openbaar"]) == (None, True)
    assert client.delete(f"/documenten/{document}/opschorting").status_code == 409
    assert client.put(f"/documenten/{document}/opschorting", json={"tot": "2026-03-16"}).status_code == 409
    assert desk.actions(document)[1:] == [Actie.DOCUMENT_SUSPENDED, Actie.DOCUMENT_RELEASED]


def test_a_batch_tells_of_each_what_became_of_it_and_one_stops_no_other(desk: DeskOfTest) -> None:
    good, bad = desk.publicatie(), desk.publicatie(publisher=None)
    desk.document(good)
    answer = (
        desk.by(Rol.PUBLICEERDER)
        .post("/publiceer-reeks", json={"ids": [bad, good, "bestaat-niet", good]})
        .json()
    )
    assert (answer["gelukt"], answer["mislukt"]) == (1, 2)
    first, second, third = answer["uitslagen"]
    assert (first["id"], first["gelukt"], codes(first, "blokkerend")) == (bad, False, ["geen_publisher"])
    assert (second["id"], second["gelukt"], second["documenten"]) == (good, True, {"wacht": 1})
    assert (third["gelukt"], third["reden"]) == (False, "bestaat_niet")


def test_a_link_for_the_requester_is_shown_once_counted_and_ended(desk: DeskOfTest) -> None:
    client, id = desk.by(Rol.PUBLICEERDER), desk.publicatie()
    assert (
        client.post(f"/publicaties/{id}/inzages", json={"naam": "Verzoeker", "dagen": 7}).status_code == 409
    )
    document = desk.document(id)
    assert (
        client.post(f"/publicaties/{id}/inzages", json={"naam": "Verzoeker", "dagen": 31}).status_code == 400
    )
    made = client.post(f"/publicaties/{id}/inzages", json={"naam": "Verzoeker", "dagen": 7})
    assert made.status_code == 201
    assert (made.json()["documenten"], made.json()["vervaltOp"]) == ([document], "2026-03-09T09:00:00Z")
    secret = made.json()["url"].rpartition("/")[2]
    [listed] = client.get(f"/publicaties/{id}/inzages").json()["inzages"]
    assert "url" not in listed
    assert secret not in str(listed)
    ended = client.post(f"/inzages/{listed['id']}/intrekken").json()
    assert ended["geldig"] is False
    assert client.post(f"/inzages/{listed['id']}/intrekken").json() == ended
    assert desk.actions(id)[1:] == [Actie.INZAGE_CREATED, Actie.INZAGE_REVOKED]
    assert all(secret not in str(event.details) for event in desk.events())
