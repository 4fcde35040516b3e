"""Reads DiWoo sitemaps and sitemap indices of any publisher, entry by entry; tolerant where asked, and then it counts what it repaired."""

from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from typing import Any, BinaryIO

from woo.diwoo.diwoolezer import DIWOO_PARTS, Diwoolezer
from woo.diwoo.sitemap import (
    MAX_BYTES,
    MDTO_NS,
    SITEMAP_NS,
    Sitemapvermelding,
    Vermelding,
)
from woo.diwoo.sitemapdatum import anders_geschreven, lastmod
from woo.diwoo.xmlstroom import SitemapOnleesbaar, Xmlstroom, local, namespace

REPARATIES = {
    "xml": "de XML klopt niet en is zo goed mogelijk hersteld",
    "afgebroken": "het bestand houdt halverwege op",
    "wortel": "het buitenste element is geen urlset of sitemapindex",
    "index_als_urlset": "een sitemapindex heet urlset",
    "leeg": "er staat geen enkele vermelding in",
    "namespace": "een namespace ontbreekt of is een andere dan die van de standaard",
    "onbekend": "een element hoort daar niet",
    "geen_loc": "een vermelding heeft geen loc en is overgeslagen",
    "loc_in_diwoo": "de loc staat binnen de metadata",
    "geen_document": "een vermelding heeft geen DiWoo-metadata",
    "datum": "een datum is anders geschreven dan de standaard vraagt",
    "datum_onleesbaar": "een datum is niet te begrijpen en is weggelaten",
    "geen_titelcollectie": "de titel staat niet in een titelcollectie",
    "geen_titel": "er is geen officieleTitel",
    "geen_publisher": "er is geen publisher",
    "geen_categorie": "er is geen informatiecategorie",
    "geen_handeling": "er is geen documenthandeling met een tijd",
    "geen_resource": "een waarde heeft geen resource",
    "plaats": "een element staat op een andere plaats dan in de standaard",
}
"""What a tolerant reader repairs, by code, in words for people."""


class Soort(StrEnum):
    """What a file turned out to be."""

    SITEMAP = "sitemap"
    INDEX = "sitemapindex"


class Sitemaplezer:
    """One file, read once.

    `waarschuwingen` counts by code (see REPARATIES) what was repaired; a strict reader refuses at the first instead. `soort`
    is what the file is, known once the first entry was read. `compleet` is False afterwards when the file was cut off:
    what it does not name may still be there.
    """

    def __init__(self, *, tolerant: bool = False, limiet: int = MAX_BYTES) -> None:
        self._tolerant = tolerant
        self._limiet = limiet
        self._here: list[str] = []
        self.waarschuwingen: Counter[str] = Counter()
        self.soort: Soort | None = None
        self.compleet = True

    def lees(self, bron: BinaryIO) -> Iterator[Vermelding | Sitemapvermelding]:
        """Every entry of the file, in its order.

        Raises:
            SitemapOnleesbaar: it cannot be read at all (`xml`, `html`, `doctype`, `te_groot`), or, unless tolerant, something
                in it would have to be repaired; the code says what, `regel` where.
        """
        stroom = Xmlstroom(bron, self._limiet, herstel=self._tolerant)
        entries = 0
        for element in stroom:
            if entries == 0 and self.soort is None:
                self._look_at_root(stroom.wortel)
            self._here = []
            found = self._entry(element)
            if found is not None:
                entries += 1
                yield found
        if self.soort is None:
            self._look_at_root(stroom.wortel)
        self._at_the_end(stroom, entries)

    def _at_the_end(self, stroom: Xmlstroom, entries: int) -> None:
        if not stroom.compleet:
            self.compleet = False
            self._repair("afgebroken")
        elif stroom.hersteld:
            self._repair("xml")
        if stroom.tekst:
            self._repair("onbekend")
        if not entries:
            self._repair("leeg", stroom.wortel.sourceline)

    def _repair(self, code: str, regel: int | None = None) -> None:
        if not self._tolerant:
            raise SitemapOnleesbaar(code, REPARATIES[code], regel)
        self.waarschuwingen[code] += 1
        self._here.append(code)

    def _look_at_root(self, root: Any) -> None:
        name = local(root.tag)
        self.soort = Soort.INDEX if name == "sitemapindex" else Soort.SITEMAP
        if name not in ("urlset", "sitemapindex"):
            self._repair("wortel", root.sourceline)
        elif namespace(root.tag) != SITEMAP_NS:
            self._repair("namespace", root.sourceline)

    def _entry(self, element: Any) -> Vermelding | Sitemapvermelding | None:
        name = local(element.tag)
        if name == "sitemap":
            return self._sitemap(element)
        if name == "url" or _looks_like_entry(element):
            return self._url(element)
        self._repair("onbekend", element.sourceline)
        return None

    def _sitemap(self, element: Any) -> Sitemapvermelding | None:
        if self.soort is Soort.SITEMAP:
            self.soort = Soort.INDEX
            self._repair("index_als_urlset", element.sourceline)
        loc = self._loc(element)
        moment = self._lastmod(element)
        if loc is None:
            return None
        return Sitemapvermelding(loc, moment, element.sourceline, tuple(dict.fromkeys(self._here)))

    def _url(self, element: Any) -> Vermelding | Sitemapvermelding | None:
        if local(element.tag) != "url":
            self._repair("plaats", element.sourceline)
        loc, moment = self._loc(element), self._lastmod(element)
        if loc is None:
            return None
        lezer = Diwoolezer(self._repair)
        document = lezer.document(element)
        if document is None and self._names_sitemap(loc):
            self._repair("index_als_urlset", element.sourceline)
            self.soort = Soort.INDEX
            return Sitemapvermelding(loc, moment, element.sourceline, tuple(dict.fromkeys(self._here)))
        if document is None and not _has_mdto(element):
            self._repair("geen_document", element.sourceline)
        extra = lezer.extra_metadata(element)
        here = tuple(dict.fromkeys(self._here))
        return Vermelding(loc, moment, document, extra, element.sourceline, here)

    def _names_sitemap(self, loc: str) -> bool:
        """Whether a `url` without metadata is about a sitemap: some indices are written as an urlset."""
        path = loc.partition("?")[0].lower()
        return self._tolerant and path.endswith((".xml", ".xml.gz")) and "sitemap" in path.rpartition("/")[2]

    def _loc(self, element: Any) -> str | None:
        """The address of an entry, also where it stands within its metadata."""
        own = [child for child in element if local(child.tag) == "loc"]
        if not own:
            own = [child for child in element.iter() if local(child.tag) == "loc"][:1]
            if own:
                self._repair("loc_in_diwoo", own[0].sourceline)
        elif namespace(own[0].tag) != SITEMAP_NS:
            self._repair("namespace", own[0].sourceline)
        text = "".join((own[0].text or "").split()) if own else ""
        if not text:
            self._repair("geen_loc", element.sourceline)
            return None
        return text

    def _lastmod(self, element: Any) -> Any:
        for child in element.iter():
            if local(child.tag) != "lastmod":
                continue
            text = child.text or ""
            moment = lastmod(text)
            if moment is None:
                moment = anders_geschreven(text)
                self._repair("datum_onleesbaar" if moment is None else "datum", child.sourceline)
            return moment
        return None


def _looks_like_entry(element: Any) -> bool:
    """Whether an element that is no `url` holds a document all the same."""
    return any(local(child.tag) in ("loc", *DIWOO_PARTS) for child in element.iter())


def _has_mdto(element: Any) -> bool:
    return any(namespace(child.tag) == MDTO_NS for child in element.iter())
