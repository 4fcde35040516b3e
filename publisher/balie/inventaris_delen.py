"""What the pages of inventories share: words for values, the grounds to choose from, the row as a table shows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from publisher.desk import Desk
from publisher.uitleg import book_of
from woo.diwoo.uitleg import Uitlegboek
from woo.domain.inventaris import Beoordeling, Bijzonderheid, Inventarisregel
from woo.domain.inventarisvoorstel import Rijsoort
from woo.domain.publicatie import Publicatie
from woo.usecases.inventarisblad import read_inventaris

SOORT = {
    Rijsoort.FOUT: "met fouten",
    Rijsoort.NIEUW: "nieuw",
    Rijsoort.GEWIJZIGD: "gewijzigd",
    Rijsoort.VERDWENEN: "verdwijnt",
    Rijsoort.GELIJK: "gelijk",
}
"""What is to become of a row, as the pages call it."""

VELD = {
    "nummer": "Nummer",
    "documentnaam": "Naam",
    "beoordeling": "Beoordeling",
    "gronden": "Gronden",
    "wetten": "Andere wet",
    "bijzonderheden": "Bijzonderheden",
    "datum": "Datum",
    "soort": "Soort",
    "toelichting": "Toelichting",
    "opgeschort": "Opgeschort",
    "links": "Publieke link",
    "gerelateerd": "Gerelateerd",
    "zaaknummers": "Zaaknummers",
    "familie": "Familie",
    "draad": "Gesprek",
    "overig": "Andere kolommen",
    "document_id": "Document",
}
"""What a field is called on the pages."""


@dataclass(frozen=True, slots=True)
class Grondkeuze:
    """A ground to choose: its code, its name, what it means in plain words, its article."""

    code: str
    naam: str
    uitleg: str
    artikel: str


def gronden_of(desk: Desk) -> tuple[list[Grondkeuze], list[Grondkeuze]]:
    """The grounds to choose from: those of the Woo, and those of the Wob."""
    book, lijsten = book_of(desk), desk.platform.lijsten
    woo, wob = (
        [_choice(waarde.code, book) for waarde in lijst]
        for lijst in (lijsten.weigeringsgronden, lijsten.wob_gronden)
    )
    return woo, wob


def beoordelingen_of(desk: Desk) -> list[tuple[str, str]]:
    """The judgements to choose from."""
    return [(each.value, book_of(desk).beoordelingen[each.value].naam) for each in Beoordeling]


def bijzonderheden_of(desk: Desk) -> list[tuple[str, str]]:
    """The particulars to choose from."""
    return [(each.value, book_of(desk).bijzonderheden[each.value].naam) for each in Bijzonderheid]


def publicatie_of(desk: Desk, id: str) -> Publicatie:
    """The publicatie; raises NotFound, also where the actor may not read it."""
    return read_inventaris(desk.platform, desk.actor, id)


def told(value: object, titels: Mapping[str, str] | None = None) -> str:
    """A value of a row as a page shows it; a document by its title."""
    match value:
        case None | () | "":
            return "–"
        case bool():
            return "ja" if value else "nee"
        case StrEnum():
            return value.value.replace("_", " ")
        case str():
            return (titels or {}).get(value, value)
        case date():
            return value.isoformat()
        case Mapping():
            return "aangepast"
        case Sequence():
            return "; ".join(told(each) for each in value)
    return str(value)


def changes_of(
    oud: Inventarisregel, nieuw: Inventarisregel, velden: Sequence[str], titels: Mapping[str, str]
) -> list[Mapping[str, Any]]:
    """Of each field that differs its name, what it was and what it becomes."""
    return [
        {
            "veld": VELD.get(naam, naam),
            "oud": told(getattr(oud, naam), titels),
            "nieuw": told(getattr(nieuw, naam), titels),
        }
        for naam in velden
    ]


def _choice(code: str, book: Uitlegboek) -> Grondkeuze:
    found = book.grond(code)
    return Grondkeuze(code, found.naam, found.uitleg, found.artikel or "")
