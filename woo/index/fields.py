"""What both engines hold of an entry, field by field: streams of tokens, filter values, sort keys and pages."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date

from woo.analysis import DutchAnalysis, Streams
from woo.index.gronden import mentioned
from woo.index.pages import OVERLAP, border_stream
from woo.index.port import DocumentEntry, Kaart, PublicatieEntry
from woo.index.query import Soort, Sortering
from woo.index.ranking import BESLUITEN

SCHEMA_VERSION = 3
"""Raise it when what is in an index changes; the next start then asks for a reindex."""

STREAMS = ("exact", "stam", "delen")
PLACES = ("tekst", "titel", "kenmerk", "publisher", "soort", "grond")

WORDS_FIELD = "tekst_exact"
"""Holds every word of an entry as it is spelled."""

BOUNDARY = "¶"
"""Stands between title, text and the like in one stream; no query can ask for it, so no phrase runs across it."""

SORT_KEYS = {
    Sortering.PUBLICATIEDATUM: "volgorde_publicatiedatum",
    Sortering.PUBLICATIEDATUM_AF: "volgorde_publicatiedatum",
    Sortering.CREATIEDATUM: "volgorde_creatiedatum",
    Sortering.CREATIEDATUM_AF: "volgorde_creatiedatum_af",
    Sortering.TITEL: "volgorde_titel",
    Sortering.VOLGNUMMER: "volgorde_nummer",
}
"""The field an order goes by; each key ends in the id, so that every order is total."""

DESCENDING = frozenset({Sortering.PUBLICATIEDATUM_AF, Sortering.CREATIEDATUM_AF})

_TITLE_CHARACTERS = 120
_NUMBER = re.compile(r"[0-9]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class FlatPage:
    """One page: number, text, the start of the next page, and its streams by field name."""

    nummer: int
    tekst: str
    vervolg: str
    streams: Mapping[str, str]
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Flat:
    """One document or publicatie as engines hold it.

    `streams` are tokens joined by spaces, by field name. `geheel` are the whole titles and kenmerken as exact tokens,
    for a query that is one. Days are counted from year 1 (`date.toordinal`). `volgorde` are sort keys in hexadecimal.
    """

    soort: Soort
    id: str
    publicatie_id: str
    kaart: Kaart
    streams: Mapping[str, str]
    waarden: Mapping[str, tuple[str, ...]]
    volgorde: Mapping[str, str]
    publicatiedag: int
    creatiedag: int | None = None
    onleesbaar: bool = False
    geheel: tuple[str, ...] = ()
    pages: tuple[FlatPage, ...] = field(default=())


def flatten(entry: DocumentEntry | PublicatieEntry, analysis: DutchAnalysis) -> Flat:
    """Return what engines hold of an entry; the analysis goes over each text once."""
    pages = [analysis.streams(page.tekst) for page in entry.pages] if isinstance(entry, DocumentEntry) else []
    document = entry if isinstance(entry, DocumentEntry) else None
    titel = analysis.streams(entry.officiele_titel)
    kenmerken = [analysis.streams(kenmerk) for kenmerk in _kenmerken(entry)]
    text = _continuous(pages)
    return Flat(
        soort=Soort.DOCUMENT if document else Soort.PUBLICATIE,
        id=entry.id,
        publicatie_id=document.publicatie_id if document else entry.id,
        kaart=entry.kaart,
        streams={
            **_named("tekst", _sections([titel, *kenmerken, analysis.streams(entry.omschrijving), text])),
            **_named("titel", titel),
            **_named("kenmerk", _sections(kenmerken)),
            **_named("publisher", _texts(analysis, entry.publisher_naam, entry.publisher)),
            **_named(
                "soort",
                _texts(analysis, *_kind(document)) if document else None,
            ),
            **_named("grond", _texts(analysis, *_gronden(document)) if document else None),
        },
        waarden=_waarden(entry, [page.exact for page in pages]),
        volgorde=_sort_keys(entry),
        publicatiedag=entry.publicatiedatum.astimezone(UTC).date().toordinal(),
        creatiedag=document.creatiedatum.toordinal() if document and document.creatiedatum else None,
        onleesbaar=bool(document and document.onleesbaar),
        geheel=tuple(dict.fromkeys(one.exact for one in (titel, *kenmerken) if one.exact)),
        pages=tuple(_pages(document, pages, analysis)) if document else (),
    )


def _kenmerken(entry: DocumentEntry | PublicatieEntry) -> tuple[str, ...]:
    """Its own kenmerk, then that of the publicatie that it is in."""
    return (entry.kenmerk, entry.publicatie_kenmerk) if isinstance(entry, DocumentEntry) else (entry.kenmerk,)


def _kind(document: DocumentEntry) -> tuple[str | None, ...]:
    """The kind by its name and code; one that decides is called a *besluit* too, as visitors call all of them."""
    besluit = "besluit" if document.documentsoort in BESLUITEN else None
    return document.documentsoort_naam, document.documentsoort, besluit


def _pages(document: DocumentEntry, streams: list[Streams], analysis: DutchAnalysis) -> Iterator[FlatPage]:
    """Yield each page with the start of the next one that has words."""
    following: list[tuple[str, Streams]] = []
    vervolg, after = "", Streams("", "", "")
    for page, own in zip(reversed(document.pages), reversed(streams), strict=True):
        following.append((vervolg, after))
        if own.exact:
            vervolg, after = analysis.first_words(page.tekst, OVERLAP), own
    for page, own, (vervolg, after) in zip(document.pages, streams, reversed(following), strict=True):
        named = {
            **_named("pagina", own),
            "grens_exact": border_stream(own.exact, after.exact),
            "grens_stam": border_stream(own.stam, after.stam),
        }
        yield FlatPage(page.nummer, page.tekst, vervolg, named, page.label)


def _named(place: str, streams: Streams | None) -> dict[str, str]:
    if streams is None:
        return {}
    return {f"{place}_exact": streams.exact, f"{place}_stam": streams.stam, f"{place}_delen": streams.delen}


def _continuous(pages: list[Streams]) -> Streams:
    """Return the pages as one stream, so that sentences that run over a page are found."""
    return Streams(
        " ".join([page.exact for page in pages if page.exact]),
        " ".join([page.stam for page in pages if page.stam]),
        " ".join([page.delen for page in pages if page.delen]),
    )


def _sections(sections: list[Streams]) -> Streams:
    """Return title, text and the like as one stream, with a boundary between them."""
    return Streams(
        f" {BOUNDARY} ".join([section.exact for section in sections if section.exact]),
        f" {BOUNDARY} ".join([section.stam for section in sections if section.stam]),
        " ".join([section.delen for section in sections if section.delen]),
    )


def _texts(analysis: DutchAnalysis, *texts: str | None) -> Streams:
    return _sections([analysis.streams(text) for text in texts if text])


def _gronden(document: DocumentEntry) -> tuple[str, ...]:
    """The applied grounds by code and by name."""
    return (*document.gronden, *document.gronden_namen)


def _waarden(entry: DocumentEntry | PublicatieEntry, texts: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return the values to filter on; `texts` are the exact streams of the pages."""
    waarden = {
        "publisher": (entry.publisher,),
        "provincie": (entry.provincie,),
        "soortOrganisatie": (entry.soort_organisatie,),
        "informatiecategorie": tuple(dict.fromkeys(entry.informatiecategorieen)),
        "thema": entry.themas,
        "publicatie": (entry.publicatie_id if isinstance(entry, DocumentEntry) else entry.id,),
    }
    if isinstance(entry, DocumentEntry):
        waarden["documentsoort"] = (entry.documentsoort,) if entry.documentsoort else ()
        waarden["formaat"] = (entry.formaat,) if entry.formaat else ()
        waarden["jaar"] = (f"{entry.creatiedatum.year:04}",) if entry.creatiedatum else ()
        waarden["grond"] = entry.gronden
        waarden["grondGenoemd"] = mentioned(texts)
        waarden["beoordeling"] = entry.beoordelingen
        waarden["beschikbaar"] = ("ja" if entry.beschikbaar else "nee",)
    return waarden


