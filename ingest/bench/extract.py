"""`woo bench extract`: our whole ingest, searchable at the end, beside a bare pypdfium2 text loop on the same files."""

import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium

from ingest.errands import run_batch
from ingest.register import Opdracht
from woo.settings import load_settings

_CATEGORIE = "c_3baef532"
_PUBLISHER = "gm0153"


@dataclass(frozen=True, slots=True)
class Measured:
    """One way of reading the files: pages that came out, wall seconds."""

    pages: int
    seconds: float

    @property
    def rate(self) -> float:
        return self.pages / self.seconds if self.seconds else 0.0


@dataclass(frozen=True, slots=True)
class ExtractBench:
    """Both ways, the best of the rounds, and their ratio (1.0 = as fast as the bare loop)."""

    files: int
    processes: int
    bare: Measured
    ours: Measured

    @property
    def ratio(self) -> float:
        return self.ours.rate / self.bare.rate if self.bare.rate else 0.0


def read_bare(path: Path) -> int:
    """Read the text of every page and throw it away; returns the number of pages, 0 for a file that does not open."""
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError:
        return 0
    try:
        for number in range(len(document)):
            page = document[number]
            text = page.get_textpage()
            text.get_text_range()
            text.close()
            page.close()
        return len(document)
    finally:
        document.close()


def measure_bare(paths: Sequence[Path], *, processes: int) -> Measured:
    """The bare loop in as many processes; starting them is not counted."""
    with ProcessPoolExecutor(processes) as pool:
        list(pool.map(int, range(processes * 4)))
        started = time.perf_counter()
        pages = sum(pool.map(read_bare, paths))
        return Measured(pages, time.perf_counter() - started)


def measure_ours(folder: Path, *, processes: int) -> Measured:
    """A whole `woo ingest --publish` into a new installation, until everything is searchable."""
    with tempfile.TemporaryDirectory(prefix="woo-bench-") as home:
        environ = {"WOO_HOME": home, "WOO_WORKER__PROCESSES": str(processes), "WOO_LOGGING__LEVEL": "error"}
        settings = load_settings(environ, cwd=Path.cwd())
        started = time.perf_counter()
        report = run_batch(settings, Opdracht(_PUBLISHER, _CATEGORIE, publish=True), [folder])
        seconds = time.perf_counter() - started
    return Measured(sum(item["pages"] for item in report.items), seconds)


def bench_extract(folder: Path, *, processes: int, rounds: int) -> ExtractBench:
    """Measure both ways in turn, `rounds` times, and keep the best of each."""
    paths = sorted(folder.rglob("*.pdf"))
    bare, ours = [], []
    for _ in range(rounds):
        bare.append(measure_bare(paths, processes=processes))
        ours.append(measure_ours(folder, processes=processes))
    best_bare = max(bare, key=lambda m: m.rate)
    best_ours = max(ours, key=lambda m: m.rate)
    return ExtractBench(len(paths), processes, best_bare, best_ours)
