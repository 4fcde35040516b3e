"""What reading a file gives: pages or parts of text, metadata with its sources, word boxes, what makes it a message."""

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

EXTRACTOR_VERSION = "pdf-1"
"""Raised when the same file would give another text; what was read by an older version is then read again."""

PDFIUM, REPAIRED, PDFMINER = "pypdfium2", "pikepdf+pypdfium2", "pdfminer"
"""The methods, in the order in which they are tried."""

BOX = struct.Struct("<4f2I")
"""How a child sends a word box: left, top, right, bottom, start, end."""


@dataclass(frozen=True, slots=True)
class PageText:
    r"""The text of one page.

    Attributes:
        number: The page, counted from 1.
        text: With `\n` line ends; no control characters, noncharacters, lone surrogates or soft hyphens.
        source: `pdf`, `pdfminer`, the kind of file (`docx`, `eml`), or `geen` when there is no text on the page.
        error: Why this page could not be read, as an English sentence; None when it was read.
        has_image: Whether the page shows an image. On a page with text only its first 25 objects are looked at.
        image_share: Share of the page (0..1) that those images cover.
        is_drawn: Whether a page without text draws something: lines, surfaces, letters as shapes.
        lost: How many characters have no meaning: glyphs that the file does not say a letter for.
        label: The name of a part for people, in Dutch (`Blad Kosten, rijen 1-200`); None for an ordinary page.
        words: Places of the words, as packed `BOX` structs, where the reader made the page itself.
    """

    number: int
    text: str
    source: str
    error: str | None
    has_image: bool
    label: str | None = None
    words: bytes = b""
    image_share: float = 0.0
    is_drawn: bool = False
    lost: int = 0


@dataclass(frozen=True, slots=True)
class FileMetadata:
    """What the file says about itself, unjudged: a title may be junk such as "Microsoft Word - brief.doc".

    Dates are in UTC; one without a time zone is taken as UTC, one without a day is not taken at all.
    `sources` says for each field that has a value where it comes from: `docinfo`, `xmp`, `catalog`, or the kind of file.
    """

    title: str | None = None
    author: str | None = None
    subject: str | None = None
    keywords: str | None = None
    creation_date: datetime | None = None
    modification_date: datetime | None = None
    language: str | None = None
    producer: str | None = None
    sources: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Message:
    """What makes a file a message (RFC 5322): identifiers without angle brackets, `references` the nearest last.

    `sent_at` is in UTC. Senders and receivers are as the headers name them.
    """

    message_id: str | None = None
    in_reply_to: str | None = None
    references: tuple[str, ...] = ()
    subject: str | None = None
    sender: str | None = None
    to: str | None = None
    cc: str | None = None
    sent_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class FileReading:
    """A file that was read; `warnings` are English sentences.

    Attributes:
        method: One of PDFIUM, REPAIRED and PDFMINER, or the version of the reader for other kinds.
        cut: Why reading stopped before the end; None when everything was read.
        message: For mail.
        rendition: Whether a PDF of it was written where the caller asked for one.
    """

    pages: tuple[PageText, ...]
    metadata: FileMetadata
    method: str
    warnings: tuple[str, ...]
    cut: str | None = None
    message: Message | None = None
    rendition: bool = False


@dataclass(frozen=True, slots=True)
class WordBox:
    """A word and where it is drawn; a word that runs over a line end is two.

    Attributes:
        text: The word, as it stands in the text of its page.
        x0: Left edge, as a fraction of the page as shown (turned, cropped), from its left.
        y0: Upper edge, from the top.
        x1: Right edge.
        y1: Lower edge.
        start: Offset of the word in `PageText.text`.
        end: Offset of what follows it.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    start: int
    end: int


def boxes_fit(packed: bytes, length: int) -> bool:
    """Whether these are whole `BOX` structs, every box on its page and every offset in a text of this length."""
    return len(packed) % BOX.size == 0 and all(
        0 <= x0 <= x1 <= 1 and 0 <= y0 <= y1 <= 1 and start < end <= length
        for x0, y0, x1, y1, start, end in BOX.iter_unpack(packed)
    )


def word_boxes(packed: bytes, text: str) -> tuple[WordBox, ...]:
    """Give packed boxes that fit their text as words."""
    return tuple(
        WordBox(text[start:end], x0, y0, x1, y1, start, end)
        for x0, y0, x1, y1, start, end in BOX.iter_unpack(packed)
    )
