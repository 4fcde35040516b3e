"""Restore a backup into an empty installation, on whatever engines its settings name."""

import gzip
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, BinaryIO

from woo.domain.actor import Actor
from woo.domain.errors import InvalidValue, NotFound, Refused
from woo.domain.events import Jobsoort, Jobwens, Prioriteit
from woo.registry import Registry, Soort, Transaction, schema
from woo.registry.dump import Chunk, load, number_on, require_empty
from woo.settings import Settings, place_key
from woo.storage.open import open_archive, open_public_store
from woo.storage.port import Archive, PublicStore, Withdrawn
from woo.usecases.backup.container import FORMAT, HEAD, BackupReader, damaged
from woo.usecases.backup.saving import FILES, KEY, TABLES, WITHDRAWN
from woo.usecases.herstel import is_destroyed
from woo.usecases.intrekking import is_withdrawn, withdraw
from woo.usecases.platform import Platform, open_platform, open_registry, utc_now
from woo.usecases.vernietiging import destroy_again

Members = Iterator[tuple[str, BinaryIO]]

_NO_REASON = "Ingetrokken. De reden is niet meer bekend."


@dataclass(slots=True)
class Restored:
    """What was put back.

    `withdrawn_again` were public in the backup, but stand on the withdrawn list, of the backup or of the store that was
    there: a citizen's name that was taken back since stays back. `left` are entries that the registry cannot follow.
    `destroyed_again` was destroyed since: it is erased once more, and its files leave the archive.
    """

    gemaakt: str = ""
    publicaties: int = 0
    documenten: int = 0
    bestanden: int = 0
    withdrawn_again: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    destroyed_again: list[str] = field(default_factory=list)


def restore(settings: Settings, file: BinaryIO, *, actor: Actor) -> Restored:
    """Put a backup back; the public side is built anew by the worker, for which the jobs are written.

    The registry is written last and in one commit: a restore that is stopped leaves it empty, and can be done again.

    Raises:
        Refused: the file is no backup, or is cut off or damaged; a newer version made it; the installation is not empty.
        Unavailable: a part of the installation cannot be reached.
    """
    restored = Restored()
    with BackupReader(file) as reader:
        members = iter(reader)
        revision = _head(_expect(members, HEAD), restored)
        key = _key(_expect(members, KEY))
        listed = _withdrawn(_expect(members, WITHDRAWN))
        with open_registry(settings.registry, revision=revision) as registry:
            with registry.read() as reading:
                require_empty(reading.connection)
            place_key(settings.audit.key_file, key)
            _put_back(settings, registry, members, listed, restored)
    with open_platform(settings) as platform:
        listed = list(platform.public.withdrawn().values())
        for entry in listed:
            if _still_public(platform.registry, entry):
                try:
                    withdraw(platform, actor, entry.id, reden=entry.reden or _NO_REASON)
                    restored.withdrawn_again.append(entry.id)
                except Refused:
                    restored.left.append(entry.id)
        _destroy_again(platform, actor, listed, restored)
    return restored


def _destroy_again(platform: Platform, actor: Actor, listed: list[Withdrawn], restored: Restored) -> None:
    """Erase what was destroyed after the backup was made; whole publicaties first, and their documents with them."""
    for entry in sorted(listed, key=lambda each: each.soort != "publicatie"):
        if entry.vernietigd is None:
            continue
        soort: Soort = "publicatie" if entry.soort == "publicatie" else "document"
        with platform.registry.read() as reading:
            try:
                if is_destroyed(reading, soort, entry.id):
                    continue
            except NotFound:
                continue  # the backup is older than the object itself
        try:
            destroy_again(platform, soort, entry.id, op=entry.vernietigd, actor=actor)
            restored.destroyed_again.append(entry.id)
        except Refused:
            restored.left.append(entry.id)
    if restored.destroyed_again:
        platform.registry.scrub()


