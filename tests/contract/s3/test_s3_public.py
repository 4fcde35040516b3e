"""What is particular to a public store in an S3 store, and what is damaged there."""

import contextlib
import inspect
import io
import os
import threading
from collections.abc import Callable
from typing import Any

import pytest

from tests.contract.storage_contract import a_document, a_page, an_id, read_file
from tests.engines.s3 import S3Server
from tests.engines.s3_proxy import Way
from tests.fake_storage import FakeArchive
from woo.domain.errors import NotFound, Unavailable
from woo.settings import StorageSettings
from woo.storage.inbox import FilesystemInboxAdder
from woo.storage.open import open_archive, open_public_reader
from woo.storage.port import Archive, InboxAdder, PublicReader, Stored
from woo.storage.s3.connection import connect
from woo.storage.s3.inbox import S3InboxAdder
from woo.storage.s3.objects import Objects
from woo.storage.s3.public_reader import S3PublicReader
from woo.storage.s3.public_store import S3PublicStore

Read = Callable[..., StorageSettings]

pytestmark = pytest.mark.needs("s3")


def test_the_public_side_holds_no_method_that_writes() -> None:
    def public(kind: type) -> set[str]:
        return {name for name, _ in inspect.getmembers(kind, callable) if not name.startswith("_")}

    assert public(S3PublicReader) == public(PublicReader)
    assert public(S3InboxAdder) == public(FilesystemInboxAdder) == public(InboxAdder) == {"add"}


def test_reading_uses_the_key_of_the_public_side_and_changes_nothing(
    store: S3PublicStore, archive: Archive, settings_with: Read, way: Way
) -> None:
    store.show(a_document(1, archive.put_stream(io.BytesIO(b"abc"))), [a_page(1)], archive)
    way.requests.clear()
    settings = settings_with(way.url, s3_access_key="", s3_secret_key="")
    reader = open_public_reader(settings.public, settings)
    assert reader.document(an_id(1)) is not None
    assert len(list(reader.pages(an_id(1)))) == 1
    assert read_file(reader, an_id(1)) == b"abc"
    assert (reader.document(an_id(2)), reader.publicatie(an_id(2))) == (None, None)
    assert reader.withdrawn() == {}
    assert way.keys() == {"sleutel-publiek"}
    assert {request.method for request in way.requests} <= {"GET", "HEAD"}


def test_a_file_of_the_same_bucket_is_copied_inside_the_store(
    store: S3PublicStore, reader: PublicReader, archive: Archive, way: Way
) -> None:
    content = os.urandom(2_000_000)
    document = a_document(1, archive.put_stream(io.BytesIO(content)))
    way.requests.clear()
    store.show(document, [a_page(1)], archive)
    assert sum(request.copy for request in way.requests) == 1
    assert sum(request.sent + request.answered for request in way.requests) < 20_000
    assert read_file(reader, an_id(1)) == content
    way.requests.clear()
    store.show(document, [a_page(1)], archive)
    assert sum(request.copy for request in way.requests) == 0, "the file is there already"


def test_a_file_of_another_bucket_passes_through_this_machine(
    s3_server: S3Server, store: S3PublicStore, reader: PublicReader, settings_with: Read
) -> None:
    settings = settings_with(archive=f"s3://{s3_server.new_bucket()}/a")
    elsewhere = open_archive(settings.archive, settings)
    for number, size in ((1, 0), (2, 3), (3, 9_000_000)):
        content = os.urandom(size)
        store.show(a_document(number, elsewhere.put_stream(io.BytesIO(content))), [], elsewhere)
        assert read_file(reader, an_id(number)) == content


def test_a_file_that_is_not_what_its_digest_says_is_not_shown_nor_read(
    store: S3PublicStore, reader: PublicReader, archive: Archive, settings: StorageSettings
) -> None:
    class Wrong(FakeArchive):
        def _content(self, digest: str) -> bytes:
            return super()._content(digest)[::-1]

    for size in (3, 9_000_000):
        wrong = Wrong()
        stored = wrong.put_stream(io.BytesIO(b"a" + b"b" * size))
        with pytest.raises(Unavailable, match=f"{stored.digest} is damaged"):
            store.show(a_document(1, stored), [], wrong)
        assert reader.document(an_id(1)) is None
    stored = archive.put_stream(io.BytesIO(b"abc"))
    connect(settings.archive, settings, setting="storage.archive", side="own").put(stored.digest, b"cba")
    with pytest.raises(Unavailable, match="is damaged"), archive.local(stored.digest):
        pass
    connect(settings.archive, settings, setting="storage.archive", side="own").put(stored.digest, b"a")
    archive.put_stream(io.BytesIO(b"abc"))
    with archive.local(stored.digest) as path:
        assert path.read_bytes() == b"abc"


