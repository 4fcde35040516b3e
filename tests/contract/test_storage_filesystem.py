import hashlib
import inspect
import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.contract.storage_contract import (
    OP,
    ArchiveContract,
    PublicStoreContract,
    a_document,
    a_page,
    an_id,
    read_file,
)
from tests.fake_storage import FakeArchive
from woo.domain.errors import InvalidValue, NotFound, Unavailable
from woo.storage.archive import FilesystemArchive
from woo.storage.open import open_archive, open_public_reader, open_public_store
from woo.storage.port import PublicReader, Stored, Withdrawn
from woo.storage.public_reader import FilesystemPublicReader
from woo.storage.public_store import FilesystemPublicStore


@pytest.fixture
def archive(tmp_path: Path) -> FilesystemArchive:
    return FilesystemArchive(tmp_path / "archive")


@pytest.fixture
def store(tmp_path: Path) -> FilesystemPublicStore:
    return FilesystemPublicStore(tmp_path / "public")


@pytest.fixture
def reader(store: FilesystemPublicStore, tmp_path: Path) -> FilesystemPublicReader:
    return FilesystemPublicReader(tmp_path / "public")


@contextmanager
def _child(root: Path, code: str, *arguments: object) -> Iterator[subprocess.Popen[str]]:
    """Run code in a second process that has printed its first line; it is killed at the end."""
    command = [sys.executable, "-c", code, *map(str, arguments)]
    with subprocess.Popen(
        command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
    ) as child:
        try:
            yield child
        finally:
            child.kill()


def _run(root: Path, code: str, *arguments: object) -> str:
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=True, timeout=60).stdout


def _files(folder: Path) -> dict[str, tuple[int, int]]:
    found = sorted(folder.rglob("*"))
    return {str(path.relative_to(folder)): (path.stat().st_mtime_ns, path.stat().st_size) for path in found}


