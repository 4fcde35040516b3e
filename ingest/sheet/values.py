"""Turn the cells of a metadata sheet into values of fields: only what is unambiguous, codes by code, URI or name."""

import re
import unicodedata
from datetime import date
from functools import lru_cache

from ingest.dutch_dates import day_of, month_number
from ingest.sheet.columns import Kolom
from ingest.sheet.table import Cell
from woo.diwoo.waardelijsten import OnbekendeWaarde, Waardelijst, Waardelijsten

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DAY_FIRST = re.compile(r"(\d{1,2})-(\d{1,2})-(\d{4})")
_WRITTEN = re.compile(r"(\d{1,2})\s+([a-z]{3,9}\.?)\s+(\d{4})", re.IGNORECASE)
_ROUNDED = re.compile(r"\d(?:[.,]\d+)?E\+\d+", re.IGNORECASE)
"""How a spreadsheet writes a number of more than 15 digits, after it has lost the last ones."""
_FIRST_YEAR = 1800
_MOST = {Kolom.TITEL: 1_000, Kolom.OMSCHRIJVING: 10_000, Kolom.KENMERK: 200}
_DATE_HELP = "write it as 2020-03-26 or 26-03-2020"


class WrongCell(ValueError):
    """A cell cannot be used; the message says why and what to do."""


def value_of(kolom: Kolom, cell: Cell, lijsten: Waardelijsten, *, today: date) -> str | date:
    """The value of a field for a cell that is not empty; raises WrongCell."""
    match kolom:
        case Kolom.DATUM:
            return _date(cell, today)
        case Kolom.DOCUMENTSOORT:
            return _code(lijsten.documentsoorten, _text(cell))
        case Kolom.TAAL:
            return _language(lijsten.talen, _text(cell))
        case _:
            return _free_text(kolom, _text(cell))


def _text(cell: Cell) -> str:
    if not isinstance(cell, str):
        raise WrongCell("is a date, where text is needed")
    return cell


def _free_text(kolom: Kolom, text: str) -> str:
    text = text if kolom is Kolom.OMSCHRIJVING else " ".join(text.split())
    if kolom is Kolom.KENMERK and _ROUNDED.fullmatch(text):
        raise WrongCell("is a number that the spreadsheet has rounded; make the cell text and write it again")
    most = _MOST[kolom]
    if len(text) > most:
        raise WrongCell(f"has {len(text)} characters; at most {most} fit")
    return text


def _date(cell: Cell, today: date) -> date:
    found = cell if isinstance(cell, date) else _written(_text(cell))
    if found.year < _FIRST_YEAR:
        raise WrongCell(f"lies before {_FIRST_YEAR}; check the year")
    if found > today:
        raise WrongCell("lies in the future; check the date")
    return found


def _written(text: str) -> date:
    text = text.strip()
    iso, day_first, written = _ISO.fullmatch(text), _DAY_FIRST.fullmatch(text), _WRITTEN.fullmatch(text)
    if iso is not None:
        parts: tuple[int, int | None, int] = (int(iso[1]), int(iso[2]), int(iso[3]))
    elif day_first is not None:
        parts = (int(day_first[3]), int(day_first[2]), int(day_first[1]))
    elif written is not None:
        parts = (int(written[3]), month_number(written[2]), int(written[1]))
    else:
        raise WrongCell(f"is not a date that can be read one way only; {_DATE_HELP}")
    year, month, day = parts
    found = None if month is None else day_of(year, month, day)
    if found is None:
        raise WrongCell(f"is no day of the calendar; {_DATE_HELP}")
    return found


def _code(lijst: Waardelijst, text: str) -> str:
    """The code for a code, a URI or a whole name."""
    code, why = _looked_up(lijst, text)
    if code is None:
        raise WrongCell(why)
    return code


@lru_cache(maxsize=4096)
def _looked_up(lijst: Waardelijst, text: str) -> tuple[str | None, str]:
    """The code, or why there is none; a sheet says the same a thousand times."""
    sought = _folded(text)
    named = [waarde.code for waarde in lijst if _folded(waarde.naam) == sought]
    if len(named) == 1:
        return named[0], ""
    try:
        return lijst.get(text).code, ""
    except OnbekendeWaarde as unknown:
        nearest = ", ".join(repr(lijst.get(code).naam) for code in unknown.suggesties)
        tail = (
            f"; nearest: {nearest}"
            if nearest
            else "; leave it empty, or see the list in config/waardelijsten"
        )
        return None, f"is not on the list {lijst.naam!r}{tail}"


def _language(talen: Waardelijst, text: str) -> str:
    tag = text.casefold().replace("_", "-").partition("-")[0]
    for taal in talen:
        if taal.extra["bcp47"] == tag:
            return taal.code
    return _code(talen, text)


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
