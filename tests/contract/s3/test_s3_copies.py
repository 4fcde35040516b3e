"""The copies of files that the public side keeps for a while."""

import io
import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.contract.storage_contract import OP, a_document, an_id
from tests.engines.s3_proxy import Way
from woo.settings import StorageSettings
from woo.storage.open import open_public_reader
from woo.storage.port import Archive, PublicReader, Withdrawn
from woo.storage.s3.public_store import S3PublicStore

Read = Callable[..., StorageSettings]

pytestmark = pytest.mark.needs("s3")


def fetched(way: Way) -> int:
    """How many bytes of files were sent here since the last look."""
    bytes_ = sum(r.answered for r in way.requests if r.method == "GET" and r.answered >= 100_000)
    way.requests.clear()
    return bytes_


def test_copies_of_files_are_kept_for_a_while_within_their_room(
    store: S3PublicStore, archive: Archive, settings_with: Read, way: Way
) -> None:
    settings = settings_with(way.url, s3_cache_mb="1")
    reader = open_public_reader(settings.public, settings)
    content = {number: os.urandom(400_000) for number in (1, 2, 3)} | {4: os.urandom(1_100_000)}
    for number in content:
        store.show(a_document(number, archive.put_stream(io.BytesIO(content[number]))), [], archive)
    way.requests.clear()
    paths: dict[int, Path] = {}

    def read(number: int) -> int:
        with reader.local_file(an_id(number)) as path:
            assert path is not None
            assert path.read_bytes() == content[number]
            paths[number] = path
        return fetched(way)

    assert [read(1), read(1), read(2), read(1)] == [400_000, 0, 400_000, 0]
    assert read(3) == 400_000, "there is room for two, and 2 was used least"
    assert [path.exists() for path in paths.values()] == [True, False, True]
    assert [read(1), read(2)] == [0, 400_000]
    assert read(4) == 1_100_000
    assert not paths[4].exists(), "it is larger than the room"


def test_a_copy_that_is_in_use_stays_until_it_is_not(
    store: S3PublicStore, archive: Archive, settings_with: Read, way: Way
) -> None:
    settings = settings_with(way.url, s3_cache_mb="1")
    reader = open_public_reader(settings.public, settings)
    for number in (1, 2):
        stored = archive.put_stream(io.BytesIO(bytes([number]) * 900_000))
        store.show(a_document(number, stored), [], archive)
    with reader.local_file(an_id(1)) as first, reader.local_file(an_id(2)) as second:
        assert first is not None
        assert second is not None
        assert first.exists()
        assert second.exists()
    assert not first.exists()


def test_the_copy_of_a_withdrawn_document_is_gone_at_the_next_look(
    store: S3PublicStore, reader: PublicReader, archive: Archive
) -> None:
    for number in (1, 2):
        store.show(a_document(number, archive.put_stream(io.BytesIO(bytes([number])))), [], archive)
    kept: list[Path] = []
    for number in (1, 2):
        with reader.local_file(an_id(number)) as path:
            assert path is not None
            kept.append(path)
    store.withdraw(Withdrawn(an_id(1), "document", OP, "reden"))
    assert set(reader.withdrawn()) == {an_id(1)}
    assert [path.exists() for path in kept] == [False, True]
    store.hide(an_id(2))
    with reader.local_file(an_id(2)) as gone:
        assert gone is None


def test_many_who_ask_for_one_file_at_once_fetch_it_once(
    store: S3PublicStore, reader: PublicReader, archive: Archive, way: Way
) -> None:
    store.show(a_document(1, archive.put_stream(io.BytesIO(os.urandom(400_000)))), [], archive)
    way.requests.clear()
    seen: list[int] = []

    def read() -> None:
        with reader.local_file(an_id(1)) as path:
            seen.append(0 if path is None else path.stat().st_size)

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [400_000] * 8
    assert fetched(way) == 400_000
