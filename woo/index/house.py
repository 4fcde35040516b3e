"""The port of the place where an installation's indices live: the live one, the one being built beside it, and the swap."""

from dataclasses import dataclass
from typing import Protocol

from woo.index.port import IndexReader, SearchIndex


@dataclass(frozen=True, slots=True)
class Built:
    """An index that is open for writing, with the name that the engine knows it by."""

    name: str
    index: SearchIndex


class IndexHouse(Protocol):
    """Opens, builds and swaps indices; everything but `open_reader` is for the holder of the writer's lease.

    Every method raises `Unavailable` when the engine cannot answer.
    """

    def open_live(self) -> Built | None:
        """Open the live index for writing; None when there is none that this program can go on with.

        An engine that cannot be reached is Unavailable, never None: that would start a rebuild.
        """
        ...

    def build(self) -> Built:
        """Start an empty index beside the live one."""
        ...

    def make_live(self, built: Built) -> None:
        """Point readers to this index, atomically; they follow within a second, and the old one stays until `sweep`."""
        ...

    def sweep(self) -> None:
        """Remove every index that is not live: old ones, and what a killed rebuild left half done."""
        ...

    def drop(self, built: Built) -> None:
        """Close and remove an index that is not live."""
        ...

    def open_reader(self) -> IndexReader:
        """A reader that follows the live index; it may come to be later."""
        ...

    def names(self) -> tuple[str, ...]:
        """Names of every index there is, oldest first."""
        ...

    def live(self) -> str | None:
        """Name of the live index; None when there is none yet."""
        ...

    def size(self) -> int:
        """Bytes that the live index takes on disk."""
        ...

    def memory(self) -> tuple[int, int] | None:
        """Bytes of memory that the engine's own process uses and may use; None where it runs inside ours."""
        ...

    def demolish(self) -> None:
        """Remove every index of this house, the live one too."""
        ...