class TestFilesystemArchive(ArchiveContract):
    def test_a_file_is_read_only_and_stands_under_its_digest(
        self, archive: FilesystemArchive, tmp_path: Path
    ) -> None:
        digest = archive.put_stream(io.BytesIO(b"abc")).digest
        path = tmp_path / "archive" / digest[:2] / digest[2:4] / digest
        assert path.read_bytes() == b"abc"
        assert path.stat().st_mode & 0o777 == 0o444
        assert (tmp_path / "archive").stat().st_mode & 0o777 == 0o700

    def test_what_was_put_is_there_after_opening_again(
        self, archive: FilesystemArchive, tmp_path: Path
    ) -> None:
        digest = archive.put_stream(io.BytesIO(b"abc")).digest
        assert list(FilesystemArchive(tmp_path / "archive").digests()) == [digest]

    def test_a_file_that_was_cut_off_is_put_right_by_putting_it_again(
        self, archive: FilesystemArchive, tmp_path: Path
    ) -> None:
        digest = archive.put_stream(io.BytesIO(b"abc")).digest
        path = tmp_path / "archive" / digest[:2] / digest[2:4] / digest
        path.unlink()
        path.write_bytes(b"a")
        archive.put_stream(io.BytesIO(b"abc"))
        assert path.read_bytes() == b"abc"

    def test_a_process_killed_while_putting_leaves_no_file(
        self, archive: FilesystemArchive, tmp_path: Path, root: Path
    ) -> None:
        code = """
import sys, time
from pathlib import Path
from woo.storage.archive import FilesystemArchive
class Stalls:
    sent = False
    def read(self, size):
        if self.sent:
            print("half", flush=True)
            time.sleep(60)
        self.sent = True
        return b"x" * 100_000
FilesystemArchive(Path(sys.argv[1])).put_stream(Stalls())
"""
        with _child(root, code, tmp_path / "archive") as child:
            assert child.stdout is not None
            assert child.stdout.readline() == "half\n"
            child.send_signal(signal.SIGKILL)
        [left] = (tmp_path / "archive" / "nieuw").iterdir()
        assert left.stat().st_size == 100_000
        assert list(archive.digests()) == []
        FilesystemArchive(tmp_path / "archive")
        assert left.exists(), "it may belong to a process at work"
        os.utime(left, (0, 0))
        FilesystemArchive(tmp_path / "archive")
        assert not left.exists()

    @pytest.mark.prove
    def test_a_process_killed_at_any_moment_leaves_only_whole_files(
        self, tmp_path: Path, root: Path, proving: bool
    ) -> None:
        code = """
import io, os, sys
from pathlib import Path
from woo.storage.archive import FilesystemArchive
archive = FilesystemArchive(Path(sys.argv[1]))
while True:
    print(archive.put_stream(io.BytesIO(os.urandom(200_000))).digest, flush=True)
"""
        for round in range(40 if proving else 3):
            folder = tmp_path / f"archive{round}"
            promised = []
            with _child(root, code, folder) as child:
                assert child.stdout is not None
                promised = [child.stdout.readline().strip() for _ in range(round % 7 + 1)]
                child.send_signal(signal.SIGKILL)
            archive = FilesystemArchive(folder)
            found = list(archive.digests())
            assert set(promised) <= set(found)
            for digest in found:
                with archive.open(digest) as file:
                    assert hashlib.sha256(file.read()).hexdigest() == digest

    def test_a_full_disk_is_unavailable_and_nothing_stays(self, tmp_path: Path, root: Path) -> None:
        code = """
import io, os, resource, sys
from pathlib import Path
from woo.domain.errors import Unavailable
from woo.storage.archive import FilesystemArchive
archive = FilesystemArchive(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
try:
    archive.put_stream(io.BytesIO(b"x" * 100_000))
except Unavailable as error:
    print(error)
print(archive.put_stream(io.BytesIO(b"klein")).grootte, len(list(archive.digests())), os.listdir(Path(sys.argv[1]) / "nieuw"))
"""
        said, rest = _run(root, code, tmp_path / "archive").splitlines()
        assert said == f"archive {tmp_path}/archive is not available: File too large."
        assert rest == "5 1 []"

    def test_a_folder_that_cannot_be_made_is_unavailable(self, tmp_path: Path) -> None:
        (tmp_path / "bestand").write_text("")
        with pytest.raises(Unavailable, match="archive"):
            FilesystemArchive(tmp_path / "bestand" / "archive")

    def test_an_archive_that_went_away_is_unavailable_and_not_empty(
        self, archive: FilesystemArchive, tmp_path: Path
    ) -> None:
        (tmp_path / "archive").rename(tmp_path / "weg")
        with pytest.raises(Unavailable):
            list(archive.digests())
        with pytest.raises(Unavailable):
            archive.put_stream(io.BytesIO(b"abc"))


_WATCH = """
import json, sys
from pathlib import Path
from woo.storage.public_reader import FilesystemPublicReader
reader = FilesystemPublicReader(Path(sys.argv[1]))
seen = {"document": 0, "pages": 0, "file": 0, "nothing": 0}
wrong = []
id = sys.argv[2]
with open(sys.argv[3], "wb", buffering=0) as progress:
    while not Path(sys.argv[4]).exists():
        progress.write(b".")
        document = reader.document(id)
        seen["nothing" if document is None else "document"] += 1
        if document is not None:
            version = document.kaart["versie"]
            if document.paginas != version % 5 + 1 or document.bestand.grootte != version * 100 + 8:
                wrong.append(f"document {document}")
        texts = [page.tekst for page in reader.pages(id)]
        if texts:
            seen["pages"] += 1
            version = int(texts[0])
            if texts != [str(version)] * (version % 5 + 1):
                wrong.append(f"pages {texts}")
        file = reader.open_file(id)
        if file is not None:
            with file:
                content = file.read()
            seen["file"] += 1
            if len(content) != int(content[:8]) * 100 + 8:
                wrong.append(f"file of {len(content)} bytes: {content[:8]}")
        with reader.local_file(id) as path:
            if path is not None and path.name != sys.argv[2] and len(path.name) != 64:
                wrong.append(f"path {path}")
print(json.dumps({"seen": seen, "wrong": wrong}))
"""


