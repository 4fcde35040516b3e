"""Dates as inventories write them: read where only one reading is possible, refused everywhere else."""

import re
from datetime import date
from enum import StrEnum

from woo.domain.maanden import AFKORTINGEN, MAANDEN
from woo.inventaris.fouten import Datumfout

_TIME = re.compile(
    r"[\sT,]+\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?\s*(?P<half>[ap]\.?m\.?)?"
    r"\s*(?:uur|u|UTC|GMT|Z|CET|CEST|MET|MEST|[+-]\d{2}:?\d{2})?$",
    re.I,
)
_YEAR_FIRST = re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})|((?:19|20)\d{2})(\d{2})(\d{2})")
_YEAR_LAST = re.compile(r"(\d{1,2})\s*([-./ ])\s*(\d{1,2})\s*\2\s*(\d{4})")
_SHORT_YEAR = re.compile(r"\d{1,2}\s*[-./]\s*\d{1,2}\s*[-./]\s*'?\d{2}")
_WORDS = re.compile(
    r"(?:(?:ma|di|wo|do|vr|za|zo|maan|dins|woens|donder|vrij|zater|zon)(?:dag)?\.?,?\s+)?"
    r"(\d{1,2})(?:e|ste|de)?[\s.-]+([a-z]{3,9})\.?[\s,-]+(\d{4})"
)
_MONTHS = {
    **{name: n for names in (MAANDEN, AFKORTINGEN) for n, name in enumerate(names, 1)},
    **{"sept": 9, "febr": 2, "mar": 3},
}
_EARLIEST = 1800
_WAY_OUT = "schrijf de datum als jjjj-mm-dd"


class Volgorde(StrEnum):
    """The order of day and month in numbers, where a person says so."""

    DAG_MAAND = "dag-maand"
    MAAND_DAG = "maand-dag"


def parse_datum(text: str, *, vandaag: date, volgorde: Volgorde | None = None) -> date:
    """Read one date; a time beside it is left out, the day stays as it is written.

    `2024-01-31`, `31-1-2024`, `31.1.2024` and `31 januari 2024` have one reading. Slashes are written in both orders, and so
    is what carries AM or PM: then only a date that is the same both ways, or has the day first and a month that can be no
    day, is taken, unless `volgorde` says the order.

    Raises:
        Datumfout: there is no such day, it lies in the future, or it can be read in two ways.
    """
    words = " ".join(text.split())
    time = _TIME.search(words)
    day = words[: time.start()] if time else words
    if (parts := _YEAR_FIRST.fullmatch(day)) is not None:
        year, month, number = (int(part) for part in parts.groups() if part is not None)
        return _checked(year, month, number, vandaag)
    if (parts := _WORDS.fullmatch(day.casefold())) is not None and parts[2] in _MONTHS:
        return _checked(int(parts[3]), _MONTHS[parts[2]], int(parts[1]), vandaag)
    if (parts := _YEAR_LAST.fullmatch(day)) is not None:
        american = time is not None and time["half"] is not None
        first, second, year = int(parts[1]), int(parts[3]), int(parts[4])
        return _in_order(first, second, year, vandaag, volgorde, doubt=parts[2] == "/" or american)
    if _SHORT_YEAR.fullmatch(day):
        raise Datumfout("heeft een jaartal van twee cijfers; schrijf het jaartal voluit")
    raise Datumfout(f"is geen volledige datum; {_WAY_OUT}, of laat de cel leeg")


def _in_order(
    first: int, second: int, year: int, vandaag: date, volgorde: Volgorde | None, *, doubt: bool
) -> date:
    if volgorde is Volgorde.MAAND_DAG:
        return _checked(year, first, second, vandaag)
    if volgorde is None and second > 12 and 1 <= first <= 12:
        why = f"bestaat niet als dag-maand: er is geen maand {second}; {_WAY_OUT}"
        raise Datumfout(f"{why}, of zeg dat de maand voorop staat (--datums maand-dag)", maand_eerst=True)
    if volgorde is None and doubt and first <= 12 and first != second:
        why = f"kan twee datums zijn ({first}-{second} of {second}-{first}); {_WAY_OUT}"
        raise Datumfout(f"{why}, of zeg de volgorde (--datums dag-maand of maand-dag)")
    return _checked(year, second, first, vandaag)


def _checked(year: int, month: int, day: int, vandaag: date) -> date:
    try:
        found = date(year, month, day)
    except ValueError:
        raise Datumfout(f"is een dag die niet bestaat; {_WAY_OUT}") from None
    if found > vandaag:
        raise Datumfout("ligt in de toekomst; verbeter de datum")
    if year < _EARLIEST:
        raise Datumfout(f"ligt vóór {_EARLIEST}; verbeter het jaartal")
    return found
