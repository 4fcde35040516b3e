"""The settings of the S3 tests: a bucket of their own, reached by a way on which there can be trouble."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.engines.s3 import S3Server
from tests.engines.s3_proxy import Way, way_to
from woo.settings import StorageSettings, load_settings
from woo.storage.open import open_archive, open_public_reader, open_public_store
from woo.storage.port import Archive, PublicReader
from woo.storage.s3.connection import connect
from woo.storage.s3.objects import Objects
from woo.storage.s3.public_store import S3PublicStore


@pytest.fixture
def bucket(s3_server: S3Server) -> str:
    return s3_server.new_bucket()


@pytest.fixture
def way(s3_server: S3Server) -> Iterator[Way]:
    with way_to(s3_server.url) as way:
        yield way


Read = Callable[..., StorageSettings]


@pytest.fixture
def settings_with(s3_server: S3Server, bucket: str, tmp_path: Path) -> Read:
    """The settings of the store, with some of them changed."""

    def read(endpoint: str | None = None, **changes: str) -> StorageSettings:
        environ = {
            **s3_server.environ(bucket, endpoint=endpoint),
            **{f"WOO_STORAGE__{name.upper()}": value for name, value in changes.items()},
        }
        return load_settings(environ, cwd=tmp_path).storage

    return read


@pytest.fixture
def settings(settings_with: Read, way: Way) -> StorageSettings:
    """The settings of a store that is reached by `way`."""
    return settings_with(way.url)


@pytest.fixture
def archive(settings: StorageSettings) -> Archive:
    return open_archive(settings.archive, settings)


@pytest.fixture
def store(settings: StorageSettings) -> S3PublicStore:
    store = open_public_store(settings.public, settings)
    assert isinstance(store, S3PublicStore)
    return store


@pytest.fixture
def reader(store: S3PublicStore, settings: StorageSettings) -> PublicReader:
    return open_public_reader(settings.public, settings)


@pytest.fixture
def objects(settings: StorageSettings) -> Objects:
    """The objects of the public store themselves, to harm."""
    return connect(settings.public, settings, setting="storage.public", side="own")
