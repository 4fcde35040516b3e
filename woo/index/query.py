"""What is asked of the index, in our words: the tree of a query, its filters, order and page."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Word:
    """A word as typed; matches by stem, by part of a compound, or by its own parts next to each other.

    `veld` is None (everywhere) or one of titel, publisher, soort, grond (what the inventory applies or the text names).
    """

    tekst: str
    veld: str | None = None


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words between quotes: exact forms, next to each other; `afstand` other words allowed, then in any order."""

    tekst: str
    afstand: int | None = None
    veld: str | None = None


@dataclass(frozen=True, slots=True)
class Prefix:
    """`woord*`; at least three letters, else InvalidValue from the compiler."""

    tekst: str
    veld: str | None = None


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """`woord~`: typing errors; edit distance 1 up to 5 letters, 2 from 6."""

    tekst: str
    veld: str | None = None


@dataclass(frozen=True, slots=True)
class DateRange:
    """`datum:2023-01..2023-06`: creatiedatum between two days, both included; None is open."""

    van: date | None
    tot: date | None


@dataclass(frozen=True, slots=True)
class And:
    delen: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Or:
    delen: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Not:
    deel: "Node"


Node = Word | Phrase | Prefix | Fuzzy | DateRange | And | Or | Not


class Soort(StrEnum):
    """What kind of entry is asked for."""

    DOCUMENT = "document"
    PUBLICATIE = "publicatie"


class Sortering(StrEnum):
    """The orders of the API, and `volgnummer` for the documents of one publicatie."""

    RELEVANTIE = "relevantie"
    PUBLICATIEDATUM_AF = "-publicatiedatum"
    PUBLICATIEDATUM = "publicatiedatum"
    CREATIEDATUM_AF = "-creatiedatum"
    CREATIEDATUM = "creatiedatum"
    TITEL = "titel"
    VOLGNUMMER = "volgnummer"


FILTERS = (
    "publisher",
    "provincie",
    "soortOrganisatie",
    "informatiecategorie",
    "thema",
    "documentsoort",
    "publicatie",
    "formaat",
    "jaar",
    "grond",
    "grondGenoemd",
    "beoordeling",
    "beschikbaar",
)
"""Fields that can be filtered and counted; values are codes; several values of one field mean or.

`grond` is what the inventory applies, `grondGenoemd` what the text names; `beschikbaar` is `ja` or `nee`.
`provincie` and `soortOrganisatie` are those of the publisher, or `onbekend`.
"""


@dataclass(frozen=True, slots=True)
class Filters:
    """Restrictions beside the words; all must hold."""

    waarden: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    creatiedatum: DateRange | None = None
    publicatiedatum: DateRange | None = None
    onleesbaar: bool = False  # only documents that have pages that could not be read


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """One question: `zoek` None matches everything; `na` is the opaque cursor of an earlier answer."""

    zoek: Node | None = None
    soort: Soort = Soort.DOCUMENT
    filters: Filters = field(default_factory=Filters)
    sortering: Sortering = Sortering.RELEVANTIE
    aantal: int = 20
    na: str | None = None
    facetten: tuple[str, ...] = ()  # names from FILTERS; the counts of a facet leave out its own filter
    paginas: int = 2  # page hits wanted per document
