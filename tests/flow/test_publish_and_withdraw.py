"""A concept is nowhere to be found, publishing shows, withdrawing hides everywhere at once."""

import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from ingest.setup import open_worker
from tests.api.pdfs import write_pdf
from tests.flow.installation import TESTER, WOO_VERZOEK, Installation, Visitor, within_promise
from woo.domain.document import Document
from woo.domain.events import Jobsoort, Jobwens, Prioriteit
from woo.usecases.intrekking import withdraw
from woo.usecases.publicatie import NieuwePublicatie, create_publicatie, publish


def documents(installation: Installation) -> list[Document]:
    with installation.platform.registry.read() as reading:
        return reading.documents()


def addresses(document: Document) -> list[str]:
    """Every public address that shows something of a document."""
    base = f"/v1/documenten/{document.id}"
    assert document.bestand is not None
    return [
        base,
        f"{base}/paginas/1",
        f"{base}/paginas/1?woorden=true",
        f"{base}/paginas/1/afbeelding",
        f"{base}/bestand/{document.bestand.naam}",
        f"/documenten/{document.id}",
        f"/v1/publicaties/{document.publicatie_id}",
        f"/publicaties/{document.publicatie_id}",
    ]


def statuses(visitor: Visitor, document: Document) -> set[int]:
    return {visitor.get(address).status_code for address in addresses(document)}


def traces(visitor: Visitor, word: str) -> Iterator[str]:
    """Every way in which the site gives away that something with this word exists."""
    found = visitor.zoek(word)
    if found["totaal"] or found["resultaten"]:
        yield "hits"
    everything = visitor.zoek("")
    if everything["totaal"]:
        yield "total"
    if any(count["aantal"] for facet in everything["facetten"].values() for count in facet):
        yield "facets"
    if visitor.get("/v1/publicaties").json()["totaal"]:
        yield "publicaties"
    if 'href="/documenten/' in visitor.get("/", {"zoek": word}).text:
        yield "page"
    if 'href="/publicaties/' in visitor.get("/publicaties").text:
        yield "page of publicaties"


def test_a_concept_is_nowhere_to_be_found(installation: Installation, dossier: Path) -> None:
    report = installation.ingest(dossier, publish=False)
    visitor = installation.public()
    assert report.states["ready"] == 2
    assert list(traces(visitor, "kwartelwei")) == []
    for document in documents(installation):
        assert statuses(visitor, document) == {404}


def test_publishing_shows_and_withdrawing_hides_search_and_download(
    installation: Installation, dossier: Path
) -> None:
    installation.ingest(dossier, publish=False)
    visitor = installation.public()
    document = next(d for d in documents(installation) if d.bestand and d.bestand.naam == "besluit.pdf")
    publish(installation.platform, TESTER, document.publicatie_id)
    installation.work()
    assert visitor.zoek("kwartelwei")["totaal"] == 1
    assert len(list(traces(visitor, "kwartelwei"))) == 6
    assert statuses(visitor, document) == {200}
    withdraw(installation.platform, TESTER, document.publicatie_id, reden="Staat er te vroeg op.")
    assert within_promise(lambda: not list(traces(visitor, "kwartelwei")))
    assert statuses(visitor, document) == {410}
    installation.work()
    assert list(traces(visitor, "kwartelwei")) == []
    assert within_promise(lambda: statuses(visitor, document) == {410})
    assert installation.in_index().documenten == frozenset()
    assert list(installation.platform.public.documents()) == []


def test_withdrawing_with_no_worker_alive_hides_within_five_seconds(
    installation: Installation, dossier: Path
) -> None:
    installation.ingest(dossier)
    visitor = installation.public()
    document = documents(installation)[0]
    assert 410 not in statuses(visitor, document)
    ended = installation.command("withdraw", document.id, "--reason", "Er staat een naam in.")
    assert ended.returncode == 0, ended.stderr
    own = [address for address in addresses(document) if document.id in address]
    assert within_promise(lambda: {visitor.get(address).status_code for address in own} == {410})
    assert document.id not in visitor.ids("")
    assert document.id not in installation.in_index().documenten


def test_withdrawing_one_of_two_documents_with_the_same_file_hides_only_that_one(
    installation: Installation, tmp_path: Path
) -> None:
    brief = write_pdf(tmp_path / "brief.pdf", ["Brief\nDezelfde brief over kwartelwei."])
    for name in ("eerste", "tweede"):
        folder = tmp_path / "in" / name
        folder.mkdir(parents=True)
        shutil.copyfile(brief, folder / "brief.pdf")
    installation.ingest(tmp_path / "in")
    first, second = documents(installation)
    assert first.bestand == second.bestand
    assert first.publicatie_id != second.publicatie_id
    visitor = installation.public()
    assert visitor.ids("kwartelwei") == {first.id, second.id}
    withdraw(installation.platform, TESTER, first.id, reden="Dubbel.")
    installation.work()
    assert within_promise(lambda: visitor.ids("kwartelwei") == {second.id})
    assert visitor.get(f"/v1/documenten/{second.id}/bestand/brief.pdf").status_code == 200
    assert visitor.get(f"/v1/documenten/{first.id}/bestand/brief.pdf").status_code == 410


def test_withdrawing_during_a_reindex_hides_at_once_and_stays_hidden(
    installation: Installation, tmp_path: Path
) -> None:
    folder = tmp_path / "veel"
    folder.mkdir()
    for number in range(30):
        write_pdf(
            folder / f"stuk-{number}.pdf", [f"Stuk {number}\nOver kwartelwei, deel {n}." for n in range(8)]
        )
    installation.ingest(folder)
    visitor = installation.public()
    jobs = installation.platform.registry.jobs
    assert visitor.zoek("kwartelwei")["totaal"] == 30
    worker = open_worker(installation.platform, installation.sandbox, installation.settings)
    thread = threading.Thread(target=worker.run)
    thread.start()
    try:
        gone: set[str] = set()
        for round_, document in enumerate(documents(installation)[:6]):
            jobs.want(Jobwens(Jobsoort.REINDEX, "index", Prioriteit.NORMAAL), now=installation.platform.now())
            time.sleep(0.03 * round_)
            withdraw(installation.platform, TESTER, document.id, reden="Er staat een naam in.")
            gone.add(document.id)
            assert within_promise(lambda: hidden_exactly(visitor, gone))
        while jobs.waiting():
            assert hidden_exactly(visitor, gone)
            time.sleep(0.02)
    finally:
        worker.stop.set()
        thread.join()
    assert hidden_exactly(visitor, gone)
    assert len(installation.in_index().documenten) == 24
    assert not gone & installation.in_index().documenten


def hidden_exactly(visitor: Visitor, gone: set[str]) -> bool:
    """Whether of the thirty just these are gone, in hits and in the total."""
    found = visitor.zoek("kwartelwei", aantal="100")
    ids = {hit["id"] for hit in found["resultaten"]}
    return not gone & ids and found["totaal"] == len(ids) == 30 - len(gone)


def test_a_publicatie_without_documents_is_found(installation: Installation) -> None:
    nieuw = NieuwePublicatie("gm0153", "Mededeling over kwartelwei", (WOO_VERZOEK,))
    publicatie = create_publicatie(installation.platform, TESTER, nieuw)
    publish(installation.platform, TESTER, publicatie.id)
    installation.work()
    found = installation.public().get("/v1/publicaties", {"zoek": "kwartelwei"}).json()
    assert [hit["id"] for hit in found["resultaten"]] == [publicatie.id]
