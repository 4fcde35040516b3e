"""Archives of every kind are taken apart member by member, within what they may cost, whatever is wrong with them."""

import gzip
import io
import random
import struct
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import py7zr
import pytest

from woo.sandbox import FileRefused, Limits, Sandbox, SandboxError
from woo.sandbox.members import TASKS, MemberLimits, Rest, members

TEXT = b"Een bladzijde over kwartelwei. " * 40
NOISE = random.Random(7).randbytes(2_000_000)
ROOMY = MemberLimits(members=1000, size=2**30, ratio=200, file_bytes=2**28)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(Limits(seconds=60)) as sandbox:
        yield sandbox


@dataclass(frozen=True)
class Outcome:
    naam: str
    content: bytes | None
    problem: str | None


class Apart:
    """Takes containers apart."""

    def __init__(self, sandbox: Sandbox, folder: Path) -> None:
        self.sandbox, self.path = sandbox, folder / "archief"
        self.rest = 0

    def __call__(
        self, kind: str, content: bytes, limits: MemberLimits = ROOMY, *, naam: str = ""
    ) -> list[Outcome]:
        self.path.write_bytes(content)
        found: list[Outcome] = []
        self.rest = 0
        for member in members(self.sandbox, self.path, task=TASKS[kind], limits=limits, naam=naam):
            if isinstance(member, Rest):
                self.rest += member.members
            else:
                read = None if member.path is None else member.path.read_bytes()
                found.append(Outcome(member.naam, read, member.problem))
        return found


@pytest.fixture
def apart(sandbox: Sandbox, tmp_path: Path) -> Apart:
    return Apart(sandbox, tmp_path)


Entries = tuple[tuple[str, bytes], ...]


def as_zip(entries: Entries) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return written.getvalue()


def as_tar(entries: Entries, *, mode: str = "w") -> bytes:
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in entries:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return written.getvalue()


def as_tar_gz(entries: Entries) -> bytes:
    return as_tar(entries, mode="w:gz")


def as_7z(entries: Entries, **options: object) -> bytes:
    written = io.BytesIO()
    with py7zr.SevenZipFile(written, "w", **options) as archive:  # type: ignore[arg-type]
        for name, content in entries:
            archive.writef(io.BytesIO(content), name)
    return written.getvalue()


KINDS = [("zip", as_zip), ("tar", as_tar), ("gz", as_tar_gz), ("7z", as_7z)]


def problems(found: list[Outcome]) -> list[str | None]:
    return [None if item.problem is None else item.problem.partition(":")[0] for item in found]


@pytest.mark.parametrize(("kind", "build"), KINDS)
def test_members_come_out_whole_with_their_names(apart: Apart, kind: str, build: "type[bytes]") -> None:
    entries = (("map/brief é.txt", TEXT), ("../ontsnapt.pdf", NOISE), ("/etc/passwd", b"x"))
    if kind == "7z":  # its writer refuses names that lead elsewhere
        entries = (("map/brief é.txt", TEXT), ("ontsnapt.pdf", NOISE), ("passwd", b"x"))
    found = apart(kind, build(entries))  # type: ignore[call-overload]
    assert [(item.naam, item.content, item.problem) for item in found] == [
        (name, content, None) for name, content in entries
    ]


@pytest.mark.parametrize(("kind", "build"), KINDS)
def test_a_member_over_a_limit_says_so_and_the_next_goes_on(
    apart: Apart, kind: str, build: "type[bytes]"
) -> None:
    entries = (("een", TEXT), ("groot", NOISE), ("twee", TEXT))
    limits = MemberLimits(members=9, size=2**30, ratio=200, file_bytes=1_500_000)
    found = apart(kind, build(entries), limits)  # type: ignore[call-overload]
    assert problems(found) == [None, "too_large", None]
    assert found[2].content == TEXT


@pytest.mark.parametrize(("kind", "build"), KINDS)
def test_the_whole_may_cost_so_many_bytes_and_no_more(apart: Apart, kind: str, build: "type[bytes]") -> None:
    entries = tuple((str(number), NOISE) for number in range(5))
    limits = MemberLimits(members=9, size=5_000_000, ratio=200, file_bytes=2**28)
    found = apart(kind, build(entries), limits)  # type: ignore[call-overload]
    assert problems(found) == [None, None, "too_large", "too_large", "too_large"]


@pytest.mark.parametrize(("kind", "build"), KINDS)
def test_what_grows_too_much_is_refused(apart: Apart, kind: str, build: "type[bytes]") -> None:
    entries = (("bom", bytes(60_000_000)), ("goed", TEXT))
    found = apart(kind, build(entries), MemberLimits(9, 2**30, 50, 2**28))  # type: ignore[call-overload]
    if kind == "tar":
        assert problems(found) == [None, None]
    else:
        assert problems(found)[0] == "ratio"
        assert kind == "gz" or found[1].content == TEXT


