"""`woo bench search`: generated indices behind the real search service, asked over HTTP by one client."""

import re
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx

from ingest.bench.service import free_port, service
from ingest.bench.teksten import WORDS_PER_PAGE, generated_documents, generated_queries
from ingest.setup import open_house
from woo.index.port import SearchIndex
from woo.settings import load_settings
from woo.storage.open import open_public_store

_MOTOR = re.compile(r"motor;dur=([\d.]+)")


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds over HTTP, and what of it was spent outside the engine."""

    kind: str
    count: int
    p50: float
    p95: float
    outside_p50: float
    outside_p95: float


@dataclass(frozen=True, slots=True)
class Load:
    """What is generated and asked: documents of so many pages, so many different queries of each kind."""

    documents: int
    pages: int
    queries: int
    seed: int = 1


@dataclass(frozen=True, slots=True)
class SearchBench:
    """One engine: what was built (seconds of the index alone, the texts were there), and how it answered.

    `heap_mb` is what the engine's own process uses and may use, where it has one.
    """

    engine: str
    pages: int
    build_seconds: float
    index_mb: float
    heap_mb: tuple[float, float] | None
    timings: tuple[Timing, ...]


def bench_search(load: Load, *, index_url: str | None = None) -> SearchBench:
    """Build an index of generated pages, serve it, and measure every kind of query.

    Each query is another one and is asked once, so that no answer can be remembered. Without `index_url` the engine is the
    embedded one, in a folder of its own; an index that was built elsewhere is removed afterwards.
    """
    with tempfile.TemporaryDirectory(prefix="woo-bench-") as home:
        environ = {
            "WOO_HOME": home,
            "WOO_SERVE__PUBLIC_PORT": str(free_port()),
            "WOO_LOGGING__LEVEL": "error",
            "WOO_INDEX__WRITER_MEMORY_MB": "256",
        }
        if index_url is not None:
            environ["WOO_INDEX__URL"] = index_url
        settings = load_settings(environ, cwd=Path.cwd())
        open_public_store(settings.storage.public, settings.storage)
        house = open_house(settings)
        built = house.build()
        try:
            seconds = _build(built.index, load)
            built.index.close()
            house.make_live(built)
            size, memory = house.size() / 1024**2, house.memory()
            address = f"http://127.0.0.1:{settings.serve.public_port}"
            with service(environ, address), httpx.Client(base_url=address, timeout=30) as client:
                asked = generated_queries(load.queries, seed=load.seed)
                timings = tuple(_measure(client, kind, asked[kind]) for kind in asked)
        finally:
            house.demolish()
    heap = None if memory is None else (round(memory[0] / 1024**2, 1), round(memory[1] / 1024**2, 1))
    engine = settings.index.url.partition(":")[0]
    return SearchBench(engine, load.documents * load.pages, round(seconds, 1), round(size, 1), heap, timings)


def _build(index: SearchIndex, load: Load) -> float:
    """Write everything; returns the seconds that this took, without those of generating the texts."""
    seconds = 0.0
    for entry in generated_documents(load.documents, load.pages, seed=load.seed):
        started = time.perf_counter()
        index.upsert([entry])
        seconds += time.perf_counter() - started
    started = time.perf_counter()
    index.commit()
    return seconds + time.perf_counter() - started


def _measure(client: httpx.Client, kind: str, queries: Sequence[str]) -> Timing:
    total, outside = [], []
    for query in queries:
        started = time.perf_counter()
        answer = client.get("/v1/documenten", params={"zoek": query, "facetten": "true", "aantal": 20})
        took = (time.perf_counter() - started) * 1000
        answer.raise_for_status()
        motor = _MOTOR.search(answer.headers.get("Server-Timing", ""))
        total.append(took)
        outside.append(took - float(motor.group(1)) if motor else took)
    return Timing(kind, len(total), _p(total, 50), _p(total, 95), _p(outside, 50), _p(outside, 95))


def _p(values: Sequence[float], percent: int) -> float:
    return round(statistics.quantiles(values, n=100, method="inclusive")[percent - 1], 1)


def describe(bench: SearchBench) -> Iterator[str]:
    """Lines for people."""
    rate = bench.pages / bench.build_seconds if bench.build_seconds else 0.0
    yield (
        f"{bench.engine}: {bench.pages} pages of {WORDS_PER_PAGE} words, built in {bench.build_seconds} s"
        f" ({rate:.0f} pages/s), index {bench.index_mb} MiB"
    )
    if bench.heap_mb is not None:
        yield f"heap after building: {bench.heap_mb[0]} of {bench.heap_mb[1]} MiB"
    yield f"{'query':<10}{'n':>6}{'p50 ms':>10}{'p95 ms':>10}{'outside p50':>14}{'outside p95':>14}"
    for t in bench.timings:
        yield f"{t.kind:<10}{t.count:>6}{t.p50:>10}{t.p95:>10}{t.outside_p50:>14}{t.outside_p95:>14}"
