"""`woo bench ocr`: our recognition, and our whole ingest of scans, beside bare tesserocr processes on the same pages."""

import functools
import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pypdfium2
import tesserocr

from ingest.bench.brieven import Slijtage, letters, picture, scan
from ingest.bench.extract import ExtractBench, Measured, measure_ours, measure_readers
from woo.domain.errors import Unavailable
from woo.sandbox.ocr import tessdata_folder

_DPI = 200
_LANGUAGE = "nld"
_WEAR = (Slijtage.SCHOON, Slijtage.SCHEEF, Slijtage.VUIL)


def bench_ocr(*, pages: int, processes: int, rounds: int) -> ExtractBench:
    """Measure all ways in turn on `pages` generated scans, half of them in one document; the best of each is kept.

    `readers` is our recognition in the sandbox without the rest of the platform; starting counts only in the whole ingest.

    Raises:
        Unavailable: The Dutch language data is not installed.
    """
    tessdata = tessdata_folder(_LANGUAGE)
    if tessdata is None:
        raise Unavailable("text recognition", "its Dutch data is not installed (make system-packages)")
    with tempfile.TemporaryDirectory(prefix="woo-bench-") as folder:
        paths = _write(Path(folder), pages)
        bare, readers, ours = [], [], []
        for _ in range(rounds):
            bare.append(_measure_bare(paths, tessdata, processes=processes))
            readers.append(measure_readers(paths, processes=processes, recognise=True))
            ours.append(measure_ours(Path(folder), processes=processes, recognise=True))
    best = [max(ways, key=lambda m: m.rate) for ways in (bare, ours, readers)]
    return ExtractBench(len(paths), processes, *best)


def _write(folder: Path, pages: int) -> list[Path]:
    drawn = [
        (picture(brief, dpi=_DPI, slijtage=_WEAR[number % len(_WEAR)], seed=number), brief)
        for number, brief in enumerate(letters(pages, seed=2))
    ]
    whole, single = drawn[: pages // 2], drawn[pages // 2 :]
    groups = [[page] for page in single] + ([whole] if whole else [])
    paths = []
    for number, group in enumerate(groups):
        path = folder / f"scan-{number}.pdf"
        path.write_bytes(scan(group, dpi=_DPI))
        paths.append(path)
    return paths


def _measure_bare(paths: Sequence[Path], tessdata: Path, *, processes: int) -> Measured:
    """Draw and recognise each page, a page at a time in as many processes; starting them is not counted."""
    tasks = [(path, number, tessdata) for path in paths for number in range(_pages(path))]
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    with ProcessPoolExecutor(processes) as pool:
        list(pool.map(_load, [tessdata] * processes * 4))
        started = time.perf_counter()
        done = sum(pool.map(_recognise, tasks))
        return Measured(done, time.perf_counter() - started)


def _pages(path: Path) -> int:
    with pypdfium2.PdfDocument(path) as document:
        return len(document)


def _recognise(task: tuple[Path, int, Path]) -> int:
    path, number, tessdata = task
    with pypdfium2.PdfDocument(path) as document:
        picture = document[number].render(scale=_DPI / 72, grayscale=True).to_pil()
    engine = _engine(tessdata)
    engine.SetImage(picture)
    engine.SetSourceResolution(_DPI)
    engine.GetUTF8Text()
    return 1


def _load(tessdata: Path) -> None:
    _engine(tessdata)


@functools.cache
def _engine(tessdata: Path) -> tesserocr.PyTessBaseAPI:
    return tesserocr.PyTessBaseAPI(path=str(tessdata), lang=_LANGUAGE)


def describe(measured: ExtractBench, rounds: int) -> Iterator[str]:
    """Lines for people."""
    yield f"{measured.files} files, {measured.processes} processes, best of {rounds}"
    bare = measured.bare
    ways = {"bare tesserocr": bare, "our recognition": measured.readers, "woo ingest": measured.ours}
    for name, way in ways.items():
        yield f"{name + ':':<17}{way.pages} pages, {way.rate:.2f} pages/s, ratio {way.rate / bare.rate:.2f}"
