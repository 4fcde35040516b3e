"""The place where an installation's indices live: the live one, the one being built beside it, and the swap."""

from dataclasses import dataclass
from pathlib import Path

from woo.analysis import DutchAnalysis
from woo.domain.errors import Unavailable
from woo.index.names import (
    check_version,
    current_version,
    drop_index,
    index_folder,
    index_names,
    live_index,
    make_live,
    new_index,
)
from woo.index.port import IndexReader, SearchIndex
from woo.index.tantivy_index import TantivyIndex, follow


@dataclass(frozen=True, slots=True)
class Built:
    """An index that is being built beside the live one."""

    name: str
    index: SearchIndex


class IndexHouse:
    """Opens, builds and swaps indices in one folder; everything but `open_reader` is for the holder of the writer's lease."""

    def __init__(self, root: Path, analysis: DutchAnalysis, *, threads: int, memory_mb: int) -> None:
        self._root = root
        self._analysis = analysis
        self._threads = threads
        self._heap = memory_mb * 1024 * 1024

    def open_live(self) -> SearchIndex | None:
        """Open the live index for writing; None when there is none that this program can go on with.

        Raises:
            LeaseHeld: another process writes it.
        """
        name = live_index(self._root)
        if name is None:
            return None
        folder = index_folder(self._root, name)
        try:
            check_version(folder, current_version(self._analysis.version))
            return self._open(folder)
        except Unavailable:
            return None

    def build(self) -> Built:
        """Start an empty index beside the live one."""
        name = new_index(self._root)
        return Built(name, self._open(index_folder(self._root, name)))

    def make_live(self, built: Built) -> None:
        """Point readers to this index; they follow within a second, and the old one stays until `sweep`."""
        make_live(self._root, built.name)

    def sweep(self) -> None:
        """Remove every index that is not live: old ones, and what a killed rebuild left half done.

        Readers that still have a removed one open go on with it.
        """
        live = live_index(self._root)
        for name in index_names(self._root):
            if name != live:
                drop_index(self._root, name)

    def drop(self, built: Built) -> None:
        """Close and remove an index that was not finished."""
        built.index.close()
        drop_index(self._root, built.name)

    def open_reader(self) -> IndexReader:
        """A reader that follows the live index; it may come to be later."""
        return follow(self._root, self._analysis)

    def _open(self, folder: Path) -> SearchIndex:
        return TantivyIndex.open(folder, self._analysis, heap=self._heap, threads=self._threads)


def index_root(url: str) -> Path:
    """The folder that a `tantivy:///folder` address names."""
    return Path("/" + url.removeprefix("tantivy://").lstrip("/"))


def open_reader(url: str, analysis: DutchAnalysis) -> IndexReader:
    """Open the index that a setting names, for reading only."""
    return follow(index_root(url), analysis)
