"""The Elasticsearch index keeps the contract, and what only a server can show: names, swaps, versions, refusals."""

import copy
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.contract.index_contract import SearchIndexContract
from tests.contract.index_elastic import engine_at, made
from tests.contract.index_entries import ask, document, fill, found, publicatie
from woo.analysis import DutchAnalysis
from woo.domain.errors import InvalidValue, NotFound, Unavailable
from woo.index.cursor import Cursor, write_cursor
from woo.index.elastic_index import ElasticHouse, Engine
from woo.index.elastic_index.catalogue import Catalogue
from woo.index.elastic_index.connection import Connection
from woo.index.elastic_index.names import IndexName, is_read_alias, read_alias
from woo.index.fields import SCHEMA_VERSION
from woo.index.house import Built
from woo.index.parse import parse
from woo.index.query import Filters, SearchQuery
from woo.index.version import Version, current_version

pytestmark = pytest.mark.needs("elasticsearch")


class TestElasticIndex(SearchIndexContract):
    @pytest.fixture
    def index(self, elastic_house: ElasticHouse):
        built = elastic_house.build()
        yield built.index
        built.index.close()


class TestElasticIndexThroughItsReader(SearchIndexContract):
    """The same on two shards, through a reader beside the writer, as the public side has it."""

    @pytest.fixture
    def index(self, elastic_index_url: str, tmp_path: Path, analysis: DutchAnalysis):
        elastic_house = ElasticHouse(engine_at(elastic_index_url, tmp_path, WOO_INDEX__SHARDS="2"), analysis)
        built = elastic_house.build()
        elastic_house.make_live(built)
        reader = elastic_house.open_reader()
        yield _Beside(built.index, reader)
        reader.close()
        built.index.close()


class _Beside:
    """Writes with the writer and asks the reader."""

    def __init__(self, writer, reader) -> None:
        self.upsert, self.delete, self.commit = writer.upsert, writer.delete, writer.commit
        self.search, self.count, self.ids = reader.search, reader.count, reader.ids
        self.pages_with_hits, self.refresh = reader.pages_with_hits, reader.refresh


@given(
    st.from_regex(r"[a-z0-9][a-z0-9_-]{0,30}", fullmatch=True),
    st.integers(0, 10**6 - 1),
    st.integers(0, 10**9 - 1),
)
def test_a_name_is_read_back_from_its_text_for_its_own_prefix_alone(prefix, schema, number):
    name = IndexName(prefix, schema, number)
    assert IndexName.parse(str(name), prefix) == name
    assert IndexName.parse(str(name), f"{prefix}x") is None
    assert IndexName.parse(name.write_alias, prefix) is None
    alias = read_alias(prefix, Version(schema, "x"))
    assert is_read_alias(alias, prefix)
    assert not is_read_alias(alias, f"{prefix}x")


@pytest.mark.parametrize(
    "text",
    [
        "woo",
        "woo-v1",
        "woo-v1-1",
        "woo-v1-0000001",
        "woo-v01-000001",
        "woo-v1-000001-schrijven",
        "awoo-v1-000001",
        "",
    ],
)
def test_what_is_no_name_of_ours_is_left_alone(text):
    assert IndexName.parse(text, "woo") is None


def test_a_reader_waits_for_the_first_index_and_follows_each_swap(elastic_house, elastic_engine):
    reader = elastic_house.open_reader()
    with pytest.raises(Unavailable, match="woo reindex"):
        ask(reader)
    for name in ("a", "b", "c"):
        built = made(elastic_house, document(name))
        elastic_house.make_live(built)
        built.index.close()
        assert found(reader) == {name}
    reader.close()
    elastic_house.sweep()
    assert [str(name) for name in names_of(elastic_engine)] == [built.name]


def names_of(elastic_engine: Engine):
    with Connection(elastic_engine) as connection:
        return Catalogue(connection, elastic_engine).names()


def test_a_swap_is_one_step_and_the_live_index_can_be_written_again(elastic_house):
    first = made(elastic_house, document("a"))
    elastic_house.make_live(first)
    first.index.close()
    again = elastic_house.open_live()
    assert again is not None
    assert again.name == first.name
    fill(again.index, document("b"))
    reader = elastic_house.open_reader()
    assert found(reader) == {"a", "b"}
    assert elastic_house.size() > 0
    reader.close()
    again.index.close()


