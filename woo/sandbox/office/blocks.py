"""Number what a reader finds as parts of a bounded size: no part of a document is ever the whole of a large one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from woo.sandbox.page_text import clean
from woo.sandbox.task import Answer, Refusal

PART = 6_000
"""Most characters of a part; about what stands on two full pages."""

_LONGEST_LABEL = 300


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a row or more; blocks with the same label and page are put together in one part.

    Attributes:
        text: The text, lines ending in a newline.
        label: The name of the part for people, in Dutch; None for running text.
        page: The page it stands on, where the file says so; only for running text.
        begins: Whether a new part begins here.
        image: Whether an image is shown here.
    """

    text: str
    label: str | None = None
    page: int | None = None
    begins: bool = False
    image: bool = False


@dataclass(slots=True)
class _Part:
    label: str | None
    page: int | None
    first: bool
    lines: list[str] = field(default_factory=list)
    size: int = 0
    image: bool = False

    def name(self, number: int, stretch: int) -> str | None:
        """Give the label; running text of which the pages are unknown is counted (`Deel 2`)."""
        if self.label is not None:
            return self.label if self.first else f"{self.label} (vervolg)"
        if self.page is None:
            return f"Deel {stretch}"
        if self.first:
            return None if self.page == number else f"Pagina {self.page}"
        return f"Pagina {self.page} (vervolg)"


def number_parts(blocks: Iterable[Block], most: int) -> Iterator[Answer]:
    """Yield the parts of a file, counted from 1; a file without anything to show is one empty part.

    Raises:
        Refusal: too_many_parts, when there are more than `most`.
    """
    number = stretch = 0
    for part in _gathered(blocks):
        number += 1
        stretch += part.label is None
        if number > most:
            raise Refusal("too_many_parts")
        text = clean("\n".join(part.lines)).strip("\n")
        header: dict[str, object] = {"page": number}
        if (label := part.name(number, stretch)) is not None:
            header["label"] = label[:_LONGEST_LABEL]
        if part.image and not text.strip():
            header["image"] = True
        yield header, text.encode()
    if number == 0:
        yield {"page": 1}, b""


def warned(codes: Iterable[str]) -> Iterator[Answer]:
    """Yield a warning for each code, in a fixed order."""
    for code in sorted(set(codes)):
        yield {"warning": code}, b""


def _gathered(blocks: Iterable[Block]) -> Iterator[_Part]:
    """Put blocks together; when reading stops half way, what was put together comes before that is said."""
    part: _Part | None = None
    try:
        for block in blocks:
            if part is not None and (block.begins or (block.label, block.page) != (part.label, part.page)):
                yield part
                part = None
            if part is None:
                part = _Part(block.label, block.page, first=True)
            part.image |= block.image
            for piece in _pieces(block.text):
                if part.size and part.size + len(piece) > PART:
                    yield part
                    part = _Part(block.label, block.page, first=False)
                part.lines.append(piece)
                part.size += len(piece) + 1
    except (Refusal, MemoryError):
        if part is not None:
            yield part
        raise
    if part is not None:
        yield part


def _pieces(text: str) -> Iterator[str]:
    """Cut a long text at the end of a line, else between two words, else where it must."""
    at = 0
    while len(text) - at > PART:
        end = max(text.rfind("\n", at + 1, at + PART), 0)
        end = end or max(text.rfind(mark, at + 1, at + PART) for mark in (" ", "\t"))
        end = end if end > at else at + PART
        yield text[at:end]
        at = end + (text[end : end + 1] in ("\n", " ", "\t"))
    if at < len(text):
        yield text[at:]
