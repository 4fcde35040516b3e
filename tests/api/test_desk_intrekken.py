"""The desk's API takes back, brings back and destroys; what is not so it says in Dutch, with a way out."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.api.desk import NOW, DeskOfTest, bestand, open_desk, pdf
from woo.domain.actor import Rol
from woo.domain.events import Actie


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[DeskOfTest]:
    with open_desk(tmp_path) as opened:
        yield opened


def withdrawn(desk: DeskOfTest, **why: str) -> str:
    id = desk.document(desk.published())
    gone = desk.by(Rol.PUBLICEERDER).post(f"/documenten/{id}/intrekken", json=why)
    assert gone.status_code == 200, gone.text
    return id


def test_a_code_gives_the_public_sentence_and_what_is_internal_stays_inside(desk: DeskOfTest) -> None:
    id = withdrawn(
        desk, code="privacy", reden="Het ging om een bijlage.", intern="Bladzijde 4, mevrouw De Vries."
    )
    sentence = "Er stonden persoonsgegevens in die niet openbaar mochten worden. Het ging om een bijlage."
    assert desk.platform.public.withdrawn()[id].reden == sentence
    [row] = desk.by(Rol.PUBLICEERDER).get("/intrekkingen").json()["resultaten"]
    assert (row["code"], row["reden"], row["stand"]) == ("privacy", sentence, "ingetrokken")
    assert row["intern"] == "Bladzijde 4, mevrouw De Vries."
    [seen] = desk.by(Rol.LEZER).get("/intrekkingen").json()["resultaten"]
    assert seen["intern"] is None
    assert "De Vries" not in str([event.details for event in desk.events()])


def test_old_free_words_stay_possible_and_readable(desk: DeskOfTest) -> None:
    withdrawn(desk, reden="Er stond een naam in.")
    [row] = desk.by(Rol.LEZER).get("/intrekkingen").json()["resultaten"]
    assert (row["code"], row["naam"], row["reden"]) == (None, "Vrije tekst", "Er stond een naam in.")


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ({}, "Er staat niet waarom u intrekt"),
        ({"code": "privcay"}, "privacy"),
        ({"code": ""}, "mag niet leeg zijn"),
    ],
)
def test_a_reason_that_is_not_given_is_asked_for(desk: DeskOfTest, body: dict[str, str], told: str) -> None:
    id = desk.document(desk.published())
    refused = desk.by(Rol.PUBLICEERDER).post(f"/documenten/{id}/intrekken", json=body)
    assert refused.status_code == 400
    assert told in refused.text
    assert desk.platform.public.withdrawn() == {}


def test_restoring_needs_a_second_person_where_the_reason_says_so(desk: DeskOfTest) -> None:
    id = withdrawn(desk, code="privacy")
    alone = desk.by(Rol.PUBLICEERDER).post(f"/documenten/{id}/herstellen", json={})
    assert alone.status_code == 409
    assert "tweede persoon" in alone.json()["detail"]
    made = (
        desk.by(Rol.PUBLICEERDER)
        .post(f"/documenten/{id}/herstelvoorstel", json={"reden": "Toch niet."})
        .json()
    )
    own = desk.by(Rol.PUBLICEERDER).post(f"/ingrepen/{made['id']}/goedkeuren")
    assert own.status_code == 409
    assert "een ander" in own.json()["detail"]
    done = desk.by(Rol.BEHEERDER).post(f"/ingrepen/{made['id']}/goedkeuren")
    assert done.json()["status"] == "goedgekeurd"
    assert desk.by(Rol.LEZER).get(f"/documenten/{id}").json()["intrekking"] is None
    assert desk.actions(id)[-3:] == [Actie.INGREEP_PROPOSED, Actie.INGREEP_APPROVED, Actie.DOCUMENT_RESTORED]


def test_a_file_that_came_back_in_another_document_stands_in_the_way(desk: DeskOfTest) -> None:
    publicatie = desk.published()
    id = desk.document(publicatie)
    desk.by(Rol.PUBLICEERDER).post(f"/documenten/{id}/intrekken", json={"code": "vergissing"})
    refused = desk.by(Rol.PUBLICEERDER).post(
        f"/publicaties/{publicatie}/documenten",
        data={"officieleTitel": "Besluit"},
        files=bestand(inhoud=pdf("een")),
    )
    assert refused.status_code == 409
    assert desk.by(Rol.PUBLICEERDER).post(f"/documenten/{id}/herstellen", json={}).status_code == 204
    assert desk.by(Rol.PUBLICEERDER).post(f"/documenten/{id}/herstellen", json={}).status_code == 409


def test_a_destroyed_file_cannot_be_uploaded_again(desk: DeskOfTest) -> None:
    id = withdrawn(desk, code="privacy")
    made = desk.by(Rol.PUBLICEERDER).post(f"/documenten/{id}/vernietigen", json={"reden": "Lek."}).json()
    done = desk.by(Rol.BEHEERDER).post(f"/ingrepen/{made['id']}/goedkeuren")
    assert done.status_code == 200, done.text
    assert list(desk.platform.archive.digests()) == []
    again = desk.by(Rol.BEHEERDER).post(
        f"/publicaties/{desk.publicatie()}/documenten",
        data={"officieleTitel": "Nog eens"},
        files=bestand(inhoud=pdf("een")),
    )
    assert again.status_code == 409
    assert "vernietigd" in again.json()["detail"]
    assert list(desk.platform.archive.digests()) == []
    waits = desk.by(Rol.BEHEERDER).get(f"/ingrepen/{made['id']}/verklaring")
    assert waits.status_code == 404, "the worker has yet to finish"


def test_the_leak_sheet_counts_the_hours_and_says_what_is_not_known(desk: DeskOfTest) -> None:
    id = withdrawn(desk, code="privacy")
    ontdekt = (NOW - timedelta(hours=70)).isoformat()
    blad = desk.by(Rol.PUBLICEERDER).put(f"/documenten/{id}/lekblad", json={"ontdektOp": ontdekt}).json()
    assert blad["klok"] == "Nog 2 uur."
    assert blad["raadpleging"] == "Onbekend: er is nog niets geteld."
    assert {"Webhooks", "Internet Archive (archive.org)"} <= {plek["naam"] for plek in blad["plekken"]}
    with desk.platform.registry.transaction() as tx:
        tx.intrekkingen.count(NOW.date(), [(id, 3, 1)])
        tx.intrekkingen.count(NOW.date(), [(id, 1, 0)])
    blad = desk.by(Rol.PUBLICEERDER).put(f"/documenten/{id}/lekblad", json={"ontdektOp": ontdekt}).json()
    assert blad["raadpleging"].startswith("4 keer bekeken en 1 keer gedownload.")
    besluit = {"melden": True, "reden": "Het ging om een BSN.", "gemeldOp": NOW.isoformat()}
    told = desk.by(Rol.PUBLICEERDER).put(f"/documenten/{id}/lekblad/besluit", json=besluit).json()
    assert told["klok"] == "Gemeld, op tijd."
    later = {"ontdektOp": (NOW + timedelta(hours=1)).isoformat()}
    assert desk.by(Rol.PUBLICEERDER).put(f"/documenten/{id}/lekblad", json=later).status_code == 400
    assert desk.by(Rol.REDACTEUR).get(f"/documenten/{id}/lekblad").status_code == 403


def test_the_list_goes_on_where_it_stopped(desk: DeskOfTest) -> None:
    ids = []
    for _ in range(3):
        ids.append(withdrawn(desk, code="vergissing"))
        desk.clock.now += timedelta(minutes=1)
    first = desk.by(Rol.LEZER).get("/intrekkingen?aantal=2").json()
    rest = desk.by(Rol.LEZER).get(f"/intrekkingen?aantal=2&na={first['volgende']}").json()
    assert [row["id"] for row in (*first["resultaten"], *rest["resultaten"])] == ids[::-1]
    assert rest["volgende"] is None
    assert desk.by(Rol.LEZER).get("/intrekkingen?stand=hersteld").json()["resultaten"] == []
