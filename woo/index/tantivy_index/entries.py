"""Writes a flat entry as the documents of tantivy: itself, and one for each page."""

import json
from collections.abc import Iterator
from hashlib import blake2b
from typing import Any

from tantivy import Document

from woo.index.fields import Flat, FlatPage
from woo.index.query import Soort

PAGE = "pagina"
"""The kind of the entries that hold one page of a document."""


def key_of(soort: Soort, id: str) -> str:
    """Return the key that an entry and its pages share."""
    return f"{soort.value}:{id}"


def group_of(key: str) -> int:
    """Return a number that stands for a key, for an entry and its pages (a fast field holds numbers)."""
    return int.from_bytes(blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest()) >> 1


def documents(flat: Flat) -> Iterator[Document]:
    """Yield the tantivy documents of an entry, the entry itself first."""
    key = key_of(flat.soort, flat.id)
    group = group_of(key)
    yield _entry(flat, key, group)
    for page in flat.pages:
        yield _page(page, key, group)


def _entry(flat: Flat, key: str, group: int) -> Document:
    document = Document()
    document.add_text("sleutel", key)
    document.add_text("entry", flat.soort.value)
    document.add_text("id", flat.id)
    for name, tokens in flat.streams.items():
        if tokens:
            document.add_text(name, tokens)
    for name, values in flat.waarden.items():
        for value in values:
            document.add_text(name, value)
    for name, order in flat.volgorde.items():
        document.add_text(name, order)
    for whole in flat.geheel:
        document.add_text("geheel", whole)
    document.add_integer("publicatiedag", flat.publicatiedag)
    if flat.creatiedag is not None:
        document.add_integer("creatiedag", flat.creatiedag)
    document.add_integer("groep", group)
    document.add_boolean("onleesbaar", flat.onleesbaar)
    document.add_bytes("bewaard", pack([flat.id, flat.publicatie_id, dict(flat.kaart)]))
    return document


def _page(page: FlatPage, key: str, group: int) -> Document:
    document = Document()
    document.add_text("sleutel", key)
    document.add_text("entry", PAGE)
    for name, tokens in page.streams.items():
        if tokens:
            document.add_text(name, tokens)
    document.add_integer("nummer", page.nummer)
    document.add_integer("groep", group)
    document.add_bytes("bewaard", pack([page.nummer, page.tekst, page.vervolg, page.label]))
    return document


def pack(values: list[Any]) -> bytes:
    """Return JSON values as the bytes that are stored with an entry."""
    return json.dumps(values, separators=(",", ":")).encode()


def unpack(document: Document) -> list[Any]:
    """Return the values that were stored with an entry."""
    found: list[Any] = json.loads(bytes(document["bewaard"][0]))
    return found
