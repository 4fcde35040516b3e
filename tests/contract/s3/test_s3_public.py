"""What is particular to a public store and a withdrawn list in an S3 store, and what is damaged there."""

import inspect
import io
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.contract.storage_contract import OP, a_document, a_page, an_id, read_file
from tests.engines.s3 import S3Server
from tests.engines.s3_proxy import Way
from tests.fake_storage import FakeArchive
from woo.domain.errors import NotFound, Unavailable
from woo.settings import StorageSettings
from woo.storage.inbox import FilesystemInboxAdder
from woo.storage.open import open_archive, open_public_reader, open_public_store
from woo.storage.port import Archive, InboxAdder, PublicReader, Stored, Withdrawn
from woo.storage.s3.connection import connect
from woo.storage.s3.inbox import S3InboxAdder
from woo.storage.s3.objects import Objects
from woo.storage.s3.public_reader import S3PublicReader
from woo.storage.s3.public_store import S3PublicStore
from woo.storage.s3.withdrawn import S3WithdrawnReader

Read = Callable[..., StorageSettings]

pytestmark = pytest.mark.needs("s3")


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

    def watch() -> None:
        while not stop.is_set():
            document = reader.document(an_id(1))
            if document is not None:
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
            try:
                content = read_file(reader, an_id(1))
            except Unavailable:
                continue  # it was replaced or hidden while it was read
            if content is not None:
                seen["file"] += 1
                if content.decode() not in texts:
                    wrong.append(f"file {content[:9]!r}")

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        round_ = 0
        while thread.is_alive() and (round_ < 60 or not all(seen.values())):
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


@pytest.mark.parametrize(
    "content", [b"", b"{", b"null", b"[]", b'{"op": "gisteren", "settled": null}', b"\xff\xfe"]
)
def test_a_damaged_entry_of_the_withdrawn_list_still_hides(
    store: S3PublicStore, reader: PublicReader, objects: Objects, content: bytes
) -> None:
    for number, soort in ((1, "document"), (2, "publicatie")):
        store.withdraw(Withdrawn(an_id(number), soort, OP, "reden", "Titel"))
        objects.put(f"ingetrokken/{soort}-{an_id(number)}.json", content)
    objects.put("ingetrokken/vreemd.json", b"{}")
    found = reader.withdrawn()
    assert [(e.id, e.soort, e.reden, e.op.tzinfo is None) for _, e in sorted(found.items())] == [
        (an_id(1), "document", "", False),
        (an_id(2), "publicatie", "", False),
    ]


def test_looking_at_a_list_that_did_not_change_is_one_request_without_content(
    store: S3PublicStore, reader: PublicReader, way: Way
) -> None:
    for number in range(40):
        store.withdraw(Withdrawn(an_id(number), "document", OP, "reden"))
    first = reader.withdrawn()
    assert len(first) == 40
    way.requests.clear()
    assert reader.withdrawn() is first
    assert [(request.method, request.answered) for request in way.requests] == [("GET", 0)]
    store.withdraw(Withdrawn(an_id(50), "document", OP, "reden"))
    way.requests.clear()
    assert reader.withdrawn()[an_id(1)] is first[an_id(1)]
    assert len(way.requests) == 3, "the version, the list, and the entry that is new"


def test_an_entry_whose_writer_died_before_it_said_so_is_noticed_within_a_minute(
    store: S3PublicStore, objects: Objects
) -> None:
    clock = [100.0]
    reader = S3WithdrawnReader(objects, monotonic=lambda: clock[0])
    assert dict(reader.entries()) == {}
    store.withdraw(Withdrawn(an_id(1), "document", OP, "reden"))
    assert set(reader.entries()) == {an_id(1)}
    objects.put(f"ingetrokken/document-{an_id(2)}.json", b"{}")
    clock[0] += 59.0
    assert set(reader.entries()) == {an_id(1)}
    clock[0] += 1.0
    assert set(reader.entries()) == {an_id(1), an_id(2)}


def test_a_list_that_cannot_be_read_is_unavailable_and_never_the_last_one_known(
    store: S3PublicStore, reader: PublicReader, way: Way
) -> None:
    store.withdraw(Withdrawn(an_id(1), "document", OP, "reden"))
    assert set(reader.withdrawn()) == {an_id(1)}
    way.trouble("deny", times=1)
    with pytest.raises(Unavailable):
        reader.withdrawn()
    assert set(reader.withdrawn()) == {an_id(1)}
    store.withdraw(Withdrawn(an_id(2), "document", OP, "reden"))
    for words in ("list-type", f"document-{an_id(2)}"):
        way.trouble("deny", words=words, times=1)
        with pytest.raises(Unavailable):
            reader.withdrawn()
    assert set(reader.withdrawn()) == {an_id(1), an_id(2)}


def test_a_withdrawal_that_cannot_be_written_is_unavailable(store: S3PublicStore, way: Way) -> None:
    for words in ("/ingetrokken/document", "/ingetrokken/versie"):
        way.trouble("deny", "PUT", words)
        with pytest.raises(Unavailable):
            store.withdraw(Withdrawn(an_id(1), "document", OP, "reden"))


def test_two_stores_can_change_the_withdrawn_list_together(
    settings: StorageSettings, store: S3PublicStore, reader: PublicReader
) -> None:
    def withdraw(first: int) -> None:
        other = open_public_store(settings.public, settings)
        for number in range(first, first + 20):
            other.withdraw(Withdrawn(an_id(number), "document", OP, "reden"))

    threads = [threading.Thread(target=withdraw, args=(first,)) for first in (0, 100, 200)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        reader.withdrawn()
    for thread in threads:
        thread.join()
    assert len(reader.withdrawn()) == 60


def test_a_store_that_is_not_there_is_unavailable_and_never_empty(settings_with: Read) -> None:
    settings = settings_with(public=f"{settings_with().public}-ergens-anders")
    reader = open_public_reader(settings.public, settings)
    for read in (
        lambda: reader.document(an_id(1)),
        lambda: reader.page(an_id(1), 1),
        lambda: list(reader.pages(an_id(1))),
        lambda: reader.open_file(an_id(1)),
        lambda: reader.publicatie(an_id(1)),
        lambda: reader.withdrawn(),
    ):
        with pytest.raises(Unavailable, match=r"no public store at this address; look at storage\.public"):
            read()
    open_public_store(settings.public, settings)
    assert dict(reader.withdrawn()) == {}
    assert reader.document(an_id(1)) is None


def test_opening_a_store_again_keeps_what_it_holds(
    store: S3PublicStore, reader: PublicReader, settings: StorageSettings, tmp_path: Path
) -> None:
    store.withdraw(Withdrawn(an_id(1), "document", OP, "reden"))
    before = reader.withdrawn()
    open_public_store(settings.public, settings)
    assert reader.withdrawn() is before


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


def test_a_store_says_nothing_of_its_key(objects: Objects) -> None:
    assert "geheim" not in f"{objects!r} {objects.__dict__}"
