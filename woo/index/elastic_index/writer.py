"""Writes an Elasticsearch index; only the holder of the writer's lease has one open."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from woo.analysis import DutchAnalysis
from woo.domain.errors import InvalidValue, Unavailable
from woo.index.elastic_index.bulk import Bulk
from woo.index.elastic_index.connection import Connection
from woo.index.elastic_index.entries import Encoded, Key, Op, delete_ops, encode, upsert_ops
from woo.index.elastic_index.names import IndexName
from woo.index.elastic_index.reader import ElasticReader
from woo.index.fields import flatten
from woo.index.port import DocumentEntry, PublicatieEntry, Rejected
from woo.index.query import Soort

MAX_ENTRY_BYTES = 95_000_000
"""What one entry or page may take in a request; the engine takes requests of 100 MB at most."""

_IDS = 500


class ElasticIndex(ElasticReader):
    """The one writer of an index, which reads too; not to be shared by threads while it writes.

    What is written stays here until it fills a request, and the engine shows none of it before the commit. A commit is not
    one step for the engine: after a crash in the middle, part of it may be seen, and the same work done again completes it.
    """

    def __init__(
        self, connection: Connection, name: IndexName, analysis: DutchAnalysis, *, bulk_bytes: int
    ) -> None:
        super().__init__(connection, str(name), analysis)
        self._alias = name.write_alias
        self._bulk = Bulk(connection, self._alias, limit=bulk_bytes)
        self._limit = bulk_bytes
        self._buffer: dict[Key, Encoded | None] = {}
        self._buffered = 0
        self._unseen = False
        self._rejected: dict[Key, str] = {}
        self._closed = False

    def upsert(self, entries: Iterable[DocumentEntry | PublicatieEntry]) -> None:
        """Put entries in, or in the place of what had their id; see the port.

        Raises:
            InvalidValue: an entry is larger than one request can be.
        """
        for entry in entries:
            flat = flatten(entry, self._analysis)
            encoded = encode(flat)
            largest = max([len(encoded.body), *(len(body) for _, body in encoded.pages)])
            if largest > MAX_ENTRY_BYTES:
                raise InvalidValue(
                    flat.soort.value,
                    flat.id,
                    f"its text takes {largest:,} bytes and Elasticsearch takes at most {MAX_ENTRY_BYTES:,} at once;"
                    " split the document",
                )
            self._put(Key(flat.soort, flat.id), encoded)

    def delete(self, *, documenten: Collection[str] = (), publicaties: Collection[str] = ()) -> None:
        """Take entries out; what is not there is fine."""
        for soort, ids in ((Soort.DOCUMENT, documenten), (Soort.PUBLICATIE, publicaties)):
            for id in ids:
                self._put(Key(soort, id), None)

    def commit(self) -> tuple[Rejected, ...]:
        """Write what is buffered and make it visible; returns what the engine refused for good, which is absent then."""
        self._check_open()
        self._flush()
        if self._unseen:
            self._refresh()
        rejected, self._rejected = self._rejected, {}
        return tuple(Rejected(key.soort, key.id, why) for key, why in rejected.items())

    def close(self) -> None:
        """Forget what was not written and close the connections."""
        self._closed = True
        self._buffer.clear()
        super().close()

    def _put(self, key: Key, entry: Encoded | None) -> None:
        self._check_open()
        before = self._buffer.pop(key, None)
        self._buffer[key] = entry
        self._buffered += (entry.size if entry else 0) - (before.size if before else 0)
        if self._buffered > self._limit:
            self._flush()

    def _flush(self) -> None:
        """Write the buffer. When that fails it is kept: the next commit writes all of it again."""
        if not self._buffer:
            return
        before = self._highest_pages()
        self._unseen = True
        refused = self._bulk.write(self._ops(before))
        if refused:
            self._clear_away(refused, before)
        for key in self._buffer:
            self._rejected.pop(key, None)
        self._rejected |= refused
        self._buffer.clear()
        self._buffered = 0

    def _ops(self, before: dict[Key, int]) -> Iterator[Op]:
        for key, entry in self._buffer.items():
            if entry is None:
                yield from delete_ops(key, before.get(key, 0))
            else:
                yield from upsert_ops(key, entry, before.get(key, 0))

    def _clear_away(self, refused: dict[Key, str], before: dict[Key, int]) -> None:
        """Take out every piece of what was refused: no half entry, and no older text of it, stays."""
        for key in refused:
            entry = self._buffer[key]
            highest = max(before.get(key, 0), entry.highest if entry else 0)
            self._bulk.write(delete_ops(key, highest))

    def _highest_pages(self) -> dict[Key, int]:
        """Return up to which number there may be pages of what is in the buffer; the entries themselves know."""
        keys = [key for key in self._buffer if key.soort is Soort.DOCUMENT]
        found: dict[Key, int] = {}
        for at in range(0, len(keys), _IDS):
            chunk = {key.text: key for key in keys[at : at + _IDS]}
            docs = [{"_id": text, "routing": text} for text in chunk]
            for one in self._get(docs):
                if "error" in one:
                    raise Unavailable("index", f"Elasticsearch says: {one['error'].get('reason')}")
                if one["found"]:
                    found[chunk[one["_id"]]] = one["_source"]["hoogste"]
        return found

    def _get(self, docs: list[dict[str, str]]) -> list[dict[str, Any]]:
        answer = self._connection.ask(
            lambda client: client.mget(
                index=self._alias, docs=docs, source_includes=["hoogste"], realtime=True
            ),
            patient=True,
        )
        found: list[dict[str, Any]] = answer["docs"]
        return found

    def _refresh(self) -> None:
        answer = self._connection.ask(lambda client: client.indices.refresh(index=self._alias), patient=True)
        if answer["_shards"]["failed"]:
            raise Unavailable("index", f"{answer['_shards']['failed']} shards did not take the commit")
        self._unseen = False

    def _check_open(self) -> None:
        if self._closed:
            raise Unavailable("index", "this writer was closed")
