"""The life of a publicatie at the desk, from concept to withdrawn, with what is written down of it."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.api.desk import GEMEENTE, NOW, REDEN, WOO_VERZOEKEN, DeskOfTest, bestand, open_desk, pdf
from woo.domain.actor import Rol
from woo.domain.events import Actie, Jobsoort, Jobwens, Prioriteit
from woo.domain.inventaris import Beoordeling, Inventarisregel


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[DeskOfTest]:
    with open_desk(tmp_path) as opened:
        yield opened


def test_a_publicatie_lives_from_concept_to_withdrawn_and_all_of_it_is_written_down(desk: DeskOfTest) -> None:
    client = desk.by(Rol.PUBLICEERDER)
    id = desk.publicatie()
    document = desk.document(id)
    assert client.get(f"/publicaties/{id}").json()["publicatie"]["status"] == "concept"

    published = client.post(f"/publicaties/{id}/publiceer").json()
    assert (published["status"], published["eerstePublicatie"]) == ("gepubliceerd", "2026-03-02T09:00:00Z")

    desk.clock.forward(hours=1)
    withdrawn = client.post(f"/publicaties/{id}/intrekken", json={"reden": f"  {REDEN} "}).json()
    assert withdrawn["status"] == "ingetrokken"
    assert withdrawn["intrekking"] == {"op": "2026-03-02T10:00:00Z", "reden": REDEN}

    entry = desk.platform.public.withdrawn()[id]
    assert (entry.soort, entry.reden, entry.op) == ("publicatie", REDEN, desk.clock())
    assert desk.actions(id) == [
        Actie.PUBLICATIE_CREATED,
        Actie.PUBLICATIE_PUBLISHED,
        Actie.PUBLICATIE_WITHDRAWN,
    ]
    assert desk.actions(document) == [Actie.DOCUMENT_ADDED]
    assert client.get(f"/documenten/{document}").json()["openbaar"] is False


def test_the_history_tells_who_did_what_and_when(desk: DeskOfTest) -> None:
    id = desk.published()
    desk.by(Rol.PUBLICEERDER).post(f"/publicaties/{id}/intrekken", json={"reden": REDEN})
    (*_, last) = desk.by(Rol.LEZER).get(f"/publicaties/{id}/geschiedenis").json()["resultaten"]
    assert last["actie"] == "publicatie_withdrawn"
    assert last["actor"] == "sleutel van publiceerder"
    assert (last["rol"], last["uitkomst"], last["tijd"]) == ("publiceerder", "ok", "2026-03-02T09:00:00Z")
    assert last["details"] == {"reden": REDEN}
    assert "herkomst" not in last


def test_the_log_tells_where_from_as_well(desk: DeskOfTest) -> None:
    id = desk.publicatie()
    line, read = desk.by(Rol.BEHEERDER).get("/logboek").json()["resultaten"]
    assert read["actie"] == "logboek_gelezen"
    assert (line["herkomst"], line["objectSoort"], line["objectId"]) == ("api 127.0.0.1", "publicatie", id)


def test_a_document_keeps_what_was_said_of_it_and_its_file(desk: DeskOfTest) -> None:
    id = desk.publicatie()
    velden = {
        "officieleTitel": " Bijlage 1 ",
        "omschrijving": "Twee\nregels",
        "kenmerk": "Z-1",
        "creatiedatum": "2024-02-29",
        "taal": "NLD",
        "documentsoort": "",
    }
    added = desk.by(Rol.REDACTEUR).post(
        f"/publicaties/{id}/documenten", data=velden, files=bestand("Bijlage é.PDF")
    )
    assert added.status_code == 201
    shown = desk.by(Rol.LEZER).get(added.headers["location"].removeprefix("/v1")).json()
    assert shown == added.json()
    assert (shown["officieleTitel"], shown["omschrijving"]) == ("Bijlage 1", "Twee\nregels")
    assert (shown["creatiedatum"], shown["taal"]["naam"], shown["documentsoort"]) == (
        "2024-02-29",
        "Nederlands",
        None,
    )
    assert shown["bestand"] == {
        "naam": "Bijlage é.PDF",
        "mime": "application/pdf",
        "grootte": len(pdf()),
        "sha256": hashlib.sha256(pdf()).hexdigest(),
    }
    assert set(shown["herkomst"].values()) == {"balie"}
    with desk.platform.archive.open(shown["bestand"]["sha256"]) as file:
        assert file.read() == pdf()


def test_an_added_document_is_waiting_to_be_read(desk: DeskOfTest) -> None:
    desk.document(desk.publicatie())
    status = desk.by(Rol.LEZER).get("/status").json()
    assert status["documenten"]["wacht"] == 1
    assert status["jobs"]["wachtend"]["extract"] == 1
    assert status["publicaties"] == {"concept": 1, "gepubliceerd": 0, "ingetrokken": 0}


def test_a_change_touches_only_what_was_named(desk: DeskOfTest) -> None:
    id = desk.publicatie(omschrijving="Eerst", kenmerk="Z-1")
    changed = desk.by(Rol.REDACTEUR).patch(f"/publicaties/{id}", json={"officieleTitel": "Nieuw"}).json()
    assert (changed["officieleTitel"], changed["omschrijving"], changed["kenmerk"]) == (
        "Nieuw",
        "Eerst",
        "Z-1",
    )
    details = desk.events(id)[-1].details
    assert details["velden"] == "officiele_titel"
    assert "Nieuw" not in str(details)
    told = {name: pair["digest"] for name, pair in details["wijzigingen"]["officiele_titel"].items()}
    with desk.platform.registry.read() as reading:
        words = reading.texts(list(told.values()))
    assert {name: words[digest] for name, digest in told.items()} == {
        "was": "Besluit op een verzoek",
        "is": "Nieuw",
    }


def test_null_empties_a_field_of_a_document_but_never_its_title(desk: DeskOfTest) -> None:
    id = desk.document(desk.publicatie())
    client = desk.by(Rol.REDACTEUR)
    client.patch(f"/documenten/{id}", json={"kenmerk": "Z-1", "creatiedatum": "2024-02-29", "taal": "NLD"})
    emptied = client.patch(f"/documenten/{id}", json={"kenmerk": None, "taal": None}).json()
    assert (emptied["kenmerk"], emptied["taal"], emptied["creatiedatum"]) == (None, None, "2024-02-29")
    refused = client.patch(f"/documenten/{id}", json={"officieleTitel": None})
    assert refused.status_code == 400
    assert "'officieleTitel'" in refused.json()["detail"]


def test_a_new_file_is_a_new_version_that_waits_to_be_read(desk: DeskOfTest) -> None:
    id = desk.document(desk.publicatie())
    replaced = desk.by(Rol.PUBLICEERDER).put(
        f"/documenten/{id}/bestand", files=bestand("nieuw.pdf", pdf("twee"))
    )
    assert replaced.status_code == 200
    shown = replaced.json()
    assert (shown["versie"], shown["bestand"]["naam"], shown["lezing"]["status"]) == (2, "nieuw.pdf", "wacht")
    assert desk.actions(id) == [Actie.DOCUMENT_ADDED, Actie.DOCUMENT_REPLACED]
    assert len(list(desk.platform.archive.digests())) == 2


def test_a_withdrawn_document_of_a_published_publicatie_is_on_the_withdrawn_list(desk: DeskOfTest) -> None:
    publicatie = desk.published()
    one, other = desk.document(publicatie), desk.document(publicatie, "twee")
    response = desk.by(Rol.PUBLICEERDER).post(f"/documenten/{one}/intrekken", json={"reden": REDEN})
    assert response.json()["intrekking"]["reden"] == REDEN
    assert set(desk.platform.public.withdrawn()) == {one}
    assert desk.by(Rol.LEZER).get(f"/documenten/{other}").json()["intrekking"] is None


def test_refusals_say_in_dutch_what_cannot_be_done_and_why(desk: DeskOfTest) -> None:
    client = desk.by(Rol.PUBLICEERDER)
    concept, gone = desk.publicatie(), desk.published()
    document = desk.document(gone)
    reden = {"reden": REDEN}
    client.post(f"/documenten/{document}/intrekken", json=reden)
    client.post(f"/publicaties/{gone}/intrekken", json=reden)
    upload = {"data": {"officieleTitel": "Besluit"}, "files": bestand()}
    expected = [
        (
            client.post(f"/publicaties/{concept}/intrekken", json=reden),
            "Intrekken kan nu niet. De publicatie is nog niet openbaar.",
        ),
        (
            client.post(f"/publicaties/{gone}/publiceer"),
            "Publiceren kan nu niet. De publicatie is ingetrokken. Maak een nieuwe publicatie.",
        ),
        (
            client.post(f"/publicaties/{gone}/intrekken", json=reden),
            "Intrekken kan nu niet. De publicatie is al ingetrokken.",
        ),
        (
            client.patch(f"/publicaties/{gone}", json={"kenmerk": "x"}),
            "Wijzigen kan nu niet. Het is ingetrokken",
        ),
        (
            client.post(f"/publicaties/{gone}/documenten", **upload),
            "Een document toevoegen kan nu niet. Het is ingetrokken",
        ),
        (
            client.patch(f"/documenten/{document}", json={"kenmerk": "x"}),
            "Wijzigen kan nu niet. Het is ingetrokken",
        ),
        (
            client.put(f"/documenten/{document}/bestand", files=bestand()),
            "Het bestand vervangen kan nu niet. Het is ingetrokken",
        ),
        (
            client.post(f"/documenten/{document}/intrekken", json=reden),
            "Intrekken kan nu niet. Dit document is al ingetrokken.",
        ),
    ]
    for response, words in expected:
        assert response.status_code == 409, response.text
        assert response.json()["detail"].startswith(words)
        assert response.json()["oorzaak"].startswith("Cannot ")


def test_a_concept_may_be_without_a_publisher_and_cannot_be_published_so(desk: DeskOfTest) -> None:
    id = desk.publicatie(publisher=None)
    refused = desk.by(Rol.PUBLICEERDER).post(f"/publicaties/{id}/publiceer")
    assert refused.status_code == 409
    assert refused.json()["detail"].startswith("Publiceren kan nu niet. Er is nog geen organisatie ingevuld.")


def test_the_same_file_twice_in_one_publicatie_is_refused_and_in_another_is_not(desk: DeskOfTest) -> None:
    one, other = desk.publicatie(), desk.publicatie()
    desk.document(one)
    again = desk.by(Rol.REDACTEUR).post(
        f"/publicaties/{one}/documenten", data={"officieleTitel": "Nog eens"}, files=bestand()
    )
    assert again.status_code == 409
    assert "precies hetzelfde bestand" in again.json()["detail"]
    desk.document(other)


def test_publishing_again_changes_nothing(desk: DeskOfTest) -> None:
    id = desk.published()
    desk.clock.forward(hours=1)
    again = desk.by(Rol.PUBLICEERDER).post(f"/publicaties/{id}/publiceer")
    assert again.json()["gewijzigdOp"] == "2026-03-02T09:00:00Z"
    assert desk.actions(id) == [Actie.PUBLICATIE_CREATED, Actie.PUBLICATIE_PUBLISHED]


@pytest.mark.parametrize("aantal", [1, 2, 3, 5])
def test_pages_of_any_size_give_every_publicatie_once(desk: DeskOfTest, aantal: int) -> None:
    made = [desk.publicatie() for _ in range(5)]
    assert _all(desk, "/publicaties", aantal) == made


@pytest.mark.parametrize("aantal", [1, 2, 100])
def test_the_log_can_be_read_page_by_page(desk: DeskOfTest, aantal: int) -> None:
    for _ in range(5):
        desk.publicatie()
    found, na = [], None
    while True:
        page = (
            desk.by(Rol.BEHEERDER)
            .get("/logboek", params={"aantal": aantal} | ({"na": na} if na else {}))
            .json()
        )
        found += [line["volgnummer"] for line in page["resultaten"]]
        na = page["volgende"]
        if na is None:
            break
    assert found == [event.volgnummer for event in desk.events()]


def test_documents_of_a_publicatie_come_in_pages_of_their_own(desk: DeskOfTest) -> None:
    id = desk.publicatie()
    made = [desk.document(id, str(number)) for number in range(3)]
    desk.document(desk.publicatie())
    found, na = [], None
    while True:
        asked = {"aantal": 2} | ({"na": na} if na else {})
        page = desk.by(Rol.LEZER).get(f"/publicaties/{id}", params=asked).json()["documenten"]
        found += [document["id"] for document in page["resultaten"]]
        na = page["volgende"]
        if na is None:
            break
    assert found == made


def test_a_cursor_fits_only_the_list_that_gave_it(desk: DeskOfTest) -> None:
    one, _ = desk.publicatie(), desk.publicatie()
    na = desk.by(Rol.BEHEERDER).get("/publicaties?aantal=1").json()["volgende"]
    for path in ("/logboek", "/sleutels", f"/publicaties/{one}", f"/publicaties/{one}/geschiedenis"):
        response = desk.by(Rol.BEHEERDER).get(path, params={"na": na})
        assert response.status_code == 400, path
        assert response.json()["errors"][0]["code"] == "onbekende-cursor"


@pytest.mark.parametrize("na", ["x", "====", "é", "bG9nYm9lawp4", "bG9nYm9lawo", "bG9nYm9lawotMQ", "A" * 400])
def test_a_cursor_made_up_is_refused(desk: DeskOfTest, na: str) -> None:
    response = desk.by(Rol.BEHEERDER).get("/logboek", params={"na": na})
    assert response.status_code == 400
    assert response.json()["errors"][0]["location"] == "na"


def test_failed_work_is_shown_and_can_be_tried_again(desk: DeskOfTest) -> None:
    jobs = desk.platform.registry.jobs
    jobs.want(Jobwens(Jobsoort.REINDEX, "alles", Prioriteit.NORMAAL), now=desk.clock())
    for _ in range(desk.settings.worker.attempts):
        (job,) = jobs.claim(
            "test", now=desk.clock(), soorten=[Jobsoort.REINDEX], limit=1, lease=NOW - NOW.replace(hour=8)
        )
        jobs.fail(job, error="schijf vol", now=desk.clock())
        desk.clock.forward(hours=2)
    (shown,) = desk.by(Rol.LEZER).get("/status").json()["jobs"]["eersteRustende"]
    assert (shown["soort"], shown["fout"]) == ("reindex", "schijf vol")

    retried = desk.by(Rol.REDACTEUR).post("/jobs/opnieuw", json={"ids": [shown["id"], "onzin"]}).json()
    assert retried == {"jobs": 1, "documenten": 0, "onbekend": ["onzin"]}
    status = desk.by(Rol.LEZER).get("/status").json()["jobs"]
    assert (status["eersteRustende"], status["wachtend"]["reindex"]) == ([], 1)


def test_codes_may_be_uris_and_are_kept_as_codes(desk: DeskOfTest) -> None:
    lijsten = desk.platform.lijsten
    id = desk.publicatie(
        publisher=lijsten.organisaties.get(GEMEENTE).uri,
        informatiecategorieen=[lijsten.informatiecategorieen.get(WOO_VERZOEKEN).uri],
    )
    shown = desk.by(Rol.LEZER).get(f"/publicaties/{id}").json()["publicatie"]
    assert shown["publisher"]["code"] == GEMEENTE
    assert shown["informatiecategorieen"][0]["code"] == WOO_VERZOEKEN


@pytest.mark.parametrize(
    "path",
    ["/publicaties/{}", "/documenten/{}", "/publicaties/{}/geschiedenis", "/documenten/{}/geschiedenis"],
)
@pytest.mark.parametrize("id", ["bestaat-niet", "%00", "%2e%2e", "a" * 500, "%F0%9F%92%A9", "x'--"])
def test_what_does_not_exist_is_not_found(desk: DeskOfTest, path: str, id: str) -> None:
    response = desk.by(Rol.LEZER).get(path.format(id))
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"


def _all(desk: DeskOfTest, path: str, aantal: int) -> list[str]:
    found: list[str] = []
    na: str | None = None
    while True:
        page = desk.by(Rol.LEZER).get(path, params={"aantal": aantal} | ({"na": na} if na else {})).json()
        assert len(page["resultaten"]) <= aantal
        found += [row["id"] for row in page["resultaten"]]
        na = page["volgende"]
        if na is None:
            return found


def test_a_concept_with_a_document_that_its_inventory_refuses_cannot_be_published(desk: DeskOfTest) -> None:
    id = desk.publicatie()
    row = Inventarisregel(id, 1, "1", "Besluit", Beoordeling.NIET_OPENBAAR, document_id=desk.document(id))
    with desk.platform.registry.transaction() as tx:
        tx.dossier.save_regels(id, [row])
    refused = desk.by(Rol.PUBLICEERDER).post(f"/publicaties/{id}/publiceer")
    assert refused.status_code == 409
    assert refused.json()["detail"].startswith("Publiceren kan nu niet. Volgens de inventaris mogen")
