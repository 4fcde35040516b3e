"""Learns the words of some pages before the first visitor comes: a word costs most when it is met for the first time."""

import threading
from collections.abc import Iterator

from search_api.parts import Parts
from woo.domain.errors import Unavailable
from woo.index.query import SearchQuery, Word

_DOCUMENTS, _PAGES = 50, 10
_MOST_SECONDS = 20.0
"""An index of a million pages of which nothing is in memory yet takes several seconds for its first answers."""
_FREQUENT = ("de", "van", "het", "een", "in", "op")


def learn_words(parts: Parts, stop: threading.Event | None = None) -> int:
    """Analyse pages of some documents, so that their words are known; returns how many pages.

    Nothing is kept but words, and how they are found. An index that is not there yet teaches nothing. Ends soon after
    `stop` is set: from then on the time is the visitors'.
    """
    stop = stop or threading.Event()
    learned = 0
    try:
        for text in _texts(parts):
            if stop.is_set():
                break
            parts.analysis.pieces(text)
            learned += 1
    except Unavailable:
        pass
    return learned


def _texts(parts: Parts) -> Iterator[str]:
    """Texts of pages with frequent words, asked as a visitor asks, so that the engine is warm as well; none twice."""
    seen: set[tuple[str, int]] = set()
    for word in _FREQUENT:
        query = SearchQuery(zoek=Word(word), aantal=_DOCUMENTS, paginas=_PAGES)
        for hit in parts.index.search(query, excluded=parts.gate.excluded()).hits:
            for page in hit.paginas:
                if (hit.id, page.nummer) not in seen:
                    seen.add((hit.id, page.nummer))
                    yield page.tekst


def learn_first(parts: Parts) -> None:
    """Learn before serving, but keep nobody waiting for it longer than a start may take."""
    stop = threading.Event()
    thread = threading.Thread(target=learn_words, args=(parts, stop), daemon=True, name="learn")
    thread.start()
    thread.join(_MOST_SECONDS)
    stop.set()
