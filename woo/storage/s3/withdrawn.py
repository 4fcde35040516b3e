"""The withdrawn list in an S3 store: one object per entry, noticed by every reader at its next look."""

import time
import uuid
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from types import MappingProxyType

from woo.storage.paths import checked_id
from woo.storage.port import Withdrawn
from woo.storage.s3.objects import Info, Objects
from woo.storage.withdrawn_entry import KINDS, entry_bytes, entry_from, entry_name, named_by

_FOLDER = "ingetrokken/"
VERSION = "ingetrokken/versie"
"""The object that says that the list changed; without it there is no public store."""

_RELIST_SECONDS = 60.0
_AT_ONCE = 16


class S3WithdrawnReader:
    """Reads the list; the entries it knows are kept, and only objects that changed are read again.

    Each change also replaces the object `versie` by a new random text. A look is one request that says whether it
    changed; its tag is taken before the list is looked through, so a change is noticed at the first look after `put` has
    returned (S3 lists and reads what was last written). Once a minute the list is looked through anyway: the writer may
    have died before it wrote the version.

    An entry that cannot be understood still hides what it names: kind and id are in its key.
    """

    def __init__(self, objects: Objects, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._objects = objects
        self._monotonic = monotonic
        self._tag: str | None = None
        self._looked = 0.0
        self._read: dict[str, tuple[str, Withdrawn]] = {}
        self._entries: Mapping[str, Withdrawn] = MappingProxyType({})

    def entries(self) -> Mapping[str, Withdrawn]:
        """The list by id; raises Unavailable."""
        changed = self._objects.changed(VERSION, self._tag)
        now = self._monotonic()
        if changed is not None or now - self._looked >= _RELIST_SECONDS:
            self._look()
            self._tag, self._looked = changed or self._tag, now
        return self._entries

    def _look(self) -> None:
        known, found, new = self._read, {}, []
        for info in self._objects.list(_FOLDER):
            named = named_by(info.key.removeprefix(_FOLDER))
            if named is None:
                continue
            if info.key in known and known[info.key][0] == info.tag:
                found[info.key] = known[info.key]
            else:
                new.append((info, *named))
        for key, read in self._all(new):
            if read is not None:
                found[key] = read
        if found != known:
            self._read = found
            self._entries = MappingProxyType({entry.id: entry for _, entry in found.values()})

    def _all(self, wanted: list[tuple[Info, str, str]]) -> list[tuple[str, tuple[str, Withdrawn] | None]]:
        if not wanted:
            return []
        with ThreadPoolExecutor(min(_AT_ONCE, len(wanted))) as threads:
            return list(threads.map(lambda one: (one[0].key, self._one(*one)), wanted))

    def _one(self, info: Info, soort: str, id: str) -> tuple[str, Withdrawn] | None:
        got = self._objects.get(info.key)
        if got is None:
            return None  # taken off the list at this moment
        return got[1].tag, entry_from(got[0], id=id, soort=soort, changed=datetime.now(UTC))


class S3WithdrawnList(S3WithdrawnReader):
    """Changes the list too; every change is in the store before it returns."""

    def make(self) -> None:
        """Make the list where it is not there."""
        self._objects.create(VERSION, _random())

    def put(self, entry: Withdrawn) -> None:
        self._objects.put(_FOLDER + entry_name(entry.soort, entry.id), entry_bytes(entry))
        self._changed()

    def settle(self, id: str, at: datetime) -> None:
        """Note from when the entry is gone everywhere; nothing happens when there is no such entry.

        Only its own object is read: after each change the whole list would be looked through.
        """
        for soort in KINDS:
            got = self._objects.get(_FOLDER + entry_name(soort, checked_id(id)))
            if got is not None:
                entry = entry_from(got[0], id=id, soort=soort, changed=datetime.now(UTC))
                self.put(replace(entry, settled=at))

    def remove(self, id: str) -> None:
        self._objects.delete([_FOLDER + entry_name(soort, id) for soort in KINDS])
        self._changed()

    def _changed(self) -> None:
        self._objects.put(VERSION, _random())


def _random() -> bytes:
    return uuid.uuid4().hex.encode("ascii")