@pytest.mark.parametrize(("kind", "build"), KINDS)
def test_members_beyond_the_most_are_counted_not_given(apart: Apart, kind: str, build: "type[bytes]") -> None:
    entries = tuple((f"{number}.txt", b"x") for number in range(30))
    found = apart(kind, build(entries), MemberLimits(4, 2**30, 200, 2**28))  # type: ignore[call-overload]
    assert [item.content for item in found] == [b"x"] * 4
    assert apart.rest == 26


@pytest.mark.parametrize(("kind", "build"), [each for each in KINDS if each[0] != "gz"])
def test_folders_are_no_members_and_an_empty_archive_has_none(
    apart: Apart, kind: str, build: "type[bytes]"
) -> None:
    assert apart(kind, build(())) == []  # type: ignore[call-overload]


@pytest.mark.parametrize(("kind", "build"), KINDS)
def test_an_archive_that_was_cut_off_gives_what_is_there_or_a_reason(
    apart: Apart, kind: str, build: "type[bytes]"
) -> None:
    whole = build((("een", TEXT), ("twee", NOISE[:50_000]), ("drie", TEXT)))  # type: ignore[call-overload]
    dice = random.Random(3)
    reasons = set()
    for _ in range(25):
        try:
            found = apart(kind, whole[: dice.randrange(1, len(whole) - 600)])
        except FileRefused as refused:
            reasons.add(refused.code)
        else:
            reasons |= set(problems(found))
            assert all(item.content in (TEXT, NOISE[:50_000], None) for item in found)
    assert reasons - {None}
    assert reasons <= {None, "damaged_archive", "archive_cut", "damaged_member"}


@pytest.mark.parametrize(("kind", "build"), KINDS)
def test_damage_ends_in_a_reason_and_never_in_a_crash(apart: Apart, kind: str, build: "type[bytes]") -> None:
    whole = build((("een", TEXT), ("twee", TEXT[::-1])))  # type: ignore[call-overload]
    dice = random.Random(kind)
    codes = set()
    for _ in range(150):
        broken = bytearray(whole)
        for _ in range(3):
            broken[dice.randrange(len(broken))] = dice.randrange(256)
        try:
            codes |= set(problems(apart(kind, bytes(broken))))
        except SandboxError as error:
            codes.add(error.code)
    assert "child_crashed" not in codes
    assert codes - {None}


def test_a_million_empty_members_end_in_their_number_within_little_memory(tmp_path: Path) -> None:
    name, count = b"leeg", 1_000_000
    entry = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0) + name
    local = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 0, 0, 0, 0, 0, 0, 4, 0) + name
    start, size = len(local), len(entry) * count
    wide = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, size, start)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, start + size, 1)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, size, start, 0)
    with Sandbox(Limits(seconds=60, memory_bytes=256 * 2**20)) as sandbox:
        apart = Apart(sandbox, tmp_path)
        found = apart(
            "zip", local + entry * count + wide + locator + end, MemberLimits(100, 2**30, 200, 2**28)
        )
    assert [item.content for item in found] == [b""] * 100
    assert apart.rest == count - 100


def test_a_zip_with_a_beginning_of_its_own_is_cut_as_well(apart: Apart) -> None:
    content = as_zip(tuple((f"{number}.txt", b"x%d" % number) for number in range(6000)))
    found = apart("zip", b"#!/bin/sh\n" * 50 + content, MemberLimits(3, 2**30, 200, 2**28))
    assert [item.content for item in found] == [b"x0", b"x1", b"x2"]
    assert apart.rest == 5997


def test_names_in_the_old_letters_are_read(apart: Apart) -> None:
    content = as_zip((("bXsluit.txt", TEXT),)).replace(b"bXsluit.txt", b"b\x82sluit.txt")
    assert [item.naam for item in apart("zip", content)] == ["bésluit.txt"]


def test_links_in_archives_are_named_and_not_followed(apart: Apart) -> None:
    linked = zipfile.ZipInfo("link.pdf")
    linked.external_attr = 0o120777 << 16
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr(linked, "/etc/passwd")
        archive.writestr("goed.txt", TEXT)
    assert problems(apart("zip", written.getvalue())) == ["link", None]
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w") as tar:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE):
            info = tarfile.TarInfo(f"soort-{kind.decode()}")
            info.type, info.linkname = kind, "/etc/passwd"
            tar.addfile(info)
        info = tarfile.TarInfo("goed.txt")
        info.size = len(TEXT)
        tar.addfile(info, io.BytesIO(TEXT))
    assert problems(apart("tar", written.getvalue())) == ["link", "link", "device", "device", None]


