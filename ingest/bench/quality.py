"""`woo bench quality`: generated letters of every quality of scan and text layer, and how much of them is read right."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.bench.brieven import (
    Brief,
    Laag,
    Slijtage,
    born_digital,
    letters,
    picture,
    scan,
    with_wrong_letters,
)
from ingest.recognition import Recognition
from ingest.setup import open_recognition, open_sandbox
from woo.domain.errors import Unavailable
from woo.sandbox import Sandbox, read_pdf
from woo.sandbox.ocr import tessdata_folder
from woo.settings import Settings

DPIS = (100, 150, 200, 300)
_LAYERED_DPI = 200


@dataclass(frozen=True, slots=True)
class Quality:
    """One kind of source: pages, errors per character before and after recognition, and what was kept."""

    source: str
    pages: int
    error_in_file: float
    error: float
    recognised: int


@dataclass(frozen=True, slots=True)
class _Case:
    source: str
    brief: Brief
    content: bytes


def bench_quality(settings: Settings, *, count: int, seed: int = 1) -> list[Quality]:
    """Read `count` letters of each kind of source as ingest does, and compare with what they say.

    Raises:
        Unavailable: The language data is not installed, or recognition is switched off.
    """
    if not settings.ocr.enabled or tessdata_folder(settings.ocr.languages) is None:
        raise Unavailable("text recognition", "it is not installed or switched off; see woo doctor")
    processes = settings.worker.processes
    with open_sandbox(settings) as sandbox, tempfile.TemporaryDirectory(prefix="woo-bench-") as folder:
        recognition = open_recognition(settings, sandbox, processes=processes)
        try:
            found: dict[str, list[tuple[float, float, bool]]] = {}
            for case in _cases(count, seed=seed):
                path = Path(folder) / "brief.pdf"
                path.write_bytes(case.content)
                found.setdefault(case.source, []).append(_read(sandbox, recognition, path, case.brief))
        finally:
            recognition.stop()
    return [_quality(source, results) for source, results in found.items()]


def _cases(count: int, *, seed: int) -> Iterator[_Case]:
    briefs = letters(count, seed=seed)
    for dpi in DPIS:
        for slijtage in Slijtage:
            for brief in briefs:
                image = picture(brief, dpi=dpi, slijtage=slijtage, seed=seed)
                yield _Case(f"scan {dpi} dpi, {slijtage}", brief, scan([(image, brief)], dpi=dpi))
    for laag in (Laag.GOED, Laag.MATIG, Laag.VERHASPELD):
        for brief in briefs:
            image = picture(brief, dpi=_LAYERED_DPI, slijtage=Slijtage.VUIL, seed=seed)
            yield _Case(f"scan, {laag}", brief, scan([(image, brief)], dpi=_LAYERED_DPI, laag=laag))
    for brief in briefs:
        yield _Case("text, wrong letters", brief, with_wrong_letters(brief))
        yield _Case("text", brief, born_digital(brief))


def _read(sandbox: Sandbox, recognition: Recognition, path: Path, brief: Brief) -> tuple[float, float, bool]:
    read = read_pdf(sandbox, path)
    made = recognition.look_at(read, path).pages.get(1)
    layer = read.pages[0].text
    kept = layer if made is None else made.choice.tekst
    truth = brief.tekst
    return (
        character_error(truth, layer),
        character_error(truth, kept),
        made is not None and made.choice.recognised,
    )


def _quality(source: str, results: list[tuple[float, float, bool]]) -> Quality:
    before, after, recognised = zip(*results, strict=True)
    count = len(results)
    return Quality(
        source, count, round(sum(before) / count, 4), round(sum(after) / count, 4), sum(recognised)
    )


def character_error(truth: str, found: str) -> float:
    """Edits needed to make what was found into the truth, for each character of the truth; white space counts as one space."""
    wanted, given = (" ".join(text.split()) for text in (truth, found))
    return edit_distance(wanted, given) / len(wanted)


def edit_distance(a: str, b: str) -> int:
    """Levenshtein's distance, with the bit vectors of Myers (1999) as Hyyrö (2003) wrote them."""
    if not a:
        return len(b)
    places: dict[str, int] = {}
    for at, sign in enumerate(a):
        places[sign] = places.get(sign, 0) | 1 << at
    full, last = (1 << len(a)) - 1, 1 << (len(a) - 1)
    plus, minus, distance = full, 0, len(a)
    for sign in b:
        equal = places.get(sign, 0)
        vertical = equal | minus
        diagonal = (((equal & plus) + plus) ^ plus) | equal
        up, down = minus | ~(diagonal | plus) & full, plus & diagonal
        distance += bool(up & last) - bool(down & last)
        up, down = (up << 1 | 1) & full, (down << 1) & full
        plus, minus = down | ~(vertical | up) & full, up & vertical
    return distance


def describe(measured: list[Quality]) -> Iterator[str]:
    """Lines for people."""
    yield f"{'source':<32}{'pages':>6}{'file CER':>10}{'our CER':>10}  kept"
    for each in measured:
        kept = "recognised" if each.recognised == each.pages else "layer" if not each.recognised else "both"
        yield f"{each.source:<32}{each.pages:>6}{each.error_in_file:>10.2%}{each.error:>10.2%}  {kept}"
