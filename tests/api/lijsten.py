"""Lists of inventories for the tests of the desk: written by us, about a fictional decision."""

import io
from collections.abc import Sequence
from typing import Any

import openpyxl

KOP: list[Any] = ["Nr.", "Naam document", "Datum", "Beoordeling", "Weigeringsgrond"]


def workbook(*rows: Sequence[Any], kop: Sequence[Any] = KOP) -> bytes:
    """An xlsx with these headings and rows."""
    book = openpyxl.Workbook()
    for row in (kop, *rows):
        book.active.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def lijst(*rows: Sequence[Any], naam: str = "lijst.xlsx") -> dict[str, tuple[str, bytes, str]]:
    """The same as the file of a form."""
    return {"bestand": (naam, workbook(*rows), "application/octet-stream")}


def goed(nummer: int, beoordeling: str = "openbaar", grond: str | None = None) -> list[Any]:
    return [str(nummer), f"Brief {nummer} over kwartelwei", "26-3-2020", beoordeling, grond]
