"""The engine for more than one machine: an index in Elasticsearch."""

from woo.index.elastic_index.engine import Engine
from woo.index.elastic_index.house import ElasticHouse
from woo.index.elastic_index.reader import ElasticReader
from woo.index.elastic_index.writer import ElasticIndex

__all__ = ["ElasticHouse", "ElasticIndex", "ElasticReader", "Engine"]
