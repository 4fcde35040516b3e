import pytest

from tests.contract.storage_contract import ArchiveContract, PublicStoreContract
from tests.fake_storage import FakeArchive, FakePublicStore
from woo.storage.port import Archive, PublicReader, PublicStore


@pytest.fixture
def archive() -> Archive:
    return FakeArchive()


@pytest.fixture
def store() -> PublicStore:
    return FakePublicStore()


@pytest.fixture
def reader(store: PublicStore) -> PublicReader:
    return store


class TestFakeArchive(ArchiveContract):
    pass


class TestFakePublicStore(PublicStoreContract):
    pass
