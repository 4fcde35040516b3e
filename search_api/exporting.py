"""Everything that a search finds, as CSV or JSON Lines: one row per document, each with the cursor that goes on behind it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from search_api.answers import document_fields
from search_api.walking import Step, Walk
from woo.exports.csv_rows import KOMMA, Cell, csv_row, csv_rows
from woo.exports.zip_stream import json_line

COLUMNS = (
    "id",
    "officieleTitel",
    "publisher",
    "informatiecategorieen",
    "themas",
    "documentsoort",
    "publicatie",
    "publicatieTitel",
    "publicatieKenmerk",
    "kenmerk",
    "creatiedatum",
    "publicatiedatum",
    "gewijzigdOp",
    "beoordeling",
    "gronden",
    "formaat",
    "taal",
    "paginas",
    "paginasMetTreffers",
    "onleesbarePaginas",
    "onzekerePaginas",
    "bestandsnaam",
    "grootte",
    "sha256",
    "url",
    "bestandUrl",
    "cursor",
)
"""The columns of the CSV; the last one tells where to go on, and is empty in the row behind which nothing follows."""


def csv_export(walk: Walk, site: str, *, scheiding: str = KOMMA, header: bool = True) -> Iterator[bytes]:
    """Yield the walk as CSV, a piece per group of rows; without `header` as rows to put behind those there are."""
    if header:
        yield b"".join(csv_rows(COLUMNS, (), scheiding=scheiding))
    for group in walk.steps():
        yield b"".join(csv_row(_row(step, site), scheiding=scheiding) for step in group)


def json_export(walk: Walk, site: str) -> Iterator[bytes]:
    """Yield the walk as JSON Lines, a piece per group: the document as the API tells it, pages with hits, and the cursor."""
    for group in walk.steps():
        yield b"".join(json_line(told(step, site)) for step in group)


def told(step: Step, site: str) -> dict[str, Any]:
    """One document as a line of JSON tells it."""
    return {
        **document_fields(step.kaart, site),
        "aantalPaginasMetTreffers": step.aantal_paginas,
        "cursor": step.cursor,
    }


def _row(step: Step, site: str) -> list[Cell]:
    document = document_fields(step.kaart, site)
    bestand: Mapping[str, Any] = document.get("bestand") or {}
    inventaris: Mapping[str, Any] = document.get("inventaris") or {}
    publicatie, soort = document["publicatie"], document["documentsoort"]
    return [
        document["id"],
        document["officieleTitel"],
        document["publisher"]["naam"],
        _names(document["informatiecategorieen"]),
        _names(document.get("themas") or ()),
        None if soort is None else soort["naam"],
        publicatie["id"],
        publicatie["titel"],
        publicatie.get("kenmerk"),
        document["kenmerk"],
        document["creatiedatum"],
        document["publicatiedatum"],
        document["gewijzigdOp"],
        inventaris.get("beoordeling"),
        _grounds(inventaris.get("gronden") or ()),
        document["formaat"],
        document["taal"],
        document["paginas"],
        step.aantal_paginas,
        document["onleesbarePaginas"],
        document.get("onzekerePaginas"),
        bestand.get("naam"),
        bestand.get("grootte"),
        bestand.get("sha256"),
        document["url"],
        document["bestandUrl"],
        step.cursor,
    ]


def _names(waarden: Iterable[Mapping[str, Any]]) -> str:
    return " | ".join(waarde["naam"] for waarde in waarden)


def _grounds(gronden: Iterable[Mapping[str, Any]]) -> str:
    return " | ".join(" ".join(filter(None, (grond.get("artikel"), grond["naam"]))) for grond in gronden)
