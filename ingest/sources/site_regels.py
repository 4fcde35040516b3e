"""Carries out the rules of a site on a row of a list or on the page of an item; what is not right is counted by rule."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from parsel import Selector

from ingest.sources.patroon import TeLang, zoek_alle
from ingest.sources.site_pagina import Pagina, tekst_van
from woo.oogst.datumvormen import GEWONE_VORMEN, lees_dag

MEER = frozenset({"category", "documentsoort", "thema", "omschrijving"})
"""Fields that may have several values."""
_ADRES = ("href", "src")
_SOME = 5


@dataclass(frozen=True, slots=True)
class Adres:
    """An address that a rule found, and the element where it stands (None where XPath gave a text)."""

    url: str
    plek: Selector | None


@dataclass(slots=True)
class Gevonden:
    """What the rules found of one item: values by field, its files, and (for people) what the site has in their place."""

    velden: dict[str, list[str]] = field(default_factory=dict)
    bestanden: list[tuple[str, str | None]] = field(default_factory=list)
    uitleg: dict[str, list[str]] = field(default_factory=dict)

    def eerste(self, veld: str) -> str | None:
        return next(iter(self.velden.get(veld, ())), None)


class Regels:
    """The rules of one source; `meld` is told of what is not right: a kind, and the page."""

    def __init__(self, eigen: Mapping[str, Any], meld: Callable[[str, str], None]) -> None:
        self._eigen = eigen
        self._velden: Mapping[str, Any] = {k: v for k, v in eigen["fields"].items() if v is not None}
        self._meld = meld
        self._patronen: dict[str, re.Pattern[str]] = {}
        self._words = {
            naam: {_folded(word): uri for word, uri in regel["map"].items()}
            for naam, regel in self._velden.items()
            if regel.get("map")
        }
        self._first: dict[str, str] = {}
        self._applied: Counter[str] = Counter()
        self._hits: Counter[str] = Counter()

    def __contains__(self, naam: str) -> bool:
        """Whether there is a rule `next`, `empty`, `detail`, or one for this field."""
        return self._eigen.get(naam) is not None or naam in self._velden

    @property
    def namen(self) -> list[str]:
        """The fields that have a rule, in the order in which they are told."""
        return [naam for naam in self._velden if naam not in ("main", "file_title")]

    @property
    def nodig(self) -> list[str]:
        """The fields without which an item is a failure; a publisher that is not known is nobody else's document."""
        return [
            naam
            for naam, regel in self._velden.items()
            if naam in ("title", "files", "publisher") or regel.get("required")
        ]

    def rijen(self, pagina: Pagina) -> list[Selector]:
        """The items on a list page."""
        return [
            row for row in self._chosen("items", self._eigen["items"], pagina.boom, pagina) if _element(row)
        ]

    def is_leeg(self, pagina: Pagina) -> bool:
        """Whether a list page says that there is nothing on it."""
        regel = self._eigen.get("empty")
        return regel is not None and bool(self._chosen("empty", regel, pagina.boom, pagina))

    def adressen(self, naam: str, plek: Selector, pagina: Pagina) -> list[Adres]:
        """The addresses that the rule `next`, `detail` or that of a field finds, each once."""
        regel = self._eigen.get(naam) or self._velden[naam]
        found: dict[str, Adres] = {}
        for each in self._chosen(naam, regel, plek, pagina):
            for word in self._words_of(naam, regel, each, pagina, usual=_ADRES):
                url = pagina.adres(word)
                if url is not None:
                    found.setdefault(url, Adres(url, each if _element(each) else None))
        return list(found.values())

    def lees(self, waar: str, plek: Selector, pagina: Pagina, erbij: Gevonden) -> None:
        """Add what the rules for this place (`list`, `detail`) find; `plek` is the row, or the whole page."""
        for naam, regel in self._velden.items():
            if regel.get("on") != waar:
                continue
            self._first.setdefault(naam, pagina.url)
            self._applied[naam] += 1
            if naam == "files":
                erbij.bestanden += self._bestanden(plek, pagina)
                hit = bool(erbij.bestanden)
            else:
                erbij.velden[naam] = self._waarden(naam, regel, plek, pagina, erbij)
                hit = bool(erbij.velden[naam])
            self._hits[naam] += hit

    def nooit(self) -> Iterator[tuple[str, str]]:
        """The fields (with the first page) whose rule was carried out some times and never found anything."""
        for naam, url in self._first.items():
            if self._applied[naam] >= _SOME and not self._hits[naam] and naam not in self.nodig:
                yield naam, url

    def _bestanden(self, plek: Selector, pagina: Pagina) -> list[tuple[str, str | None]]:
        """Address and title of each file, the main one first."""
        found = self.adressen("files", plek, pagina)
        first = (
            {each.url for each in self.adressen("main", plek, pagina)} if "main" in self._velden else set()
        )
        found.sort(key=lambda each: each.url not in first)
        return [(each.url, self._titel(each, pagina)) for each in found]

    def _titel(self, adres: Adres, pagina: Pagina) -> str | None:
        """The title of a file: by its rule, else the words of its link."""
        if adres.plek is None:
            return None
        regel = self._velden.get("file_title")
        if regel is None:
            return " ".join(tekst_van(adres.plek.root).split()) or None
        words = (
            word
            for each in self._chosen("file_title", regel, adres.plek, pagina)
            for word in self._words_of("file_title", regel, each, pagina)
        )
        return next(words, None)

    def _waarden(
        self, naam: str, regel: Mapping[str, Any], plek: Selector, pagina: Pagina, erbij: Gevonden
    ) -> list[str]:
        if regel.get("value") is not None:
            return [regel["value"]]
        words = [
            word
            for each in self._chosen(naam, regel, plek, pagina)
            for word in self._words_of(naam, regel, each, pagina)
        ]
        if naam == "date" or regel.get("dates"):
            return self._dagen(naam, regel, words, pagina, erbij)
        if naam in self._words:
            words = self._mapped(naam, words, pagina, erbij)
        return words if naam in MEER else words[:1]

    def _dagen(
        self, naam: str, regel: Mapping[str, Any], words: list[str], pagina: Pagina, erbij: Gevonden
    ) -> list[str]:
        for word in words:
            day = lees_dag(word, regel.get("dates") or GEWONE_VORMEN)
            if day is not None:
                erbij.uitleg[naam] = [f"{day.isoformat()} ({word})"]
                return [day.isoformat()]
        if words:
            self._meld(f"not_a_date:{naam}", pagina.url)
            erbij.uitleg[naam] = [f"not a date: {word}" for word in words]
        return []

    def _mapped(self, naam: str, words: list[str], pagina: Pagina, erbij: Gevonden) -> list[str]:
        """What the words of the site mean; one that the map does not hold is left out and counted."""
        meant = [(word, self._words[naam].get(_folded(word))) for word in dict.fromkeys(words)]
        for _, uri in meant:
            if uri is None:
                self._meld(f"not_in_map:{naam}", pagina.url)
        erbij.uitleg[naam] = [f"{uri} ({word})" if uri else f"not in map: {word}" for word, uri in meant]
        return list(dict.fromkeys(uri for _, uri in meant if uri is not None))

    def _chosen(self, naam: str, regel: Mapping[str, Any], plek: Selector, pagina: Pagina) -> list[Selector]:
        """Everything that CSS or XPath finds, seen from a row or a page (a row itself may be found too)."""
        try:
            return list(plek.css(regel["css"]) if regel["css"] is not None else plek.xpath(regel["xpath"]))
        except ValueError:
            self._meld(f"rule_failed:{naam}", pagina.url)
            return []

    def _words_of(
        self,
        naam: str,
        regel: Mapping[str, Any],
        gevonden: Selector,
        pagina: Pagina,
        *,
        usual: tuple[str, ...] = (),
    ) -> list[str]:
        """The words of one thing that was found: of an attribute or its text, and of that what the pattern finds."""
        text = _text(gevonden, (regel["attribute"],) if regel.get("attribute") else usual)
        if regel.get("regex"):
            texts = self._searched(naam, regel, text, pagina)
        else:
            texts = [text]
        keep = naam == "omschrijving"
        return [each for each in (t.strip() if keep else " ".join(t.split()) for t in texts) if each]

    def _searched(self, naam: str, regel: Mapping[str, Any], text: str, pagina: Pagina) -> list[str]:
        patroon = self._patronen.setdefault(naam, re.compile(regel["regex"]))
        groep = regel["group"] if regel["group"] is not None else min(patroon.groups, 1)
        try:
            return zoek_alle(patroon, text, groep)
        except TeLang:
            self._meld(f"rule_too_slow:{naam}", pagina.url)
            return []


def _element(found: Selector) -> bool:
    return hasattr(found.root, "tag")


def _text(found: Selector, attributes: tuple[str, ...]) -> str:
    if not _element(found):
        return str(found.get())
    if attributes:
        return next((found.root.get(each) for each in attributes if found.root.get(each) is not None), "")
    return tekst_van(found.root)


def _folded(word: str) -> str:
    return " ".join(word.split()).casefold()
