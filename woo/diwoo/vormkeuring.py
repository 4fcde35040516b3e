"""Compares elements with the table of the XSDs, and names what differs."""

import re
from collections.abc import Callable, Iterator, Sequence
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
        self._uris = _Uris(lijsten)
        self._meld = meld

    def keur(self, element: Any, vorm: Vorm, *, vooraf: Sequence[Any] | None = None) -> None:
        """Compare an element and all below it; `vooraf` are those of its children that the Vorm is about (None: all)."""
        self._attributes(element, vorm)
        if vorm.inhoud is Inhoud.ELEMENTEN:
            self._children(element, vorm, list(element) if vooraf is None else vooraf)
        else:
            self._value(element, vorm)

    def _attributes(self, element: Any, vorm: Vorm) -> None:
        for name, value in element.attrib.items():
            if namespace(name) == XSI_NS and local(name) in _XSI:
                continue
            if name != "resource" or vorm.lijst is None:
                self._meld("attribuut", f"{local(element.tag)} heeft het attribuut {local(name)}", element)
            elif vorm.lijst != "vrij" and value not in self._uris.of(vorm.lijst):
                what = f"{local(element.tag)} heeft resource {_short(value)}, en die staat niet op de lijst"
                self._meld("lijst", what, element)
            elif vorm.lijst != "vrij" and (element.text or "") != self._uris.of(vorm.lijst)[value]:
                what = f"{local(element.tag)} heet {_short(element.text)}, op de lijst is dat {self._uris.of(vorm.lijst)[value]!r}"
                self._meld("label", what, element)
        if vorm.lijst is not None and element.get("resource") in (None, ""):
            self._meld("geen_resource", f"{local(element.tag)} heeft geen resource", element)

    def _children(self, element: Any, vorm: Vorm, children: Sequence[Any]) -> None:
        if _loose_text(element):
            self._meld("tekst", f"er staat losse tekst in {local(element.tag)}", element)
        counts = dict.fromkeys(vorm.kinderen, 0)
        place, places = 0, list(vorm.kinderen)
        for child in children:
            name = local(child.tag)
            if name not in counts or namespace(child.tag) != vorm.ns:
                self._meld("onbekend", f"{name} hoort niet in {local(element.tag)}", child)
                continue
            counts[name] += 1
            if vorm.geordend and places.index(name) < place:
                self._meld("volgorde", f"{name} staat te laat in {local(element.tag)}", child)
            place = max(place, places.index(name))
            self.keur(child, vorm.kinderen[name][2])
        for name, (least, most, _) in vorm.kinderen.items():
            if counts[name] < least:
                self._meld("ontbreekt", f"{name} ontbreekt in {local(element.tag)}", element)
            elif counts[name] > most:
                self._meld("te_vaak", f"{name} staat {counts[name]} keer in {local(element.tag)}", element)

    def _value(self, element: Any, vorm: Vorm) -> None:
        name = local(element.tag)
        if len(element):
            self._meld("onbekend", f"{local(element[0].tag)} hoort niet in {name}", element[0])
        text = element.text or ""
        for code, why in _wrong(text, vorm.inhoud):
            self._meld(code, f"{name} is {_short(text)}: {why}", element)


class _Uris:
    """URI → label of each list, official values only: the XSD knows no others."""

    def __init__(self, lijsten: Waardelijsten) -> None:
        self._lijsten = lijsten
        self._known: dict[str, dict[str, str]] = {}

    def of(self, naam: str) -> dict[str, str]:
        if naam not in self._known:
            self._known[naam] = {
                waarde.uri: waarde.naam
                for waarde in self._lijsten.lijst(naam)
                if waarde.extra.get("eigen") is not True
            }
        return self._known[naam]


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
    return bool((element.text or "").strip()) or any((child.tail or "").strip() for child in element)


def _short(text: str | None) -> str:
    shown = " ".join((text or "").split())
    return repr(shown if len(shown) <= 80 else f"{shown[:79]}…")
