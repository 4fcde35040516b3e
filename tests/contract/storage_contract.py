"""What every archive and every public store must do, whatever it is made of."""

import hashlib
import io
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from woo.domain.errors import InvalidValue, NotFound
from woo.storage.port import (
    Archive,
    PublicDocument,
    PublicFile,
    PublicPage,
    PublicPublicatie,
    PublicReader,
    PublicStore,
    Stored,
    Withdrawn,
)

OP = datetime(2026, 3, 2, 9, 0, 0, 123456, tzinfo=UTC)
NO_IDS = [
    "",
    "..",
    "../../etc/passwd",
    "a/b",
    "\0",
    "7F000000-0000-4000-8000-000000000001",
    "7f000000-0000-4000-8000-00000000000",
    "7f000000-0000-4000-8000-000000000001\n",
    "{7f000000-0000-4000-8000-000000000001}",
]
ODD_NAMES = [
    "besluit.pdf",
    "a\nb\r\n.pdf",
    os.fsdecode(b"besluit-\xff\xfe.pdf"),
    "x" * 300 + ".pdf",
    "../../../etc/passwd",
    "/etc/passwd",
    "",
    ".",
    "\0\x1b[31m",
    "☂ é 😀.pdf",
]


def an_id(number: int) -> str:
    return str(UUID(int=number, version=4))


def a_page(number: int, text: str = "") -> PublicPage:
    return PublicPage(number, text or f"Dit is pagina {number}.", "pdf")


def a_document(
    number: int, stored: Stored | None = None, *, pages: int = 2, naam: str = "besluit.pdf"
) -> PublicDocument:
    bestand = PublicFile(stored.digest, naam, "application/pdf", stored.grootte) if stored else None
    return PublicDocument(an_id(number), an_id(1000), {"officieleTitel": f"Titel {number}"}, bestand, pages)


def read_file(reader: PublicReader, id: str) -> bytes | None:
    file = reader.open_file(id)
    if file is None:
        return None
    with file:
        return file.read()


class ArchiveContract:
    """Subclasses give the fixture `archive`."""

    def test_a_file_comes_back_as_it_was(self, archive: Archive, tmp_path: Path) -> None:
        content = os.urandom(3_000_000)
        (tmp_path / "in.bin").write_bytes(content)
        stored = archive.put(tmp_path / "in.bin")
        assert stored == Stored(hashlib.sha256(content).hexdigest(), len(content))
        assert archive.has(stored.digest)
        with archive.open(stored.digest) as file:
            assert file.seekable()
            assert file.read() == content
        with archive.local(stored.digest) as path:
            assert path.read_bytes() == content

    def test_a_stream_comes_back_as_it_was(self, archive: Archive) -> None:
        stored = archive.put_stream(io.BytesIO(b"abc"))
        with archive.open(stored.digest) as file:
            assert file.read() == b"abc"

    def test_an_empty_file_is_a_file(self, archive: Archive) -> None:
        stored = archive.put_stream(io.BytesIO(b""))
        assert stored == Stored(hashlib.sha256(b"").hexdigest(), 0)
        assert archive.has(stored.digest)

    def test_putting_twice_gives_one_file(self, archive: Archive, tmp_path: Path) -> None:
        (tmp_path / "in.bin").write_bytes(b"abc")
        assert archive.put(tmp_path / "in.bin") == archive.put_stream(io.BytesIO(b"abc"))
        assert len(list(archive.digests())) == 1

    def test_a_stream_of_exactly_the_limit_is_taken_and_one_byte_more_is_not(self, archive: Archive) -> None:
        archive.put_stream(io.BytesIO(b"x" * 5000), limit=5000)
        before = list(archive.digests())
        with pytest.raises(InvalidValue, match="at most 5000 bytes"):
            archive.put_stream(io.BytesIO(b"x" * 5001), limit=5000)
        assert list(archive.digests()) == before

    def test_nothing_stays_of_a_stream_that_breaks(self, archive: Archive) -> None:
        class Breaks(io.BytesIO):
            def read(self, size: int | None = -1, /) -> bytes:
                if self.tell() > 0:
                    raise ConnectionResetError("the sender left")
                return super().read(10)

        with pytest.raises(ConnectionResetError):
            archive.put_stream(Breaks(b"x" * 100))
        assert list(archive.digests()) == []

    @pytest.mark.parametrize("digest", ["0" * 64, "", "..", "../x", "A" * 64, "0" * 63 + "\n", "\0"])
    def test_what_is_not_there_is_said_not_to_be(self, archive: Archive, digest: str) -> None:
        assert not archive.has(digest)
        with pytest.raises(NotFound):
            archive.open(digest)
        with pytest.raises(NotFound), archive.local(digest):
            pass

    def test_a_source_that_cannot_be_read_is_refused_with_its_name(
        self, archive: Archive, tmp_path: Path
    ) -> None:
        os.mkfifo(tmp_path / "pijp")
        for name in ("weg.pdf", "pijp", "."):
            with pytest.raises(InvalidValue, match="cannot be read"):
                archive.put(tmp_path / name)
        assert list(archive.digests()) == []

    def test_the_names_of_sources_do_not_matter(self, archive: Archive, tmp_path: Path) -> None:
        for number, name in enumerate(["een\ntwee", os.fsdecode(b"\xff\xfe"), "x" * 255]):
            (tmp_path / name).write_bytes(bytes([number]))
            assert archive.has(archive.put(tmp_path / name).digest)

    def test_all_digests_are_listed_in_order(self, archive: Archive) -> None:
        put = {archive.put_stream(io.BytesIO(str(number).encode())).digest for number in range(50)}
        assert list(archive.digests()) == sorted(put)

    def test_what_is_removed_is_gone_and_may_be_removed_again(self, archive: Archive, tmp_path: Path) -> None:
        kept, gone = (archive.put_stream(io.BytesIO(content)).digest for content in (b"blijft", b"gaat weg"))
        assert archive.remove(gone)
        assert not archive.has(gone)
        assert list(archive.digests()) == [kept]
        with pytest.raises(NotFound):
            archive.open(gone)
        assert archive.remove(gone)
        assert archive.remove("geen digest")
        assert archive.put_stream(io.BytesIO(b"gaat weg")).digest == gone
        assert archive.has(gone)


