"""The fields of the tantivy index, and how a folder with one is opened."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import tantivy

from woo.domain.errors import Unavailable
from woo.index.fields import PLACES, SORT_KEYS, STREAMS
from woo.index.query import FILTERS

WORDS = "woorden"
"""Our tokenizer: tantivy only splits on white space, the analysis has done the rest."""

WITHOUT_PLACES = frozenset({"delen"})
"""Streams in which no phrase is ever looked for, so that positions need not be kept."""


def text_fields() -> list[str]:
    """Return the names of all fields that hold streams of tokens."""
    places = [f"{place}_{stream}" for place in (*PLACES, "pagina") for stream in STREAMS]
    return [*places, "grens_exact", "grens_stam"]


def build_schema() -> tantivy.Schema:
    """Return the schema; `sleutel` is shared by a document and its pages, so that one delete takes all of it."""
    schema = tantivy.SchemaBuilder()
    for name in text_fields():
        option = "freq" if name.rpartition("_")[2] in WITHOUT_PLACES else "position"
        schema.add_text_field(name, tokenizer_name=WORDS, index_option=option)
    for name in ("sleutel", "entry", "geheel"):
        schema.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in ("id", *FILTERS, *sorted(set(SORT_KEYS.values()))):
        schema.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    for name in ("creatiedag", "publicatiedag", "nummer"):
        schema.add_integer_field(name, fast=True, indexed=False)
    schema.add_integer_field("groep", fast=True, indexed=True)
    schema.add_boolean_field("onleesbaar", indexed=True)
    schema.add_bytes_field("bewaard", stored=True)
    return schema.build()


def open_engine(folder: Path | None, *, make: bool) -> tantivy.Index:
    """Return the engine's index in this folder with our tokenizer; `make` it if need be (None: in memory).

    A reader never makes one: a folder that is just being removed must not turn into an index without entries.
    """
    with engine_errors():
        if make or folder is None:
            index = tantivy.Index(build_schema(), path=str(folder) if folder else None, reuse=True)
        else:
            index = tantivy.Index.open(str(folder))
        index.register_tokenizer(WORDS, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
        index.config_reader(reload_policy="manual")
    return index


@contextmanager
def engine_errors() -> Iterator[None]:
    """Turn what the engine raises into Unavailable; it knows no errors of its own beside ValueError and OSError."""
    try:
        yield
    except (ValueError, OSError, RuntimeError) as error:
        raise Unavailable("index", f"the engine says: {error}") from error


def total_of(result: tantivy.SearchResult) -> int:
    """Return how many entries matched; the engine's type stubs do not know this attribute."""
    return int(result.count)  # type: ignore[attr-defined]
