"""`woo bench extract`: our whole ingest, searchable at the end, beside bare loops that throw away what they read."""

import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pypdfium2 as pdfium

from ingest.errands import run_batch
from ingest.reading import with_pictures
from ingest.recognition import Recognition
from ingest.register import Opdracht
from ingest.setup import open_recognition, open_sandbox
from woo.sandbox import Sandbox, SandboxError
from woo.sandbox.readers import can_read, read_file
from woo.sandbox.sniff import sniff
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
    """Our ingest and a bare loop, the best of the rounds, and their ratio (1.0 = as fast as the bare loop).

    `bare` is the loop of the library alone, `readers` that of our own readers.
    """

    files: int
    processes: int
    bare: Measured
    ours: Measured
    readers: Measured

    @property
    def ratio(self) -> float:
        return self.ours.rate / self.bare.rate if self.bare.rate else 0.0

    @property
    def ratio_to_readers(self) -> float:
        return self.ours.rate / self.readers.rate if self.readers.rate else 0.0


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


def measure_readers(paths: Sequence[Path], *, processes: int, recognise: bool) -> Measured:
    """Our own readers in the same limited processes, text recognition included, and nothing else; starting is not counted.

    Files that are refused, and containers (whose members would be read), give no pages.
    """
    environ = {"WOO_WORKER__PROCESSES": str(processes), "WOO_OCR__ENABLED": str(recognise).lower()}
    settings = load_settings(environ, cwd=Path.cwd())
    kinds = [(path, sniff(path, name=path.name).mime) for path in paths]
    with ExitStack() as stack:
        sandbox = stack.enter_context(open_sandbox(settings))
        recognition = open_recognition(settings, sandbox, processes=processes)
        stack.callback(recognition.stop)
        pool = stack.enter_context(ThreadPoolExecutor(2 * processes))
        read = partial(_read_alone, sandbox, recognition)
        list(pool.map(read, kinds[: processes * 4]))
        started = time.perf_counter()
        pages = sum(pool.map(read, kinds))
        return Measured(pages, time.perf_counter() - started)


def _read_alone(sandbox: Sandbox, recognition: Recognition, file: tuple[Path, str]) -> int:
    path, mime = file
    if not can_read(mime):
        return 0
    with tempfile.TemporaryDirectory(prefix="woo-bench-") as folder:
        rendition = Path(folder) / "weergave.pdf"
        try:
            read = read_file(sandbox, path, mime, rendition=rendition)
            pdf = with_pictures(read, path, mime, rendition=rendition)
            if pdf is not None:
                recognition.look_at(read, pdf)
        except SandboxError:
            return 0
        return len(read.pages)


def measure_ours(folder: Path, *, processes: int, recognise: bool) -> Measured:
    """A whole `woo ingest --publish` into a new installation, until everything is searchable."""
    with tempfile.TemporaryDirectory(prefix="woo-bench-") as home:
        environ = {
            "WOO_HOME": home,
            "WOO_WORKER__PROCESSES": str(processes),
            "WOO_LOGGING__LEVEL": "error",
            "WOO_OCR__ENABLED": str(recognise).lower(),
        }
        settings = load_settings(environ, cwd=Path.cwd())
        started = time.perf_counter()
        report = run_batch(settings, Opdracht(_PUBLISHER, _CATEGORIE, publish=True), [folder])
        seconds = time.perf_counter() - started
    return Measured(sum(item["pages"] for item in report.items), seconds)


def bench_extract(folder: Path, *, processes: int, rounds: int, recognise: bool = False) -> ExtractBench:
    """Measure all ways in turn, `rounds` times, and keep the best of each.

    The bare pypdfium2 loop reads the PDFs alone; our readers and our ingest read every file, and recognise scans when so asked.
    """
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    pdfs = [path for path in paths if path.suffix.lower() == ".pdf"]
    bare, readers, ours = [], [], []
    for _ in range(rounds):
        bare.append(measure_bare(pdfs, processes=processes))
        readers.append(measure_readers(paths, processes=processes, recognise=recognise))
        ours.append(measure_ours(folder, processes=processes, recognise=recognise))
    best = [max(ways, key=lambda m: m.rate) for ways in (bare, ours, readers)]
    return ExtractBench(len(paths), processes, *best)


def describe(measured: ExtractBench, rounds: int) -> Iterator[str]:
    """Lines for people."""
    yield f"{measured.files} files, {measured.processes} processes, best of {rounds}"
    ways = {"bare pypdfium2": measured.bare, "bare readers": measured.readers, "woo ingest": measured.ours}
    for name, way in ways.items():
        yield f"{name + ':':<17}{way.pages} pages, {way.rate:.1f} pages/s"
    yield f"{'ratio:':<17}{measured.ratio:.2f} to pypdfium2, {measured.ratio_to_readers:.2f} to the readers"
