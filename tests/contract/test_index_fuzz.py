"""Whatever is searched for, both engines find the same number of documents; asked many at a time."""

import uuid
from collections.abc import Iterator
from contextlib import ExitStack, closing

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.contract.index_entries import document, fill
from tests.engines.elasticsearch import remove_indices
from tests.queries import TEXTS, queries
from woo.analysis import DutchAnalysis
from woo.domain.errors import InvalidValue
from woo.index.askable import askable
from woo.index.elastic_index import ElasticHouse, Engine
from woo.index.parse import parse
from woo.index.port import SearchIndex
from woo.index.query import SearchQuery
from woo.index.tantivy_index import TantivyIndex
from woo.settings import load_settings

BATCH = 25


@pytest.fixture(scope="module")
def engines(analysis, elasticsearch_url, tmp_path_factory) -> Iterator[list[SearchIndex]]:
    prefix = f"test-{uuid.uuid4().hex[:12]}"
    config = load_settings(
        {"WOO_INDEX__URL": f"{elasticsearch_url}/{prefix}"}, cwd=tmp_path_factory.mktemp("fuzz")
    )
    entries = [document(f"d{at}", text[:20], *TEXTS[at:]) for at, text in enumerate(TEXTS)]
    with ExitStack() as stack:
        stack.callback(remove_indices, elasticsearch_url, prefix)
        embedded = stack.enter_context(closing(TantivyIndex.open(None, analysis)))
        server = stack.enter_context(closing(ElasticHouse(Engine.of(config.index), analysis).build().index))
        yield [fill(embedded, *entries), fill(server, *entries)]


def question(zoek: str, analysis: DutchAnalysis) -> SearchQuery | None:
    """The question that the site would ask; None for what has no measure."""
    try:
        return SearchQuery(zoek=askable(parse(zoek), analysis).node)
    except InvalidValue:
        return None


@pytest.mark.prove
@pytest.mark.timeout(7200)
@pytest.mark.filterwarnings("ignore:Generating overly large repr")
@pytest.mark.needs("elasticsearch")
def test_both_engines_find_the_same_number_for_whatever_is_typed(engines, analysis, proving: bool):
    @settings(
        max_examples=(20_000 if proving else 300) // BATCH,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.reuse, Phase.generate],
    )
    @given(st.lists(queries, min_size=BATCH, max_size=BATCH))
    def equal(typed: list[str]) -> None:
        asked = [query for zoek in typed if (query := question(zoek, analysis))]
        embedded, server = (engine.totals(asked) for engine in engines)
        assert embedded == server

    equal()
