"""What is told of a document or publication in its list of facts: label, value, and where the value came from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from woo.domain.document import ZEKER_VANAF
from woo.domain.formaat import BY_MIME
from woo.domain.herkomst import kind_of
from woo.taal import NEDERLANDS, gettext, gettext_noop
from woo.views.dutch import day, number, size
from woo.views.inventaris import BEOORDELINGEN
from woo.views.parts import counted_parts, hard_to_read, has_pages

Kaart = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and its value, both to be escaped; `bron` says where a value came from that nobody typed in.

    `taal` is the language of a value that is not ours to say (None: that of the page); `letterlijk` for one to be shown
    as it is written, such as the name of a file. `organisatie` is the code of the organisation that the value names.
    """

    label: str
    waarde: str
    bron: str | None = None
    taal: str | None = None
    letterlijk: bool = False
    organisatie: str | None = None


_LANGUAGES = {
    "nl": gettext_noop("Nederlands"),
    "en": gettext_noop("Engels"),
    "de": gettext_noop("Duits"),
    "fr": gettext_noop("Frans"),
    "fy": gettext_noop("Fries"),
}
_SOURCES = {
    "bestandsnaam": gettext_noop("uit de naam van het bestand"),
    "bestand:eml": gettext_noop("uit het bericht"),
    "bestand:msg": gettext_noop("uit het bericht"),
    "bestand": gettext_noop("uit de eigenschappen van het bestand"),
    "tekst": gettext_noop("uit de tekst van het document"),
    "sheet": gettext_noop("uit de metadatalijst"),
    "map": gettext_noop("uit de naam van de map"),
}
"""By the whole source, or else by the part before its colon: `tekst:datumregel` is of `tekst`."""


def document_facts(kaart: Kaart) -> tuple[Fact, ...]:
    """The facts of a document; what is not known is left out."""
    sources: Mapping[str, str] = kaart.get("metadataHerkomst") or {}
    soort = kaart.get("documentsoort")
    taal = kaart.get("taal")
    return _known(
        _publisher(kaart),
        Fact(gettext("Datum document"), _day(kaart.get("creatiedatum")), _source(sources, "creatiedatum")),
        Fact(gettext("Gepubliceerd"), _day(kaart["publicatiedatum"])),
        Fact(gettext("Gewijzigd"), _changed(kaart)),
        _dutch(gettext("Soort informatie"), _names(kaart["informatiecategorieen"])),
        _dutch(gettext("Thema"), _names(kaart.get("themas") or ())),
        _dutch(gettext("Soort document"), soort["naam"] if soort else "", _source(sources, "documentsoort")),
        Fact(gettext("Kenmerk"), kaart.get("kenmerk") or "", _source(sources, "kenmerk")),
        Fact(
            gettext("Taal"), gettext(_LANGUAGES.get(taal) or taal) if taal else "", _source(sources, "taal")
        ),
        Fact(gettext("Omvang"), _extent(kaart)),
        Fact(gettext("Leesbaarheid"), _readability(kaart)),
        Fact(gettext("Bestand"), kaart["bestand"]["naam"] if kaart.get("bestand") else "", letterlijk=True),
    )


def regel_facts(kaart: Kaart) -> tuple[Fact, ...]:
    """The facts of a row of an inventory whose document is not here; what is not known is left out."""
    regel = kaart["inventaris"]
    return _known(
        Fact(gettext("Beoordeling"), gettext(BEOORDELINGEN.get(regel["beoordeling"], regel["beoordeling"]))),
        Fact(gettext("Nummer in de inventaris"), regel["nummer"]),
        Fact(gettext("Datum document"), _day(kaart.get("creatiedatum"))),
        _publisher(kaart),
        Fact(gettext("Gepubliceerd"), _day(kaart["publicatiedatum"])),
    )


def publicatie_facts(kaart: Kaart) -> tuple[Fact, ...]:
    """The facts of a publication; what is not known is left out."""
    return _known(
        _publisher(kaart),
        Fact(gettext("Kenmerk"), kaart.get("kenmerk") or ""),
        _dutch(gettext("Soort informatie"), _names(kaart["informatiecategorieen"])),
        _dutch(gettext("Thema"), _names(kaart.get("themas") or ())),
        Fact(gettext("Gepubliceerd"), _day(kaart["publicatiedatum"])),
        Fact(gettext("Gewijzigd"), _changed(kaart)),
    )


