"""Which heading of a metadata sheet means which field, in Dutch or English."""

import re
from collections.abc import Sequence
from enum import StrEnum


class Kolom(StrEnum):
    """What a column says; every value but BESTAND is a field of the document."""

    BESTAND = "bestand"
    TITEL = "officiele_titel"
    OMSCHRIJVING = "omschrijving"
    KENMERK = "kenmerk"
    DOCUMENTSOORT = "documentsoort"
    DATUM = "creatiedatum"
    TAAL = "taal"


HEADINGS: dict[Kolom, tuple[str, ...]] = {
    Kolom.BESTAND: (
        "bestand",
        "bestandsnaam",
        "bestandspad",
        "pad",
        "file",
        "file name",
        "filename",
        "path",
        "file path",
    ),
    Kolom.TITEL: ("titel", "officiele titel", "documenttitel", "title", "official title"),
    Kolom.OMSCHRIJVING: ("omschrijving", "beschrijving", "samenvatting", "description", "summary"),
    Kolom.KENMERK: (
        "kenmerk",
        "documentkenmerk",
        "zaaknummer",
        "documentnummer",
        "identifier",
        "reference",
        "document number",
        "case number",
    ),
    Kolom.DOCUMENTSOORT: (
        "documentsoort",
        "soort",
        "soort document",
        "document type",
        "documenttype",
        "type",
    ),
    Kolom.DATUM: (
        "datum",
        "datum document",
        "documentdatum",
        "creatiedatum",
        "date",
        "document date",
        "creation date",
    ),
    Kolom.TAAL: ("taal", "language"),
}
_BY_HEADING = {heading: kolom for kolom, headings in HEADINGS.items() for heading in headings}
_BETWEEN = re.compile(r"[\s_\-.]+")


def columns_of(headings: Sequence[str]) -> tuple[Kolom | None, ...]:
    """The meaning of each heading, None for one that means nothing here; case, accents and `_` do not matter."""
    return tuple(_BY_HEADING.get(_folded(heading)) for heading in headings)


def _folded(heading: str) -> str:
    text = heading.casefold().replace("ë", "e").strip(" :*")
    return _BETWEEN.sub(" ", text).strip()
