"""What a DiWoo sitemap says: an entry for each document with its metadata, and an entry for each sitemap of an index."""

from dataclasses import dataclass, field
from datetime import date, datetime

SITEMAP_NS = "http://www.sitemaps.org/schemas/sitemap/0.9"
DIWOO_NS = "https://standaarden.overheid.nl/diwoo/metadata/"
MDTO_NS = "https://www.nationaalarchief.nl/mdto"
XSI_NS = "http://www.w3.org/2001/XMLSchema-instance"

MAX_BYTES = 50 * 1024 * 1024
"""A sitemap or index must be smaller than this (harvest rules of DiWoo; sitemaps.org)."""

MAX_URLS = 10_000
"""Entries of one sitemap that are safe: the protocol allows 50,000, but those pass 50 MB with full metadata."""

MAX_SITEMAPS = 50_000
"""Sitemaps that one index may name (sitemaps.org)."""


@dataclass(frozen=True, slots=True)
class Verwijzing:
    """A value of a list, an organisation or another document: the text that people read, and its URI where it has one."""

    label: str
    resource: str | None = None


@dataclass(frozen=True, slots=True)
class Handeling:
    """A documenthandeling: what was done to the document (ondertekening, ontvangst, vaststelling), when, and by whom."""

    soort: Verwijzing
    op: datetime
    door: Verwijzing | None = None


@dataclass(frozen=True, slots=True)
class Documentrelatie:
    """How the document is related (`rol`) to another one, whose `loc` is the resource."""

    rol: Verwijzing
    document: Verwijzing


@dataclass(frozen=True, slots=True)
class ExtraMetadata:
    """Names and values of a publisher's own, perhaps in a namespace of their own."""

    velden: tuple[tuple[str, tuple[str, ...]], ...]
    namespace: str | None = None
    prefix: str | None = None


@dataclass(frozen=True, slots=True)
class DiWoo:
    """The metadata of a document (DiWoo 0.9.8).

    The standard demands publisher, officiele_titel, a category and a handeling; they are None or empty only where a
    tolerant reader found none. Times bear an offset.
    """

    publisher: Verwijzing | None
    officiele_titel: str | None
    informatiecategorieen: tuple[Verwijzing, ...]
    handelingen: tuple[Handeling, ...]
    identifiers: tuple[str, ...] = ()
    verantwoordelijke: Verwijzing | None = None
    medeverantwoordelijken: tuple[Verwijzing, ...] = ()
    opsteller: Verwijzing | None = None
    naam_opsteller: str | None = None
    verkorte_titels: tuple[str, ...] = ()
    alternatieve_titels: tuple[str, ...] = ()
    omschrijvingen: tuple[str, ...] = ()
    documentsoorten: tuple[Verwijzing, ...] = ()
    themas: tuple[Verwijzing, ...] = ()
    trefwoorden: tuple[str, ...] = ()
    creatiedatum: date | None = None
    geldig_van: datetime | None = None
    geldig_tot: datetime | None = None
    language: Verwijzing | None = None
    format: Verwijzing | None = None
    aggregatiekenmerk: str | None = None
    is_part_of: Verwijzing | None = None
    has_parts: tuple[Verwijzing, ...] = ()
    documentrelaties: tuple[Documentrelatie, ...] = ()
    reden_verwijdering_vervanging: Verwijzing | None = None


@dataclass(frozen=True, slots=True)
class Vermelding:
    """One `url` of a sitemap: the address of the file itself, when it last changed, its metadata (None: it has none).

    `regel` is the line it was read from, `reparaties` the codes of what a tolerant reader repaired in it; they do not
    count when two entries are compared.
    """

    loc: str
    lastmod: datetime | None
    diwoo: DiWoo | None
    extra: tuple[ExtraMetadata, ...] = ()
    regel: int | None = field(default=None, compare=False)
    reparaties: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Sitemapvermelding:
    """One `sitemap` of an index: its address and when it last changed."""

    loc: str
    lastmod: datetime | None = None
    regel: int | None = field(default=None, compare=False)
    reparaties: tuple[str, ...] = field(default=(), compare=False)
