"""The inbox in an S3 store: one object per entry."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from woo.storage.inbox_entry import checked_entry_id, content_bytes, entry_from, moment_of, new_id
from woo.storage.port import InboxEntry
from woo.storage.s3.objects import Objects

_SUFFIX = ".json"


class S3InboxAdder:
    """An InboxAdder on `{prefix}/{id}.json`, with a key that need only write there; nothing here reads.

    Raises:
        Unavailable: when the store cannot be reached or refuses.
    """

    def __init__(self, objects: Objects) -> None:
        self._objects = objects

    def add(self, soort: str, inhoud: Mapping[str, Any]) -> str:
        """As the port says; an answer that is lost and asked for again leaves one entry, for the id is the same."""
        content = content_bytes(inhoud)
        id = new_id(soort, now=datetime.now(UTC))
        self._objects.create(f"{id}{_SUFFIX}", content)
        return id


class S3Inbox(S3InboxAdder):
    """An Inbox on those objects.

    Raises:
        Unavailable: from every method, when the store cannot be reached or refuses.
    """

    def __init__(self, objects: Objects) -> None:
        super().__init__(objects)
        objects.check()

    def entries(self) -> Iterator[InboxEntry]:
        ids = [
            info.key.removesuffix(_SUFFIX) for info in self._objects.list("") if info.key.endswith(_SUFFIX)
        ]
        for id in sorted(filter(moment_of, ids), key=lambda id: id.partition(".")[2]):
            got = self._objects.get(f"{id}{_SUFFIX}")
            entry = None if got is None else entry_from(id, got[0])  # None: taken out at this moment
            if entry is not None:
                yield entry

    def remove(self, id: str) -> None:
        self._objects.delete([f"{checked_entry_id(id)}{_SUFFIX}"])