def test_a_refused_document_leaves_the_earlier_one(
    store: S3PublicStore, reader: PublicReader, archive: Archive
) -> None:
    document = a_document(1, archive.put_stream(io.BytesIO(b"abc")))
    store.show(document, [a_page(1)], archive)
    for digest in ("0" * 64, "../../../x"):
        with pytest.raises(NotFound):
            store.show(a_document(1, Stored(digest, 1)), [], archive)
    assert reader.document(an_id(1)) == document
    assert read_file(reader, an_id(1)) == b"abc"


def test_replacing_leaves_no_earlier_file_behind(
    store: S3PublicStore, archive: Archive, objects: Objects
) -> None:
    for content in (b"oud", b"nieuw"):
        stored = archive.put_stream(io.BytesIO(content))
        store.show(a_document(1, stored), [a_page(1)], archive)
    keys = [info.key.removeprefix(f"documenten/{an_id(1)}/") for info in objects.list("documenten/")]
    assert keys == sorted({"document", stored.digest})
    store.hide(an_id(1))
    assert list(objects.list("documenten/")) == []


def test_one_page_is_read_without_reading_the_others(
    store: S3PublicStore, reader: PublicReader, archive: Archive, way: Way
) -> None:
    store.show(a_document(1, pages=5_000), [a_page(n, "x" * 3_000) for n in range(1, 5_001)], archive)
    way.requests.clear()
    assert reader.page(an_id(1), 2_500) == a_page(2_500, "x" * 3_000)
    assert sum(request.answered for request in way.requests) < 80_000
    assert len(way.requests) <= 3


