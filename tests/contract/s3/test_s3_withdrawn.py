"""The withdrawn list in an S3 store: what a look costs, and what happens when it is damaged or away."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.contract.storage_contract import OP, an_id
from tests.engines.s3_proxy import Way
from woo.domain.errors import Unavailable
from woo.settings import StorageSettings
from woo.storage.open import open_public_reader, open_public_store
from woo.storage.port import PublicReader, Withdrawn
from woo.storage.s3.objects import Objects
from woo.storage.s3.public_store import S3PublicStore
from woo.storage.s3.withdrawn import S3WithdrawnReader

Read = Callable[..., StorageSettings]

pytestmark = pytest.mark.needs("s3")


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