def gz(content: bytes, *, name: str = "") -> bytes:
    written = io.BytesIO()
    with gzip.GzipFile(name, "wb", fileobj=written) as file:
        file.write(content)
    return written.getvalue()


def test_a_gzip_is_one_file_with_the_name_that_it_has(apart: Apart) -> None:
    assert apart("gz", gz(TEXT, name="brief.txt"), naam="x.gz") == [Outcome("brief.txt", TEXT, None)]
    assert apart("gz", gz(TEXT), naam="notulen.txt.gz") == [Outcome("notulen.txt", TEXT, None)]
    assert apart("gz", gz(TEXT)) == [Outcome("inhoud", TEXT, None)]


def test_several_gzips_after_each_other_are_one_and_what_follows_is_passed_over(apart: Apart) -> None:
    (found,) = apart("gz", gz(TEXT) + gz(b"nog meer") + b"\0" * 20)
    assert found.content == TEXT + b"nog meer"
    (found,) = apart("gz", gz(TEXT) + b"rommel achteraan")
    assert found.content == TEXT


def test_a_gzip_bomb_is_refused(apart: Apart) -> None:
    (found,) = apart("gz", gz(bytes(300_000_000)), MemberLimits(9, 2**30, 200, 2**29))
    assert problems([found]) == ["ratio"]


@pytest.mark.parametrize("encrypt_names", [False, True])
def test_a_locked_7z_says_so(apart: Apart, encrypt_names: bool) -> None:
    content = as_7z((("a.txt", TEXT), ("b.txt", TEXT)), password="geheim", header_encryption=encrypt_names)
    if encrypt_names:
        with pytest.raises(FileRefused) as refused:
            apart("7z", content)
        assert refused.value.code == "encrypted_archive"
    else:
        assert problems(apart("7z", content)) == ["encrypted", "encrypted"]


def test_an_empty_member_of_a_7z_is_one(apart: Apart) -> None:
    found = apart("7z", as_7z((("leeg.txt", b""), ("vol.txt", TEXT))))
    assert {(item.naam, item.content) for item in found} == {("leeg.txt", b""), ("vol.txt", TEXT)}


def test_a_wrong_checksum_in_a_7z_gives_no_file(apart: Apart) -> None:
    filters = [{"id": py7zr.FILTER_COPY}]
    content = as_7z((("a.txt", TEXT), ("b.txt", b"goed")), filters=filters).replace(TEXT, TEXT[::-1])
    found = apart("7z", content)
    assert problems(found) == ["damaged_member", None]
    assert found[1].content == b"goed"


MAIL = b"From: a@example.nl\nTo: b@example.nl\nSubject: Bericht %d\n\nTekst %d\n"


def test_a_mailbox_is_its_messages(apart: Apart) -> None:
    mark = b"From a@example.nl Mon Jan  1 10:00:00 2024\n"
    box = b"".join(mark + MAIL % (n, n) + b"\n>From hier af geciteerd\nFrom die dag\n\n" for n in range(3))
    found = apart("mbox", box)
    assert [item.naam for item in found] == ["bericht-0001.eml", "bericht-0002.eml", "bericht-0003.eml"]
    for number, item in enumerate(found):
        assert item.content == MAIL % (number, number) + b"\nFrom hier af geciteerd\nFrom die dag\n\n"


def test_a_mailbox_with_more_messages_than_may_be_is_counted(apart: Apart) -> None:
    box = b"".join(b"From - Mon Jan  1 10:00:00 2024\r\n" + MAIL % (n, n) + b"\r\n" for n in range(5000))
    found = apart("mbox", box, MemberLimits(10, 2**30, 200, 2**28))
    assert len(found) == 10
    assert apart.rest == 4990


def test_a_message_over_the_limit_does_not_cost_the_next(apart: Apart) -> None:
    mark = b"From - Mon Jan  1 10:00:00 2024\n"
    box = mark + MAIL % (1, 1) + b"x" * 3_000_000 + b"\n\n" + mark + MAIL % (2, 2)
    found = apart("mbox", box, MemberLimits(10, 2**30, 200, 1_000_000))
    assert problems(found) == ["too_large", None]
    assert found[1].content == MAIL % (2, 2)


def test_a_line_without_end_is_no_trouble(apart: Apart) -> None:
    (found,) = apart(
        "mbox", b"From - Mon Jan  1 10:00:00 2024\n" + MAIL % (1, 1) + b"\n" + b"From 1:00 " * 100_000
    )
    assert found.content is not None
    assert len(found.content) > 900_000
