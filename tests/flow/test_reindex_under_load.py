"""On either engine: while indices are built and swapped, no search fails, nothing withdrawn is seen, nothing is missing."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ingest.setup import open_worker
from ingest.verify import verify
from tests.api.pdfs import write_pdf
from tests.flow.installation import ENSCHEDE, PROMISE_SECONDS, TESTER, WOO_VERZOEK, Installation, Visitor
from woo.domain.document import Bestand
from woo.domain.events import Jobsoort, Jobwens, Prioriteit
from woo.usecases.document import NieuwDocument, add_document, change_document
from woo.usecases.intrekking import withdraw_document
from woo.usecases.publicatie import NieuwePublicatie, create_publicatie, publish

_DOCUMENTS = 36
_PAGES = 8
_SECONDS = 15.0
_PATIENCE = 120.0


@pytest.fixture(params=["tantivy", pytest.param("elasticsearch", marks=pytest.mark.needs("elasticsearch"))])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Installation]:
    """An installation on one of the engines."""
    environ: dict[str, str] = {}
    if request.param == "elasticsearch":
        environ["WOO_INDEX__URL"] = request.getfixturevalue("elastic_index_url")
    home = tmp_path / "home"
    home.mkdir()
    with Installation(home, **environ) as installation:
        yield installation


def filled(installation: Installation) -> list[str]:
    """Documents that were read, each in a publicatie of its own; every second one is published."""
    ids = []
    for number in range(_DOCUMENTS):
        path = write_pdf(
            installation.home / "stuk.pdf",
            [f"Stuk {number}\nDit blad gaat over de kwartelwei, deel {part}." for part in range(_PAGES)],
        )
        nieuw = NieuwePublicatie(ENSCHEDE, f"Dossier {number}", (WOO_VERZOEK,))
        publicatie = create_publicatie(installation.platform, TESTER, nieuw)
        stored = installation.platform.archive.put(path)
        bestand = Bestand(stored.digest, path.name, "application/pdf", stored.grootte)
        document = add_document(
            installation.platform, TESTER, publicatie.id, NieuwDocument(f"Stuk {number}", bestand)
        )
        if number % 2 == 0:
            publish(installation.platform, TESTER, publicatie.id)
        ids.append(document.id)
    installation.work()
    return ids


class Questions:
    """Asks without a pause from a thread of its own until told to stop."""

    def __init__(self, visitor: Visitor, withdrawn: dict[str, float]) -> None:
        self._visitor = visitor
        self._withdrawn = withdrawn
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self.asked = 0
        self.failures: list[str] = []
        self.leaks: list[str] = []

    def _run(self) -> None:
        while not self._stop.is_set():
            gone = {
                id for id, at in self._withdrawn.copy().items() if time.monotonic() - at > PROMISE_SECONDS
            }
            answer = self._visitor.get(
                "/v1/documenten", {"zoek": "kwartelwei", "aantal": "100", "facetten": "true"}
            )
            self.asked += 1
            if answer.status_code != 200:
                self.failures.append(answer.text)
            else:
                self.leaks += [hit["id"] for hit in answer.json()["resultaten"] if hit["id"] in gone]

    def __enter__(self) -> "Questions":
        self._thread.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._stop.set()
        self._thread.join()


@contextmanager
def working(installation: Installation) -> Iterator[None]:
    worker = open_worker(installation.platform, installation.sandbox, installation.settings)
    thread = threading.Thread(target=worker.run)
    thread.start()
    try:
        yield
    finally:
        worker.stop.set()
        thread.join()


def order_reindex(installation: Installation) -> bool:
    """Order a reindex unless one is waiting; returns whether it was ordered."""
    jobs = installation.platform.registry.jobs
    if jobs.waiting([Jobsoort.REINDEX]):
        return False
    jobs.want(Jobwens(Jobsoort.REINDEX, "index", Prioriteit.NORMAAL), now=installation.platform.now())
    return True


def until_quiet(installation: Installation) -> None:
    deadline = time.monotonic() + _PATIENCE
    while installation.platform.registry.jobs.waiting() and time.monotonic() < deadline:
        time.sleep(0.05)


def test_reindexing_under_questions_publications_and_withdrawals_fails_leaks_and_misses_nothing(
    engine: Installation,
) -> None:
    ids = filled(engine)
    public = set(ids[::2])
    withdrawn: dict[str, float] = {}
    reindexed = 0
    to_publish, to_withdraw, afterwards = ids[1::2], ids[8::4], ids[:8:4]
    with (
        working(engine),
        Questions(engine.public(), withdrawn) as one,
        Questions(engine.public(), withdrawn) as two,
    ):
        started = time.monotonic()
        while to_publish or to_withdraw or reindexed < 3 or time.monotonic() - started < _SECONDS:
            assert time.monotonic() - started < _PATIENCE
            reindexed += order_reindex(engine)
            if to_publish:
                id = to_publish.pop()
                with engine.platform.registry.read() as reading:
                    publicatie_id = reading.document(id).publicatie_id
                publish(engine.platform, TESTER, publicatie_id)
                public.add(id)
            if to_withdraw:
                id = to_withdraw.pop()
                withdraw_document(engine.platform, TESTER, id, reden="Per ongeluk openbaar gemaakt.")
                withdrawn[id] = time.monotonic()
                public.discard(id)
            change_document(engine.platform, TESTER, ids[2], {"officiele_titel": f"Stuk {time.monotonic()}"})
            time.sleep(0.2)
        until_quiet(engine)
        for id in afterwards:  # no later rebuild takes these out
            withdraw_document(engine.platform, TESTER, id, reden="Per ongeluk openbaar gemaakt.")
            public.discard(id)
        until_quiet(engine)
    assert one.failures + two.failures == []
    assert one.leaks + two.leaks == []
    assert min(one.asked, two.asked) > 20
    assert engine.in_index().documenten == public
    assert engine.public().ids("kwartelwei") == public
    assert verify(engine.platform, engine.in_index, repair=False) == []