class TestFilesystemPublicStore(PublicStoreContract):
    def test_a_reader_in_another_process_never_sees_half_a_document(
        self, store: FilesystemPublicStore, archive: FilesystemArchive, tmp_path: Path, root: Path
    ) -> None:
        progress, stop = tmp_path / "progress", tmp_path / "stop"
        files = [archive.put_stream(io.BytesIO(b"%08d" % n + b"x" * n * 100)) for n in range(30)]
        with _child(root, _WATCH, tmp_path / "public", an_id(1), progress, stop) as child:
            round = 0
            while round < 300 or not progress.exists() or progress.stat().st_size < 1000:
                round += 1
                version = round % 30
                document = a_document(1, files[version], pages=version % 5 + 1)
                document.kaart["versie"] = version  # type: ignore[index]
                pages = [a_page(n, str(version)) for n in range(1, version % 5 + 2)]
                store.show(document, pages, archive)
                if round % 3 == 0:
                    store.hide(an_id(1))
                assert child.poll() is None
            stop.touch()
            result = json.loads(child.communicate(timeout=60)[0])
        assert result["wrong"] == []
        assert all(count > 0 for count in result["seen"].values()), result["seen"]

    def test_a_reader_in_another_process_notices_each_change_of_the_withdrawn_list(
        self, store: FilesystemPublicStore, tmp_path: Path, root: Path
    ) -> None:
        code = """
import sys
from pathlib import Path
from woo.storage.public_reader import FilesystemPublicReader
reader = FilesystemPublicReader(Path(sys.argv[1]))
for line in sys.stdin:
    print(sorted((entry.id, entry.reden) for entry in reader.withdrawn().values()), flush=True)
"""
        with _child(root, code, tmp_path / "public") as child:
            assert child.stdin is not None
            assert child.stdout is not None

            def seen() -> str:
                child.stdin.write("look\n")  # type: ignore[union-attr]
                return child.stdout.readline().strip()  # type: ignore[union-attr]

            for round in range(50):
                for number in (1, 2):
                    store.withdraw(Withdrawn(an_id(number), "document", OP, str(round)))
                assert seen() == str([(an_id(1), str(round)), (an_id(2), str(round))])
                store.unwithdraw(an_id(1))
                assert seen() == str([(an_id(2), str(round))])

    def test_two_processes_can_change_the_withdrawn_list_together(
        self, store: FilesystemPublicStore, reader: FilesystemPublicReader, tmp_path: Path, root: Path
    ) -> None:
        code = """
import sys
from pathlib import Path
from tests.contract.storage_contract import OP, an_id
from woo.storage.open import open_public_store
from woo.storage.port import Withdrawn
store = open_public_store(sys.argv[1])
print("ready", flush=True)
for number in range(100, 160):
    store.withdraw(Withdrawn(an_id(number), "document", OP, "zij"))
"""
        with _child(root, code, tmp_path / "public") as child:
            assert child.stdout is not None
            child.stdout.readline()
            for number in range(60):
                store.withdraw(Withdrawn(an_id(number), "document", OP, "wij"))
            assert child.wait(timeout=60) == 0
        assert set(reader.withdrawn()) == {an_id(number) for number in (*range(60), *range(100, 160))}

    @pytest.mark.prove
    def test_a_process_killed_while_showing_and_hiding_leaves_nothing_half(
        self, tmp_path: Path, root: Path, proving: bool
    ) -> None:
        code = """
import io, sys
from pathlib import Path
from tests.contract.storage_contract import a_document, a_page, an_id
from woo.storage.open import open_archive, open_public_store
archive, store = open_archive(sys.argv[1]), open_public_store(sys.argv[2])
files = [archive.put_stream(io.BytesIO(bytes([n]) * 1000)) for n in range(8)]
while True:
    for n in range(8):
        store.show(a_document(n, files[n], pages=20), [a_page(m) for m in range(1, 21)], archive)
    print("round", flush=True)
    for n in range(8):
        store.hide(an_id(n))
"""
        for round in range(40 if proving else 4):
            public = tmp_path / f"public{round}"
            with _child(root, code, tmp_path / "archive", public) as child:
                assert child.stdout is not None
                for _ in range(round % 5 + 1):
                    child.stdout.readline()
                child.send_signal(signal.SIGKILL)
            store, reader = FilesystemPublicStore(public), FilesystemPublicReader(public)
            for n in range(8):
                document = reader.document(an_id(n))
                assert read_file(reader, an_id(n)) == (None if document is None else bytes([n]) * 1000)
                assert len(list(reader.pages(an_id(n)))) == (0 if document is None else 20)
            for id in list(store.documents()):
                store.hide(id)
            assert [path for path in public.glob("documenten/*/*") if path.name != "nieuw"] == []

    def test_a_file_is_a_hard_link_to_that_of_the_archive(
        self, store: FilesystemPublicStore, reader: FilesystemPublicReader, archive: FilesystemArchive
    ) -> None:
        stored = archive.put_stream(io.BytesIO(b"abc"))
        store.show(a_document(1, stored), [], archive)
        with archive.local(stored.digest) as ours, reader.local_file(an_id(1)) as public:
            assert public is not None
            assert ours.samefile(public)

    def test_a_file_of_another_file_system_is_copied(
        self, store: FilesystemPublicStore, reader: FilesystemPublicReader, tmp_path: Path
    ) -> None:
        elsewhere = Path("/dev/shm")
        if not elsewhere.is_dir() or elsewhere.stat().st_dev == tmp_path.stat().st_dev:
            pytest.skip("there is no second file system at /dev/shm")

        class Elsewhere(FakeArchive):
            @contextmanager
            def local(self, digest: str) -> Iterator[Path]:
                path = elsewhere / f"woo-test-{os.getpid()}"
                path.write_bytes(self._content(digest))
                try:
                    yield path
                finally:
                    path.unlink()

        remote = Elsewhere()
        store.show(a_document(1, remote.put_stream(io.BytesIO(b"abc" * 100_000))), [], remote)
        assert read_file(reader, an_id(1)) == b"abc" * 100_000
        with reader.local_file(an_id(1)) as path:
            assert path is not None
            assert path.stat().st_mode & 0o777 == 0o444
        assert list((tmp_path / "public" / "nieuw").iterdir()) == []

    def test_replacing_leaves_no_earlier_file_behind(
        self, store: FilesystemPublicStore, archive: FilesystemArchive, tmp_path: Path
    ) -> None:
        for content in (b"oud", b"nieuw"):
            stored = archive.put_stream(io.BytesIO(content))
            store.show(a_document(1, stored), [a_page(1)], archive)
        [folder] = (tmp_path / "public").glob("documenten/*/*")
        assert folder.name == an_id(1)
        assert folder.parent.name == an_id(1)[:2]
        assert {path.name for path in folder.iterdir()} == {"document", stored.digest}

    def test_one_page_is_read_without_reading_the_others(
        self, store: FilesystemPublicStore, reader: FilesystemPublicReader, archive: FilesystemArchive
    ) -> None:
        counters = Path("/proc/self/io")
        if not counters.is_file():
            pytest.skip("this system does not count what a process reads")

        def bytes_read() -> int:
            return int(counters.read_text().split()[1])

        store.show(a_document(1, pages=5_000), [a_page(n, "x" * 3_000) for n in range(1, 5_001)], archive)
        before = bytes_read()
        assert reader.page(an_id(1), 2_500) == a_page(2_500, "x" * 3_000)
        assert bytes_read() - before < 20_000

    def test_pages_are_those_of_one_version_also_when_it_is_replaced_meanwhile(
        self, store: FilesystemPublicStore, reader: FilesystemPublicReader, archive: FilesystemArchive
    ) -> None:
        store.show(a_document(1), [a_page(1, "oud"), a_page(2, "oud")], archive)
        pages = reader.pages(an_id(1))
        first = next(pages)
        store.show(a_document(1), [a_page(1, "nieuw")], archive)
        assert [first.tekst, *(page.tekst for page in pages)] == ["oud", "oud"]

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
    def test_a_document_that_was_cut_off_is_not_there_and_can_be_shown_again(
        self,
        store: FilesystemPublicStore,
        reader: FilesystemPublicReader,
        archive: FilesystemArchive,
        tmp_path: Path,
        damage: Callable[[bytes], bytes],
    ) -> None:
        document = a_document(1, archive.put_stream(io.BytesIO(b"abc")))
        store.show(document, [a_page(1)], archive)
        [path] = (tmp_path / "public").glob("documenten/*/*/document")
        path.write_bytes(damage(path.read_bytes()))
        assert reader.document(document.id) is None
        assert read_file(reader, document.id) is None
        assert list(store.documents()) == [document.id]
        store.show(document, [a_page(1)], archive)
        assert reader.document(document.id) == document

    def test_a_page_that_is_damaged_is_unavailable_and_never_cut_short(
        self,
        store: FilesystemPublicStore,
        reader: FilesystemPublicReader,
        archive: FilesystemArchive,
        tmp_path: Path,
    ) -> None:
        store.show(a_document(1), [a_page(1), a_page(2, "x" * 100)], archive)
        [path] = (tmp_path / "public").glob("documenten/*/*/document")
        content = path.read_bytes()
        path.write_bytes(content[:-50] + b"\0" * 50)
        assert reader.page(an_id(1), 1) == a_page(1)
        with pytest.raises(Unavailable, match="page 2"):
            reader.page(an_id(1), 2)
        with pytest.raises(Unavailable, match="woo verify"):
            list(reader.pages(an_id(1)))

    def test_a_file_that_is_missing_is_unavailable_and_put_back_by_showing_again(
        self,
        store: FilesystemPublicStore,
        reader: FilesystemPublicReader,
        archive: FilesystemArchive,
        tmp_path: Path,
    ) -> None:
        stored = archive.put_stream(io.BytesIO(b"abc"))
        store.show(a_document(1, stored), [], archive)
        [path] = (tmp_path / "public").glob(f"documenten/*/*/{stored.digest}")
        path.unlink()
        with pytest.raises(Unavailable, match="missing"):
            reader.open_file(an_id(1))
        path.write_bytes(b"a")
        store.show(a_document(1, stored), [], archive)
        assert read_file(reader, an_id(1)) == b"abc"

    def test_a_refused_document_leaves_the_earlier_one(
        self, store: FilesystemPublicStore, reader: FilesystemPublicReader, archive: FilesystemArchive
    ) -> None:
        document = a_document(1, archive.put_stream(io.BytesIO(b"abc")))
        store.show(document, [a_page(1)], archive)
        with pytest.raises(NotFound):
            store.show(a_document(1, Stored("0" * 64, 1)), [], archive)
        with pytest.raises(NotFound):
            store.show(a_document(1, Stored("../../../x", 1)), [], archive)
        assert reader.document(an_id(1)) == document
        assert list(reader.pages(an_id(1))) == [a_page(1)]

    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b"{",
            b"null",
            b"[]",
            b'{"op": "gisteren", "reden": "", "titel": "", "settled": null}',
            b"\xff\xfe",
        ],
    )
    def test_a_damaged_entry_of_the_withdrawn_list_still_hides(
        self, store: FilesystemPublicStore, tmp_path: Path, content: bytes
    ) -> None:
        for number, soort in ((1, "document"), (2, "publicatie")):
            store.withdraw(Withdrawn(an_id(number), soort, OP, "reden", "Titel"))
            (tmp_path / "public" / "ingetrokken" / f"{soort}-{an_id(number)}.json").write_bytes(content)
        found = FilesystemPublicReader(tmp_path / "public").withdrawn()
        assert [(e.id, e.soort, e.reden, e.op.tzinfo is None) for _, e in sorted(found.items())] == [
            (an_id(1), "document", "", False),
            (an_id(2), "publicatie", "", False),
        ]

    def test_an_entry_that_is_no_file_still_hides(
        self, reader: FilesystemPublicReader, tmp_path: Path
    ) -> None:
        (tmp_path / "public" / "ingetrokken" / f"document-{an_id(1)}.json").mkdir()
        assert reader.withdrawn()[an_id(1)].reden == ""

    def test_only_entries_that_changed_are_read_again(
        self, store: FilesystemPublicStore, reader: FilesystemPublicReader
    ) -> None:
        for number in (1, 2):
            store.withdraw(Withdrawn(an_id(number), "document", OP, "reden"))
        first = reader.withdrawn()
        assert reader.withdrawn() is first
        store.withdraw(Withdrawn(an_id(3), "document", OP, "reden"))
        assert reader.withdrawn()[an_id(1)] is first[an_id(1)]
        assert set(first) == {an_id(1), an_id(2)}

    def test_a_withdrawal_that_cannot_be_written_is_unavailable(self, tmp_path: Path, root: Path) -> None:
        code = """
import resource, sys
from tests.contract.storage_contract import OP, a_document, a_page, an_id
from tests.fake_storage import FakeArchive
from woo.domain.errors import Unavailable
from woo.storage.open import open_public_store
from woo.storage.port import PublicPublicatie, Withdrawn
store = open_public_store(sys.argv[1])
store.withdraw(Withdrawn(an_id(1), "document", OP, "eerst"))
store.show(a_document(1), [a_page(1)], FakeArchive())
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
for write in (
    lambda: store.withdraw(Withdrawn(an_id(1), "document", OP, "dan")),
    lambda: store.show(a_document(1), [], FakeArchive()),
    lambda: store.show_publicatie(PublicPublicatie(an_id(1), {})),
):
    try:
        write()
    except Unavailable as error:
        print("refused")
print(store.withdrawn()[an_id(1)].reden, len(list(store.pages(an_id(1)))), list(store.publicaties()))
"""
        assert _run(root, code, tmp_path / "public").split("\n") == ["refused"] * 3 + ["eerst 1 []", ""]
        assert list((tmp_path / "public" / "nieuw").iterdir()) == []

    @pytest.mark.parametrize("folder", ["weg", "leeg"])
    def test_a_store_that_is_not_there_is_unavailable_and_never_empty(
        self, tmp_path: Path, folder: str
    ) -> None:
        (tmp_path / "leeg").mkdir()
        reader = FilesystemPublicReader(tmp_path / folder)
        for read in (
            lambda: reader.document(an_id(1)),
            lambda: reader.page(an_id(1), 1),
            lambda: list(reader.pages(an_id(1))),
            lambda: reader.open_file(an_id(1)),
            lambda: reader.publicatie(an_id(1)),
            lambda: reader.withdrawn(),
        ):
            with pytest.raises(Unavailable, match="public store"):
                read()

    def test_a_reader_that_came_before_the_store_works_once_it_is_made(self, tmp_path: Path) -> None:
        reader = FilesystemPublicReader(tmp_path / "public")
        with pytest.raises(Unavailable):
            reader.withdrawn()
        FilesystemPublicStore(tmp_path / "public")
        assert dict(reader.withdrawn()) == {}

    def test_a_reader_holds_no_method_that_writes_and_changes_nothing(
        self, store: FilesystemPublicStore, archive: FilesystemArchive, tmp_path: Path
    ) -> None:
        def public(kind: type) -> set[str]:
            return {name for name, _ in inspect.getmembers(kind, callable) if not name.startswith("_")}

        assert public(FilesystemPublicReader) == public(PublicReader)
        store.show(a_document(1, archive.put_stream(io.BytesIO(b"abc"))), [a_page(1)], archive)
        before = _files(tmp_path / "public")
        reader = FilesystemPublicReader(tmp_path / "public")
        assert reader.document(an_id(1)) is not None
        assert list(reader.pages(an_id(1))) != []
        assert read_file(reader, an_id(1)) == b"abc"
        assert reader.withdrawn() == {}
        assert _files(tmp_path / "public") == before


def test_a_path_and_a_file_address_open_the_same_storage(tmp_path: Path) -> None:
    archive = open_archive(str(tmp_path / "archive"))
    digest = archive.put_stream(io.BytesIO(b"abc")).digest
    assert open_archive(f"file://{tmp_path}/archive").has(digest)
    open_public_store(str(tmp_path / "public")).withdraw(Withdrawn(an_id(1), "document", OP, "reden"))
    assert list(open_public_reader(f"file://{tmp_path}/public").withdrawn()) == [an_id(1)]


@pytest.mark.parametrize("url", ["s3://emmer/map", "", "file://a", "http://h/p"])
def test_an_address_of_another_kind_is_refused_with_what_is_accepted(url: str) -> None:
    for open_it in (open_archive, open_public_store, open_public_reader):
        with pytest.raises(InvalidValue, match="file:///folder"):
            open_it(url)
