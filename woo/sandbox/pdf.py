"""Read, measure and draw PDFs: the functions that the rest of the platform calls."""

import time
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from woo.domain.errors import InvalidValue
from woo.sandbox.errors import ChildCrashed, FileRefused, MemoryLimit, SandboxError
from woo.sandbox.frames import Frame
from woo.sandbox.metadata import build_metadata
from woo.sandbox.pdf_attempt import Attempt, attempt, decode_page
from woo.sandbox.place import Bounds, Place
from woo.sandbox.pool import Sandbox
from woo.sandbox.reading import (
    BOX,
    PDFIUM,
    PDFMINER,
    REPAIRED,
    FileMetadata,
    FileReading,
    PageText,
    WordBox,
)
from woo.sandbox.refusals import refused

_FINAL = frozenset({"empty_file", "password_needed", "not_a_file"})
"""Refusals that no other method can mend."""

_UNOPENED = frozenset({"damaged", "not_a_pdf", "no_pages"})
"""Refusals of a file that a repair may mend."""

MOST_TEXT = 1_000_000
"""Characters of one page that are kept: some two hundred full pages, and still little enough to show and to search."""

TURNS = (0, 90, 180, 270)
"""Degrees by which a page may be turned clockwise when it is drawn."""

_MOST_WIDE = 8_000
_MOST_PIXELS = 16_000_000
_XMP_SECONDS = 20.0


def read_pdf(sandbox: Sandbox, path: Path) -> FileReading:
    """Read the text and the metadata of a PDF: with pdfium, else repaired by qpdf, else with pdfminer.

    All attempts together take at most the seconds of the sandbox's limits. A page that crashes the reader, or takes a
    quarter of that time, becomes a page with an error; the others are read. So do the pages after the limit of time or output
    was passed. Of a page with more than `MOST_TEXT` characters the rest is cut off, and the reading says so.

    Raises:
        FileRefused: empty_file, not_a_pdf, no_pages, password_needed, damaged, too_many_pages, not_a_file.
        TimeLimit, MemoryLimit, OutputLimit, ChildCrashed: Not one page could be read within the limits.
    """
    with sandbox.borrow() as place:
        deadline = time.monotonic() + place.limits.seconds
        best, errors = _try_methods(place, path, deadline=deadline)
        if best is None:
            raise _plainest(errors.values())
        if not _readable(best):
            raise best.limits_hit[0] if best.limits_hit else refused("damaged")
        metadata, silent = _metadata(place, path, best.docinfo, deadline=deadline)
    ordered = tuple(best.pages[number] for number in sorted(best.pages))
    pages = tuple(map(_shortened, ordered))
    cut = "; ".join(filter(None, (best.cut, _cut(ordered, pages)))) or None
    return FileReading(pages, metadata, best.method, (*_warnings(best, errors), *silent), cut=cut)


def page_words(sandbox: Sandbox, path: Path, page: int, *, method: str = PDFIUM) -> tuple[WordBox, ...]:
    """Give the words of a page with their boxes and their offsets in the page's text.

    Args:
        sandbox: Where it runs.
        path: The file.
        page: The page, counted from 1.
        method: That of the reading whose text is marked; the offsets are those of this method.

    Returns:
        Empty for a page without text, and for a file that this method cannot open or that pdfminer had to read.

    Raises:
        FileRefused: no_such_page, page_unreadable, empty_file, password_needed.
        TimeLimit, MemoryLimit, OutputLimit, ChildCrashed: The page cost its limit.
    """
    if method == PDFMINER:
        return ()
    params = {"page": page, "repair": method == REPAIRED}
    try:
        parts = sandbox.call("woo.sandbox.pdfium_text:words", files=[path], params=params).parts
    except FileRefused as error:
        if error.code in _UNOPENED:
            return ()
        raise refused(error.code) from error
    return _word_boxes(parts)


def render_page(
    sandbox: Sandbox, path: Path, page: int, *, width: int, turn: int = 0, method: str | None = None
) -> bytes:
    """Draw a page as a viewer shows it, annotations and form fields included, as WebP.

    Args:
        sandbox: Where it runs.
        path: The file.
        page: The page, counted from 1.
        width: Most pixels across; a page that is far higher than wide becomes narrower, so that the picture holds
            at most 16 million pixels.
        turn: Degrees that the page is turned clockwise, beyond what the file itself says: 0, 90, 180 or 270.
        method: That of the reading whose page it is: a repair may count pages differently. Without it the file is
            repaired only when it cannot be opened as it is.

    Raises:
        InvalidValue: The width is not between 1 and 8,000, or the turn is another one.
        FileRefused: no_such_page, page_unreadable, damaged and the other codes of `read_pdf`.
        TimeLimit, MemoryLimit, OutputLimit, ChildCrashed: The page cost its limit.
    """
    if not 1 <= width <= _MOST_WIDE:
        raise InvalidValue("width", width, f"a picture is between 1 and {_MOST_WIDE} pixels wide")
    if turn not in TURNS:
        raise InvalidValue("turn", turn, "a page is turned by 0, 90, 180 or 270 degrees")
    params: dict[str, object] = {"page": page, "width": width, "turn": turn, "pixels": _MOST_PIXELS}
    with sandbox.borrow() as place:
        deadline = time.monotonic() + place.limits.seconds
        if method != REPAIRED:
            try:
                return _picture(place, path, params, deadline=deadline)
            except FileRefused as error:
                if error.code not in _UNOPENED or method == PDFIUM:
                    raise
        return _picture(place, path, params | {"repair": True}, deadline=deadline)


