"""A message as a person reads it, whatever the file it came in: headers, lines of text, names of what hangs on it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from woo.domain.maanden import voluit
from woo.sandbox.mail.quotes import marked
from woo.sandbox.page_text import clean
from woo.sandbox.rendition.letter_pages import LetterPages, Line
from woo.sandbox.task import Answer

_MOST_VALUE = 4_000
_MOST_REFERENCES = 200
_MOST_LISTED = 1_000


@dataclass(slots=True)
class Letter:
    """What is told of a message; `references` as in RFC 5322, without angle brackets, the nearest last."""

    subject: str = ""
    sender: str = ""
    to: str = ""
    cc: str = ""
    bcc: str = ""
    date: datetime | None = None
    date_text: str = ""
    message_id: str = ""
    in_reply_to: str = ""
    references: list[str] = field(default_factory=list)
    body: str = ""
    attachments: list[str] = field(default_factory=list)


def answers(letter: Letter, *, most_pages: int) -> Iterator[Answer]:
    """Give all that the parent wants of a message: what it is, its pages with word boxes, and the PDF that shows them.

    Raises:
        Refusal: too_many_pages.
    """
    yield {"mail": _identity(letter)}, b""
    yield {"metadata": _metadata(letter)}, b""
    pages = LetterPages(title=_short(letter.subject) or "Bericht")
    yield from pages.answers(lines(letter), most_pages=most_pages)


def lines(letter: Letter) -> Iterator[Line]:
    """Give the lines of the page: the header block, the text, the attachments by name."""
    for label, value in (
        ("Van", letter.sender),
        ("Aan", letter.to),
        ("Cc", letter.cc),
        ("Bcc", letter.bcc),
        ("Datum", _dutch(letter.date) or letter.date_text),
        ("Onderwerp", letter.subject),
    ):
        if value.strip():
            yield Line(f"{label}: {' '.join(clean(value).split())}", bold=len(label) + 1)
    yield Line("", rule=True)
    yield from marked(clean(letter.body).split("\n"))
    if letter.attachments:
        yield Line("", rule=True)
        yield Line("Bijlagen:", bold=9)
        listed = letter.attachments[:_MOST_LISTED]
        yield from (Line(f"- {' '.join(clean(name).split())}") for name in listed)
        if len(listed) < len(letter.attachments):
            yield Line(f"- en nog {len(letter.attachments) - len(listed)}")


def _dutch(moment: datetime | None) -> str:
    return "" if moment is None else f"{voluit(moment)} {moment:%H:%M}"


def _identity(letter: Letter) -> dict[str, object]:
    values: dict[str, object] = {
        "message_id": _short(letter.message_id),
        "in_reply_to": _short(letter.in_reply_to),
        "subject": _short(letter.subject),
        "from": _short(letter.sender),
        "to": _short(letter.to),
        "cc": _short(letter.cc),
        "date": "" if letter.date is None else letter.date.isoformat(),
        "references": [_short(reference) for reference in letter.references[-_MOST_REFERENCES:]],
    }
    return {name: value for name, value in values.items() if value}


def _metadata(letter: Letter) -> dict[str, str]:
    values = {
        "title": _short(letter.subject),
        "author": _short(letter.sender),
        "creation_date": "" if letter.date is None else letter.date.isoformat(),
    }
    return {name: value for name, value in values.items() if value}


def _short(value: str) -> str:
    return " ".join(clean(value).split())[:_MOST_VALUE]