def test_without_an_index_or_with_one_of_another_version_there_is_none_to_go_on_with(
    elastic_house, elastic_engine, analysis
):
    assert elastic_house.open_live() is None
    assert elastic_house.size() == 0
    built = made(elastic_house, document("a"))
    elastic_house.make_live(built)
    built.index.close()
    other = copy.copy(analysis)
    other.version = "other"
    newer = ElasticHouse(elastic_engine, other)
    assert newer.open_live() is None
    reader = newer.open_reader()
    with pytest.raises(Unavailable, match=r"was made with .*woo reindex"):
        ask(reader)
    reader.close()


def test_the_version_is_recorded_with_the_index(elastic_house, raw_elastic, analysis):
    built = made(elastic_house)
    built.index.close()
    meta = raw_elastic.indices.get_mapping(index=built.name)[built.name]["mappings"]["_meta"]
    assert meta == {"schema": current_version(analysis.version).schema, "analysis": analysis.version}


def test_two_live_indices_are_refused_and_not_chosen_from(
    elastic_house, elastic_engine, raw_elastic, analysis
):
    one, two = made(elastic_house, document("a")), made(elastic_house, document("b"))
    elastic_house.make_live(one)
    raw_elastic.indices.put_alias(index=two.name, name=read_alias(elastic_engine.prefix, Version(999, "x")))
    for built in (one, two):
        built.index.close()
    with pytest.raises(Unavailable, match="more than one index is live"):
        elastic_house.open_live()


def test_the_live_index_cannot_be_dropped_and_no_unknown_one_made_live(elastic_house):
    built = made(elastic_house, document("a"))
    elastic_house.make_live(built)
    with pytest.raises(InvalidValue, match="live"):
        elastic_house.drop(built)
    unknown = Built(built.name.replace("000001", "000099"), built.index)
    with pytest.raises(NotFound):
        elastic_house.make_live(unknown)
    with pytest.raises(InvalidValue):
        elastic_house.make_live(Built("elders", built.index))
    elastic_house.drop(unknown)
    reader = elastic_house.open_reader()
    assert found(reader) == {"a"}
    reader.close()


@pytest.mark.parametrize("late", [document("late"), publicatie("late")])
def test_a_writer_that_was_left_behind_cannot_write_and_makes_no_index(elastic_house, raw_elastic, late):
    old = made(elastic_house, document("a"))
    elastic_house.make_live(old)
    new = made(elastic_house, document("b"))
    elastic_house.make_live(new)
    elastic_house.sweep()
    old.index.upsert([late])
    with pytest.raises(Unavailable):
        old.index.commit()
    prefix = new.name.removesuffix(f"-v{SCHEMA_VERSION}-000002")
    assert set(raw_elastic.indices.get(index=f"{prefix}-*")) == {new.name}
    assert found(new.index) == {"b"}
    for built in (old, new):
        built.index.close()
    with pytest.raises(Unavailable, match="closed"):
        new.index.upsert([document("c")])


def test_totals_and_ids_are_complete_beyond_ten_thousand(elastic_house):
    built = made(elastic_house, *(document(f"d{n:05}") for n in range(10_020)))
    assert ask(built.index).totaal == 10_020
    assert built.index.count(Filters()) == 10_020
    assert len(built.index.ids().documenten) == 10_020
    built.index.close()


def test_swapping_and_dropping_under_constant_questions_fails_not_one(elastic_house):
    entries = [document(f"d{n}", "Nota", "raad") for n in range(10)]
    live = made(elastic_house, *entries)
    elastic_house.make_live(live)
    reader = elastic_house.open_reader()
    stop, answers, failures = threading.Event(), [0], []

    def ask_constantly():
        while not stop.is_set():
            try:
                total = ask(reader, "raad", facetten=("publisher",)).totaal
                answers[0] += 1
                if total != 10:
                    failures.append(total)
            except Exception as error:
                failures.append(error)

    threads = [threading.Thread(target=ask_constantly) for _ in range(3)]
    for thread in threads:
        thread.start()
    for _ in range(8):
        new = made(elastic_house, *entries)
        elastic_house.make_live(new)
        live.index.close()
        elastic_house.sweep()
        live = new
    stop.set()
    for thread in threads:
        thread.join()
    reader.close()
    live.index.close()
    assert failures == []
    assert answers[0] > 8


def test_a_relevance_cursor_of_another_engine_is_refused(elastic_house, analysis):
    built = made(elastic_house, *(document(f"d{n}", "Nota", "raad") for n in range(3)))
    query = SearchQuery(zoek=parse("raad").node)
    for cursor in (Cursor(offset=2), Cursor(key="zz", score=1.0), Cursor(key="6431", score=float("inf"))):
        with pytest.raises(InvalidValue):
            ask(built.index, "raad", na=write_cursor(cursor, query))
    built.index.close()
