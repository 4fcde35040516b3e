"""Recognise the text of a page: what the rest of the platform calls, and where the language data is."""

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from woo.sandbox.errors import ChildCrashed, FileRefused, MemoryLimit, TimeLimit
from woo.sandbox.frames import Frame
from woo.sandbox.pdf_attempt import decode_page
from woo.sandbox.place import Bounds, Place
from woo.sandbox.reading import boxes_fit
from woo.sandbox.refusals import refused

OCR_VERSION = "ocr-1"
"""Raised when the same picture would give another text."""

_TASK = "woo.sandbox.ocr_task:recognise"
_SYSTEM_FOLDERS = ("/usr/share", "/usr/local/share")
"""Where the child may read language data."""
_OUTPUT_BYTES = 16 * 2**20


@dataclass(frozen=True, slots=True)
class OcrOptions:
    """How pages are recognised.

    Attributes:
        languages: Codes of Tesseract, joined by `+`: `nld`, `nld+eng`.
        tessdata: Folder with their data.
        dpi: Dots per inch of the first attempt.
        dpi_again: Those of the second.
        confidence_again: How sure (0..1) the first attempt must be for there to be no second.
        seconds: Longest time for one page; never more than that of the sandbox.
    """

    languages: str
    tessdata: Path
    dpi: int = 200
    dpi_again: int = 300
    confidence_again: float = 0.75
    seconds: float = 60.0


@dataclass(frozen=True, slots=True)
class OcrPage:
    """What was recognised on a page.

    Attributes:
        text: Clean, as `PageText.text`; empty when nothing was recognised.
        words: Places of the words on the page as shown, as packed `BOX` structs.
        confidence: How sure (0..1); 0 without words.
        letters: How many letters and digits were recognised well, each counted by how sure it is.
        dpi: Dots per inch of the attempt that was kept.
        turned: Degrees that the picture was turned clockwise to stand upright.
        skew: Degrees that its lines rise to the right, where they were straightened.
        seconds: Time that it took.
        blank: Whether nothing is drawn on the page.
        cut: Why there was no further attempt, where one was under way; what came before was kept.
    """

    text: str = ""
    words: bytes = b""
    confidence: float = 0.0
    letters: float = 0.0
    dpi: int = 0
    turned: int = 0
    skew: float = 0.0
    seconds: float = 0.0
    blank: bool = False
    cut: str | None = None


def tessdata_folder(languages: str) -> Path | None:
    """Find the folder with the data of all these languages; None when it is not installed.

    `TESSDATA_PREFIX` is looked at first. Only folders below /usr/share and /usr/local/share count: the child can read no others.
    """
    wanted = [f"{code}.traineddata" for code in languages.split("+")]
    for folder in _folders():
        if all((folder / name).is_file() for name in wanted):
            return folder
    return None


def _folders() -> Iterator[Path]:
    named = os.environ.get("TESSDATA_PREFIX", "")
    if named and any(Path(named).resolve().is_relative_to(folder) for folder in _SYSTEM_FOLDERS):
        yield Path(named)
        yield Path(named) / "tessdata"
    for system in map(Path, _SYSTEM_FOLDERS):
        yield from sorted(system.glob("tesseract-ocr/*/tessdata"), reverse=True)
        yield system / "tessdata"
        yield system / "tesseract" / "tessdata"


def recognise_page(
    place: Place, path: Path, page: int, *, options: OcrOptions, repair: bool = False
) -> OcrPage:
    """Recognise the text of one page of a PDF.

    Args:
        place: Where it runs.
        path: The file.
        page: The page, counted from 1.
        options: How.
        repair: Whether the pages are those of the file as qpdf repairs it.

    Raises:
        FileRefused: no_such_page, page_unreadable, no_language and the other codes of `read_pdf`.
        TimeLimit, MemoryLimit, OutputLimit, ChildCrashed: The page cost its limit before anything was recognised.
    """
    params: dict[str, object] = {
        "page": page,
        "repair": repair,
        "tessdata": str(options.tessdata),
        "languages": options.languages,
        "dpi": options.dpi,
        "dpi_again": options.dpi_again,
        "again": options.confidence_again,
    }
    taken = _Taken()
    started = time.monotonic()
    cut: str | None = None
    bounds = Bounds(seconds=options.seconds, output_bytes=_OUTPUT_BYTES)
    try:
        place.call(_TASK, files=[path], params=params, bounds=bounds, receive=taken.take)
    except FileRefused as error:
        raise refused(error.code) from error
    except (TimeLimit, MemoryLimit) as error:
        if taken.page is None:
            raise
        cut = error.reason
    if taken.page is None:
        raise ChildCrashed("its process recognised nothing and did not say why")
    return replace(taken.page, seconds=round(time.monotonic() - started, 3), cut=cut)


class _Taken:
    """The best attempt that has come whole so far; the child sends a further one only where it is better."""

    def __init__(self) -> None:
        self.page: OcrPage | None = None
        self._half: OcrPage | None = None

    def take(self, frame: Frame) -> None:
        """Take a part of the child's answer, believing nothing of it; raises ChildCrashed."""
        match frame.header:
            case {"kind": "blank"} if self.page is None and self._half is None:
                self.page = OcrPage(blank=True)
            case {
                "kind": "text",
                "confidence": int() | float() as confidence,
                "letters": int() | float() as letters,
                "dpi": int() as dpi,
                "turned": int() as turned,
                "skew": int() | float() as skew,
            } if self._half is None:
                text = decode_page(frame.body)
                is_sound = (
                    0 <= confidence <= 1
                    and 0 <= letters <= len(text)
                    and 0 < dpi <= 10_000
                    and turned in (0, 90, 180, 270)
                    and -90 <= skew <= 90
                )
                if not is_sound:
                    raise ChildCrashed("its process sent measures that cannot be")
                shown = text if text.strip() else ""
                self._half = OcrPage(shown, b"", float(confidence), float(letters), dpi, turned, float(skew))
            case {"kind": "boxes"} if self._half is not None:
                if not boxes_fit(frame.body, len(self._half.text)):
                    raise ChildCrashed("its process sent a word outside its page")
                self.page, self._half = replace(self._half, words=frame.body), None
            case _:
                raise ChildCrashed("its process sent something that is not a recognised page")
