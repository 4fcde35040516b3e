"""Reads the dates of a query: `2023`, `2023-01..2023-06`, `>=2023-03`."""

import re
from calendar import monthrange
from datetime import date, timedelta

from woo.index.query import DateRange

_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)
_DUTCH_DAY = re.compile(r"(\d{1,2})-(\d{1,2})-(\d{4})", re.ASCII)
_SIDE = re.compile(r"(>=|<=|>|<)(.+)")


def read_range(text: str) -> DateRange | None:
    """Return the days meant by `text`, or None when it is not a date or the end lies before the start.

    A year or month means all its days; `a..b`, `a..` and `..b` are ranges with both ends included.
    """
    side = _SIDE.fullmatch(text)
    if side:
        return _one_side(side.group(1), _span(side.group(2)))
    if ".." not in text:
        span = _span(text)
        return DateRange(*span) if span else None
    start, _, end = text.partition("..")
    first, last = _span(start) if start else None, _span(end) if end else None
    if (start and not first) or (end and not last) or not (first or last):
        return None
    van, tot = (first[0] if first else None), (last[1] if last else None)
    return None if van and tot and tot < van else DateRange(van, tot)


def write_range(days: DateRange) -> str:
    """Return the range as `read_range` reads it."""
    if days.van == days.tot and days.van:
        return days.van.isoformat()
    return f"{days.van.isoformat() if days.van else ''}..{days.tot.isoformat() if days.tot else ''}"


def _one_side(sign: str, span: tuple[date, date] | None) -> DateRange | None:
    if span is None:
        return None
    first, last = span
    if sign == ">=":
        return DateRange(first, None)
    if sign == "<=":
        return DateRange(None, last)
    if sign == ">":
        return DateRange(last + timedelta(days=1), None) if last < date.max else None
    return DateRange(None, first - timedelta(days=1)) if first > date.min else None


def _span(text: str) -> tuple[date, date] | None:
    """Return the first and last day of a year, month or day."""
    dutch = _DUTCH_DAY.fullmatch(text)
    if dutch:
        text = f"{dutch.group(3)}-{dutch.group(2)}-{dutch.group(1)}"
    found = _DAY.fullmatch(text)
    if not found:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
    except ValueError:
        return None
    if day:
        return first, first
    last_month = month or 12
    return first, date(first.year, last_month, monthrange(first.year, last_month)[1])