def _try_methods(
    place: Place, path: Path, *, deadline: float
) -> tuple[Attempt | None, dict[str, SandboxError]]:
    """Try one method after the other until one reads every page; else give the one that reads the most."""
    best: Attempt | None = None
    errors: dict[str, SandboxError] = {}
    for method in (PDFIUM, REPAIRED, PDFMINER):
        if best is not None and (best.was_slow or (method == PDFMINER and _readable(best))):
            break
        try:
            made = attempt(place, path, method=method, deadline=deadline)
        except (FileRefused, MemoryLimit, ChildCrashed) as error:
            if error.code in _FINAL or (method != PDFIUM and error.code == "too_many_pages"):
                raise
            errors[method] = error
            continue
        if best is None or _readable(made) > _readable(best):
            best = made
        if not best.failed:
            break
    return best, errors


def _shortened(page: PageText) -> PageText:
    return page if len(page.text) <= MOST_TEXT else replace(page, text=page.text[:MOST_TEXT])


def _cut(read: Iterable[PageText], kept: Iterable[PageText]) -> str | None:
    numbers = [str(kept.number) for page, kept in zip(read, kept, strict=True) if kept is not page]
    if not numbers:
        return None
    return f"only the first {MOST_TEXT:,} characters were kept of page {', '.join(numbers[:20])}"


def _readable(made: Attempt) -> int:
    """Count the pages that were read: a repair must win pages, for it may also drop the ones that it cannot find."""
    return len(made.pages) - len(made.failed)


def _plainest(errors: Iterable[SandboxError]) -> SandboxError:
    """Choose the error that says most about the file: a reason before a crash, a crash before "damaged"."""
    order = ["too_many_pages", "no_pages", "not_a_pdf", "memory_limit", "child_crashed", "damaged"]
    return min(errors, key=lambda error: order.index(error.code) if error.code in order else len(order))


def _warnings(best: Attempt, errors: dict[str, SandboxError]) -> list[str]:
    """Say in sentences what went wrong before and beside this attempt."""
    found = [f"{method} could not read this file: {error.reason}" for method, error in errors.items()]
    if best.is_cut:
        found.append("The list of pages is damaged: there may be more pages than were found.")
    return found


def _metadata(
    place: Place, path: Path, docinfo: dict[str, str], *, deadline: float
) -> tuple[FileMetadata, list[str]]:
    """Build the metadata, asking for XMP where the document information is silent on what matters."""
    known = build_metadata(docinfo, xmp={})
    wanted = (known.title, known.creation_date, known.modification_date, known.language)
    if None not in wanted:
        return known, []
    left = min(max(deadline - time.monotonic(), 0.001), _XMP_SECONDS)
    try:
        parts = place.call("woo.sandbox.pdf_metadata:xmp", files=[path], bounds=Bounds(seconds=left)).parts
    except SandboxError as error:  # pages without XMP are worth more than no pages
        return known, [f"The XMP metadata could not be read: {_reason(error)}"]
    match parts:
        case [Frame(header={"xmp": dict() as values})]:
            texts = {str(key): text for key, text in values.items() if isinstance(text, str)}
            return build_metadata(docinfo, xmp=texts), []
        case _:
            raise ChildCrashed("its process sent something that is not metadata")


def _reason(error: SandboxError) -> str:
    return refused(error.code).reason if isinstance(error, FileRefused) else error.reason


def _word_boxes(parts: tuple[Frame, ...]) -> tuple[WordBox, ...]:
    """Build word boxes from what the child measured, believing nothing of it."""
    if [part.header.get("kind") for part in parts] != ["text", "boxes"] or len(parts[1].body) % BOX.size:
        raise ChildCrashed("its process sent something that is not word boxes")
    text = decode_page(parts[0].body)
    boxes = tuple(
        WordBox(text[start:end], x0, y0, x1, y1, start, end)
        for x0, y0, x1, y1, start, end in BOX.iter_unpack(parts[1].body)
    )
    for box in boxes:
        if not (
            0 <= box.x0 <= box.x1 <= 1 and 0 <= box.y0 <= box.y1 <= 1 and box.start < box.end <= len(text)
        ):
            raise ChildCrashed("its process sent a word outside its page")
    return boxes


def _picture(place: Place, path: Path, params: dict[str, object], *, deadline: float) -> bytes:
    bounds = Bounds(seconds=max(deadline - time.monotonic(), 0.001))
    try:
        parts = place.call(
            "woo.sandbox.pdfium_picture:draw", files=[path], params=params, bounds=bounds
        ).parts
    except FileRefused as error:
        raise refused(error.code) from error
    if len(parts) != 1 or parts[0].body[:4] != b"RIFF" or parts[0].body[8:12] != b"WEBP":
        raise ChildCrashed("its process sent something that is not a picture")
    return parts[0].body