class PublicStoreContract:
    """Subclasses give the fixtures `store`, `reader` (of the same store) and `archive`."""

    def test_a_document_comes_back_as_it_was_shown(
        self, store: PublicStore, reader: PublicReader, archive: Archive
    ) -> None:
        document = PublicDocument(
            an_id(1),
            an_id(2),
            {"titel": "Besluit “é”", "lijst": [1, None, {"a": True}], "kapot": "\udcff"},
            PublicFile(archive.put_stream(io.BytesIO(b"%PDF")).digest, "b.pdf", "application/pdf", 4),
            3,
        )
        pages = [
            PublicPage(1, "een\n\n\ttwee \udcff 😀", "pdf"),
            PublicPage(2, "", "ocr", False, 0.25, "te vaag", "Blad Kosten, rijen 1-200"),
            PublicPage(3, "x" * 100_000, "pdfminer", True, 1.0, None, None, bytes(range(256)) * 40),
        ]
        store.show(document, pages, archive)
        assert reader.document(document.id) == document
        assert list(reader.pages(document.id)) == pages
        assert [reader.page(document.id, nummer) for nummer in (1, 2, 3)] == pages
        assert read_file(reader, document.id) == b"%PDF"
        with reader.local_file(document.id) as path:
            assert path is not None
            assert path.read_bytes() == b"%PDF"
        assert list(store.documents()) == [document.id]

    def test_there_is_no_page_outside_the_document(
        self, store: PublicStore, reader: PublicReader, archive: Archive
    ) -> None:
        store.show(a_document(1), [a_page(1), a_page(2)], archive)
        assert [reader.page(an_id(1), nummer) for nummer in (-1, 0, 3, 10**12)] == [None] * 4

    def test_the_file_of_a_document_can_be_read_from_any_place(
        self, store: PublicStore, reader: PublicReader, archive: Archive
    ) -> None:
        store.show(a_document(1, archive.put_stream(io.BytesIO(b"0123456789"))), [], archive)
        file = reader.open_file(an_id(1))
        assert file is not None
        with file:
            assert file.seek(4) == 4
            assert file.read(3) == b"456"

    def test_a_document_without_file_has_none(
        self, store: PublicStore, reader: PublicReader, archive: Archive
    ) -> None:
        store.show(a_document(1, pages=0), [], archive)
        assert reader.document(an_id(1)) == a_document(1, pages=0)
        assert reader.open_file(an_id(1)) is None
        with reader.local_file(an_id(1)) as path:
            assert path is None
        assert list(reader.pages(an_id(1))) == []

    def test_showing_again_replaces_everything(
        self, store: PublicStore, reader: PublicReader, archive: Archive
    ) -> None:
        store.show(
            a_document(1, archive.put_stream(io.BytesIO(b"oud")), pages=3),
            [a_page(n) for n in (1, 2, 3)],
            archive,
        )
        new = a_document(1, archive.put_stream(io.BytesIO(b"nieuw")), pages=1)
        for _ in range(2):
            store.show(new, [a_page(1, "nieuw")], archive)
            assert reader.document(an_id(1)) == new
            assert list(reader.pages(an_id(1))) == [a_page(1, "nieuw")]
            assert reader.page(an_id(1), 2) is None
            assert read_file(reader, an_id(1)) == b"nieuw"
        store.show(a_document(1, pages=0), [], archive)
        assert read_file(reader, an_id(1)) is None

    def test_hiding_takes_everything_away_and_may_be_repeated(
        self, store: PublicStore, reader: PublicReader, archive: Archive
    ) -> None:
        store.show(a_document(1, archive.put_stream(io.BytesIO(b"abc"))), [a_page(1)], archive)
        for _ in range(3):
            store.hide(an_id(1))
            assert reader.document(an_id(1)) is None
            assert reader.page(an_id(1), 1) is None
            assert list(reader.pages(an_id(1))) == []
            assert read_file(reader, an_id(1)) is None
            with reader.local_file(an_id(1)) as path:
                assert path is None
            assert list(store.documents()) == []

    def test_a_hidden_document_can_be_shown_again(
        self, store: PublicStore, reader: PublicReader, archive: Archive
    ) -> None:
        document = a_document(1, archive.put_stream(io.BytesIO(b"abc")))
        store.show(document, [a_page(1)], archive)
        store.hide(document.id)
        store.show(document, [a_page(1)], archive)
        assert reader.document(document.id) == document
        assert read_file(reader, document.id) == b"abc"

    def test_hiding_one_of_two_documents_with_the_same_file_leaves_the_other(
        self, store: PublicStore, reader: PublicReader, archive: Archive
    ) -> None:
        stored = archive.put_stream(io.BytesIO(b"abc"))
        for number in (1, 2):
            store.show(a_document(number, stored), [a_page(1)], archive)
        store.hide(an_id(1))
        assert reader.document(an_id(2)) == a_document(2, stored)
        assert read_file(reader, an_id(2)) == b"abc"
        assert archive.has(stored.digest)

    def test_a_document_whose_file_is_not_in_the_archive_is_not_shown(
        self, store: PublicStore, reader: PublicReader, archive: Archive
    ) -> None:
        with pytest.raises(NotFound):
            store.show(a_document(1, Stored("0" * 64, 3)), [a_page(1)], archive)
        assert reader.document(an_id(1)) is None
        assert list(store.documents()) == []

    @pytest.mark.parametrize("numbers", [[2], [0, 1], [1, 3], [1, 1]])
    def test_pages_that_are_not_numbered_from_one_are_refused(
        self, store: PublicStore, reader: PublicReader, archive: Archive, numbers: list[int]
    ) -> None:
        with pytest.raises(InvalidValue, match="nummer"):
            store.show(a_document(1), [a_page(number) for number in numbers], archive)
        assert reader.document(an_id(1)) is None

    def test_metadata_that_is_no_json_is_refused(self, store: PublicStore, archive: Archive) -> None:
        for value in (object(), float("nan")):
            with pytest.raises(InvalidValue, match="kaart"):
                store.show(PublicDocument(an_id(1), an_id(2), {"a": value}, None, 0), [], archive)
            with pytest.raises(InvalidValue, match="kaart"):
                store.show_publicatie(PublicPublicatie(an_id(2), {"a": value}))

    @pytest.mark.parametrize("naam", ODD_NAMES)
    def test_a_file_name_is_kept_as_it_is_and_never_becomes_a_path(
        self, store: PublicStore, reader: PublicReader, archive: Archive, naam: str
    ) -> None:
        document = a_document(1, archive.put_stream(io.BytesIO(b"abc")), naam=naam)
        store.show(document, [a_page(1)], archive)
        assert reader.document(document.id) == document
        assert read_file(reader, document.id) == b"abc"

    @pytest.mark.parametrize("id", NO_IDS)
    def test_nothing_has_an_id_that_is_no_uuid(
        self, store: PublicStore, reader: PublicReader, archive: Archive, id: str
    ) -> None:
        assert reader.document(id) is None
        assert reader.page(id, 1) is None
        assert list(reader.pages(id)) == []
        assert reader.open_file(id) is None
        assert reader.publicatie(id) is None
        with reader.local_file(id) as path:
            assert path is None
        for write in (
            lambda: store.show(PublicDocument(id, an_id(1), {}, None, 0), [], archive),
            lambda: store.hide(id),
            lambda: store.show_publicatie(PublicPublicatie(id, {})),
            lambda: store.hide_publicatie(id),
            lambda: store.withdraw(Withdrawn(id, "document", OP, "fout")),
            lambda: store.settle(id, OP),
            lambda: store.unwithdraw(id),
        ):
            with pytest.raises(InvalidValue, match="UUID"):
                write()

    def test_one_page_of_ten_thousand_is_found(
        self, store: PublicStore, reader: PublicReader, archive: Archive
    ) -> None:
        store.show(a_document(1, pages=10_000), [a_page(number) for number in range(1, 10_001)], archive)
        for nummer in (1, 5_000, 10_000):
            assert reader.page(an_id(1), nummer) == a_page(nummer)

    def test_a_publicatie_is_shown_replaced_and_hidden(
        self, store: PublicStore, reader: PublicReader
    ) -> None:
        assert reader.publicatie(an_id(9)) is None
        for titel in ("eerst", "dan"):
            store.show_publicatie(PublicPublicatie(an_id(9), {"titel": titel, "kapot": "\udcff"}))
            assert reader.publicatie(an_id(9)) == PublicPublicatie(
                an_id(9), {"titel": titel, "kapot": "\udcff"}
            )
        assert list(store.publicaties()) == [an_id(9)]
        for _ in range(2):
            store.hide_publicatie(an_id(9))
            assert reader.publicatie(an_id(9)) is None
            assert list(store.publicaties()) == []

    def test_data_of_the_site_is_shown_and_replaced(self, store: PublicStore, reader: PublicReader) -> None:
        assert reader.site("statistieken") is None
        for aantal in (1, 2):
            store.show_site("statistieken", {"aantal": aantal})
            assert reader.site("statistieken") == {"aantal": aantal}
        store.show_site("sitemap01400001", {"deel": 1})
        assert reader.site("sitemap01400001") == {"deel": 1}
        for _ in range(2):
            store.hide_site("sitemap01400001")
            assert reader.site("sitemap01400001") is None
        assert reader.site("statistieken") == {"aantal": 2}
        assert reader.site("iets") is None
        assert list(store.publicaties()) == list(store.documents()) == []

    @pytest.mark.parametrize("naam", ["", "../x", "Hoofdletter", "met-streep", "a" * 40, "1a", "a1b"])
    def test_data_of_the_site_has_a_plain_name(
        self, store: PublicStore, reader: PublicReader, naam: str
    ) -> None:
        with pytest.raises(InvalidValue):
            store.show_site(naam, {})
        with pytest.raises(InvalidValue):
            reader.site(naam)

    def test_a_dossier_comes_back_and_the_rows_of_its_inventory_are_apart(
        self, store: PublicStore, reader: PublicReader
    ) -> None:
        assert list(reader.inventaris(an_id(9))) == []
        dossier = {"verzoeken": [{"kenmerk": "Woo-1 \udcff"}], "contact": None}
        rows = [{"nummer": str(number), "naam": "Brief — \udcff", "links": []} for number in range(1, 3001)]
        store.show_publicatie(PublicPublicatie(an_id(9), {"titel": "een"}, dossier), rows)
        assert reader.publicatie(an_id(9)) == PublicPublicatie(an_id(9), {"titel": "een"}, dossier)
        assert list(reader.inventaris(an_id(9))) == rows
        assert list(reader.inventaris(an_id(8))) == []
        assert list(store.publicaties()) == [an_id(9)]
        store.show_publicatie(PublicPublicatie(an_id(9), {"titel": "twee"}))
        assert reader.publicatie(an_id(9)) == PublicPublicatie(an_id(9), {"titel": "twee"}, {})
        assert list(reader.inventaris(an_id(9))) == []
        store.show_publicatie(PublicPublicatie(an_id(9), {}), rows)
        store.hide_publicatie(an_id(9))
        assert list(reader.inventaris(an_id(9))) == []

    def test_a_dossier_that_is_no_json_is_refused_and_the_old_one_stays(
        self, store: PublicStore, reader: PublicReader
    ) -> None:
        store.show_publicatie(PublicPublicatie(an_id(9), {}, {"a": 1}), [{"nummer": "1"}])
        for wrong in ({"kaart": {}, "dossier": {"a": OP}}, {"kaart": {"a": OP}, "dossier": {}}):
            with pytest.raises(InvalidValue):
                store.show_publicatie(PublicPublicatie(an_id(9), **wrong), [{"nummer": "2"}])
        with pytest.raises(InvalidValue):
            store.show_publicatie(PublicPublicatie(an_id(9), {}, {"a": 2}), [{"nummer": OP}])
        assert reader.publicatie(an_id(9)) == PublicPublicatie(an_id(9), {}, {"a": 1})
        assert list(reader.inventaris(an_id(9))) == [{"nummer": "1"}]

    def test_all_documents_and_publicaties_are_listed_in_order(
        self, store: PublicStore, archive: Archive
    ) -> None:
        ids = [str(UUID(int=number * 2**110 + number, version=4)) for number in range(1, 40)]
        for id in ids:
            store.show(PublicDocument(id, an_id(1), {}, None, 0), [], archive)
            store.show_publicatie(PublicPublicatie(id, {}))
        assert list(store.documents()) == sorted(ids)
        assert list(store.publicaties()) == sorted(ids)

    def test_the_withdrawn_list_is_empty_at_first(self, reader: PublicReader) -> None:
        assert dict(reader.withdrawn()) == {}

    def test_an_entry_of_the_withdrawn_list_comes_back_at_once(
        self, store: PublicStore, reader: PublicReader
    ) -> None:
        first = Withdrawn(an_id(1), "document", OP, "Bevat een naam\n\udcff", "Titel", an_id(2))
        second = Withdrawn(
            an_id(2), "publicatie", OP, "Fout besluit", "Titel", None, OP + timedelta(seconds=1)
        )
        store.withdraw(first)
        assert dict(reader.withdrawn()) == {first.id: first}
        store.withdraw(second)
        assert dict(reader.withdrawn()) == {first.id: first, second.id: second}

    def test_each_of_many_quick_changes_is_noticed(self, store: PublicStore, reader: PublicReader) -> None:
        for round in range(60):
            store.withdraw(Withdrawn(an_id(1), "document", OP, f"reden {round}"))
            assert reader.withdrawn()[an_id(1)].reden == f"reden {round}"
            store.unwithdraw(an_id(1))
            assert an_id(1) not in reader.withdrawn()

    def test_settling_notes_the_moment_and_keeps_the_rest(
        self, store: PublicStore, reader: PublicReader
    ) -> None:
        entry = Withdrawn(an_id(1), "document", OP, "reden", "Titel", an_id(2))
        store.withdraw(entry)
        later = OP + timedelta(seconds=3)
        store.settle(entry.id, later)
        assert reader.withdrawn()[entry.id] == Withdrawn(
            entry.id, "document", OP, "reden", "Titel", an_id(2), later
        )

    def test_settling_or_taking_off_what_is_not_on_the_list_is_fine(
        self, store: PublicStore, reader: PublicReader
    ) -> None:
        store.settle(an_id(1), OP)
        store.unwithdraw(an_id(1))
        assert dict(reader.withdrawn()) == {}

    def test_an_entry_of_another_kind_or_without_time_zone_is_refused(self, store: PublicStore) -> None:
        with pytest.raises(InvalidValue, match="soort"):
            store.withdraw(Withdrawn(an_id(1), "../document", OP, "reden"))
        with pytest.raises(InvalidValue, match="op"):
            store.withdraw(Withdrawn(an_id(1), "document", OP.replace(tzinfo=None), "reden"))
        assert dict(store.withdrawn()) == {}

    def test_the_list_that_was_given_out_cannot_be_changed(
        self, store: PublicStore, reader: PublicReader
    ) -> None:
        store.withdraw(Withdrawn(an_id(1), "document", OP, "reden"))
        with pytest.raises(TypeError):
            del reader.withdrawn()[an_id(1)]  # type: ignore[attr-defined]
        assert an_id(1) in reader.withdrawn()