def _sort_keys(entry: DocumentEntry | PublicatieEntry) -> dict[str, str]:
    """Return the keys of every order; what has no creatiedatum comes last in both directions."""
    made = entry.creatiedatum if isinstance(entry, DocumentEntry) else None
    nummer = entry.volgnummer if isinstance(entry, DocumentEntry) else 0
    return {
        "volgorde_publicatiedatum": _key(
            entry.publicatiedatum.astimezone(UTC).strftime("%Y%m%d%H%M%S%f"), entry.id
        ),
        "volgorde_creatiedatum": _key(_day(made) if made else "9" * 9, entry.id),
        "volgorde_creatiedatum_af": _key(_day(made) if made else "", entry.id),
        "volgorde_titel": _key(title_key(entry.officiele_titel), entry.id),
        "volgorde_nummer": _key(f"{nummer:012}", entry.id),
    }


def _day(day: date) -> str:
    return f"{day.year:04}{day.month:02}{day.day:02}"


def _key(first: str, id: str) -> str:
    """Return a key that engines and cursors can carry in any syntax: hexadecimal, then the id."""
    return f"{first}\0{id}".encode().hex()


def title_key(titel: str) -> str:
    """Return what titles are ordered by: no case, accents or punctuation, numbers by their value, 120 characters."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", titel.casefold()) if not unicodedata.combining(c))
    words = " ".join("".join(c if c.isalnum() else " " for c in bare).split())
    return _NUMBER.sub(lambda digits: digits.group().zfill(10), words)[:_TITLE_CHARACTERS]
