"""Take in everything below the given paths: each thing found ends as a document to read or as an item with its reason."""

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.discover import Found, discover, label_of
from ingest.register import Registrar, Source
from ingest.unpack import Budget, Member, members
from woo.domain.errors import InvalidValue, Refused, Unavailable
from woo.domain.formaat import Soort
from woo.registry import Item
from woo.sandbox import Sandbox, SandboxError
from woo.sandbox.readers import can_read
from woo.sandbox.sniff import EMPTY, Sniffed, sniff
from woo.settings import LimitSettings
from woo.usecases.scannen import Infected

_SEPARATOR = "!/"
_REST = "..."


@dataclass(frozen=True, slots=True)
class Taken:
    """One item of the run: its key, and the document to wait for, if any."""

    sleutel: str
    document_id: str | None


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a thing was found: how deep in containers, what may still be spent, and the message that it hangs on."""

    budget: Budget
    depth: int = 0
    message_id: str | None = None

    def inside(self, message_id: str | None = None) -> "_Place":
        return replace(self, depth=self.depth + 1, message_id=message_id or self.message_id)


class Intake:
    """Walks the paths and registers what is there; safe to stop between any two items and to run again.

    `sandbox` takes containers apart: one process for each level that they may be nested.
    """

    def __init__(self, registrar: Registrar, limits: LimitSettings, sandbox: Sandbox) -> None:
        self._registrar = registrar
        self._limits = limits
        self._sandbox = sandbox
        self._registry = registrar.platform.registry
        self._published: set[str] = set()

    def items(
        self, paths: list[Path], *, progress: Callable[[], None] = lambda: None
    ) -> Generator[Taken, None, None]:
        """Yield every item that is discovered, members of archives included, once it stands in the registry.

        The metadata sheet of the run, where it lies among them, is none.
        """
        lijst = self._registrar.lijst
        for found in discover(paths):
            if lijst is not None and lijst.is_at(found.path):
                continue
            for taken in self._take(found, _Place(Budget.from_limits(self._limits))):
                progress()
                yield taken

    def _take(self, found: Found, place: _Place, *, naam: str | None = None) -> Iterator[Taken]:
        naam = naam or label_of(found.path.name)
        if found.problem is not None:
            yield self._note(found, found.state, found.problem)
            return
        try:
            status = found.path.stat()
            mtime = status.st_mtime_ns if place.depth == 0 else None
            unchanged = self._unchanged(found, status.st_size, mtime)
            if unchanged is not None:
                yield from unchanged
                return
            if status.st_size > self._limits.file_bytes:
                why = f"the file is larger than {self._limits.file_bytes} bytes (setting limits.file_bytes)"
                yield self._note(found, "quarantined", why)
                return
            self._registrar.scan(found.path)
            sniffed = sniff(found.path, name=naam)
        except Infected as error:
            yield self._note(found, "quarantined", f"infected: the virus scanner found {error.found}")
            return
        except (Refused, Unavailable) as error:
            yield self._note(found, "quarantined", f"not registered: {error}")
            return
        except OSError as error:
            yield self._note(found, "quarantined", f"the file could not be read: {error.strerror or error}")
            return
        yield from self._by_kind(
            Source(found, found.path, naam, sniffed.mime, status.st_size, mtime), sniffed, place
        )

    def _by_kind(self, source: Source, sniffed: Sniffed, place: _Place) -> Iterator[Taken]:
        """An archive is taken apart, a message is a document with its attachments beside it, the rest are documents."""
        formaat = sniffed.formaat
        if formaat is not None and formaat.soort is Soort.ARCHIEF:
            yield from self._unpack(source, formaat.naam, sniffed, place)
        elif formaat is not None and formaat.soort is Soort.MAIL:
            yield from self._message(source, formaat.naam, sniffed, place)
        else:
            yield self._one(source, sniffed, place)

    def _one(self, source: Source, sniffed: Sniffed, place: _Place) -> Taken:
        """Register one file that is no archive."""
        found = source.found
        if sniffed.mime == EMPTY:
            return self._note(found, "quarantined", "empty_file: the file has no bytes")
        if not can_read(sniffed.mime):
            why = f"kind not read ({sniffed.mime})"
            return self._note(found, "skipped", f"{why}; {sniffed.mismatch}" if sniffed.mismatch else why)
        try:
            item = self._registrar.register(source, message_id=place.message_id, mismatch=sniffed.mismatch)
        except (Unavailable, Refused, InvalidValue) as error:
            return self._note(found, "quarantined", f"not registered: {error}")
        except OSError as error:
            return self._note(found, "quarantined", f"the file could not be read: {error.strerror or error}")
        return _taken(item)

    def _message(self, source: Source, kind: str, sniffed: Sniffed, place: _Place) -> Iterator[Taken]:
        """Register a message, then its attachments; only then is it known as seen, so that a kill misses none."""
        taken = self._one(replace(source, mtime_ns=None), sniffed, place)
        yield taken
        with self._registry.read() as reading:
            item = reading.item(taken.sleutel)
        if item is None or item.document_id is None or item.staat == "withdrawn":
            return
        whole = True
        try:
            for outcome in self._members(source, kind, place.inside(item.document_id)):
                whole = whole and outcome.problem is None
                yield outcome.taken
        except SandboxError as error:
            why = f"{error.code}: the attachments could not be taken out. {error.reason}"
            yield self._note(_inner(source.found, _REST, _REST), "quarantined", why)
            whole = False
        if whole:
            self._registrar.note(replace(item, mtime_ns=source.mtime_ns))

    def _unchanged(self, found: Found, size: int, mtime_ns: int | None) -> Iterator[Taken] | None:
        """The items of an earlier run when the file is as it was (same size and time), else None.

        Only what became documents counts as known: what was refused is looked at again, since a later version may read it.
        """
        if mtime_ns is None:
            return None
        with self._registry.read() as reading:
            item = reading.item(found.sleutel)
            if item is None or (item.grootte, item.mtime_ns) != (size, mtime_ns):
                return None
            if item.document_id is None and item.staat != "unpacked":
                return None
            below = reading.items_below(found.sleutel + _SEPARATOR)
        known = [item, *below] if item.document_id is not None else [*below, item]
        for each in known:
            self._publish_again(each)
            self._registrar.describe(each)
        return map(_taken, known)

    def _publish_again(self, item: Item) -> None:
        """A repeated run with --publish publishes a concept of an earlier one without it."""
        id = item.publicatie_id
        if not self._registrar.opdracht.publish or item.staat is not None or id is None:
            return
        if id not in self._published:
            with self._registry.transaction() as tx:
                self._registrar.ready(tx, tx.publicatie(id))
            self._published.add(id)

    def _unpack(self, source: Source, kind: str, sniffed: Sniffed, place: _Place) -> Iterator[Taken]:
        """Take in every member; the container itself comes last, so that a run that was killed unpacks it again."""
        found, seen, problems = source.found, 0, list[str]()
        try:
            for outcome in self._members(source, kind, place.inside()):
                seen += 1
                problems += [outcome.problem] if outcome.problem else []
                yield outcome.taken
        except SandboxError as error:
            if not seen:
                named = f" ({sniffed.mismatch})" if sniffed.mismatch else ""
                yield self._note(found, "quarantined", f"{error.code}: {error.reason}{named}")
                return
            problems.append(f"it was unpacked as far as member {seen}: {error.reason}")
        state = "partial" if problems else "unpacked"
        why = "; ".join(dict.fromkeys(problems)) or None
        yield self._note(found, state, why, size=source.grootte, mtime_ns=source.mtime_ns)

    def _members(self, source: Source, kind: str, place: _Place) -> Iterator["_Outcome"]:
        """Take in the members of a container; a problem is said of the container as well."""
        found = source.found
        if place.depth > self._limits.zip_depth:
            why = f"nested more than {self._limits.zip_depth} deep (setting limits.zip_depth)"
            raise SandboxError("too_deep", why)
        for member in members(self._sandbox, source.path, kind, self._limits, place.budget, naam=source.naam):
            if isinstance(member, Member):
                inner = _inner(found, member.sleutel, member.pad, member)
                failed = "members that could not be unpacked; each says why" if member.problem else None
                for taken in self._take(inner, place, naam=member.naam):
                    yield _Outcome(taken, failed)
                    failed = None
            else:
                why = f"{member.members} more members were left in it (setting limits.zip_members)"
                yield _Outcome(
                    self._note(_inner(found, _REST, _REST), "quarantined", f"too_many_members: {why}"), why
                )

    def _note(
        self,
        found: Found,
        state: str,
        reason: str | None,
        *,
        size: int | None = None,
        mtime_ns: int | None = None,
    ) -> Taken:
        item = Item(
            sleutel=found.sleutel,
            pad=found.pad,
            grootte=size,
            mtime_ns=mtime_ns,
            staat=state,
            reden=reason,
            gezien_op=self._registrar.platform.now(),
        )
        return _taken(self._registrar.note(item))


def _taken(item: Item) -> Taken:
    return Taken(item.sleutel, item.document_id if item.staat is None else None)


@dataclass(frozen=True, slots=True)
class _Outcome:
    """An item inside a container, and what is to be said of the container for it."""

    taken: Taken
    problem: str | None


def _inner(found: Found, sleutel: str, pad: str, member: Member | None = None) -> Found:
    """A thing inside a container, as something found."""
    return Found(
        sleutel=f"{found.sleutel}{_SEPARATOR}{sleutel}",
        pad=f"{found.pad}{_SEPARATOR}{pad}",
        groep=found.groep,
        path=found.path if member is None or member.path is None else member.path,
        problem=None if member is None else member.problem,
    )
