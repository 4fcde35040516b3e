"""`woo bench search`: a generated index behind the real search service, asked over HTTP by one client."""

import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from ingest.bench.teksten import WORDS_PER_PAGE, generated_documents, generated_queries
from ingest.setup import open_house
from woo.domain.errors import Unavailable
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
class SearchBench:
    pages: int
    build_seconds: float
    index_mb: float
    timings: tuple[Timing, ...]


def bench_search(*, documents: int, pages: int, queries: int, seed: int = 1) -> SearchBench:
    """Build an index of documents × pages generated pages, serve it, and measure every kind of query.

    Each query is another one and is asked once, so that no answer can be remembered.
    """
    with tempfile.TemporaryDirectory(prefix="woo-bench-") as home:
        environ = {
            "WOO_HOME": home,
            "WOO_SERVE__PUBLIC_PORT": str(_free_port()),
            "WOO_LOGGING__LEVEL": "error",
            "WOO_INDEX__WRITER_MEMORY_MB": "256",
        }
        settings = load_settings(environ, cwd=Path.cwd())
        open_public_store(settings.storage.public, settings.storage)
        started = time.perf_counter()
        house = open_house(settings)
        built = house.build()
        for entry in generated_documents(documents, pages, seed=seed):
            built.index.upsert([entry])
        built.index.commit()
        built.index.close()
        house.make_live(built)
        seconds = time.perf_counter() - started
        size = house.size() / 1024**2
        address = f"http://127.0.0.1:{settings.serve.public_port}"
        with _service(environ, address), httpx.Client(base_url=address, timeout=30) as client:
            asked = generated_queries(queries, seed=seed)
            timings = tuple(_measure(client, kind, asked[kind]) for kind in asked)
    return SearchBench(documents * pages, round(seconds, 1), round(size, 1), timings)


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


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def _service(environ: Mapping[str, str], address: str, *, seconds: float = 60.0) -> Iterator[None]:
    """The search service in a process of its own, ended afterwards."""
    process = subprocess.Popen(
        [sys.executable, "-m", "woo", "service", "search_api"], env={**os.environ, **environ}
    )
    try:
        deadline = time.monotonic() + seconds
        while not _answers(address):
            if process.poll() is not None or time.monotonic() > deadline:
                raise Unavailable("the search service", "it did not start")
            time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait(30)


def _answers(address: str) -> bool:
    try:
        return httpx.get(f"{address}/gezondheid/live", timeout=1).is_success
    except httpx.TransportError:
        return False


def describe(bench: SearchBench) -> Iterator[str]:
    """Lines for people."""
    yield f"{bench.pages} pages of {WORDS_PER_PAGE} words, built in {bench.build_seconds} s, index {bench.index_mb} MiB"
    yield f"{'query':<10}{'n':>6}{'p50 ms':>10}{'p95 ms':>10}{'outside p50':>14}{'outside p95':>14}"
    for t in bench.timings:
        yield f"{t.kind:<10}{t.count:>6}{t.p50:>10}{t.p95:>10}{t.outside_p50:>14}{t.outside_p95:>14}"
