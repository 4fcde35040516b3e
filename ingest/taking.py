"""Take in one thing that was found, whatever its kind: a document, or a container with everything inside it."""

from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from ingest.discover import Found, label_of
from ingest.register import Source
from ingest.unpack import Budget, Member, members
from woo.domain.errors import InvalidValue, Refused, Unavailable
from woo.domain.formaat import Soort
from woo.registry import Item
from woo.sandbox import Sandbox, SandboxError
from woo.sandbox.readers import can_read
from woo.sandbox.sniff import EMPTY, Sniffed, sniff
from woo.settings import LimitSettings
from woo.usecases.platform import Platform
from woo.usecases.scannen import Infected

SEPARATOR = "!/"
"""What stands in a key between a container and its member."""
REST = "..."
"""The name of what was left in a container, as one item."""


class Inschrijving(Protocol):
    """Where what is taken in is written: as documents, or as items with their reason."""

    @property
    def platform(self) -> Platform: ...

    def scan(self, path: Path) -> None:
        """Look for viruses in a file, before anything else reads it."""

    def register(self, source: Source, *, message_id: str | None = None, mismatch: str | None = None) -> Item:
        """Make a document of a file; with `message_id` it is an attachment of that document."""

    def note(self, item: Item) -> Item:
        """Write the state of something that becomes no document."""


@dataclass(frozen=True, slots=True)
class Taken:
    """One item of the run: its key, and the document to wait for, if any."""

    sleutel: str
    document_id: str | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a thing was found: how deep in containers, what may still be spent, and the message that it hangs on."""

    budget: Budget
    depth: int = 0
    message_id: str | None = None

    def inside(self, message_id: str | None = None) -> "Place":
        return replace(self, depth=self.depth + 1, message_id=message_id or self.message_id)


class Taking:
    """Takes in one thing after the other; each yields an item for itself and for everything inside it.

    `sandbox` takes containers apart: one process for each level that they may be nested. `broken` are the keys of containers
    that could not be read to their end.
    """

    def __init__(self, inschrijving: Inschrijving, limits: LimitSettings, sandbox: Sandbox) -> None:
        self._inschrijving = inschrijving
        self._limits = limits
        self._sandbox = sandbox
        self._registry = inschrijving.platform.registry
        self.broken: list[str] = []

    def unpack(self, source: Source, sniffed: Sniffed) -> Generator[Taken, None, None]:
        """Take in what is in an archive that was looked at already, and the archive itself as the last; raises ValueError for another kind."""
        formaat = sniffed.formaat
        if formaat is None or formaat.soort is not Soort.ARCHIEF:
            raise ValueError(f"{sniffed.mime} is no archive")
        yield from self._unpack(source, formaat.naam, sniffed, Place(Budget.from_limits(self._limits)))

    def _unchanged(self, found: Found, size: int, mtime_ns: int | None) -> Iterator[Taken] | None:  # noqa: ARG002  # nothing is known of earlier
        """The items of an earlier time when the file is as it was, else None."""
        return None

    def _take(self, found: Found, place: Place, *, naam: str | None = None) -> Iterator[Taken]:
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
            self._inschrijving.scan(found.path)
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

    def _by_kind(self, source: Source, sniffed: Sniffed, place: Place) -> Iterator[Taken]:
        """An archive is taken apart, a message is a document with its attachments beside it, the rest are documents."""
        formaat = sniffed.formaat
        if formaat is not None and formaat.soort is Soort.ARCHIEF:
            yield from self._unpack(source, formaat.naam, sniffed, place)
        elif formaat is not None and formaat.soort is Soort.MAIL:
            yield from self._message(source, formaat.naam, sniffed, place)
        else:
            yield self._one(source, sniffed, place)

    def _one(self, source: Source, sniffed: Sniffed, place: Place) -> Taken:
        """Register one file that is no archive."""
        found = source.found
        if sniffed.mime == EMPTY:
            return self._note(found, "quarantined", "empty_file: the file has no bytes")
        if not can_read(sniffed.mime):
            why = f"kind not read ({sniffed.mime})"
            return self._note(found, "skipped", f"{why}; {sniffed.mismatch}" if sniffed.mismatch else why)
        try:
            item = self._inschrijving.register(source, message_id=place.message_id, mismatch=sniffed.mismatch)
        except (Unavailable, Refused, InvalidValue) as error:
            return self._note(found, "quarantined", f"not registered: {error}")
        except OSError as error:
            return self._note(found, "quarantined", f"the file could not be read: {error.strerror or error}")
        return taken_of(item)

    def _message(self, source: Source, kind: str, sniffed: Sniffed, place: Place) -> Iterator[Taken]:
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
            yield self._note(_inner(source.found, REST, REST), "quarantined", why)
            whole = False
        if whole:
            self._inschrijving.note(replace(item, mtime_ns=source.mtime_ns))

    def _unpack(self, source: Source, kind: str, sniffed: Sniffed, place: Place) -> Iterator[Taken]:
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
            self.broken.append(found.sleutel)
            problems.append(f"it was unpacked as far as member {seen}: {error.reason}")
        state = "partial" if problems else "unpacked"
        why = "; ".join(dict.fromkeys(problems)) or None
        yield self._note(found, state, why, size=source.grootte, mtime_ns=source.mtime_ns)

    def _members(self, source: Source, kind: str, place: Place) -> Iterator["_Outcome"]:
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
                    self._note(_inner(found, REST, REST), "quarantined", f"too_many_members: {why}"), why
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
            gezien_op=self._inschrijving.platform.now(),
        )
        return taken_of(self._inschrijving.note(item))


def taken_of(item: Item) -> Taken:
    """An item that was written, as the run goes on with it."""
    return Taken(item.sleutel, item.document_id if item.staat is None else None)


@dataclass(frozen=True, slots=True)
class _Outcome:
    """An item inside a container, and what is to be said of the container for it."""

    taken: Taken
    problem: str | None


def _inner(found: Found, sleutel: str, pad: str, member: Member | None = None) -> Found:
    """A thing inside a container, as something found."""
    return Found(
        sleutel=f"{found.sleutel}{SEPARATOR}{sleutel}",
        pad=f"{found.pad}{SEPARATOR}{pad}",
        groep=found.groep,
        path=found.path if member is None or member.path is None else member.path,
        problem=None if member is None else member.problem,
    )