def test_a_page_of_a_document_that_is_replaced_between_two_requests_is_of_the_new_version(
    store: S3PublicStore, archive: Archive, objects: Objects, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.show(a_document(1), [a_page(n, "oud " * 30_000) for n in (1, 2)], archive)
    part, asked = objects.part, []

    def replaced_after_the_first(*words: Any, **more: Any) -> Any:
        found = part(*words, **more)
        asked.append(words)
        if len(asked) == 1:
            store.show(a_document(1), [a_page(n, "nieuw " * 30_000) for n in (1, 2)], archive)
        return found

    monkeypatch.setattr(objects, "part", replaced_after_the_first)
    assert S3PublicReader(objects).page(an_id(1), 2) == a_page(2, "nieuw " * 30_000)
    assert len(asked) == 3, "the beginning of the old, no more of it, and the new one"


def test_an_object_is_created_once_and_never_by_another_replaced(objects: Objects) -> None:
    assert objects.create("x", b"eerst")
    assert not objects.create("x", b"dan")
    got = objects.get("x")
    assert got is not None
    assert got[0] == b"eerst"


def test_a_large_text_comes_back_as_it_was(
    store: S3PublicStore, reader: PublicReader, archive: Archive
) -> None:
    pages = [a_page(n, f"{n} " * 20_000) for n in range(1, 201)]
    store.show(a_document(1, pages=200), pages, archive)
    assert list(reader.pages(an_id(1))) == pages


def test_pages_are_those_of_one_version_also_when_it_is_replaced_meanwhile(
    store: S3PublicStore, reader: PublicReader, archive: Archive
) -> None:
    store.show(a_document(1), [a_page(1, "oud"), a_page(2, "oud")], archive)
    pages = reader.pages(an_id(1))
    first = next(pages)
    store.show(a_document(1), [a_page(1, "nieuw")], archive)
    assert [first.tekst, *(page.tekst for page in pages)] == ["oud", "oud"]


def test_a_reader_never_sees_half_a_document_while_it_is_replaced_and_hidden(
    store: S3PublicStore, reader: PublicReader, archive: Archive
) -> None:
    texts = ["oud " * 30_000, "nieuw " * 20_000]  # pages beyond what the first request brings
    files = [archive.put_stream(io.BytesIO(text.encode())) for text in texts]
    stop, wrong, seen = threading.Event(), [], {"document": 0, "pages": 0, "page": 0, "file": 0}

    def look() -> None:
        if reader.document(an_id(1)) is not None:
            seen["document"] += 1
        pages = [page.tekst for page in reader.pages(an_id(1))]
        if pages:
            seen["pages"] += 1
            if pages != [pages[0]] * 3 or pages[0] not in texts:
                wrong.append(f"pages {[text[:9] for text in pages]}")
        page = reader.page(an_id(1), 3)
        if page is not None:
            seen["page"] += 1
            if page.tekst not in texts:
                wrong.append(f"page {page.tekst[:9]}")
        content = read_file(reader, an_id(1))
        if content is not None:
            seen["file"] += 1
            if content.decode() not in texts:
                wrong.append(f"file {content[:9]!r}")

    def watch() -> None:
        while not stop.is_set():
            with contextlib.suppress(Unavailable):  # it was replaced or hidden all the while it was read
                look()

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        round_ = 0
        while thread.is_alive() and (round_ < 30 or not all(seen.values())):
            version = round_ % 2
            store.show(
                a_document(1, files[version], pages=3),
                [a_page(n, texts[version]) for n in (1, 2, 3)],
                archive,
            )
            if round_ % 3 == 2:
                store.hide(an_id(1))
            round_ += 1
            stop.wait(0.01 * (round_ % 5))
    finally:
        stop.set()
        thread.join()
    assert wrong == []
    assert all(seen.values()), seen


def test_a_file_that_is_taken_away_while_it_is_read_breaks_off(
    store: S3PublicStore, reader: PublicReader, archive: Archive
) -> None:
    store.show(a_document(1, archive.put_stream(io.BytesIO(os.urandom(2_000_000)))), [], archive)
    file = reader.open_file(an_id(1))
    assert file is not None
    with file:
        assert len(file.read(1000)) == 1000
        store.hide(an_id(1))
        with pytest.raises(Unavailable, match="taken away"):
            file.read()


def test_a_file_can_be_read_in_any_order(
    store: S3PublicStore, reader: PublicReader, archive: Archive
) -> None:
    content = os.urandom(1_500_000)
    store.show(a_document(1, archive.put_stream(io.BytesIO(content))), [], archive)
    file = reader.open_file(an_id(1))
    assert file is not None
    with file:
        for start, size in ((1_400_000, 200_000), (0, 10), (5, 700_000), (1_499_999, 5), (1_500_000, 5)):
            assert file.seek(start) == start
            assert file.read(size) == content[start : start + size]
        assert file.seek(-10, os.SEEK_END) == 1_499_990
        assert file.read() == content[-10:]


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"",
        lambda content: content[:10],
        lambda content: content[:-1],
        lambda content: content + b" ",
        lambda content: bytes(len(content)),
        lambda content: content[:24] + b"\0" * 20 + content[44:],
    ],
    ids=["empty", "cut in the head", "cut at the end", "longer", "zeros", "zeros in the metadata"],
)
def test_a_document_that_was_damaged_is_not_there_and_can_be_shown_again(
    store: S3PublicStore,
    reader: PublicReader,
    archive: Archive,
    objects: Objects,
    damage: Callable[[bytes], bytes],
) -> None:
    document = a_document(1, archive.put_stream(io.BytesIO(b"abc")))
    store.show(document, [a_page(1)], archive)
    key = f"documenten/{an_id(1)}/document"
    got = objects.get(key)
    assert got is not None
    objects.put(key, damage(got[0]))
    assert reader.document(document.id) is None
    assert read_file(reader, document.id) is None
    assert list(store.documents()) == [document.id]
    store.show(document, [a_page(1)], archive)
    assert reader.document(document.id) == document


def test_a_file_that_is_missing_is_said_to_be_and_put_back_by_showing_again(
    store: S3PublicStore, reader: PublicReader, archive: Archive, objects: Objects
) -> None:
    stored = archive.put_stream(io.BytesIO(b"abc"))
    store.show(a_document(1, stored), [], archive)
    objects.delete([f"documenten/{an_id(1)}/{stored.digest}"])
    with pytest.raises(Unavailable, match="missing"):
        reader.open_file(an_id(1))
    store.show(a_document(1, stored), [], archive)
    assert read_file(reader, an_id(1)) == b"abc"


def test_a_store_says_nothing_of_its_key(objects: Objects) -> None:
    assert "geheim" not in f"{objects!r} {objects.__dict__}"
