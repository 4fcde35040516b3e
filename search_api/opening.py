"""Opens the reading ends of index and store and the adding end of the inbox, and puts the parts of the public side together.

No web server and no page is in it: a command that searches starts with this alone.
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager

from search_api.fragments import Fragments
from search_api.gate import Gate
from search_api.page_hits import PageHitCounter
from search_api.parts import Parts
from search_api.raadplegen import Teller
from woo.analysis import DutchAnalysis, Highlighter
from woo.diwoo.uitleg import Uitlegboek
from woo.diwoo.waardelijsten import Waardelijsten
from woo.index.open import open_reader
from woo.index.port import IndexReader
from woo.sandbox import Limits, Sandbox
from woo.settings import Settings, config_folder
from woo.storage.open import open_inbox_adder, open_public_reader
from woo.storage.port import InboxAdder, PublicReader
from woo.views.pictures import PagePictures

_RENDER_SECONDS = 20.0
_RENDER_MEMORY = 1024 * 2**20
_RENDER_OUTPUT = 32 * 2**20


@contextmanager
def opened_parts(settings: Settings) -> Iterator[Parts]:
    """The parts over the installation that the settings name, reading ends only; closed afterwards."""
    config = config_folder()
    analysis = DutchAnalysis.load(config / "zoeken")
    limits = Limits(
        seconds=_RENDER_SECONDS,
        memory_bytes=_RENDER_MEMORY,
        pages=settings.limits.pages,
        output_bytes=_RENDER_OUTPUT,
    )
    with (
        closing(open_reader(settings.index, analysis)) as index,
        Sandbox(limits, processes=settings.search.render_processes) as sandbox,
    ):
        yield make_parts(
            index=index,
            store=open_public_reader(settings.storage.public, settings.storage),
            inbox=open_inbox_adder(settings.storage.inbox, settings.storage),
            settings=settings,
            analysis=analysis,
            lijsten=Waardelijsten.load(
                config / "waardelijsten", aanvulling=settings.waardelijsten.aanvulling
            ),
            sandbox=sandbox,
        )


def make_parts(
    *,
    index: IndexReader,
    store: PublicReader,
    inbox: InboxAdder,
    settings: Settings,
    analysis: DutchAnalysis,
    lijsten: Waardelijsten,
    sandbox: Sandbox,
) -> Parts:
    """Put the parts together from exactly what the public side may have; nothing is opened."""
    highlighter = Highlighter(analysis)
    return Parts(
        index=index,
        store=store,
        gate=Gate(store),
        settings=settings,
        analysis=analysis,
        highlighter=highlighter,
        fragments=Fragments(highlighter),
        lijsten=lijsten,
        uitleg=Uitlegboek.load(config_folder() / "uitleg.yaml", lijsten),
        pictures=PagePictures(sandbox, cache_bytes=settings.search.page_cache_mb * 2**20),
        inbox=inbox,
        page_hits=PageHitCounter(store, analysis, highlighter),
        teller=Teller(inbox),
    )
