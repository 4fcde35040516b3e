"""`woo bench load`: the search page of the site under many visitors at once, and beside one that asks without end."""

import re
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count, cycle

import httpx

from ingest.bench.search import percentile
from ingest.bench.served import Load, served_index
from ingest.bench.service import service
from ingest.bench.teksten import generated_queries

_MOTOR = re.compile(r"motor;dur=([\d.]+)")
_TIMEOUT = 120.0
_POLITE = 8
_GREEDY_CONNECTIONS = 64


@dataclass(slots=True)
class Asked:
    """What one group of visitors met: milliseconds per page, those outside the engine, and answers by status."""

    total: list[float] = field(default_factory=list)
    outside: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, answer: httpx.Response, milliseconds: float) -> None:
        """Add one answer; only pages that were given count in the times."""
        motor = _MOTOR.search(answer.headers.get("Server-Timing", ""))
        with self.lock:
            self.statuses[answer.status_code] = self.statuses.get(answer.status_code, 0) + 1
            if answer.is_success:
                self.total.append(milliseconds)
                self.outside.append(milliseconds - float(motor.group(1)) if motor else milliseconds)


@dataclass(frozen=True, slots=True)
class Crowd:
    """How a group of visitors fared: pages per second, milliseconds over HTTP and outside the engine, refusals."""

    name: str
    visitors: int
    pages: int
    rate: float
    p50: float
    p95: float
    outside_p95: float
    refused: int


@dataclass(frozen=True, slots=True)
class LoadBench:
    """One engine: what was built, and each crowd."""

    engine: str
    pages: int
    crowds: tuple[Crowd, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Visitors that ask for the search page: each on an address of its own from `first` on, or all on one.

    `pause` is the seconds between an answer and the next question.
    """

    name: str
    visitors: int
    first: int
    pause: float = 0.0
    one_address: bool = False

    def address(self, number: int) -> str:
        """An address of this machine: all of 127.0.0.0/8 is."""
        return f"127.0.{self.first}.{1 if self.one_address else number + 1}"


def bench_load(
    load: Load, *, visitors: int = 50, seconds: float = 30.0, index_url: str | None = None
) -> LoadBench:
    """Build and serve an index; let visitors ask at once, then polite ones with and without a greedy one.

    The greedy one keeps 64 connections busy from one address; it is measured without the limits of the service and with
    them. Each search is another one for as long as there are, then they begin again.
    """
    queries = _mixed(generated_queries(load.queries, seed=load.seed))
    crowd = Group(f"{visitors} visitors at once", visitors, 1)
    people = Group(f"{visitors} visitors, 5 s between questions", visitors, 2, pause=5.0)
    polite = Group("polite", _POLITE, 3, pause=1.0)
    greedy = Group("greedy", _GREEDY_CONNECTIONS, 4, one_address=True)
    without = {"WOO_SERVE__POINTS_PER_MINUTE": "0", "WOO_SERVE__AT_ONCE": "1000"}
    with served_index(load, index_url=index_url) as served:
        found = [
            *_together(served.address, queries, seconds, crowd),
            *_together(served.address, queries, seconds, people),
            *_together(served.address, queries, seconds, polite, named="polite alone"),
            *_together(served.address, queries, seconds, polite, greedy, named="together, limits on"),
        ]
        port = str(int(served.address.rpartition(":")[2]) + 1)
        address = f"http://127.0.0.1:{port}"
        with service({**served.environ, **without, "WOO_SERVE__PUBLIC_PORT": port}, address):
            found += _together(address, queries, seconds, polite, greedy, named="together, limits off")
    return LoadBench(served.engine, load.documents * load.pages, tuple(found))


def _mixed(queries: Mapping[str, Sequence[str]]) -> list[str]:
    """The kinds of query in turn."""
    return [query for group in zip(*queries.values(), strict=False) for query in group]


def _together(
    address: str, queries: Sequence[str], seconds: float, *groups: Group, named: str = ""
) -> list[Crowd]:
    """Let all groups ask for so many seconds; returns how each fared."""
    asked = [Asked() for _ in groups]
    until = time.monotonic() + seconds
    numbers = count()
    threads = [
        threading.Thread(
            target=_visit,
            args=(address, group, number, queries[next(numbers) * 7 % len(queries) :], until, each),
            daemon=True,
        )
        for group, each in zip(groups, asked, strict=True)
        for number in range(group.visitors)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    names = [f"{group.name}, {named}" if len(groups) > 1 else named or group.name for group in groups]
    return [
        _crowd(name, group, each, seconds) for name, group, each in zip(names, groups, asked, strict=True)
    ]


def _visit(
    address: str, group: Group, number: int, queries: Sequence[str], until: float, asked: Asked
) -> None:
    transport = httpx.HTTPTransport(local_address=group.address(number))
    with httpx.Client(base_url=address, timeout=_TIMEOUT, transport=transport) as client:
        for query in cycle(queries):
            if time.monotonic() >= until:
                return
            started = time.perf_counter()
            answer = client.get("/", params={"zoek": query})
            asked.note(answer, (time.perf_counter() - started) * 1000)
            time.sleep(group.pause)


def _crowd(name: str, group: Group, asked: Asked, seconds: float) -> Crowd:
    enough = len(asked.total) > 1
    return Crowd(
        name,
        1 if group.one_address else group.visitors,
        len(asked.total),
        round(len(asked.total) / seconds, 1),
        percentile(asked.total, 50) if enough else 0.0,
        percentile(asked.total, 95) if enough else 0.0,
        percentile(asked.outside, 95) if enough else 0.0,
        asked.statuses.get(429, 0),
    )


def describe(bench: LoadBench) -> Iterator[str]:
    """Lines for people."""
    yield f"{bench.engine}: {bench.pages} pages; the search page with facets and fragments"
    yield f"{'':<42}{'pages':>7}{'/s':>8}{'p50 ms':>9}{'p95 ms':>9}{'outside p95':>13}{'refused':>9}"
    for each in bench.crowds:
        yield (
            f"{each.name:<42}{each.pages:>7}{each.rate:>8}{each.p50:>9}{each.p95:>9}{each.outside_p95:>13}{each.refused:>9}"
        )
