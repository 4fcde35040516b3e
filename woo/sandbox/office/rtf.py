"""Read an rtf: its running text, then headers and footers, notes, comments and text boxes as parts of their own."""

from collections.abc import Iterator

from striprtf.striprtf import rtf_to_text

from woo.sandbox.office.blocks import Block, number_parts, warned
from woo.sandbox.office.flow import PAGE_BREAK, visible
from woo.sandbox.office.rtf_groups import Groups, split_groups
from woo.sandbox.task import Answer, Refusal, Request

_MOST_BYTES = 256 * 2**20
_LONGEST = 4_000
_LABELS = {
    "margin": "Kop- en voetteksten",
    "note": "Voet- en eindnoten",
    "box": "Tekstvakken",
    "comment": "Opmerkingen",
}
_INFO = {"title": "title", "author": "author", "subject": "subject", "keywords": "keywords"}
_DATES = {"creatim": "creation_date", "revtim": "modification_date"}


def read(request: Request) -> Iterator[Answer]:
    """Yield the parts of an rtf (Rich Text Format 1.9.1).

    Raises:
        Refusal: not_an_rtf, damaged_file, part_too_large, too_many_parts.
    """
    file = request.files[0]
    file.seek(0)
    content = file.read(_MOST_BYTES + 1)
    if len(content) > _MOST_BYTES:
        raise Refusal("part_too_large")
    if not content.startswith(b"{\\rtf"):
        raise Refusal("not_an_rtf")
    groups = split_groups(content)
    yield {"metadata": _metadata(groups)}, b""
    yield from number_parts(_blocks(groups), request.number("pages"))
    warnings = {"comments"} if "comment" in groups.beside else set()
    yield from warned(warnings | ({"tracked_changes"} if groups.has_changes else set()))


def _blocks(groups: Groups) -> Iterator[Block]:
    for index, page in enumerate(_text(groups.body).split(PAGE_BREAK)):
        begins = index > 0
        for line in page.split("\n"):
            if line.strip():
                yield Block(line, begins=begins)
                begins = False
    for kind, label in _LABELS.items():
        texts = dict.fromkeys(
            visible(_text(f"{groups.head}{piece}}}").split("\n")) for piece in groups.beside.get(kind, ())
        )
        yield from (Block(text, label=label) for text in texts if text.strip())


def _text(rtf: str) -> str:
    """Let the library turn rtf into text; characters beyond the 65,536 first ones come as two, and are joined."""
    try:
        text: str = rtf_to_text(rtf, errors="replace")  # type: ignore[no-untyped-call]
    except MemoryError:
        raise
    except Exception as error:  # the library raises whatever a damaged file makes it stumble on
        raise Refusal("damaged_file") from error
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _metadata(groups: Groups) -> dict[str, str]:
    found: dict[str, str] = {}
    for word, piece in groups.info:
        if word in _INFO:
            found[_INFO[word]] = " ".join(_text(f"{groups.head}{piece}}}").split())
        elif word in _DATES and (date := groups.date_of(piece)):
            found[_DATES[word]] = date
    return {field: value[:_LONGEST] for field, value in found.items() if value}
