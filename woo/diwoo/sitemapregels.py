"""Our own validator: whether the nation would harvest a sitemap or index, by the XSD of DiWoo 0.9.8 and by the rules of practice."""

import re
from collections.abc import Iterator
from typing import Any, BinaryIO
from urllib.parse import unquote, urlsplit

from woo.diwoo.gebreken import Gebrek, gebrek
from woo.diwoo.sitemap import DIWOO_NS, MAX_BYTES, MAX_SITEMAPS, MAX_URLS, MDTO_NS, SITEMAP_NS
from woo.diwoo.sitemapvorm import DIWOO, EXTRA, SITEMAP, URL, Vorm
from woo.diwoo.vormkeuring import Vormkeuring
from woo.diwoo.waardelijsten import Waardelijsten
from woo.diwoo.xmlstroom import SitemapOnleesbaar, Xmlstroom, local, namespace

INDEXNAAM = re.compile(r"sitemapindex-diwoo-infocat(?:00[1-9]|01[0-8])\.xml")
"""How the file of an index is called; the harvester does not read others."""

_NAAM = re.compile(r"[^/\s]+\.[A-Za-z0-9]{1,5}")
_SITEMAP = re.compile(r".+\.xml(?:\.gz)?", re.IGNORECASE)
_ROOT = Vorm()
_METADATA = (f"{{{DIWOO_NS}}}", f"{{{MDTO_NS}}}")
_LASTMOD, _LOC = f"{{{SITEMAP_NS}}}lastmod", f"{{{SITEMAP_NS}}}loc"
_DOCUMENT, _MDTO = f"{{{DIWOO_NS}}}Document", f"{{{MDTO_NS}}}MDTO"
_EXTRA = f"{{{DIWOO_NS}}}extraMetadata"
_KINDS = {f"{{{DIWOO_NS}}}DiWoo": "DiWoo", _MDTO: "MDTO"}
_TITEL = f"{{{DIWOO_NS}}}titelcollectie/{{{DIWOO_NS}}}officieleTitel"


def keur(
    bron: BinaryIO, lijsten: Waardelijsten, *, naam: str | None = None, limiet: int = MAX_BYTES
) -> Iterator[Gebrek]:
    """Every fault of a sitemap or sitemap index, read once and in constant memory but for the addresses it names.

    `naam` is the name of its file, for the rule on the names of indices (None: not asked). Nothing is raised for what is
    wrong with the file: what cannot be read is one fault too. It is accepted when no fault `keurt_af`.
    """
    keuring = _Keuring(lijsten, naam)
    stroom = Xmlstroom(bron, limiet)
    try:
        for element in stroom:
            keuring.element(stroom.wortel, element)
            yield from keuring.taken()
        keuring.end(stroom)
    except SitemapOnleesbaar as error:
        keuring.add(gebrek(error.code, f"het bestand is niet te lezen ({error.why})", regel=error.regel))
    yield from keuring.taken()


