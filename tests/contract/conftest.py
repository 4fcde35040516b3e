"""What the contract suites share."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch

from tests.contract.index_elastic import engine_at
from tests.engines.elasticsearch import plain_address
from woo.analysis import DutchAnalysis
from woo.index.elastic_index import ElasticHouse, Engine


@pytest.fixture(scope="session")
def analysis(root: Path) -> DutchAnalysis:
    return DutchAnalysis.load(root / "config" / "zoeken")


@pytest.fixture
def elastic_engine(elastic_index_url: str, tmp_path: Path) -> Engine:
    """The real Elasticsearch, with a prefix of this test's own."""
    return engine_at(elastic_index_url, tmp_path)


@pytest.fixture
def elastic_house(elastic_engine: Engine, analysis: DutchAnalysis) -> ElasticHouse:
    return ElasticHouse(elastic_engine, analysis)


@pytest.fixture
def raw_elastic(elastic_index_url: str) -> Iterator[Elasticsearch]:
    """The engine itself, to look behind the adapter."""
    with Elasticsearch(plain_address(elastic_index_url)) as client:
        yield client
