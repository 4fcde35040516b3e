"""Feeds of what was published: Atom (RFC 4287), RSS 2.0 and JSON Feed 1.1 from the same entries, in pages (RFC 5005)."""

import html
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

from lxml import etree
from lxml.builder import ElementMaker

_ATOM = "http://www.w3.org/2005/Atom"
_DC = "http://purl.org/dc/elements/1.1/"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WOO_BEGAN = datetime(2022, 5, 1, tzinfo=UTC)
"""The moment that a feed without entries gives as its last change: it has to give one, and the same one each time."""

_atom = ElementMaker(namespace=_ATOM, nsmap={None: _ATOM})
_rss = ElementMaker(nsmap={"atom": _ATOM, "dc": _DC})
_in_rss = ElementMaker(namespace=_ATOM)
_dc = ElementMaker(namespace=_DC)


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that goes with an entry: address, media type, bytes."""

    url: str
    mime: str
    grootte: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was published: `id` a URI that never changes, moments in UTC, texts plain."""

    id: str
    titel: str
    url: str
    gepubliceerd: datetime
    gewijzigd: datetime
    samenvatting: str
    auteur: str
    soorten: Sequence[str] = ()
    bestand: Enclosure | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """One page of a feed; `url` is its own address, `eerste` that of the first page, `volgende` of the next, `site` for people."""

    titel: str
    omschrijving: str
    url: str
    site: str
    eerste: str
    volgende: str | None
    uitgever: str
    entries: Sequence[Entry]

    @property
    def gewijzigd(self) -> datetime:
        """The last change of any entry."""
        return max((entry.gewijzigd for entry in self.entries), default=_WOO_BEGAN)


def atom(feed: Feed) -> bytes:
    """The feed as Atom (RFC 4287), with the links of a paged feed (RFC 5005)."""
    root = _atom.feed(
        _atom.id(feed.eerste),
        _atom.title(_xml(feed.titel)),
        _atom.subtitle(_xml(feed.omschrijving)),
        _atom.updated(_rfc3339(feed.gewijzigd)),
        _atom.author(_atom.name(_xml(feed.uitgever))),
        _atom.link(rel="alternate", type="text/html", href=feed.site),
        *(_atom.link(rel=rel, type=ATOM.media_type, href=href) for rel, href in _links(feed)),
        *(_atom_entry(entry) for entry in feed.entries),
    )
    return _serialized(root)


def rss(feed: Feed) -> bytes:
    """The feed as RSS 2.0, with its own address and the next page as Atom links."""
    channel = _rss.channel(
        _rss.title(_xml(feed.titel)),
        _rss.link(feed.site),
        _rss.description(_xml(feed.omschrijving)),
        _rss.language("nl"),
        _rss.lastBuildDate(format_datetime(feed.gewijzigd.astimezone(UTC), usegmt=True)),
        *(_in_rss.link(rel=rel, type=RSS.media_type, href=href) for rel, href in _links(feed)),
        *(_rss_item(entry) for entry in feed.entries),
    )
    return _serialized(_rss.rss(channel, version="2.0"))


def json_feed(feed: Feed) -> bytes:
    """The feed as JSON Feed 1.1 (jsonfeed.org)."""
    body: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.titel,
        "description": feed.omschrijving,
        "home_page_url": feed.site,
        "feed_url": feed.url,
        **({"next_url": feed.volgende} if feed.volgende else {}),
        "language": "nl",
        "authors": [{"name": feed.uitgever}],
        "items": [_json_item(entry) for entry in feed.entries],
    }
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of feed: what its address ends in, its media type, and what writes it."""

    naam: str
    media_type: str
    write: Callable[[Feed], bytes]


ATOM = Kind("atom", "application/atom+xml", atom)
RSS = Kind("rss", "application/rss+xml", rss)
JSON = Kind("json", "application/feed+json", json_feed)
KINDS: Mapping[str, Kind] = {kind.naam: kind for kind in (ATOM, RSS, JSON)}


def _links(feed: Feed) -> list[tuple[str, str]]:
    links = [("self", feed.url), ("first", feed.eerste)]
    return [*links, ("next", feed.volgende)] if feed.volgende else links


def _atom_entry(entry: Entry) -> etree._Element:
    file = entry.bestand
    return _atom.entry(
        _atom.id(entry.id),
        _atom.title(_xml(entry.titel)),
        _atom.link(rel="alternate", type="text/html", href=entry.url),
        *(
            [_atom.link(rel="enclosure", type=file.mime, length=str(file.grootte), href=file.url)]
            if file
            else []
        ),
        _atom.published(_rfc3339(entry.gepubliceerd)),
        _atom.updated(_rfc3339(entry.gewijzigd)),
        _atom.author(_atom.name(_xml(entry.auteur))),
        *(_atom.category(term=_xml(soort)) for soort in entry.soorten),
        _atom.summary(_xml(entry.samenvatting)),
    )


def _rss_item(entry: Entry) -> etree._Element:
    file = entry.bestand
    return _rss.item(
        _rss.title(_xml(entry.titel)),
        _rss.link(entry.url),
        _rss.guid(entry.id, isPermaLink="false"),
        _rss.pubDate(format_datetime(entry.gepubliceerd.astimezone(UTC), usegmt=True)),
        _dc.creator(_xml(entry.auteur)),
        *(_rss.category(_xml(soort)) for soort in entry.soorten),
        *([_rss.enclosure(url=file.url, type=file.mime, length=str(file.grootte))] if file else []),
        _rss.description(html.escape(_xml(entry.samenvatting), quote=False)),  # RSS holds HTML there
    )


def _json_item(entry: Entry) -> dict[str, Any]:
    file = entry.bestand
    return {
        "id": entry.id,
        "url": entry.url,
        "title": entry.titel,
        "content_text": entry.samenvatting,
        "date_published": _rfc3339(entry.gepubliceerd),
        "date_modified": _rfc3339(entry.gewijzigd),
        "authors": [{"name": entry.auteur}],
        "tags": list(entry.soorten),
        **(
            {"attachments": [{"url": file.url, "mime_type": file.mime, "size_in_bytes": file.grootte}]}
            if file
            else {}
        ),
    }


def _xml(text: str) -> str:
    """The text without what XML cannot hold (control characters, half characters)."""
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)


def _serialized(root: etree._Element) -> bytes:
    content: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    return content


def _rfc3339(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