def _put_back(
    settings: Settings, registry: Registry, members: Members, listed: list[Withdrawn], restored: Restored
) -> None:
    """Withdrawn list first, files next, the registry last: at no moment is anything public that should not be."""
    public = open_public_store(settings.storage.public, settings.storage)
    _list_again(public, listed)
    archive = open_archive(settings.storage.archive, settings.storage)
    first: tuple[str, BinaryIO] | None = None
    for name, content in members:
        if not name.startswith(FILES):
            first = (name, content)
            break
        _put_file(archive, name.removeprefix(FILES), content)
        restored.bestanden += 1
    with registry.transaction() as tx:
        if first is not None:
            _load(tx, *first, restored)
            for name, content in members:
                _load(tx, name, content, restored)
        number_on(tx.connection)
        _owe(tx)


def _load(tx: Transaction, name: str, content: BinaryIO, restored: Restored) -> None:
    if not name.startswith(TABLES):
        raise damaged(f"it has a part {name!r} that this version does not know")
    try:
        fields = json.loads(gzip.decompress(content.read()))
        columns = tuple((str(column), str(kind)) for column, kind in fields["kolommen"])
        chunk = Chunk(fields["tabel"], columns, fields["rijen"])
    except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError) as error:
        raise damaged() from error
    load(tx.connection, chunk)
    if chunk.tabel == "publicatie":
        restored.publicaties += len(chunk.rijen)
    elif chunk.tabel == "document":
        restored.documenten += len(chunk.rijen)


def _owe(tx: Transaction) -> None:
    """Everything is shown or hidden anew, and the index is built from nothing."""
    now = utc_now()
    after: str | None = None
    while publicaties := tx.publicaties(after=after, limit=1000):
        after = publicaties[-1].id
        for soort in (Jobsoort.SYNC_PUBLICATIE, Jobsoort.SYNC_DOCUMENTEN):
            tx.want_many([Jobwens(soort, each.id, Prioriteit.BULK) for each in publicaties], now)
    tx.want_many([Jobwens(Jobsoort.REINDEX, "index", Prioriteit.NORMAAL)], now)


def _put_file(archive: Archive, digest: str, content: BinaryIO) -> None:
    if archive.put_stream(content).digest != digest:
        raise damaged("a file in it is not what its name says; use another one")


def _list_again(public: PublicStore, listed: list[Withdrawn]) -> None:
    there = public.withdrawn()
    for entry in listed:
        if entry.id not in there:
            public.withdraw(entry)


def _still_public(registry: Registry, entry: Withdrawn) -> bool:
    """Whether what stands on the list is not withdrawn in the registry; what it does not know is nobody's."""
    with registry.read() as reading:
        try:
            undone = reading.intrekkingen.restored_at(entry.id, entry.op)
            return not undone and not is_withdrawn(reading, entry.soort, entry.id)
        except NotFound:
            return False


def _expect(members: Members, name: str) -> bytes:
    found, content = next(members, ("", None))
    if found != name or content is None:
        raise damaged("it is not a backup of this platform")
    taken: bytes = content.read()
    return taken


def _head(content: bytes, restored: Restored) -> str:
    """The version of the schema that the rows are of."""
    try:
        head = json.loads(content)
        form, revision, restored.gemaakt = head["vorm"], str(head["schema"]), str(head["gemaakt"])
    except (ValueError, KeyError, TypeError) as error:
        raise damaged() from error
    if form != FORMAT or not schema.is_known(revision):
        why = f"a newer version of this program made it (form {form}, schema {revision}); restore it with that version"
        raise Refused("restore", "this backup", why)
    return revision


def _key(content: bytes) -> bytes:
    try:
        return bytes.fromhex(content.decode("ascii"))
    except ValueError as error:
        raise damaged() from error


def _listed(fields: dict[str, Any]) -> Withdrawn:
    moments = {
        name: datetime.fromisoformat(fields[name]) for name in ("op", "vernietigd") if fields.get(name)
    }
    return Withdrawn(**(fields | moments))


def _withdrawn(content: bytes) -> list[Withdrawn]:
    try:
        return [_listed(fields) for fields in json.loads(content)]
    except (ValueError, KeyError, TypeError, InvalidValue) as error:
        raise damaged() from error
