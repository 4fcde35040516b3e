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
)
from woo.storage.port import Archive, Inbox, InboxAdder

pytestmark = pytest.mark.needs("s3")


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
