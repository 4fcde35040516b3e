"""Take in everything below the given paths: each thing found ends as a document to read or as an item with its reason."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.discover import Found, discover, label_of
from ingest.register import Registrar, Source
from ingest.sniff import Kind, Sniffed, sniff
from ingest.unpack import Budget, NotAZip, members
from woo.domain.errors import InvalidValue, Refused, Unavailable
from woo.registry import Item
from woo.settings import LimitSettings

_SEPARATOR = "!/"


@dataclass(frozen=True, slots=True)
class Taken:
    """One item of the run: its key, and the document to wait for, if any."""

    sleutel: str
    document_id: str | None


class Intake:
    """Walks the paths and registers what is there; safe to stop between any two items and to run again."""

    def __init__(self, registrar: Registrar, limits: LimitSettings) -> None:
        self._registrar = registrar
        self._limits = limits
        self._registry = registrar.platform.registry
        self._published: set[str] = set()

    def items(self, paths: list[Path], *, progress: Callable[[], None] = lambda: None) -> Iterator[Taken]:
        """Yield every item that is discovered, members of archives included, once it stands in the registry."""
        for found in discover(paths):
            for taken in self._take(found, Budget.from_limits(self._limits), depth=0):
                progress()
                yield taken

    def _take(self, found: Found, budget: Budget, *, depth: int, naam: str | None = None) -> Iterator[Taken]:
        naam = naam or label_of(found.path.name)
        if found.problem is not None:
            yield self._note(found, found.state, found.problem)
            return
        try:
            status = found.path.stat()
            mtime = status.st_mtime_ns if depth == 0 else None
            unchanged = self._unchanged(found, status.st_size, mtime)
            if unchanged is not None:
                yield from unchanged
                return
            if status.st_size > self._limits.file_bytes:
                why = f"the file is larger than {self._limits.file_bytes} bytes (setting limits.file_bytes)"
                yield self._note(found, "quarantined", why)
                return
            sniffed = sniff(found.path, name=naam)
        except Refused as error:
            yield self._note(found, "quarantined", f"not registered: {error}")
            return
        except OSError as error:
            yield self._note(found, "quarantined", f"the file could not be read: {error.strerror or error}")
            return
        if sniffed.kind is Kind.ZIP:
            yield from self._unpack(found, budget, depth=depth, size=status.st_size, mtime_ns=mtime)
            return
        source = Source(found, found.path, naam, sniffed.mime, status.st_size, mtime)
        yield self._one(source, sniffed)

    def _one(self, source: Source, sniffed: Sniffed) -> Taken:
        """Register one file that is no container."""
        found = source.found
        if sniffed.kind is Kind.EMPTY:
            return self._note(found, "quarantined", "empty_file: the file has no bytes")
        if sniffed.kind is Kind.OTHER:
            why = f"kind not yet read ({sniffed.mime})"
            return self._note(found, "skipped", f"{why}; {sniffed.mismatch}" if sniffed.mismatch else why)
        try:
            item = self._registrar.register(source)
        except (Unavailable, Refused, InvalidValue) as error:
            return self._note(found, "quarantined", f"not registered: {error}")
        except OSError as error:
            return self._note(found, "quarantined", f"the file could not be read: {error.strerror or error}")
        return Taken(item.sleutel, None if item.staat else item.document_id)

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
            if item.staat == "unpacked":
                known = [*reading.items_below(found.sleutel + _SEPARATOR), item]
            elif item.document_id is None:
                return None
            else:
                known = [item]
        for each in known:
            self._publish_again(each)
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

    def _unpack(
        self, found: Found, budget: Budget, *, depth: int, size: int, mtime_ns: int | None
    ) -> Iterator[Taken]:
        """Take in every member; the container itself comes last, so that a run that was killed unpacks it again."""
        if depth >= self._limits.zip_depth:
            why = f"zips are nested more than {self._limits.zip_depth} deep (setting limits.zip_depth)"
            yield self._note(found, "quarantined", why)
            return
        failed = 0
        try:
            for member in members(found.path, self._limits, budget):
                inner = Found(
                    sleutel=f"{found.sleutel}{_SEPARATOR}{member.sleutel}",
                    pad=f"{found.pad}{_SEPARATOR}{member.pad}",
                    groep=found.groep,
                    path=member.path or found.path,
                    problem=member.problem,
                )
                failed += member.problem is not None
                yield from self._take(inner, budget, depth=depth + 1, naam=member.naam)
        except NotAZip as error:
            yield self._note(found, "quarantined", str(error))
            return
        state, why_ = (
            ("partial", f"members that could not be unpacked: {failed}") if failed else ("unpacked", None)
        )
        yield self._note(found, state, why_, size=size, mtime_ns=mtime_ns)

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
