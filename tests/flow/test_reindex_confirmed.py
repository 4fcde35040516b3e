"""A new index takes over only when it is whole and answers; what an engine refuses is told by its job and hides nothing else."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ingest.setup import open_house, open_worker
from ingest.worker import Worker
from ingest.writer import Writer
from tests.api.pdfs import write_pdf
from tests.engines.elastic_proxy import Asked, Proxy, Refusal, before
from tests.flow.installation import Installation
from woo.domain.document import Document
from woo.domain.errors import Unavailable
from woo.domain.events import Jobsoort, Jobwens, Prioriteit
from woo.index.house import Built
from woo.index.query import Filters


class Lossy:
    """A real index that loses one document, or the words of one, on its way in."""

    def __init__(self, index: Any, lost: str) -> None:
        self._index = index
        self._lost = lost

    def __getattr__(self, name: str) -> Any:
        return getattr(self._index, name)

    def upsert(self, entries: Iterable[Any]) -> None:
        self._index.upsert([entry for entry in entries if entry.id != self._lost])


class Faulty:
    """A real house whose new index loses something, or whose readers of it do not answer."""

    def __init__(self, house: Any, *, lost: str = "", mute: bool = False) -> None:
        self._house = house
        self._lost = lost
        self._mute = mute

    def __getattr__(self, name: str) -> Any:
        return getattr(self._house, name)

    def build(self) -> Built:
        built = self._house.build()
        return Built(built.name, Lossy(built.index, self._lost))

    def open_reader(self) -> Any:
        return Mute() if self._mute else self._house.open_reader()


class Mute:
    """A reader of an engine that does not answer."""

    def count(self, filters: Filters) -> int:
        raise Unavailable("index", "it was unplugged")

    def close(self) -> None:
        """Nothing to close."""


@pytest.fixture
def stocked(tmp_path: Path) -> Iterator[Installation]:
    home = tmp_path / "home"
    home.mkdir()
    with Installation(home, WOO_WORKER__ATTEMPTS="1") as installation:
        fill(installation, tmp_path / "in")
        yield installation


def fill(installation: Installation, folder: Path) -> None:
    folder.mkdir()
    for number in range(3):
        lines = [f"Stuk {number}", "Dit stuk van het college gaat over de kwartelwei langs het kanaal."]
        write_pdf(folder / f"stuk-{number}.pdf", ["\n".join(lines)])
    installation.ingest(folder)


def documents(installation: Installation) -> list[Document]:
    with installation.platform.registry.read() as reading:
        return reading.documents()


def reindex(installation: Installation, house: Any) -> None:
    order(installation)
    worker = Worker(installation.platform, house, installation.sandbox, installation.settings.worker)
    worker.run(until_idle=True)


def order(installation: Installation) -> None:
    jobs = installation.platform.registry.jobs
    jobs.want(Jobwens(Jobsoort.REINDEX, "index", Prioriteit.NORMAAL), now=installation.platform.now())


def live_name(installation: Installation) -> str:
    return (installation.settings.index.folder / "actueel").read_text()


def test_an_index_that_lacks_a_document_does_not_take_over_and_its_job_says_so(stocked: Installation) -> None:
    before_, lost = live_name(stocked), documents(stocked)[1].id
    reindex(stocked, Faulty(open_house(stocked.settings), lost=lost))
    assert live_name(stocked) == before_
    (job,) = stocked.platform.registry.jobs.resting()
    assert job.soort is Jobsoort.REINDEX
    assert lost in (job.error or "")
    assert [path.name for path in stocked.settings.index.folder.glob("v*")] == [before_]
    assert stocked.public().zoek("kwartelwei")["totaal"] == 3


def test_an_index_that_readers_get_no_answer_from_hands_back_to_the_old_one(
    stocked: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.confirm._PAUSE", 0.01)
    before_ = live_name(stocked)
    house = open_house(stocked.settings)
    order(stocked)
    worker = Worker(stocked.platform, Faulty(house, mute=True), stocked.sandbox, stocked.settings.worker)
    worker._become_writer()
    writer = worker._writer
    assert writer is not None
    with pytest.raises(Unavailable, match="unplugged"):
        turn_on_and_on(writer)
    assert live_name(stocked) == before_
    worker._drop_writer()
    open_worker(stocked.platform, stocked.sandbox, stocked.settings).run(until_idle=True)
    assert live_name(stocked) != before_
    assert stocked.public().zoek("kwartelwei")["totaal"] == 3


def turn_on_and_on(writer: Writer) -> None:
    while True:
        writer.turn()


@pytest.fixture
def narrow(elastic_index_url: str, tmp_path: Path) -> Iterator[tuple[Installation, Proxy]]:
    """An installation on Elasticsearch behind a proxy that can be made to refuse large requests."""
    home = tmp_path / "home"
    home.mkdir()
    url, _, prefix = elastic_index_url.rpartition("/")
    with (
        before(url) as proxy,
        Installation(home, WOO_INDEX__URL=f"{proxy.url}/{prefix}", WOO_WORKER__ATTEMPTS="1") as installation,
    ):
        yield installation, proxy


def too_large(asked: Asked) -> Refusal | None:
    return Refusal(413) if asked.path.endswith("/_bulk") and asked.size > 100_000 else None


@pytest.mark.needs("elasticsearch")
def test_a_document_that_the_engine_refuses_fails_with_the_reason_and_is_shown_when_it_fits(
    narrow: tuple[Installation, Proxy], tmp_path: Path
) -> None:
    installation, proxy = narrow
    folder = tmp_path / "groot"
    folder.mkdir()
    write_pdf(
        folder / "groot.pdf", ["\n".join(["Over zilverreiger en andere vogels."] * 40) for _ in range(60)]
    )
    proxy.refuse = too_large
    fill(installation, tmp_path / "in")
    installation.ingest(folder)
    (job,) = installation.platform.registry.jobs.resting()
    assert job.soort is Jobsoort.SYNC_DOCUMENT
    assert "http.max_content_length" in (job.error or "")
    visitor = installation.public()
    assert (visitor.zoek("kwartelwei")["totaal"], visitor.zoek("zilverreiger")["totaal"]) == (3, 0)
    proxy.refuse = lambda asked: None
    again(installation)
    assert installation.public().zoek("zilverreiger")["totaal"] == 1
    assert installation.command("verify").returncode == 0


@pytest.mark.needs("elasticsearch")
def test_what_a_new_index_refuses_gets_a_job_that_says_why_and_the_rest_takes_over(
    narrow: tuple[Installation, Proxy], tmp_path: Path
) -> None:
    installation, proxy = narrow
    folder = tmp_path / "groot"
    folder.mkdir()
    write_pdf(
        folder / "groot.pdf", ["\n".join(["Over zilverreiger en andere vogels."] * 40) for _ in range(60)]
    )
    fill(installation, tmp_path / "in")
    installation.ingest(folder)
    proxy.refuse = too_large
    order(installation)
    installation.work()
    (job,) = installation.platform.registry.jobs.resting()
    assert job.soort is Jobsoort.SYNC_DOCUMENT
    visitor = installation.public()
    assert (visitor.zoek("kwartelwei")["totaal"], visitor.zoek("zilverreiger")["totaal"]) == (3, 0)
    proxy.refuse = lambda asked: None
    again(installation)
    assert installation.public().zoek("zilverreiger")["totaal"] == 1


def again(installation: Installation) -> None:
    """Retry what rests, as `woo retry` does."""
    assert installation.command("retry").returncode == 0
    installation.work()
