"""The withdrawn list in a folder: one durable file per entry, noticed by every reader at its next look."""

import json
import os
import re
import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

from woo.domain.errors import InvalidValue
from woo.logs import get_logger
from woo.storage.document_file import json_bytes
from woo.storage.durable import replace_file, sync_folder
from woo.storage.paths import checked_id, is_id
from woo.storage.port import Withdrawn

_log = get_logger(__name__)
_KINDS = ("document", "publicatie")
_NAME = re.compile(rf"({'|'.join(_KINDS)})-(.+)\.json")
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
            name = _NAME.fullmatch(file.name)
            if name is None or not is_id(name[2]):
                continue
            try:
                status = file.stat()
            except FileNotFoundError:
                continue  # taken off the list at this moment
            stamp = (status.st_ino, status.st_mtime_ns, status.st_size)
            if file.name in known and known[file.name][0] == stamp:
                found[file.name] = known[file.name]
                continue
            entry = _read_entry(Path(file), id=name[2], soort=name[1], changed=status.st_mtime)
            if entry is not None:
                found[file.name] = (stamp, entry)
        return found


class WithdrawnList(WithdrawnReader):
    """Changes the list too; every change is on the disk before it returns. Raises OSError when it cannot be."""

    def put(self, entry: Withdrawn) -> None:
        replace_file(self._path(entry.soort, entry.id), _entry_bytes(entry), durable=True)
        self._changed()

    def settle(self, id: str, at: datetime) -> None:
        """Note from when the entry is gone everywhere; nothing happens when there is no such entry."""
        entry = self.entries().get(checked_id(id))
        if entry is not None:
            self.put(replace(entry, settled=at))

    def remove(self, id: str) -> None:
        for soort in _KINDS:
            self._path(soort, id).unlink(missing_ok=True)
        sync_folder(self._folder)
        self._changed()

    def _path(self, soort: str, id: str) -> Path:
        if soort not in _KINDS:
            raise InvalidValue("soort", soort, "this cannot be withdrawn", accepted=_KINDS)
        return self._folder / f"{soort}-{checked_id(id)}.json"

    def _changed(self) -> None:
        replace_file(self._folder / _VERSION, uuid.uuid4().hex.encode("ascii"), durable=False)


def _entry_bytes(entry: Withdrawn) -> bytes:
    for field, moment in (("op", entry.op), ("settled", entry.settled)):
        if moment is not None and moment.tzinfo is None:
            raise InvalidValue(field, moment.isoformat(), "a moment needs its time zone")
    fields = {
        "op": entry.op.isoformat(),
        "reden": entry.reden,
        "titel": entry.titel,
        "publicatie_id": entry.publicatie_id,
        "settled": entry.settled.isoformat() if entry.settled else None,
    }
    return json_bytes(fields, "entry")


def _read_entry(path: Path, *, id: str, soort: str, changed: float) -> Withdrawn | None:
    try:
        fields = json.loads(path.read_bytes())
        settled = fields["settled"]
        return Withdrawn(
            id=id,
            soort=soort,
            op=datetime.fromisoformat(fields["op"]),
            reden=str(fields["reden"]),
            titel=str(fields["titel"]),
            publicatie_id=fields["publicatie_id"],
            settled=datetime.fromisoformat(settled) if settled else None,
        )
    except FileNotFoundError:
        return None  # taken off the list at this moment
    except (OSError, ValueError, TypeError, KeyError) as error:
        _log.error("withdrawn_entry_damaged", id=id, error=type(error).__name__)
        return Withdrawn(id=id, soort=soort, op=datetime.fromtimestamp(changed, UTC), reden="")
