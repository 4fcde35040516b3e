"""Entries to fill an index with, and short ways to ask it, for the tests of every index."""

from datetime import UTC, datetime

from woo.index.parse import parse
from woo.index.port import DocumentEntry, Excluded, PageEntry, PublicatieEntry
from woo.index.query import SearchQuery


def document(id, titel="Nota", *pages, **more):
    """A document entry with these page texts; what a test does not name is the same everywhere."""
    defaults = {
        "publicatie_id": "p1",
        "volgnummer": 1,
        "publisher": "gm0344",
        "publisher_naam": "gemeente Utrecht",
        "informatiecategorieen": ("c_3baef532",),
        "publicatiedatum": datetime(2023, 5, 1, 8, tzinfo=UTC),
        "kaart": {"officieleTitel": titel},
    }
    texts = tuple(PageEntry(nummer, tekst) for nummer, tekst in enumerate(pages, start=1))
    return DocumentEntry(id=id, officiele_titel=titel, pages=texts, **(defaults | more))


def publicatie(id, titel="Besluit", **more):
    defaults = {
        "publisher": "gm0344",
        "publisher_naam": "gemeente Utrecht",
        "informatiecategorieen": ("c_3baef532",),
        "publicatiedatum": datetime(2023, 5, 1, 8, tzinfo=UTC),
        "kaart": {"officieleTitel": titel},
    }
    return PublicatieEntry(id=id, officiele_titel=titel, **(defaults | more))


def fill(index, *entries):
    index.upsert(entries)
    index.commit()
    return index


def ask(index, zoek="", *, excluded=Excluded(), **more):
    return index.search(SearchQuery(zoek=parse(zoek).node, **more), excluded=excluded)


def found(index, zoek="", **more):
    return {hit.id for hit in ask(index, zoek, **{"aantal": 1000} | more).hits}


def walk(index, zoek="", *, change=None, **more):
    """All ids in order, page by page; `change` is done once, after the first page."""
    ids, na = [], None
    while True:
        answer = ask(index, zoek, na=na, **more)
        ids += [hit.id for hit in answer.hits]
        na = answer.volgende
        if na is None:
            return ids
        if change:
            change()
            change = None
