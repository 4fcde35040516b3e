import pytest

from tests.contract.inbox_contract import InboxContract
from tests.contract.storage_contract import ArchiveContract, PublicStoreContract
from tests.fake_storage import FakeArchive, FakeInbox, FakePublicStore
from woo.storage.port import Archive, InboxAdder, PublicReader, PublicStore


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


class TestFakeInbox(InboxContract):
    @pytest.fixture
    def inbox(self) -> FakeInbox:
        return FakeInbox()

    @pytest.fixture
    def adder(self, inbox: FakeInbox) -> InboxAdder:
        return inbox.adder()
