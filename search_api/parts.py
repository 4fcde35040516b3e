"""What every route of the public side works with, put together once."""

from dataclasses import dataclass
from typing import cast

from starlette.requests import Request

from search_api.fragments import Fragments
from search_api.gate import Gate
from search_api.page_hits import PageHitCounter
from search_api.raadplegen import Teller
from woo.analysis import DutchAnalysis, Highlighter
from woo.diwoo.uitleg import Uitlegboek
from woo.diwoo.waardelijsten import Waardelijsten
from woo.index.port import IndexReader
from woo.settings import Settings
from woo.storage.port import InboxAdder, PublicReader
from woo.views.pictures import PagePictures


@dataclass(frozen=True, slots=True)
class Parts:
    """The reading ends of index and store, behind the gate, the inbox to add to, and what turns their answers into pages.

    Routes take documents and publicaties from `gate`, never from `store` by id without it.
    """

    index: IndexReader
    store: PublicReader
    gate: Gate
    settings: Settings
    analysis: DutchAnalysis
    highlighter: Highlighter
    fragments: Fragments
    lijsten: Waardelijsten
    uitleg: Uitlegboek
    pictures: PagePictures
    inbox: InboxAdder
    page_hits: PageHitCounter
    teller: Teller

    @property
    def site(self) -> str:
        """The public address, without a slash at its end."""
        return self.settings.site.url.rstrip("/")


def parts_of(request: Request) -> Parts:
    """The parts of the application that received this request."""
    return cast(Parts, request.app.state.parts)
