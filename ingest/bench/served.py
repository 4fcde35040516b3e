"""A generated index behind the real search service, in a folder and a process of its own; for benchmarks over HTTP."""

import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ingest.bench.service import free_port, service
from ingest.bench.teksten import generated_documents
from ingest.setup import open_house
from woo.index.port import SearchIndex
from woo.settings import load_settings
from woo.storage.open import open_public_store


@dataclass(frozen=True, slots=True)
class Load:
    """What is generated and asked: documents of so many pages, so many different queries of each kind."""

    documents: int
    pages: int
    queries: int
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Served:
    """Where it answers and what was built.

    `build_seconds` are those of the index alone, `size` is in bytes, `memory` (used, most) of the engine's process in bytes,
    `environ` the settings as variables.
    """

    address: str
    engine: str
    build_seconds: float
    size: int
    memory: tuple[int, int] | None
    environ: Mapping[str, str]


@contextmanager
def served_index(load: Load, *, index_url: str | None = None, **environ: str) -> Iterator[Served]:
    """Build an index of generated pages and serve it; all of it is removed afterwards.

    Without `index_url` the engine is the embedded one. `environ` are further settings, as variables.
    """
    with tempfile.TemporaryDirectory(prefix="woo-bench-") as home:
        given = {
            "WOO_HOME": home,
            "WOO_SERVE__PUBLIC_PORT": str(free_port()),
            "WOO_LOGGING__LEVEL": "error",
            "WOO_INDEX__WRITER_MEMORY_MB": "256",
            **environ,
        }
        if index_url is not None:
            given["WOO_INDEX__URL"] = index_url
        settings = load_settings(given, cwd=Path.cwd())
        open_public_store(settings.storage.public, settings.storage)
        house = open_house(settings)
        built = house.build()
        try:
            seconds = _build(built.index, load)
            built.index.close()
            house.make_live(built)
            engine = settings.index.url.partition(":")[0]
            address = f"http://127.0.0.1:{settings.serve.public_port}"
            served = Served(address, engine, seconds, house.size(), house.memory(), given)
            with service(given, address):
                yield served
        finally:
            house.demolish()


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
