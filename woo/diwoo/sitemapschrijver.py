"""Writes DiWoo sitemaps and their indices, entry by entry, so that a file of any length takes no memory."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import lru_cache
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from woo.diwoo.sitemap import (
    DIWOO_NS,
    SITEMAP_NS,
    XSI_NS,
    DiWoo,
    ExtraMetadata,
    Handeling,
    Sitemapvermelding,
    Vermelding,
    Verwijzing,
)
from woo.diwoo.sitemapdatum import schrijf

_XSD = "https://standaarden.overheid.nl/diwoo/metadata/0.9.8/xsd"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NO_XML = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_KEPT = 2_048

_KOP = (
    f"{_DECLARATION}<urlset xmlns={quoteattr(SITEMAP_NS)} xmlns:diwoo={quoteattr(DIWOO_NS)}"
    f' xmlns:xsi="{XSI_NS}" xsi:schemaLocation="{SITEMAP_NS} {_XSD}/extern/sitemap/sitemap.xsd'
    f' {DIWOO_NS} {_XSD}/diwoo/diwoo-metadata.xsd">\n'
)
_VOET = "</urlset>\n"

_INDEX_KOP = f"{_DECLARATION}<sitemapindex xmlns={quoteattr(SITEMAP_NS)}>\n"
_INDEX_VOET = "</sitemapindex>\n"


def schrijf_sitemap(urls: Iterable[str]) -> Iterator[bytes]:
    """The bytes of a sitemap with these `url` elements (see `url`), piece by piece; the caller keeps to its limits.

    Raises ValueError when there is none.
    """
    yield from _framed(_KOP, urls, _VOET)


def schrijf_index(vermeldingen: Iterable[Sitemapvermelding]) -> Iterator[bytes]:
    """The bytes of a sitemap index, piece by piece; raises ValueError when it would be empty."""
    yield from _framed(_INDEX_KOP, (_sitemap(entry) for entry in vermeldingen), _INDEX_VOET)


def url(entry: Vermelding) -> str:
    """The `url` element of one entry, ending in a line end; raises ValueError without metadata."""
    if entry.diwoo is None:
        raise ValueError(f"{entry.loc} has no metadata, and a sitemap of DiWoo names no document without")
    return (
        f"<url>{_text('loc', entry.loc)}{_lastmod(entry.lastmod)}<diwoo:Document>{_diwoo(entry.diwoo)}"
        f"{''.join(_extra(one) for one in entry.extra)}</diwoo:Document></url>\n"
    )


def _framed(kop: str, parts: Iterable[str], voet: str) -> Iterator[bytes]:
    empty = True
    for part in parts:
        yield (kop + part if empty else part).encode()
        empty = False
    if empty:
        raise ValueError("a sitemap or index without entries is not valid; it is left out instead")
    yield voet.encode()


def _sitemap(entry: Sitemapvermelding) -> str:
    return f"<sitemap>{_text('loc', entry.loc)}{_lastmod(entry.lastmod)}</sitemap>\n"


def _lastmod(moment: datetime | None) -> str:
    return "" if moment is None else _text("lastmod", schrijf(moment))


def _diwoo(of: DiWoo) -> str:
    if of.publisher is None or of.officiele_titel is None:
        raise ValueError("DiWoo 0.9.8 demands a publisher and an officieleTitel")
    return "".join(
        (
            "<diwoo:DiWoo>",
            _all("identifiers", "identifier", of.identifiers, _own),
            _ref("publisher", of.publisher),
            _ref("verantwoordelijke", of.verantwoordelijke),
            _all("medeverantwoordelijken", "medeverantwoordelijke", of.medeverantwoordelijken, _ref),
            _ref("opsteller", of.opsteller),
            _own("naamOpsteller", of.naam_opsteller),
            _titels(of, of.officiele_titel),
            _all("omschrijvingen", "omschrijving", of.omschrijvingen, _own),
            _classificatie(of),
            _own("creatiedatum", None if of.creatiedatum is None else of.creatiedatum.isoformat()),
            _geldigheid(of),
            _ref("language", of.language),
            _ref("format", of.format),
            _own("aggregatiekenmerk", of.aggregatiekenmerk),
            _ref("isPartOf", of.is_part_of),
            _all("hasParts", "hasPart", of.has_parts, _ref),
            _group("documenthandelingen", *(_handeling(one) for one in of.handelingen)),
            _relaties(of),
            _ref("redenVerwijderingVervanging", of.reden_verwijdering_vervanging),
            "</diwoo:DiWoo>",
        )
    )


def _titels(of: DiWoo, titel: str) -> str:
    return _group(
        "titelcollectie",
        _own("officieleTitel", titel),
        _all("verkorteTitels", "verkorteTitel", of.verkorte_titels, _own),
        _all("alternatieveTitels", "alternatieveTitel", of.alternatieve_titels, _own),
    )


def _classificatie(of: DiWoo) -> str:
    return _group(
        "classificatiecollectie",
        _all("documentsoorten", "documentsoort", of.documentsoorten, _ref),
        _all("informatiecategorieen", "informatiecategorie", of.informatiecategorieen, _ref),
        _all("themas", "thema", of.themas, _ref),
        _all("trefwoorden", "trefwoord", of.trefwoorden, _own),
    )


def _geldigheid(of: DiWoo) -> str:
    return _group(
        "geldigheid",
        _own("begindatum", None if of.geldig_van is None else schrijf(of.geldig_van)),
        _own("einddatum", None if of.geldig_tot is None else schrijf(of.geldig_tot)),
    )


def _handeling(one: Handeling) -> str:
    return _group(
        "documenthandeling",
        _ref("soortHandeling", one.soort),
        _own("atTime", schrijf(one.op)),
        _ref("wasAssociatedWith", one.door),
    )


def _relaties(of: DiWoo) -> str:
    return _group(
        "documentrelaties",
        *(
            _group("documentrelatie", _ref("role", one.rol), _ref("relation", one.document))
            for one in of.documentrelaties
        ),
    )


def _extra(one: ExtraMetadata) -> str:
    velden = (
        _group("extraMetadataveld", _own("key", key), _all("values", "value", values, _own))
        for key, values in one.velden
    )
    return _group(
        "extraMetadata",
        _own("namespace", one.namespace),
        _own("prefix", one.prefix),
        _group("extraMetadatavelden", *velden),
    )


def _group(name: str, *inside: str) -> str:
    """An element around what is inside; nothing when nothing is."""
    joined = "".join(inside)
    return f"<diwoo:{name}>{joined}</diwoo:{name}>" if joined else ""


def _all(name: str, each: str, values: Iterable[Any], write: Callable[[str, Any], str]) -> str:
    return _group(name, *(write(each, value) for value in values))


def _own(name: str, text: str | None) -> str:
    return "" if text is None else _text(f"diwoo:{name}", text)


@lru_cache(_KEPT)
def _ref(name: str, value: Verwijzing | None) -> str:
    """A reference; most are to the same few values of lists."""
    if value is None:
        return ""
    resource = "" if value.resource is None else f" resource={quoteattr(_clean(value.resource))}"
    return f"<diwoo:{name}{resource}>{escape(_clean(value.label))}</diwoo:{name}>"


def _text(name: str, text: str) -> str:
    return f"<{name}>{escape(_clean(text))}</{name}>"


def _clean(text: str) -> str:
    """Without the control characters that no XML may hold (XML 1.0, production 2); a carriage return would not be read back."""
    if _NO_XML.search(text) is None:
        return text
    return _NO_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
