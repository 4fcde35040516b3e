"""What reading a PDF gives: pages of text, metadata with its sources, word boxes."""

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
        source: `pdf`, `pdfminer`, or `geen` when there is no text on the page.
        error: Why this page could not be read, as an English sentence; None when it was read.
        has_image: Whether the page shows an image. On a page with text only its first 25 objects are looked at.
    """

    number: int
    text: str
    source: str
    error: str | None
    has_image: bool


@dataclass(frozen=True, slots=True)
class PdfMetadata:
    """What the file says about itself, unjudged: a title may be junk such as "Microsoft Word - brief.doc".

    Dates are in UTC; one without a time zone is taken as UTC, one without a day is not taken at all.
    `sources` says for each field that has a value where it comes from: `docinfo`, `xmp` or `catalog`.
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
class PdfReading:
    """A PDF that was read; `method` is one of PDFIUM, REPAIRED and PDFMINER, `warnings` are English sentences."""

    pages: tuple[PageText, ...]
    metadata: PdfMetadata
    method: str
    warnings: tuple[str, ...]


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
