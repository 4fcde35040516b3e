"""Reads whatever index is live: follows the pointer when another one takes its place."""

from collections.abc import Sequence
from pathlib import Path
from threading import Lock

from woo.analysis import DutchAnalysis
from woo.domain.errors import Unavailable
from woo.index.port import NOTHING_EXCLUDED, Excluded, SearchResults
from woo.index.query import Filters, Node, SearchQuery
from woo.index.tantivy_index.names import POINTER, index_folder, live_index
from woo.index.tantivy_index.reader import TantivyReader

_ATTEMPTS = 5


class FollowingReader:
    """A reader of the live index of a root folder; may be shared by threads.

    Each search looks at the pointer first, so a swap is seen by the next search. Searches under way finish on the index
    they began with, also when that is dropped meanwhile.
    """

    def __init__(self, root: Path, analysis: DutchAnalysis) -> None:
        self._root = root
        self._analysis = analysis
        self._lock = Lock()
        self._seen: tuple[int, int] | None = None
        self._reader: TantivyReader | None = None
        self._name: str | None = None

    def search(self, query: SearchQuery, *, excluded: Excluded = NOTHING_EXCLUDED) -> SearchResults:
        """Answer a question; see the port."""
        return self._live().search(query, excluded=excluded)

    def count(self, filters: Filters, *, excluded: Excluded = NOTHING_EXCLUDED) -> int:
        """Count documents; see the port."""
        return self._live().count(filters, excluded=excluded)

    def totals(
        self, queries: Sequence[SearchQuery], *, excluded: Excluded = NOTHING_EXCLUDED
    ) -> tuple[int, ...]:
        """Count what each question finds; see the port."""
        return self._live().totals(queries, excluded=excluded)

    def near_words(self, word: str) -> tuple[str, ...]:
        """Return words near a mistyped one; see the port."""
        return self._live().near_words(word)

    def pages_with_hits(self, document_id: str, zoek: Node) -> tuple[int, ...]:
        """Return page numbers; see the port."""
        return self._live().pages_with_hits(document_id, zoek)

    def ids(self) -> Excluded:
        """Return what the last commit holds; see the port."""
        return self._live().ids()

    def refresh(self) -> None:
        """Look at the pointer and at the newest commit now."""
        self._live().refresh()

    def close(self) -> None:
        """Let go of the index."""
        with self._lock:
            self._reader = self._name = self._seen = None

    def _live(self) -> TantivyReader:
        with self._lock:
            state = self._state()
            if self._reader is None or state != self._seen:
                self._follow()
                self._seen = state
            assert self._reader is not None  # noqa: S101  (_follow raises or sets it)
            return self._reader

    def _state(self) -> tuple[int, int] | None:
        try:
            found = (self._root / POINTER).stat()
        except FileNotFoundError:
            return None
        return found.st_mtime_ns, found.st_ino

    def _follow(self) -> None:
        """Open the index that is live; tries again when it was swapped and dropped at the same moment."""
        for attempt in range(_ATTEMPTS):
            name = live_index(self._root)
            if name is None:
                raise Unavailable(
                    "index", f"there is no index in {self._root} yet; run `woo work` or `woo reindex`"
                )
            if name == self._name:
                return
            try:
                self._reader = TantivyReader.open(index_folder(self._root, name), self._analysis)
            except Unavailable:
                if attempt == _ATTEMPTS - 1 or live_index(self._root) == name:
                    raise
            else:
                self._name = name
                return


def follow(root: Path, analysis: DutchAnalysis) -> FollowingReader:
    """Return a reader of whatever index is live in this root; it may come to be later."""
    return FollowingReader(root, analysis)
