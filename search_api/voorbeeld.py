"""The public site over an example: the same pages, routes and files, for one publicatie that is not public yet.

The desk opens it by name and gives it what to show (docs/adr/0017-preview-is-the-public-site.md): a store and an index of one
publicatie, made from the registry. It is one application; what each request is shown is set around that request.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any, BinaryIO

from starlette.types import ASGIApp

from search_api.app import create_app
from search_api.opening import make_parts
from woo.analysis import DutchAnalysis
from woo.diwoo.waardelijsten import Waardelijsten
from woo.domain.errors import Unavailable
from woo.index.port import NOTHING_EXCLUDED, Excluded, IndexReader, SearchResults
from woo.index.query import Filters, Node, SearchQuery
from woo.sandbox import Limits, Sandbox
from woo.settings import Settings, config_folder
from woo.storage.port import PublicDocument, PublicPage, PublicPublicatie, PublicReader, Regel, Withdrawn

_SECONDS, _MEMORY, _OUTPUT = 20.0, 1024 * 2**20, 32 * 2**20
_STORE: ContextVar[PublicReader] = ContextVar("store")
_INDEX: ContextVar[IndexReader] = ContextVar("index")


class PublicSite:
    """The public site of an installation, to be shown any store and index; made once, for it reads its word lists."""

    def __init__(self, settings: Settings, lijsten: Waardelijsten) -> None:
        limits = Limits(
            seconds=_SECONDS, memory_bytes=_MEMORY, pages=settings.limits.pages, output_bytes=_OUTPUT
        )
        self._sandbox = Sandbox(limits, processes=settings.search.render_processes)
        serve = settings.serve.model_copy(update={"points_per_minute": 0, "at_once": 1000})
        self.app: ASGIApp = create_app(
            make_parts(
                index=_Index(),
                store=_Store(),
                inbox=_NoInbox(),
                settings=settings.model_copy(update={"serve": serve}),
                analysis=DutchAnalysis.load(config_folder() / "zoeken"),
                lijsten=lijsten,
                sandbox=self._sandbox,
            )
        )

    @contextmanager
    def showing(self, store: PublicReader, index: IndexReader) -> Iterator[ASGIApp]:
        """The application, which shows these to what is asked of it inside the block."""
        set_store, set_index = _STORE.set(store), _INDEX.set(index)
        try:
            yield self.app
        finally:
            _STORE.reset(set_store)
            _INDEX.reset(set_index)

    def close(self) -> None:
        self._sandbox.close()


class _Store:
    """The store of the present request."""

    def document(self, id: str) -> PublicDocument | None:
        return _STORE.get().document(id)

    def page(self, id: str, nummer: int) -> PublicPage | None:
        return _STORE.get().page(id, nummer)

    def pages(self, id: str) -> Iterator[PublicPage]:
        return _STORE.get().pages(id)

    def open_file(self, id: str) -> BinaryIO | None:
        return _STORE.get().open_file(id)

    def local_file(self, id: str) -> AbstractContextManager[Path | None]:
        return _STORE.get().local_file(id)

    def publicatie(self, id: str) -> PublicPublicatie | None:
        return _STORE.get().publicatie(id)

    def inventaris(self, id: str) -> Sequence[Regel]:
        return _STORE.get().inventaris(id)

    def site(self, naam: str) -> Mapping[str, Any] | None:
        return _STORE.get().site(naam)

    def withdrawn(self) -> Mapping[str, Withdrawn]:
        return _STORE.get().withdrawn()


class _Index:
    """The index of the present request."""

    def search(self, query: SearchQuery, *, excluded: Excluded = NOTHING_EXCLUDED) -> SearchResults:
        return _INDEX.get().search(query, excluded=excluded)

    def count(self, filters: Filters, *, excluded: Excluded = NOTHING_EXCLUDED) -> int:
        return _INDEX.get().count(filters, excluded=excluded)

    def totals(
        self, queries: Sequence[SearchQuery], *, excluded: Excluded = NOTHING_EXCLUDED
    ) -> tuple[int, ...]:
        return _INDEX.get().totals(queries, excluded=excluded)

    def near_words(self, word: str) -> tuple[str, ...]:
        return _INDEX.get().near_words(word)

    def pages_with_hits(self, document_id: str, zoek: Node) -> tuple[int, ...]:
        return _INDEX.get().pages_with_hits(document_id, zoek)

    def ids(self) -> Excluded:
        return _INDEX.get().ids()

    def refresh(self) -> None:
        _INDEX.get().refresh()

    def close(self) -> None:
        """Nothing to do: it is opened anew for each request."""


class _NoInbox:
    """Where nothing can be left: an example has no visitors."""

    def add(self, soort: str, inhoud: Mapping[str, Any]) -> str:  # noqa: ARG002
        raise Unavailable("the inbox", "an example takes nothing in")
