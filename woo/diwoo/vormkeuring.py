"""Compares elements with the table of the XSDs, and names what differs."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from woo.diwoo.sitemap import XSI_NS
from woo.diwoo.sitemapdatum import datum, datumtijd
from woo.diwoo.sitemapvorm import Inhoud, Vorm
from woo.diwoo.waardelijsten import Waardelijsten
from woo.diwoo.xmlstroom import local, namespace

Meld = Callable[[str, str, Any], None]
"""Told of each fault: its code, what it is, and the element."""

_CHANGEFREQ = frozenset({"always", "hourly", "daily", "weekly", "monthly", "yearly", "never"})
_DECIMAL = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)")
_URI = re.compile(r"(?:[^%\s<>\"{}|\\^`]|%[0-9A-Fa-f]{2})*")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*")
_LOC_LENGTE = (12, 2048)
_XSI = ("schemaLocation", "noNamespaceSchemaLocation")


class Vormkeuring:
    """Compares elements with a Vorm; what is wrong goes to `meld`."""

    def __init__(self, lijsten: Waardelijsten, meld: Meld) -> None:
        self._lijsten = lijsten
        self._officieel: dict[str, Mapping[str, str]] = {}
        self._meld = meld

    def keur(self, element: Any, vorm: Vorm, *, vooraf: Sequence[Any] | None = None) -> None:
        """Compare an element and all below it; `vooraf` are those of its children that the Vorm is about (None: all)."""
        attributes = element.items()
        if attributes or vorm.lijst is not None:
            self._attributes(element, attributes, vorm)
        if vorm.inhoud is Inhoud.ELEMENTEN:
            self._children(element, vorm, list(element) if vooraf is None else vooraf)
        elif vorm.inhoud is not Inhoud.TEKST or len(element):
            self._value(element, vorm)

    def _attributes(self, element: Any, attributes: Sequence[tuple[str, str]], vorm: Vorm) -> None:
        resource = None
        for name, value in attributes:
            if name == "resource" and vorm.lijst is not None:
                resource = value
                if vorm.lijst != "vrij":
                    self._of_a_list(element, value, vorm.lijst)
            elif namespace(name) != XSI_NS or local(name) not in _XSI:
                self._meld("attribuut", f"{local(element.tag)} heeft het attribuut {local(name)}", element)
        if vorm.lijst is not None and not resource:
            self._meld("geen_resource", f"{local(element.tag)} heeft geen resource", element)

    def _of_a_list(self, element: Any, uri: str, lijst: str) -> None:
        """Official values only: the XSD knows no others."""
        if lijst not in self._officieel:
            self._officieel[lijst] = self._lijsten.lijst(lijst).officieel
        naam = self._officieel[lijst].get(uri)
        if naam is None:
            what = f"{local(element.tag)} heeft resource {_short(uri)}, en die staat niet op de lijst"
            self._meld("lijst", what, element)
        elif naam != (element.text or ""):
            what = f"{local(element.tag)} heet {_short(element.text)}, op de lijst is dat {naam!r}"
            self._meld("label", what, element)

    def _children(self, element: Any, vorm: Vorm, children: Sequence[Any]) -> None:
        if _loose_text(element):
            self._meld("tekst", f"er staat losse tekst in {local(element.tag)}", element)
        counts: dict[str, int] = {}
        last = 0
        for child in children:
            known = vorm.plaatsen.get(child.tag)
            if known is None:
                self._meld("onbekend", f"{local(child.tag)} hoort niet in {local(element.tag)}", child)
                continue
            place, name, within = known
            counts[name] = counts.get(name, 0) + 1
            if place >= last:
                last = place
            elif vorm.geordend:
                self._meld("volgorde", f"{name} staat te laat in {local(element.tag)}", child)
            self.keur(child, within)
        if len(counts) < len(children) or not vorm.verplicht <= counts.keys():
            self._numbers(element, vorm, counts)

    def _numbers(self, element: Any, vorm: Vorm, counts: Mapping[str, int]) -> None:
        for name in vorm.kinderen:
            if name in vorm.verplicht and name not in counts:
                self._meld("ontbreekt", f"{name} ontbreekt in {local(element.tag)}", element)
        for name, found in counts.items():
            if found > vorm.kinderen[name][1]:
                self._meld("te_vaak", f"{name} staat {found} keer in {local(element.tag)}", element)

    def _value(self, element: Any, vorm: Vorm) -> None:
        if len(element):
            what = f"{local(element[0].tag)} hoort niet in {local(element.tag)}"
            self._meld("onbekend", what, element[0])
        text = element.text or ""
        for code, why in _wrong(text, vorm.inhoud):
            self._meld(code, f"{local(element.tag)} is {_short(text)}: {why}", element)


def _wrong(text: str, inhoud: Inhoud) -> Iterator[tuple[str, str]]:
    spaced = text != text.strip()  # the XSD lets them pass, but not every program that reads it does
    if inhoud is Inhoud.DATUM and (spaced or datum(text) is None):
        yield "datum", "dat is geen datum"
    elif inhoud is Inhoud.TIJD and (spaced or datumtijd(text) is None):
        yield "tijd", "dat is geen datum met tijd"
    elif inhoud is Inhoud.LASTMOD and datum(text) is None and datumtijd(text) is None:
        yield "tijd", "dat is geen datum en geen datum met tijd"
    elif inhoud is Inhoud.CHANGEFREQ and text not in _CHANGEFREQ:
        yield "waarde", f"het moet een van deze zijn: {', '.join(sorted(_CHANGEFREQ))}"
    elif inhoud is Inhoud.PRIORITY and not _priority(text.strip()):
        yield "waarde", "het moet een getal van 0 tot en met 1 zijn"
    elif inhoud is Inhoud.URI and not is_uri(text.strip()):
        yield "waarde", "dat is geen adres"
    elif inhoud is Inhoud.LOC:
        stripped = text.strip()
        if not _LOC_LENGTE[0] <= len(stripped) <= _LOC_LENGTE[1]:
            yield "waarde", "een adres heeft 12 tot en met 2048 tekens"
        elif not is_uri(stripped):
            yield "waarde", "dat is geen adres"


def is_uri(text: str) -> bool:
    """Whether a text can be an address (RFC 3986), letters of other scripts allowed."""
    if _URI.fullmatch(text) is None or text.count("#") > 1:
        return False
    scheme, colon, _ = re.split(r"[/?#]", text, maxsplit=1)[0].partition(":")
    if colon and _SCHEME.fullmatch(scheme) is None:
        return False
    try:
        return urlsplit(text).port is None or bool(urlsplit(text).hostname)
    except ValueError:
        return False


def _priority(text: str) -> bool:
    return _DECIMAL.fullmatch(text) is not None and 0 <= float(text) <= 1


def _loose_text(element: Any) -> bool:
    if (element.text or "").strip():
        return True
    return any(tail.strip() for child in element if (tail := child.tail))


def _short(text: str | None) -> str:
    shown = " ".join((text or "").split())
    return repr(shown if len(shown) <= 80 else f"{shown[:79]}…")
