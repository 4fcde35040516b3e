"""The withdrawn list in a folder: one durable file per entry, noticed by every reader at its next look."""

import os
import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

from woo.storage.durable import replace_file, sync_folder
from woo.storage.paths import checked_id
from woo.storage.port import Withdrawn
from woo.storage.withdrawn_entry import KINDS, damaged_entry, entry_bytes, entry_from, entry_name, named_by

_VERSION = "versie"

_Stamp = tuple[int, int, int]


class WithdrawnReader:
    """Reads the list; the entries it knows are kept, and only files that changed are read again.

    The folder is looked through only when it changed. Its time of change alone cannot tell: file systems keep that time
    in steps of some milliseconds, so two changes in one step would look like one. Each change therefore also replaces
    the file `versie` by one with a new random text, and both are compared, as they were before the folder was read. So
    a change is noticed at the first look after `put` has returned.

    An entry that cannot be read still hides what it names: kind and id are in the name of its file. It counts as
    withdrawn without a reason.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._seen: tuple[tuple[bytes, int], Mapping[str, Withdrawn]] | None = None
        self._read: dict[str, tuple[_Stamp, Withdrawn]] = {}

    def entries(self) -> Mapping[str, Withdrawn]:
        """The list by id; raises OSError when the folder is not there or cannot be read."""
        state = (self._version(), self._folder.stat().st_mtime_ns)
        if self._seen is None or self._seen[0] != state:
            self._read = self._all()
            self._seen = (state, MappingProxyType({entry.id: entry for _, entry in self._read.values()}))
        return self._seen[1]

    def _version(self) -> bytes:
        try:
            return (self._folder / _VERSION).read_bytes()
        except FileNotFoundError:
            return b""

    def _all(self) -> dict[str, tuple[_Stamp, Withdrawn]]:
        known, found = self._read, {}
        for file in os.scandir(self._folder):
            named = named_by(file.name)
            if named is None:
                continue
            try:
                status = file.stat()
            except FileNotFoundError:
                continue  # taken off the list at this moment
            stamp = (status.st_ino, status.st_mtime_ns, status.st_size)
            if file.name in known and known[file.name][0] == stamp:
                found[file.name] = known[file.name]
                continue
            entry = _read_entry(Path(file), id=named[1], soort=named[0], changed=status.st_mtime)
            if entry is not None:
                found[file.name] = (stamp, entry)
        return found


class WithdrawnList(WithdrawnReader):
    """Changes the list too; every change is on the disk before it returns. Raises OSError when it cannot be."""

    def put(self, entry: Withdrawn) -> None:
        replace_file(self._path(entry.soort, entry.id), entry_bytes(entry), durable=True)
        self._changed()

    def settle(self, id: str, at: datetime) -> None:
        """Note from when the entry is gone everywhere; nothing happens when there is no such entry.

        Only its own file is read: after each change the whole folder would be looked through.
        """
        for soort in KINDS:
            path = self._path(soort, checked_id(id))
            try:
                changed = path.stat().st_mtime
            except FileNotFoundError:
                continue
            entry = _read_entry(path, id=id, soort=soort, changed=changed)
            if entry is not None:
                self.put(replace(entry, settled=at))

    def remove(self, id: str) -> None:
        for soort in KINDS:
            self._path(soort, id).unlink(missing_ok=True)
        sync_folder(self._folder)
        self._changed()

    def _path(self, soort: str, id: str) -> Path:
        return self._folder / entry_name(soort, id)

    def _changed(self) -> None:
        replace_file(self._folder / _VERSION, uuid.uuid4().hex.encode("ascii"), durable=False)


def _read_entry(path: Path, *, id: str, soort: str, changed: float) -> Withdrawn | None:
    moment = datetime.fromtimestamp(changed, UTC)
    try:
        return entry_from(path.read_bytes(), id=id, soort=soort, changed=moment)
    except FileNotFoundError:
        return None  # taken off the list at this moment
    except OSError as error:
        return damaged_entry(id=id, soort=soort, changed=moment, error=error)
