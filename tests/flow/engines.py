"""New places for an installation: in folders, or (`make test-engines`) on PostgreSQL, Elasticsearch and S3."""

import os
import uuid
from collections.abc import Callable, Iterator

import pytest

from tests.engines.elasticsearch import remove_indices
from tests.engines.postgresql import Databases
from tests.engines.s3 import S3Server

ON_ENGINES = os.environ.get("WOO_TEST_ENGINES") == "all"
"""Whether the installations of the flow tests live on the real engines."""

Place = Callable[[], dict[str, str]]
"""Makes the settings of a new, empty place each time it is called."""


@pytest.fixture
def engine_place(
    postgresql_databases: Databases, migrated_postgresql: str, elasticsearch_url: str, s3_server: S3Server
) -> Iterator[Place]:
    """Each time a new database, index prefix and bucket; use with @pytest.mark.needs of all three."""
    databases, prefixes = [], []

    def new() -> dict[str, str]:
        url = postgresql_databases.create(like=migrated_postgresql)
        databases.append(url)
        prefix = f"flow-{uuid.uuid4().hex[:12]}"
        prefixes.append(prefix)
        return {
            "WOO_REGISTRY__URL": url.render_as_string(hide_password=False),
            "WOO_INDEX__URL": f"{elasticsearch_url}/{prefix}",
            **s3_server.environ(s3_server.new_bucket()),
        }

    yield new
    for url in databases:
        postgresql_databases.drop(url)
    for prefix in prefixes:
        remove_indices(elasticsearch_url, prefix)


@pytest.fixture
def place(request: pytest.FixtureRequest) -> Place:
    """Where the installation of this test lives, by what this run is about."""
    if not ON_ENGINES:
        return dict
    made: Place = request.getfixturevalue("engine_place")
    return made
