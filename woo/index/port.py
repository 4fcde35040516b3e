"""The port of the index: entries in, questions in, answers out; no word of any engine."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from woo.domain.organisatie import ONBEKEND
from woo.index.query import Filters, Node, SearchQuery, Soort

Kaart = Mapping[str, Any]
"""Public metadata as JSON values."""


@dataclass(frozen=True, slots=True)
class PageEntry:
    """One page of a document: number from 1, text as extracted, and the name of a part without a page number."""

    nummer: int
    tekst: str
    label: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """All that can be found, filtered and sorted of one public document, or of a row of an inventory without one.

    `kaart` is the public metadata as JSON values, returned with the hit as it is. Dates: `creatiedatum` is a day,
    `publicatiedatum` a UTC moment (first publication here). `onleesbaar` counts the pages that gave no text though they show
    something, or a text that was recognised with little certainty. `gronden` are the codes of the grounds that the inventory
    applies to it, `beoordelingen` what was decided of it; not `beschikbaar` is a row of an inventory without its document.
    `provincie` and `soort_organisatie` are those of the publisher.
    """

    id: str
    publicatie_id: str
    volgnummer: int
    officiele_titel: str
    publisher: str
    publisher_naam: str
    informatiecategorieen: tuple[str, ...]
    publicatiedatum: datetime
    kaart: Kaart
    provincie: str = ONBEKEND
    soort_organisatie: str = ONBEKEND
    themas: tuple[str, ...] = ()
    omschrijving: str = ""
    kenmerk: str = ""
    publicatie_titel: str = ""
    publicatie_kenmerk: str = ""
    documentsoort: str | None = None
    documentsoort_naam: str = ""
    formaat: str | None = None
    creatiedatum: date | None = None
    onleesbaar: int = 0
    gronden: tuple[str, ...] = ()
    gronden_namen: tuple[str, ...] = ()
    beoordelingen: tuple[str, ...] = ()
    beschikbaar: bool = True
    pages: tuple[PageEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class PublicatieEntry:
    """All that can be found of one public publicatie, also when it has no documents."""

    id: str
    officiele_titel: str
    publisher: str
    publisher_naam: str
    informatiecategorieen: tuple[str, ...]
    publicatiedatum: datetime
    kaart: Kaart
    provincie: str = ONBEKEND
    soort_organisatie: str = ONBEKEND
    themas: tuple[str, ...] = ()
    omschrijving: str = ""
    kenmerk: str = ""


@dataclass(frozen=True, slots=True)
class PageHit:
    """A page that holds what was asked; `vervolg` is the start of the next page, for phrases that run over."""

    nummer: int
    tekst: str
    vervolg: str = ""
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """One document or publicatie found; `paginas` the best pages, `aantal_paginas` how many pages have a hit.

    `sleutel` is its key in the order asked, None in order of relevance; `cursor.after` makes the cursor behind it.
    """

    id: str
    publicatie_id: str
    kaart: Kaart
    score: float | None = None
    paginas: tuple[PageHit, ...] = ()
    aantal_paginas: int = 0
    sleutel: str | None = None


@dataclass(frozen=True, slots=True)
class FacetCount:
    waarde: str
    aantal: int


@dataclass(frozen=True, slots=True)
class SearchResults:
    """An answer: exact total, the hits of this page, complete facets, the cursor of the next page (None at the end)."""

    totaal: int
    hits: tuple[Hit, ...]
    facetten: Mapping[str, tuple[FacetCount, ...]] = field(default_factory=dict)
    volgende: str | None = None
    motor_ms: float = 0.0  # time spent inside the engine


@dataclass(frozen=True, slots=True)
class Excluded:
    """What the exit gate drops although the index may still hold it: documents and whole publicaties, by id."""

    documenten: frozenset[str] = frozenset()
    publicaties: frozenset[str] = frozenset()


NOTHING_EXCLUDED = Excluded()


@dataclass(frozen=True, slots=True)
class Rejected:
    """An entry that the engine refused for good, and why; nothing of it is in the index, no older version either."""

    soort: Soort
    id: str
    why: str


class IndexReader(Protocol):
    """What the public side may do with the index.

    Every method raises `Unavailable` when the engine cannot answer, and `InvalidValue` for a query that cannot be
    asked (a prefix under three letters, an unknown cursor). Excluded entries are absent from hits, totals and facets.
    """

    def search(self, query: SearchQuery, *, excluded: Excluded = NOTHING_EXCLUDED) -> SearchResults: ...

    def count(self, filters: Filters, *, excluded: Excluded = NOTHING_EXCLUDED) -> int:
        """Number of documents within these filters."""
        ...

    def totals(
        self, queries: Sequence[SearchQuery], *, excluded: Excluded = NOTHING_EXCLUDED
    ) -> tuple[int, ...]:
        """The exact total of each question, without its hits; of a question only words, kind and filters count."""
        ...

    def near_words(self, word: str) -> tuple[str, ...]:
        """Words of the index that a mistyped word may have been meant as, best first, by the rule of `nearby`.

        As the `exact` stream has them: lower case, without accents. They may stand only in entries that are excluded or
        deleted, so that what is told of one has to be counted first.
        """
        ...

    def pages_with_hits(self, document_id: str, zoek: Node) -> tuple[int, ...]:
        """Numbers of all pages of this document that hold (a part of) what was asked, ascending."""
        ...

    def ids(self) -> Excluded:
        """The ids of every document and publicatie that the last commit holds; for `woo verify`."""
        ...

    def refresh(self) -> None:
        """See at once what was committed; without it a reader sees a commit within about a second."""
        ...

    def close(self) -> None: ...


class SearchIndex(IndexReader, Protocol):
    """What the worker, and only the holder of the writer's lease, may do.

    Upserts and deletes are buffered until `commit`; they replace the whole entry, pages included. After a crash the last commit stands.
    """

    def upsert(self, entries: Iterable[DocumentEntry | PublicatieEntry]) -> None: ...

    def delete(self, *, documenten: Collection[str] = (), publicaties: Collection[str] = ()) -> None: ...

    def commit(self) -> Collection[Rejected]:
        """Make what was buffered visible and durable; returns the entries that the engine refused for good."""
        ...
