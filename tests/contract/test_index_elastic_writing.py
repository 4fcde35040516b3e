"""What is written to Elasticsearch: in whole or not at all for readers, and every refusal accounted for."""

import pytest

from tests.contract.index_elastic import engine_at, entries_of, made
from tests.contract.index_entries import ask, document, fill, found, publicatie
from woo.domain.errors import InvalidValue, Unavailable
from woo.index.elastic_index import ElasticHouse, ElasticIndex, schema
from woo.index.elastic_index.connection import Connection
from woo.index.elastic_index.names import IndexName
from woo.index.port import Excluded
from woo.index.query import Filters, Soort
from woo.index.version import current_version

pytestmark = pytest.mark.needs("elasticsearch")


def test_nothing_is_seen_before_the_commit_also_of_what_no_longer_fits_the_buffer(
    elastic_index_url, tmp_path, analysis
):
    elastic_house = ElasticHouse(
        engine_at(elastic_index_url, tmp_path, WOO_INDEX__BULK_BYTES="100000"), analysis
    )
    built = made(elastic_house, document("a"))
    elastic_house.make_live(built)
    reader = elastic_house.open_reader()
    built.index.upsert([document(f"d{n}", "Nota", "raad " * 2000) for n in range(30)])
    built.index.delete(documenten=["a"])
    assert found(reader) == {"a"}
    assert reader.ids() == Excluded(frozenset({"a"}))
    built.index.commit()
    assert reader.ids().documenten == {f"d{n}" for n in range(30)}
    reader.close()
    built.index.close()


def test_of_a_document_that_shrinks_or_goes_no_page_entry_stays(elastic_house, raw_elastic):
    built = made(
        elastic_house, document("d", "Nota", *["raad"] * 30), document("e", "Nota", "raad"), publicatie("p")
    )
    assert entries_of(raw_elastic, built, "pagina") == 31
    fill(built.index, document("d", "Nota", "raad", "natuur"))
    assert entries_of(raw_elastic, built, "pagina") == 3
    built.index.delete(documenten=["d"])
    built.index.commit()
    assert entries_of(raw_elastic, built, "pagina") == 1
    built.index.upsert([document("e", "Nota", *["raad"] * 3)])
    built.index.delete(documenten=["e"])
    built.index.commit()
    assert (entries_of(raw_elastic, built, "pagina"), entries_of(raw_elastic, built, "document")) == (0, 0)
    built.index.close()


def test_an_entry_that_the_engine_refuses_is_told_with_the_reason_and_nothing_of_it_stays(
    elastic_house, raw_elastic
):
    built = made(elastic_house, document("d", "Nota", "raad", "raad"))
    built.index.upsert(
        [
            document("before", "Nota", "raad"),
            document("d", "Nota", "natuur", "natuur", "natuur", formaat="x" * 40_000),
            document("after", "Nota", "raad"),
        ]
    )
    (rejected,) = built.index.commit()
    assert (rejected.soort, rejected.id) == (Soort.DOCUMENT, "d")
    assert "immense term" in rejected.why
    assert found(built.index) == {"before", "after"}
    assert entries_of(raw_elastic, built, "pagina") == 2
    assert built.index.commit() == ()
    fill(built.index, document("d", "Nota", "raad"))
    assert found(built.index, "raad") == {"before", "after", "d"}
    built.index.close()


def test_a_document_that_is_too_much_for_the_memory_of_the_engine_is_told_and_the_others_are_in(
    elastic_index_url, tmp_path, analysis
):
    built = ElasticHouse(engine_at(elastic_index_url, tmp_path, WOO_INDEX__RETRIES="1"), analysis).build()
    big = document("big", "Nota", "raad", kaart={"x": "y" * 60_000_000})
    built.index.upsert([document("a", "Nota", "raad"), big, document("b", "Nota", "raad")])
    rejected = built.index.commit()
    assert [(one.soort, one.id) for one in rejected] == [(Soort.DOCUMENT, "big")]
    assert "memory" in rejected[0].why
    assert found(built.index, "raad") == {"a", "b"}
    built.index.close()


def test_a_document_beyond_what_a_request_can_be_is_refused_at_once(elastic_house):
    built = elastic_house.build()
    with pytest.raises(InvalidValue, match="split the document"):
        built.index.upsert([document("big", "Nota", kaart={"x": "y" * 96_000_000})])
    assert built.index.commit() == ()
    built.index.close()


def test_an_answer_of_some_shards_only_is_no_answer(elastic_index_url, tmp_path, analysis, raw_elastic):
    limits = {"WOO_INDEX__RETRIES": "0", "WOO_INDEX__TIMEOUT_SECONDS": "1"}
    elastic_engine = engine_at(elastic_index_url, tmp_path, **limits)
    name = IndexName(elastic_engine.prefix, 1, 1)
    raw_elastic.indices.create(
        index=str(name),
        settings={
            "number_of_shards": 2,
            "number_of_replicas": 0,
            "routing.allocation.total_shards_per_node": 1,
        },
        mappings=schema.mapping(current_version(analysis.version)),
        aliases={name.write_alias: {}},
        wait_for_active_shards=0,
    )
    index = ElasticIndex(Connection(elastic_engine), name, analysis, bulk_bytes=1_000_000)
    for question in (lambda: ask(index, "raad"), lambda: index.count(Filters()), index.ids):
        with pytest.raises(Unavailable):
            question()
    index.upsert([document(f"e{n}", "Nota", "raad") for n in range(20)])
    with pytest.raises(Unavailable):
        index.commit()
    index.close()
