"""One Elasticsearch for the whole test run: the one that WOO_TEST_ELASTICSEARCH_URL names, or a node of our own."""

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from elasticsearch import Elasticsearch

from tests.elasticsearch_node.node import missing, running_node
from tests.engines import together


def why_missing() -> str | None:
    """Why the tests cannot have an Elasticsearch here, or None when they can."""
    return None if os.environ.get("WOO_TEST_ELASTICSEARCH_URL") else missing()


@contextmanager
def served() -> Iterator[dict[str, str]]:
    """A running Elasticsearch for as long as the block runs: its `url`, as WOO_INDEX__URL takes it, without a prefix."""
    given = os.environ.get("WOO_TEST_ELASTICSEARCH_URL")
    if given:
        yield {"url": given.rstrip("/")}
        return
    with running_node(heap_mb=768) as node:
        yield {"url": node.url}


@pytest.fixture(scope="session")
def elasticsearch_url() -> Iterator[str]:
    """The address of the Elasticsearch of this test run; use with @pytest.mark.needs("elasticsearch")."""
    with together.served("elasticsearch") as facts:
        yield facts["url"]


@pytest.fixture
def elastic_index_url(elasticsearch_url: str) -> Iterator[str]:
    """An address with a prefix of this test's own; what was made under it is removed afterwards."""
    prefix = f"test-{uuid.uuid4().hex[:12]}"
    yield f"{elasticsearch_url}/{prefix}"
    remove_indices(elasticsearch_url, prefix)


def remove_indices(url: str, prefix: str) -> None:
    """Remove every index whose name starts with this prefix."""
    with Elasticsearch(plain_address(url)) as client:
        for name in client.indices.get(index=f"{prefix}-*", features="aliases"):
            client.indices.delete(index=name)


def plain_address(url: str) -> str:
    """The http(s) address of an elasticsearch(s):// one."""
    scheme, _, rest = url.partition("://")
    return f"{'https' if scheme == 'elasticsearchs' else 'http'}://{rest.partition('/')[0]}"
