"""Learns the words of some pages before the first visitor comes: a word costs most when it is met for the first time."""

import threading

from search_api.parts import Parts
from woo.domain.errors import Unavailable
from woo.index.query import SearchQuery, Word

_DOCUMENTS, _PAGES = 50, 10
_MOST_SECONDS = 3.0
_FREQUENT = "de"


def learn_words(parts: Parts) -> int:
    """Analyse pages of some documents, so that their words are known; returns how many pages.

    Nothing is kept but words, and how they are found. An index that is not there yet teaches nothing.
    """
    query = SearchQuery(zoek=Word(_FREQUENT), aantal=_DOCUMENTS, paginas=_PAGES)
    try:
        found = parts.index.search(query, excluded=parts.gate.excluded())
    except Unavailable:
        return 0
    texts = [page.tekst for hit in found.hits for page in hit.paginas]
    for text in texts:
        parts.analysis.pieces(text)
    return len(texts)


def learn_first(parts: Parts) -> None:
    """Learn before serving, but keep nobody waiting for it longer than a moment."""
    thread = threading.Thread(target=learn_words, args=(parts,), daemon=True, name="learn")
    thread.start()
    thread.join(_MOST_SECONDS)