class _Keuring:
    def __init__(self, lijsten: Waardelijsten, naam: str | None) -> None:
        self._lijsten = lijsten
        self._naam = naam
        self._found: list[Gebrek] = []
        self._loc: str | None = None
        self._seen: set[str] = set()
        self._count = 0
        self._index = False
        self._started = False
        self._vorm = Vormkeuring(lijsten, self._meld)
        self._extensies = {e for formaat in lijsten.formaten for e in _texts(formaat.extra["extensies"])}

    def taken(self) -> list[Gebrek]:
        found, self._found = self._found, []
        return found

    def add(self, one: Gebrek) -> None:
        self._found.append(one)

    def _meld(self, code: str, wat: str, element: Any) -> None:
        self.add(gebrek(code, wat, regel=element.sourceline, url=self._loc))

    def element(self, root: Any, element: Any) -> None:
        """One child of the root."""
        if not self._started:
            self._root(root)
        expected = "sitemap" if self._index else "url"
        self._loc = None
        if local(element.tag) != expected or namespace(element.tag) != SITEMAP_NS:
            loose = namespace(element.tag) in (DIWOO_NS, MDTO_NS) and local(element.tag) in (
                "Document",
                "MDTO",
            )
            code = "los_document" if loose and not self._count else "onbekend"
            self._meld(code, f"{local(element.tag)} hoort niet in {local(root.tag)}", element)
            return
        self._count += 1
        self._loc = _loc(element)
        if self._index:
            self._vorm.keur(element, SITEMAP)
        else:
            self._url(element)
        self._address(element)

    def _root(self, root: Any) -> None:
        self._started = True
        self._index = local(root.tag) == "sitemapindex"
        if local(root.tag) not in ("urlset", "sitemapindex") or namespace(root.tag) != SITEMAP_NS:
            self._meld("wortel", f"het buitenste element is {local(root.tag)}", root)
            return
        self._vorm.keur(root, _ROOT, vooraf=())
        if self._index and self._naam is not None and INDEXNAAM.fullmatch(self._naam) is None:
            self._meld("indexnaam", f"de index heet {self._naam}", root)

    def end(self, stroom: Xmlstroom) -> None:
        """After the last child."""
        root = stroom.wortel
        self._loc = None
        if not self._started:
            self._root(root)
        if stroom.tekst:
            self._meld("tekst", f"er staat losse tekst in {local(root.tag)}", root)
        most = MAX_SITEMAPS if self._index else MAX_URLS
        if self._count > most:
            self._meld(
                "te_veel", f"er staan {self._count} adressen in, ten hoogste mogen dat er {most} zijn", root
            )
        if self._count == 0:
            self._meld("leeg", f"er staat niets in {local(root.tag)}", root)

    def _url(self, element: Any) -> None:
        own: list[Any] = []
        others: list[Any] = []
        for child in element:
            (others if str(child.tag).startswith(_METADATA) else own).append(child)
        self._vorm.keur(element, URL, vooraf=own)
        if others and own and element.index(others[0]) < element.index(own[-1]):
            self._meld("volgorde", "de metadata staan vóór loc, lastmod, changefreq of priority", others[0])
        documents = [child for child in others if child.tag == _DOCUMENT]
        for child in others:
            if child.tag == _DOCUMENT:
                self._document(child)
            elif child.tag == _MDTO:
                self._meld("mdto", "er staan metadata volgens MDTO in", child)
            else:
                self._meld("onbekend", f"{local(child.tag)} hoort niet in url", child)
        if not documents:
            self._meld("geen_document", "de url heeft geen DiWoo-metadata", element)
        elif len(documents) > 1:
            self._meld("meer_documenten", f"de url heeft {len(documents)} keer diwoo:Document", element)
        if all(child.tag != _LASTMOD for child in own):
            self._meld("geen_lastmod", "de url heeft geen lastmod", element)

    def _document(self, document: Any) -> None:
        self._vorm.keur(document, _ROOT, vooraf=())
        state = 0
        kinds: list[str] = []
        for child in document:
            kind = _KINDS.get(child.tag)
            if kind is not None:
                state = self._choice(child, kind, kinds, state)
            elif child.tag == _EXTRA:
                state = 1
                self._extra(child)
            else:
                self._meld("onbekend", f"{local(child.tag)} hoort niet in Document", child)
        if not kinds:
            self._meld("geen_document", "diwoo:Document is leeg: er is geen diwoo:DiWoo", document)

    def _choice(self, child: Any, kind: str, kinds: list[str], state: int) -> int:
        """One of the two kinds of metadata, before the extra metadata: DiWoo once, or MDTO any number of times."""
        if state:
            self._meld("volgorde", f"{kind} staat na extraMetadata", child)
        if kinds and (kind == "DiWoo" or kinds[-1] == "DiWoo"):
            self._meld("te_vaak", f"{kind} staat bij andere metadata in hetzelfde Document", child)
        kinds.append(kind)
        if kind == "MDTO":
            self._meld("mdto", "er staan metadata volgens MDTO in", child)
        else:
            self._diwoo(child)
        return state

    def _diwoo(self, diwoo: Any) -> None:
        self._vorm.keur(diwoo, DIWOO)
        titel = diwoo.find(_TITEL)
        if titel is None:
            return
        text = (titel.text or "").strip()
        if not text:
            self._meld("geen_titel", "officieleTitel is leeg", titel)
        elif _NAAM.fullmatch(text) and text.rpartition(".")[2].lower() in self._extensies:
            self._meld("bestandsnaam", "officieleTitel is een bestandsnaam", titel)

    def _extra(self, extra: Any) -> None:
        self._vorm.keur(extra, EXTRA)
        names = [local(child.tag) for child in extra]
        if ("namespace" in names) != ("prefix" in names):
            self._meld("ontbreekt", "extraMetadata heeft alleen namespace of alleen prefix", extra)

    def _address(self, element: Any) -> None:
        loc = self._loc
        if loc is None:
            return
        if loc in self._seen:
            self._meld("dubbel", "dit adres staat er al eerder in", element)
        self._seen.add(loc)
        try:
            parts = urlsplit(loc)
        except ValueError:
            return
        if parts.scheme.lower() != "https" or not parts.netloc:
            self._meld("geen_https", "het adres begint niet met https://", element)
        name = unquote(parts.path).rpartition("/")[2]
        if self._index:
            if _SITEMAP.fullmatch(name) is None:
                self._meld("geen_extensie", "het adres van de sitemap eindigt niet op .xml", element)
        elif "." not in name.strip(".") or not name.rpartition(".")[2].isalnum():
            self._meld("geen_extensie", "het adres eindigt niet op een bestandsnaam met extensie", element)
        elif name.rpartition(".")[2].lower() not in self._extensies:
            self._meld("extensie", f"het adres eindigt op .{name.rpartition('.')[2]}", element)


def _loc(element: Any) -> str | None:
    found = element.find(_LOC)
    return None if found is None else (found.text or "").strip() or None


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(one).lower() for one in value) if isinstance(value, tuple | list) else ()
