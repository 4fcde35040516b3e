"""The Elasticsearch index keeps the contract, and what only a server can show."""

import pytest

from tests.contract.index_contract import SearchIndexContract
from woo.analysis import DutchAnalysis
from woo.index.elastic_index import ElasticHouse, Engine
from woo.settings import load_settings

pytestmark = pytest.mark.needs("elasticsearch")


@pytest.fixture
def engine(elastic_index_url: str, tmp_path) -> Engine:
    return Engine.of(load_settings({"WOO_INDEX__URL": elastic_index_url}, cwd=tmp_path).index)


@pytest.fixture
def house(engine: Engine, analysis: DutchAnalysis) -> ElasticHouse:
    return ElasticHouse(engine, analysis)


class TestElasticIndex(SearchIndexContract):
    @pytest.fixture
    def index(self, house: ElasticHouse):
        built = house.build()
        yield built.index
        built.index.close()
