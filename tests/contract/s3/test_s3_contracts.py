"""The contracts of archive, public store and inbox on a real S3 server."""

from pathlib import Path

import pytest

from tests.contract.inbox_contract import InboxContract
from tests.contract.storage_contract import ArchiveContract, PublicStoreContract
from woo.settings import StorageSettings
from woo.storage.open import (
    open_archive,
    open_inbox,
    open_inbox_adder,
    open_public_reader,
    open_public_store,
)
from woo.storage.port import Archive, Inbox, InboxAdder, PublicReader, PublicStore

pytestmark = pytest.mark.needs("s3")


@pytest.fixture
def archive(settings: StorageSettings) -> Archive:
    return open_archive(settings.archive, settings)


@pytest.fixture
def store(settings: StorageSettings) -> PublicStore:
    return open_public_store(settings.public, settings)


@pytest.fixture
def reader(store: PublicStore, settings: StorageSettings) -> PublicReader:
    return open_public_reader(settings.public, settings)


class TestS3Archive(ArchiveContract):
    pass


class TestS3PublicStore(PublicStoreContract):
    pass


class TestS3PublicStoreWithFilesFromAFolder(PublicStoreContract):
    """The archive is elsewhere, so the files pass through this machine."""

    @pytest.fixture
    def archive(self, tmp_path: Path) -> Archive:
        return open_archive(str(tmp_path / "archive"))


class TestS3Inbox(InboxContract):
    @pytest.fixture
    def inbox(self, settings: StorageSettings) -> Inbox:
        return open_inbox(settings.inbox, settings)

    @pytest.fixture
    def adder(self, settings: StorageSettings) -> InboxAdder:
        return open_inbox_adder(settings.inbox, settings)
