"""Ways to open, fill and look into an index in a real Elasticsearch, for the tests of its adapter."""

from pathlib import Path

from elasticsearch import Elasticsearch

from tests.contract.index_entries import fill
from woo.index.elastic_index import ElasticHouse, Engine
from woo.index.house import Built
from woo.settings import load_settings


def engine_at(url: str, folder: Path, **more: str) -> Engine:
    return Engine.of(load_settings({"WOO_INDEX__URL": url, **more}, cwd=folder).index)


def made(house: ElasticHouse, *entries) -> Built:
    built = house.build()
    fill(built.index, *entries)
    return built


def entries_of(raw: Elasticsearch, built: Built, kind: str) -> int:
    """How many entries of a kind the engine itself holds."""
    raw.indices.refresh(index=built.name)
    return raw.count(index=built.name, query={"term": {"entry": kind}})["count"]
