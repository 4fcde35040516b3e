"""Completes what somebody is typing, from what is public only: words, organisations, titles and references."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from search_api import addresses
from search_api.completing import Typed, read_typed
from search_api.parts import Parts
from woo.analysis.folding import fold
from woo.index.port import Hit, Kaart
from woo.index.query import Node, Phrase, SearchQuery, Soort

MOST = 10
"""Suggestions in one answer."""

_WORDS, _ORGANISATIONS, _REFERENCES, _TITLES = 4, 2, 2, 4
_LOOKED_AT = 20
"""Documents whose best pages are read for words, and documents whose reference is looked at."""

_CANDIDATES = 12
COMMON = 2
"""A word is suggested when at least so many public documents have it as it is spelled: no single one is spelled out."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One way to go on: `soort` says what it is, `zoek` is the query (None: it is a page), `url` where it leads."""

    soort: str
    tekst: str
    zoek: str | None
    url: str
    aantal: int | None = None


def suggestions(parts: Parts, text: str) -> tuple[Suggestion, ...]:
    """Return at most ten suggestions for a text that is being typed; none for less than two letters or digits.

    Every one is counted or found through the gate. Raises Unavailable as the index does.
    """
    typed = read_typed(text, parts.analysis)
    if typed is None:
        return ()
    found: dict[str, Suggestion] = {}
    for one in (
        *_words(parts, typed),
        *_organisations(parts, typed),
        *_references(parts, typed),
        *_titles(parts, typed),
    ):
        found.setdefault(one.url, one)
    return tuple(found.values())[:MOST]


def _hits(parts: Parts, node: Node | None, soort: Soort, *, aantal: int, paginas: int = 0) -> tuple[Hit, ...]:
    query = SearchQuery(zoek=node, soort=soort, aantal=aantal, paginas=paginas)
    return parts.gate.admitted(parts.index.search(query, excluded=parts.gate.excluded()).hits)


def _words(parts: Parts, typed: Typed) -> Iterator[Suggestion]:
    """Yield the last word written out, most frequent first on the best pages; each finds something as a whole question."""
    if typed.start is None:
        return
    hits = _hits(parts, typed.beginning(), Soort.DOCUMENT, aantal=_LOOKED_AT, paginas=2)
    words = _written_out(parts, hits, typed.start)[:_CANDIDATES]
    whole = [question for word in words if (question := typed.completed(word)) is not None]
    if len(whole) < len(words):
        return
    queries = [
        *(SearchQuery(zoek=Phrase(word)) for word in words),
        *(SearchQuery(zoek=node) for node in whole),
    ]
    totals = parts.index.totals(queries, excluded=parts.gate.excluded())
    alone, together = totals[: len(words)], totals[len(words) :]
    kept = [
        (word, total)
        for word, has, total in zip(words, alone, together, strict=True)
        if has >= COMMON and total
    ]
    for word, total in kept[:_WORDS]:
        zoek = typed.before + word
        yield Suggestion("woord", zoek, zoek, addresses.with_query("/", [("zoek", zoek)]), total)


def _written_out(parts: Parts, hits: tuple[Hit, ...], start: str) -> list[str]:
    """Return the words that start so, on the pages of these hits and in their titles; one spelling of each stem."""
    often: Counter[str] = Counter()
    spelled: dict[str, Counter[str]] = defaultdict(Counter)
    for text in _texts(hits):
        seen = set()
        for token in parts.analysis.tokens(text):
            if token.exact.startswith(start) and token.exact.isalpha() and token.exact != start:
                seen.add(token.stam)
                spelled[token.stam][text[token.start : token.end].lower()] += 1
        often.update(seen)
    ordered = sorted(often, key=lambda stam: (-often[stam], stam))
    return [spelled[stam].most_common(1)[0][0] for stam in ordered]


def _texts(hits: tuple[Hit, ...]) -> Iterator[str]:
    for hit in hits:
        yield str(hit.kaart.get("officieleTitel", ""))
        for page in hit.paginas:
            yield page.tekst


def _organisations(parts: Parts, typed: Typed) -> Iterator[Suggestion]:
    """Yield organisations of which something is public, those with most documents first."""
    starts = tuple(fold(word) for word in typed.words)
    codes = {
        waarde.code: waarde.naam
        for waarde in parts.lijsten.lijst("organisaties")
        if _starts_all(waarde.naam, starts)
    }
    if not codes:
        return
    query = SearchQuery(aantal=1, paginas=0, facetten=("publisher",))
    counts = parts.index.search(query, excluded=parts.gate.excluded()).facetten["publisher"]
    public = [count for count in counts if count.waarde in codes and count.aantal]
    for count in public[:_ORGANISATIONS]:
        url = addresses.with_query("/", [("publisher", count.waarde)])
        yield Suggestion("organisatie", codes[count.waarde], None, url, count.aantal)


def _starts_all(naam: str, starts: tuple[str, ...]) -> bool:
    words = _folded_words(naam)
    return all(any(word.startswith(start) for word in words) for start in starts)


@lru_cache(maxsize=4096)
def _folded_words(naam: str) -> tuple[str, ...]:
    return tuple(fold(word) for word in naam.replace("-", " ").split())


def _references(parts: Parts, typed: Typed) -> Iterator[Suggestion]:
    """Yield publicaties and documents whose kenmerk starts as what is typed."""
    if not typed.is_reference:
        return
    start = fold(typed.text)
    found = 0
    for soort in (Soort.PUBLICATIE, Soort.DOCUMENT):
        for hit in _hits(parts, typed.everywhere(), soort, aantal=_LOOKED_AT):
            kenmerk = hit.kaart.get("kenmerk") or ""
            if fold(kenmerk).startswith(start) and found < _REFERENCES:
                found += 1
                yield Suggestion(
                    "kenmerk", f"{kenmerk}: {hit.kaart['officieleTitel']}", None, _address(hit.kaart, soort)
                )


def _titles(parts: Parts, typed: Typed) -> Iterator[Suggestion]:
    """Yield publicaties and documents with what is typed in their title, the last word as the start of one."""
    node = typed.in_title()
    if node is None:
        return
    for soort in (Soort.PUBLICATIE, Soort.DOCUMENT):
        for hit in _hits(parts, node, soort, aantal=_TITLES):
            yield Suggestion(soort.value, hit.kaart["officieleTitel"], None, _address(hit.kaart, soort))


def _address(kaart: Kaart, soort: Soort) -> str:
    return addresses.document(kaart["id"]) if soort is Soort.DOCUMENT else addresses.publicatie(kaart["id"])