def _known(*facts: Fact) -> tuple[Fact, ...]:
    return tuple(fact for fact in facts if fact.waarde)


def _dutch(label: str, waarde: str, bron: str | None = None) -> Fact:
    """A value with an official Dutch name."""
    return Fact(label, waarde, bron, NEDERLANDS.code)


def text_note(
    *, tekstbron: str, leesbaar: bool, zekerheid: float | None, empty: bool, has_pages: bool = True
) -> str:
    """Say of a page (or a part of a file without pages) where its text came from, and how far to trust it."""
    if not leesbaar:
        return (
            gettext(
                "Wij konden de tekst van deze pagina niet lezen, bijvoorbeeld omdat het een scan of foto is. "
                "U vindt deze pagina daarom niet met zoekwoorden."
            )
            if has_pages
            else gettext(
                "Wij konden de tekst van dit deel niet lezen, bijvoorbeeld omdat het een scan of foto is. "
                "U vindt dit deel daarom niet met zoekwoorden."
            )
        )
    if empty:
        return (
            gettext("Op deze pagina staat geen tekst.")
            if has_pages
            else gettext("In dit deel staat geen tekst.")
        )
    if tekstbron == "ocr":
        recognised = gettext("Deze tekst is door de computer herkend op een scan.")
        return f"{recognised} {_certainty(zekerheid)}"
    return gettext("Deze tekst komt uit het bestand zelf.")


def _certainty(zekerheid: float | None) -> str:
    faults = gettext("Er kunnen fouten in staan.")
    if zekerheid is None:
        return faults
    if zekerheid < ZEKER_VANAF:
        faults = gettext(
            "Dat ging niet goed: er staan waarschijnlijk fouten in, en u vindt niet alle woorden."
        )
    sure = gettext("De herkenning is voor %(deel)s procent zeker.", deel=round(100 * zekerheid))
    return f"{faults} {sure}"


def _readability(kaart: Kaart) -> str:
    """How many pages could not be read well; empty when all could."""
    hard, pages = hard_to_read(kaart), kaart.get("paginas") or 0
    if not hard:
        return ""
    if pages == 1:
        return (
            gettext("deze pagina konden wij niet goed lezen")
            if has_pages(kaart)
            else gettext("dit bestand konden wij niet goed lezen")
        )
    return gettext(
        "%(aantal)s van de %(delen)s konden wij niet goed lezen",
        aantal=number(hard),
        delen=counted_parts(pages, kaart),
    )


def _source(sources: Mapping[str, str], veld: str) -> str | None:
    """A note for values that nobody typed in for this document; what a person entered needs none."""
    bron = sources.get(veld, "")
    told = _SOURCES.get(bron) or _SOURCES.get(kind_of(bron))
    return gettext(told) if told else None


def _day(value: str | None) -> str:
    return day(value) if value else ""


def _changed(kaart: Kaart) -> str:
    changed = day(kaart["gewijzigdOp"])
    return changed if changed != day(kaart["publicatiedatum"]) else ""


def _publisher(kaart: Kaart) -> Fact:
    publisher = kaart["publisher"]
    return Fact(gettext("Publiceert"), publisher["naam"], taal=NEDERLANDS.code, organisatie=publisher["code"])


def _names(waarden: Iterable[Mapping[str, str]]) -> str:
    return ", ".join(waarde["naam"] for waarde in waarden)


def _extent(kaart: Kaart) -> str:
    bestand = kaart.get("bestand")
    if not bestand:
        return ""
    pages = counted_parts(kaart["paginas"], kaart) if kaart.get("paginas") else None
    return ", ".join(filter(None, (pages, file_kind(bestand), size(bestand["grootte"]))))


def file_kind(bestand: Mapping[str, Any]) -> str:
    """The kind of the file that is offered, in capitals: of mail that is the PDF we made; empty for an unknown kind."""
    formaat = BY_MIME.get(bestand["mime"])
    return "" if formaat is None else formaat.naam.upper()
