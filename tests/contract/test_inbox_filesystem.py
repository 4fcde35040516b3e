from pathlib import Path

import pytest

from tests.contract.inbox_contract import InboxContract
from woo.domain.errors import Unavailable
from woo.storage.inbox import FilesystemInbox, FilesystemInboxAdder
from woo.storage.open import open_inbox, open_inbox_adder


class TestFilesystemInbox(InboxContract):
    @pytest.fixture
    def inbox(self, tmp_path: Path) -> FilesystemInbox:
        return FilesystemInbox(tmp_path / "inbox")

    @pytest.fixture
    def adder(self, tmp_path: Path) -> FilesystemInboxAdder:
        return FilesystemInboxAdder(tmp_path / "inbox")

    def test_what_was_left_is_there_after_opening_again(
        self, adder: FilesystemInboxAdder, tmp_path: Path
    ) -> None:
        id = adder.add("melding", {"a": 1})
        assert [entry.id for entry in FilesystemInbox(tmp_path / "inbox").entries()] == [id]

    def test_what_is_damaged_is_left_and_the_rest_is_read(
        self, inbox: FilesystemInbox, adder: FilesystemInboxAdder, tmp_path: Path
    ) -> None:
        for content in (b"", b"[]", b'{"a"', b"\xff"):
            id = adder.add("melding", {})
            (tmp_path / "inbox" / f"{id}.json").write_bytes(content)
        (tmp_path / "inbox" / "vreemd.json").write_text("{}")
        good = adder.add("melding", {"a": 1})
        assert [entry.id for entry in inbox.entries()] == [good]
        assert len(list((tmp_path / "inbox").iterdir())) == 6

    def test_something_can_be_left_before_there_is_a_folder(self, tmp_path: Path) -> None:
        id = open_inbox_adder(f"file://{tmp_path}/nieuw/inbox").add("melding", {})
        assert [entry.id for entry in open_inbox(str(tmp_path / "nieuw" / "inbox")).entries()] == [id]

    def test_a_folder_that_cannot_be_made_is_unavailable(self, tmp_path: Path) -> None:
        (tmp_path / "bestand").write_text("")
        with pytest.raises(Unavailable, match="inbox"):
            FilesystemInboxAdder(tmp_path / "bestand" / "inbox").add("melding", {})
        with pytest.raises(Unavailable, match="inbox"):
            FilesystemInbox(tmp_path / "bestand" / "inbox")
