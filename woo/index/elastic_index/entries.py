"""Writes a flat entry as lines of a bulk request: itself, and one for each page."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from woo.index.elastic_index.connection import dumps
from woo.index.elastic_index.schema import PAGE
from woo.index.fields import Flat, FlatPage
from woo.index.query import Soort


@dataclass(frozen=True, slots=True)
class Key:
    """Which entry: its kind and id; `text` is what the entry and its pages share in the engine."""

    soort: Soort
    id: str

    @property
    def text(self) -> str:
        return f"{self.soort.value}:{self.id}"


@dataclass(frozen=True, slots=True)
class Op:
    """One item of a bulk request, as the bytes that are sent."""

    key: Key
    lines: bytes
    deletes: bool = False

    @property
    def size(self) -> int:
        return len(self.lines)


@dataclass(frozen=True, slots=True)
class Encoded:
    """An entry and its pages as JSON, ready to be sent; `pages` by number."""

    body: bytes
    pages: tuple[tuple[int, bytes], ...]

    @property
    def size(self) -> int:
        return len(self.body) + sum(len(body) for _, body in self.pages)

    @property
    def highest(self) -> int:
        return max((number for number, _ in self.pages), default=0)


def encode(flat: Flat) -> Encoded:
    """Return the entry as JSON, without the number of pages that was there before it."""
    key = Key(flat.soort, flat.id)
    fields: dict[str, Any] = {
        "entry": flat.soort.value,
        "sleutel": key.text,
        "id": flat.id,
        **{name: tokens for name, tokens in flat.streams.items() if tokens},
        **{name: list(values) for name, values in flat.waarden.items() if values},
        **flat.volgorde,
        "publicatiedag": flat.publicatiedag,
        "onleesbaar": flat.onleesbaar,
        "bewaard": pack([flat.id, flat.publicatie_id, dict(flat.kaart)]),
    }
    if flat.geheel:
        fields["geheel"] = list(flat.geheel)
    if flat.creatiedag is not None:
        fields["creatiedag"] = flat.creatiedag
    return Encoded(dumps(fields), tuple((page.nummer, _page(page, key)) for page in flat.pages))


def _page(page: FlatPage, key: Key) -> bytes:
    return dumps(
        {
            "entry": PAGE,
            "sleutel": key.text,
            **{name: tokens for name, tokens in page.streams.items() if tokens},
            "nummer": page.nummer,
            "bewaard": pack([page.nummer, page.tekst, page.vervolg, page.label]),
        }
    )


def upsert_ops(key: Key, entry: Encoded, before: int) -> Iterator[Op]:
    """Yield what puts an entry in the place of one that had pages up to `before`.

    The entry goes first and names the highest page that may be there, so that whatever is interrupted can be cleared.
    """
    highest = max(entry.highest, before)
    body = b'{"hoogste":%d,' % highest + entry.body[1:]
    yield Op(key, _action("index", key.text, key) + body + b"\n")
    for number, page in entry.pages:
        yield Op(key, _action("index", page_id(key, number), key) + page + b"\n")
    yield from _page_deletes(key, set(range(1, before + 1)) - {number for number, _ in entry.pages})


def delete_ops(key: Key, before: int) -> Iterator[Op]:
    """Yield what takes an entry and its pages out; the entry last, since it alone knows of the pages."""
    yield from _page_deletes(key, range(1, before + 1))
    yield Op(key, _action("delete", key.text, key), deletes=True)


def _page_deletes(key: Key, numbers: Iterable[int]) -> Iterator[Op]:
    for number in sorted(numbers):
        yield Op(key, _action("delete", page_id(key, number), key), deletes=True)


def page_id(key: Key, number: int) -> str:
    """Return the id of a page entry in the engine."""
    return f"{PAGE}:{number}:{key.text}"


def _action(what: str, id: str, key: Key) -> bytes:
    """The line before the body; pages live on the shard of their document, in the order in which they were sent."""
    return dumps({what: {"_id": id, "routing": key.text}}) + b"\n"


def pack(values: list[Any]) -> str:
    """Return JSON values as the text that is kept with an entry."""
    return json.dumps(values, separators=(",", ":"))


def unpack(source: dict[str, Any]) -> list[Any]:
    """Return the values that were kept with an entry."""
    found: list[Any] = json.loads(source["bewaard"])
    return found
