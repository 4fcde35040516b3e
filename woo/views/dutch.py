"""Dates, numbers and sizes as a Dutch reader writes them; for a reader of another language, as that one does."""

from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date
from babel.numbers import parse_pattern

from woo.taal import ngettext, present

_AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_STEP = 1000
_COUNT = parse_pattern("#,##0")
_WHOLE = parse_pattern("0")
_TENTHS = parse_pattern("0.0")


def day(value: date | str) -> str:
    """Write a day as `14 maart 2024`.

    A moment (datetime, or ISO 8601 text with a time) is read as UTC and shown as the day it was in the Netherlands.
    Raises ValueError for text that is neither.
    """
    moment = _parsed(value) if isinstance(value, str) else value
    if isinstance(moment, datetime):
        moment = moment.astimezone(_AMSTERDAM).date()
    return format_date(moment, "d MMMM y", locale=_locale())


def month(value: date) -> str:
    """Write the month of a day as `maart 2024`."""
    return format_date(value, "LLLL y", locale=_locale())


def _parsed(text: str) -> date:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def number(value: int) -> str:
    """Write a count with points between the thousands: `12.408`."""
    return str(_COUNT.apply(value, _locale()))


def size(value: int) -> str:
    """Write a number of bytes as `812 bytes`, `84 kB`, `2,3 MB` (decimal units, as file managers show)."""
    if value < _STEP:
        return f"{value} bytes"
    amount = float(value)
    for unit in ("kB", "MB", "GB"):
        amount /= _STEP
        if amount < _STEP or unit == "GB":
            break
    pattern = _WHOLE if amount >= 10 or unit == "kB" else _TENTHS
    return f"{pattern.apply(amount, _locale())} {unit}"


def counted(value: int, one: str, many: str) -> str:
    """Write a count with its noun, which the catalogue may translate: `1 document`, `12.408 documenten`."""
    return f"{number(value)} {ngettext(one, many, value)}"


def _locale() -> Locale:
    return _parsed_locale(present().locale)


@cache
def _parsed_locale(name: str) -> Locale:
    return Locale.parse(name)
