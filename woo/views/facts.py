"""What is told of a document or publication in its list of facts: label, value, and where the value came from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from woo.domain.document import ZEKER_VANAF
from woo.domain.formaat import BY_MIME
from woo.domain.herkomst import kind_of
from woo.views.dutch import day, number, size
from woo.views.inventaris import BEOORDELINGEN
from woo.views.parts import counted_parts, hard_to_read, has_pages

Kaart = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and its value, both to be escaped; `bron` says where a value came from that nobody typed in."""

    label: str
    waarde: str
    bron: str | None = None


_LANGUAGES = {"nl": "Nederlands", "en": "Engels", "de": "Duits", "fr": "Frans", "fy": "Fries"}
_SOURCES = {
    "bestandsnaam": "uit de naam van het bestand",
    "bestand:eml": "uit het bericht",
    "bestand:msg": "uit het bericht",
    "bestand": "uit de eigenschappen van het bestand",
    "tekst": "uit de tekst van het document",
    "sheet": "uit de metadatalijst",
    "map": "uit de naam van de map",
}
"""By the whole source, or else by the part before its colon: `tekst:datumregel` is of `tekst`."""


def document_facts(kaart: Kaart) -> tuple[Fact, ...]:
    """The facts of a document; what is not known is left out."""
    sources: Mapping[str, str] = kaart.get("metadataHerkomst") or {}
    soort = kaart.get("documentsoort")
    taal = kaart.get("taal")
    rows = [
        ("Publiceert", kaart["publisher"]["naam"], None),
        ("Datum document", _day(kaart.get("creatiedatum")), _source(sources, "creatiedatum")),
        ("Gepubliceerd", _day(kaart["publicatiedatum"]), None),
        ("Gewijzigd", _changed(kaart), None),
        ("Soort informatie", _names(kaart["informatiecategorieen"]), None),
        ("Soort document", soort["naam"] if soort else None, _source(sources, "documentsoort")),
        ("Kenmerk", kaart.get("kenmerk"), _source(sources, "kenmerk")),
        ("Taal", _LANGUAGES.get(taal, taal) if taal else None, _source(sources, "taal")),
        ("Omvang", _extent(kaart), None),
        ("Leesbaarheid", _readability(kaart), None),
        ("Bestand", kaart["bestand"]["naam"] if kaart.get("bestand") else None, None),
    ]
    return tuple(Fact(label, waarde, bron) for label, waarde, bron in rows if waarde)


def regel_facts(kaart: Kaart) -> tuple[Fact, ...]:
    """The facts of a row of an inventory whose document is not here; what is not known is left out."""
    regel = kaart["inventaris"]
    rows = [
        ("Beoordeling", BEOORDELINGEN.get(regel["beoordeling"], regel["beoordeling"])),
        ("Nummer in de inventaris", regel["nummer"]),
        ("Datum document", _day(kaart.get("creatiedatum"))),
        ("Publiceert", kaart["publisher"]["naam"]),
        ("Gepubliceerd", _day(kaart["publicatiedatum"])),
    ]
    return tuple(Fact(label, waarde) for label, waarde in rows if waarde)


def publicatie_facts(kaart: Kaart) -> tuple[Fact, ...]:
    """The facts of a publication; what is not known is left out."""
    rows = [
        ("Publiceert", kaart["publisher"]["naam"]),
        ("Kenmerk", kaart.get("kenmerk")),
        ("Soort informatie", _names(kaart["informatiecategorieen"])),
        ("Gepubliceerd", _day(kaart["publicatiedatum"])),
        ("Gewijzigd", _changed(kaart)),
    ]
    return tuple(Fact(label, waarde) for label, waarde in rows if waarde)


def text_note(
    *, tekstbron: str, leesbaar: bool, zekerheid: float | None, empty: bool, has_pages: bool = True
) -> str:
    """Say of a page (or a part of a file without pages) where its text came from, and how far to trust it."""
    deze = "deze pagina" if has_pages else "dit deel"
    if not leesbaar:
        return (
            f"Wij konden de tekst van {deze} niet lezen, bijvoorbeeld omdat het een scan of foto is. "
            f"U vindt {deze} daarom niet met zoekwoorden."
        )
    if empty:
        return f"Op {deze} staat geen tekst." if deze == "deze pagina" else f"In {deze} staat geen tekst."
    if tekstbron == "ocr":
        return f"Deze tekst is door de computer herkend op een scan. {_certainty(zekerheid)}"
    return "Deze tekst komt uit het bestand zelf."


def _certainty(zekerheid: float | None) -> str:
    if zekerheid is None:
        return "Er kunnen fouten in staan."
    sure = f"De herkenning is voor {round(100 * zekerheid)} procent zeker."
    if zekerheid < ZEKER_VANAF:
        return f"Dat ging niet goed: er staan waarschijnlijk fouten in, en u vindt niet alle woorden. {sure}"
    return f"Er kunnen fouten in staan. {sure}"


def _readability(kaart: Kaart) -> str | None:
    """How many pages could not be read well; None when all could."""
    hard, pages = hard_to_read(kaart), kaart.get("paginas") or 0
    if not hard:
        return None
    if pages == 1:
        return f"{'deze pagina' if has_pages(kaart) else 'dit bestand'} konden wij niet goed lezen"
    of = f"{number(hard)} van de {counted_parts(pages, kaart)}"
    return f"{of} konden wij niet goed lezen"


def _source(sources: Mapping[str, str], veld: str) -> str | None:
    """A note for values that nobody typed in for this document; what a person entered needs none."""
    bron = sources.get(veld, "")
    return _SOURCES.get(bron) or _SOURCES.get(kind_of(bron))


def _day(value: str | None) -> str | None:
    return day(value) if value else None


def _changed(kaart: Kaart) -> str | None:
    changed = day(kaart["gewijzigdOp"])
    return changed if changed != day(kaart["publicatiedatum"]) else None


def _names(waarden: Iterable[Mapping[str, str]]) -> str:
    return ", ".join(waarde["naam"] for waarde in waarden)


def _extent(kaart: Kaart) -> str | None:
    bestand = kaart.get("bestand")
    if not bestand:
        return None
    pages = counted_parts(kaart["paginas"], kaart) if kaart.get("paginas") else None
    return ", ".join(filter(None, (pages, file_kind(bestand), size(bestand["grootte"]))))


def file_kind(bestand: Mapping[str, Any]) -> str:
    """The kind of the file that is offered, in capitals: of mail that is the PDF we made; empty for an unknown kind."""
    formaat = BY_MIME.get(bestand["mime"])
    return "" if formaat is None else formaat.naam.upper()
