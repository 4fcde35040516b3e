"""Documents that are nearly the same are told of each other, and nothing is left out for it or leaks by it."""

import random
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from ingest.similar import MOST
from ingest.sync import Syncer
from tests.api.pdfs import write_pdf
from tests.flow.installation import TESTER, Installation
from woo.domain.document import Document, Relatie, Relatiesoort
from woo.domain.events import Jobsoort, Jobwens, Prioriteit
from woo.usecases.intrekking import withdraw

RNG = random.Random(11)
WORDS = ["".join(RNG.choices("abdegiklmnoprstuv", k=RNG.randint(3, 8))) for _ in range(700)]
LETTER = " ".join(WORDS[:200])
NEAR = LETTER.replace(WORDS[100], "anderswoord", 1)
OTHER = " ".join(WORDS[300:500])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "in"
    root.mkdir()
    return root


def documents(installation: Installation) -> dict[str, Document]:
    with installation.platform.registry.read() as reading:
        return {each.bestand.naam: each for each in reading.documents() if each.bestand is not None}


def relations(installation: Installation, id: str) -> tuple[Relatie, ...]:
    with installation.platform.registry.read() as reading:
        return reading.relaties(id)


def told(installation: Installation, id: str) -> list[tuple[str, float]]:
    answer: dict[str, Any] = installation.public().get(f"/v1/documenten/{id}").json()
    return [(one["document"]["id"], one["gelijkenis"]) for one in answer["relaties"]]


def test_two_that_are_alike_are_related_once_and_shown_on_both(
    installation: Installation, folder: Path
) -> None:
    write_pdf(folder / "brief.pdf", [f"Brief\n{LETTER}"])
    write_pdf(folder / "ander.pdf", [f"Brief\n{OTHER}"])
    installation.ingest(folder)
    write_pdf(folder / "bijna.pdf", [f"Brief\n{NEAR}"])
    installation.ingest(folder)
    found = documents(installation)
    brief, bijna, ander = (found[name].id for name in ("brief.pdf", "bijna.pdf", "ander.pdf"))
    [relatie] = relations(installation, brief)
    assert (relatie.van, relatie.naar) == (min(brief, bijna), max(brief, bijna))
    assert relatie.soort is Relatiesoort.LIJKT_OP
    assert relatie.gelijkenis is not None
    assert 0.85 < relatie.gelijkenis < 1
    assert told(installation, brief) == [(bijna, relatie.gelijkenis)]
    assert told(installation, bijna) == [(brief, relatie.gelijkenis)]
    assert told(installation, ander) == []
    assert installation.public().zoek(WORDS[0])["totaal"] == 2  # both are still found


def test_what_is_withdrawn_is_told_no_more_and_another_text_ends_the_relation(
    installation: Installation, folder: Path
) -> None:
    for name, text in (("een.pdf", LETTER), ("twee.pdf", NEAR), ("drie.pdf", LETTER + " slot")):
        write_pdf(folder / name, [f"Brief\n{text}"])
    installation.ingest(folder)
    found = documents(installation)
    een, twee, drie = (found[name].id for name in ("een.pdf", "twee.pdf", "drie.pdf"))
    assert {id for id, _ in told(installation, een)} == {twee, drie}
    withdraw(installation.platform, TESTER, twee, reden="Er staat een naam in.")
    assert {id for id, _ in told(installation, een)} == {drie}
    page = installation.public().get(f"/documenten/{een}").text
    assert drie in page
    assert twee not in page
    write_pdf(folder / "drie.pdf", [f"Brief\n{OTHER}"])
    installation.ingest(folder)
    assert told(installation, een) == told(installation, drie) == []


def test_a_concept_that_is_alike_is_not_told(installation: Installation, folder: Path) -> None:
    concept = folder.parent / "concept"
    concept.mkdir()
    write_pdf(folder / "brief.pdf", [f"Brief\n{LETTER}"])
    write_pdf(concept / "geheim.pdf", [f"Brief\n{NEAR}"])
    installation.ingest(folder)
    installation.ingest(concept, publish=False)
    found = documents(installation)
    brief, geheim = found["brief.pdf"].id, found["geheim.pdf"].id
    assert len(relations(installation, brief)) == 1
    public = installation.public()
    for path in (f"/v1/documenten/{brief}", f"/documenten/{brief}", "/v1/documenten", "/"):
        answer = public.get(path)
        assert answer.status_code == 200
        assert geheim not in answer.text, path


def test_a_new_relation_does_not_write_a_document_into_the_index_again(
    installation: Installation, folder: Path
) -> None:
    write_pdf(folder / "brief.pdf", [f"Brief\n{LETTER}"])
    installation.ingest(folder)
    brief = documents(installation)["brief.pdf"].id
    syncer = Syncer(installation.platform, [])
    written: list[str] = []
    syncer.upsert = lambda entry: written.append(entry.id)  # type: ignore[method-assign]
    jobs, now = installation.platform.registry.jobs, installation.platform.now()

    def sync() -> None:
        jobs.want(Jobwens(Jobsoort.SYNC_DOCUMENT, brief, Prioriteit.NORMAAL), now=now)
        syncer.take(jobs.claim("t", now=now, soorten=[Jobsoort.SYNC_DOCUMENT], limit=9, lease=timedelta(9)))
        syncer.commit(now)

    other = folder.parent / "ander"
    other.mkdir()
    write_pdf(other / "ander.pdf", [f"Brief\n{OTHER}"])
    installation.ingest(other)
    ander = documents(installation)["ander.pdf"].id
    with installation.platform.registry.transaction() as tx:
        tx.save_relatie(Relatie(brief, Relatiesoort.HEEFT_BIJLAGE, ander))
    sync()
    assert written == []
    answer = installation.public().get(f"/v1/documenten/{brief}").json()
    assert [one["document"]["id"] for one in answer["relaties"]] == [ander]
    with installation.platform.registry.transaction() as tx:
        tx.save_document(replace(tx.document(brief), officiele_titel="Andere titel"))
    sync()
    assert written == [brief]
    sync()
    assert written == [brief]


def test_a_text_in_many_copies_gives_each_copy_a_bounded_number_of_relations(
    installation: Installation, folder: Path
) -> None:
    copies = MOST + 8
    for number in range(copies):
        part = folder / f"deel-{number:02}"
        part.mkdir()
        write_pdf(part / f"brief-{number:02}.pdf", [f"Brief {number}\n{LETTER}"])
    report = installation.ingest(folder)
    assert report.states["indexed"] == copies
    counts = [len(relations(installation, each.id)) for each in documents(installation).values()]
    assert len(counts) == copies
    assert min(counts) >= MOST
    assert sum(counts) / 2 <= copies * MOST
