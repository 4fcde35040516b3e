"""Dates as Dutch documents write them: names of months, and whether there is such a day."""

from datetime import date

from woo.domain.maanden import AFKORTINGEN, MAANDEN


def month_number(name: str) -> int | None:
    """The number of a month by its Dutch name or usual abbreviation (`mrt`, `sept.`); None for another word."""
    lower = name.lower().rstrip(".")
    if lower in MAANDEN:
        return MAANDEN.index(lower) + 1
    lower = {"sept": "sep", "maa": "mrt"}.get(lower, lower)
    return AFKORTINGEN.index(lower) + 1 if lower in AFKORTINGEN else None


def day_of(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
