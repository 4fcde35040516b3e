"""The indices of the embedded engine: folders beside each other in one root, and a pointer to the live one."""

import shutil
from pathlib import Path

from woo.analysis import DutchAnalysis
from woo.domain.errors import Unavailable
from woo.index.house import Built
from woo.index.port import IndexReader
from woo.index.tantivy_index.follow import follow
from woo.index.tantivy_index.names import (
    check_version,
    drop_index,
    index_folder,
    index_names,
    live_index,
    make_live,
    new_index,
)
from woo.index.tantivy_index.writer import TantivyIndex
from woo.index.version import current_version


class TantivyHouse:
    """An IndexHouse in one folder. Readers that have a removed index open go on with it."""

    def __init__(
        self, root: Path, analysis: DutchAnalysis, *, threads: int = 1, memory_mb: int = 128
    ) -> None:
        self._root = root
        self._analysis = analysis
        self._threads = threads
        self._heap = memory_mb * 1024 * 1024

    def open_live(self) -> Built | None:
        """Open the live index for writing; see the port.

        Raises:
            LeaseHeld: another process writes it.
        """
        name = live_index(self._root)
        if name is None:
            return None
        folder = index_folder(self._root, name)
        try:
            check_version(folder, current_version(self._analysis.version))
            return Built(name, self._open(folder))
        except Unavailable:
            return None

    def build(self) -> Built:
        """Start an empty index beside the live one."""
        name = new_index(self._root)
        return Built(name, self._open(index_folder(self._root, name)))

    def make_live(self, built: Built) -> None:
        """Point readers to this index; see the port."""
        make_live(self._root, built.name)

    def sweep(self) -> None:
        """Remove every index that is not live."""
        live = live_index(self._root)
        for name in index_names(self._root):
            if name != live:
                drop_index(self._root, name)

    def drop(self, built: Built) -> None:
        """Close and remove an index that is not live."""
        built.index.close()
        drop_index(self._root, built.name)

    def open_reader(self) -> IndexReader:
        """A reader that follows the live index; it may come to be later."""
        return follow(self._root, self._analysis)

    def names(self) -> tuple[str, ...]:
        """Names of every index, oldest first."""
        return index_names(self._root)

    def live(self) -> str | None:
        """Name of the live index."""
        return live_index(self._root)

    def size(self) -> int:
        """Bytes of the files of the live index."""
        name = live_index(self._root)
        folder = None if name is None else index_folder(self._root, name)
        return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) if folder else 0

    def memory(self) -> None:
        """Return nothing: the engine runs inside our process."""

    def demolish(self) -> None:
        """Remove every index, the live one too."""
        if self._root.is_dir():
            shutil.rmtree(self._root)

    def _open(self, folder: Path) -> TantivyIndex:
        return TantivyIndex.open(folder, self._analysis, heap=self._heap, threads=self._threads)
