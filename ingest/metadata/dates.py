"""Find dates in the text of a Dutch document, in words or numbers, also where text recognition made small mistakes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from ingest.dutch_dates import day_of, month_number
from woo.domain.maanden import MAANDEN

_FIRST_YEAR = 1900
_WORDS = re.compile(
    r"(?<![\d.,/-])(\d{1,2}|[0-3] \d)\s{0,3}[-.]?\s{0,2}([a-z][a-z0-9]{2,10})\.?\s{0,3}[-.]?\s{0,2}((?:19|20) ?\d ?\d)(?!\d)",
    re.IGNORECASE,
)
_NUMBERS = re.compile(r"(?<![\d.,/-])(\d{1,2}) ?([-./]) ?(\d{1,2}) ?\2 ?((?:19|20)\d\d)(?![\d-])")
_ISO = re.compile(r"(?<![\d-])((?:19|20)\d\d)-(\d\d)-(\d\d)(?![\d-])")
_SURE, _MISREAD, _SLASHED = 1.0, 0.9, 0.8


@dataclass(frozen=True, slots=True)
class Datum:
    """A date in a text: where it stands, and how sure it is that it was read right (0..1)."""

    start: int
    end: int
    dag: date
    zekerheid: float


def dates_in(text: str) -> Iterator[Datum]:
    """The dates of a text, in order."""
    found = [*_written(text), *_in_numbers(text)]
    yield from sorted(found, key=lambda datum: datum.start)


def first_date(text: str) -> Datum | None:
    """The first date of a text."""
    return next(dates_in(text), None)


def _written(text: str) -> Iterator[Datum]:
    for found in _WORDS.finditer(text):
        month, sure = _month(found[2])
        if month is None:
            continue
        day = day_of(int(found[3].replace(" ", "")), month, int(found[1].replace(" ", "")))
        if day is not None and day.year >= _FIRST_YEAR:
            yield Datum(found.start(), found.end(), day, sure)


def _in_numbers(text: str) -> Iterator[Datum]:
    for found in _NUMBERS.finditer(text):
        day = day_of(int(found[4]), int(found[3]), int(found[1]))
        if day is not None and day.year >= _FIRST_YEAR:
            both = found[2] == "/" and int(found[1]) <= 12
            yield Datum(found.start(), found.end(), day, _SLASHED if both else _SURE)
    for found in _ISO.finditer(text):
        day = day_of(int(found[1]), int(found[2]), int(found[3]))
        if day is not None and day.year >= _FIRST_YEAR:
            yield Datum(found.start(), found.end(), day, _SURE)


def _month(word: str) -> tuple[int | None, float]:
    """The month that a word names, and how sure; a misread word must look like one month alone."""
    number = month_number(word)
    if number is not None:
        return number, _SURE
    folded = word.lower().replace("rn", "m").replace("1", "l").replace("0", "o")
    number = month_number(folded)
    if number is None and len(folded) >= 5:
        close = get_close_matches(folded, MAANDEN, n=1, cutoff=0.85)
        number = month_number(close[0]) if close else None
    return number, _MISREAD
