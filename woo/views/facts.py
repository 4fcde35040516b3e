"""What is told of a document or publication in its list of facts: label, value, and where the value came from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from woo.views.dutch import counted, day, size

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
    "bestand:docinfo": "uit de eigenschappen van het bestand",
    "bestand:xmp": "uit de eigenschappen van het bestand",
    "bestand": "uit het bestand",
    "tekst": "uit de tekst van het document",
    "map": "uit de naam van de map",
}


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
        ("Bestand", kaart["bestand"]["naam"] if kaart.get("bestand") else None, None),
    ]
    return tuple(Fact(label, waarde, bron) for label, waarde, bron in rows if waarde)


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


def text_note(*, tekstbron: str, leesbaar: bool, zekerheid: float | None, empty: bool) -> str:
    """Say of a page where its text came from, and how far to trust it."""
    if not leesbaar:
        return (
            "Wij konden de tekst van deze pagina niet lezen, bijvoorbeeld omdat het een scan of foto is. "
            "U vindt deze pagina daarom niet met zoekwoorden."
        )
    if empty:
        return "Op deze pagina staat geen tekst."
    if tekstbron == "ocr":
        sure = "" if zekerheid is None else f" De herkenning is voor {round(100 * zekerheid)} procent zeker."
        return f"Deze tekst is door de computer herkend op een scan. Er kunnen fouten in staan.{sure}"
    return "Deze tekst komt uit het bestand zelf."


def _source(sources: Mapping[str, str], veld: str) -> str | None:
    """A note for values that a program found; what a person entered needs none."""
    return _SOURCES.get(sources.get(veld, ""))


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
    pages = counted(kaart["paginas"], "pagina", "pagina's") if kaart.get("paginas") else None
    return ", ".join(filter(None, (pages, (kaart.get("formaat") or "").upper(), size(bestand["grootte"]))))
