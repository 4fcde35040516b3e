"""Opens the engine that the settings name; the other engine's code is not even loaded."""

from woo.analysis import DutchAnalysis
from woo.index.house import IndexHouse
from woo.index.port import IndexReader
from woo.settings import IndexSettings


def open_house(settings: IndexSettings, analysis: DutchAnalysis) -> IndexHouse:
    """The place where this installation's indices live; nothing is connected to or made before it is used."""
    if settings.url.startswith("tantivy:"):
        from woo.index.tantivy_index import TantivyHouse

        return TantivyHouse(
            settings.folder, analysis, threads=settings.writer_threads, memory_mb=settings.writer_memory_mb
        )
    from woo.index.elastic_index import ElasticHouse, Engine

    return ElasticHouse(Engine.of(settings), analysis)


def open_reader(settings: IndexSettings, analysis: DutchAnalysis) -> IndexReader:
    """A reader of the live index, for reading only; the index may come to be later."""
    return open_house(settings, analysis).open_reader()
