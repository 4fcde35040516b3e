"""Take in everything below the given paths: each thing found ends as a document to read or as an item with its reason."""

from collections.abc import Callable, Generator, Iterator
from pathlib import Path

from ingest.discover import Found, discover
from ingest.register import Registrar
from ingest.taking import SEPARATOR, Place, Taken, Taking, taken_of
from ingest.unpack import Budget
from woo.registry import Item
from woo.sandbox import Sandbox
from woo.settings import LimitSettings


class Intake(Taking):
    """Walks the paths and registers what is there; safe to stop between any two items and to run again."""

    def __init__(self, registrar: Registrar, limits: LimitSettings, sandbox: Sandbox) -> None:
        super().__init__(registrar, limits, sandbox)
        self._registrar = registrar
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
            for taken in self._take(found, Place(Budget.from_limits(self._limits))):
                progress()
                yield taken

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
            below = reading.items_below(found.sleutel + SEPARATOR)
        known = [item, *below] if item.document_id is not None else [*below, item]
        for each in known:
            self._publish_again(each)
            self._registrar.describe(each)
        return map(taken_of, known)

    def _publish_again(self, item: Item) -> None:
        """A repeated run with --publish publishes a concept of an earlier one without it."""
        id = item.publicatie_id
        if not self._registrar.opdracht.publish or item.staat is not None or id is None:
            return
        if id not in self._published:
            with self._registry.transaction() as tx:
                self._registrar.ready(tx, tx.publicatie(id))
            self._published.add(id)
