"""Rows and archives for readers: safe in a spreadsheet, safe on a disk, whole or plainly not."""

import csv
import hashlib
import io
import json
import subprocess
import tracemalloc
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from zipfile import BadZipFile, ZipFile

import pytest

from woo.exports.csv_rows import PUNTKOMMA, csv_rows
from woo.exports.names import MAX_NAME, UniqueNames, safe_name
from woo.exports.zip_stream import Member, zip_stream


def read(content: bytes, delimiter: str = ",") -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=delimiter))


@pytest.mark.parametrize("scheiding", [",", PUNTKOMMA])
def test_rows_come_back_as_they_were_given(scheiding: str) -> None:
    rows = [["één; twee, drie", 'zij zei "nee"', "twee\nregels"], ["", "€ 3", "slot"]]
    content = b"".join(csv_rows(["a", "b", "c"], rows, scheiding=scheiding))
    assert read(content, scheiding) == [["a", "b", "c"], *rows]


@pytest.mark.parametrize(
    "text", ["=1+1", "+31 53", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠x"]
)
def test_no_cell_of_text_is_taken_for_a_formula(text: str) -> None:
    [_, [cell, number, plain]] = read(b"".join(csv_rows(["a", "b", "c"], [[text, -2, "a=1"]])))
    assert cell == f"'{text}"
    assert (number, plain) == ("-2", "a=1")


def test_what_is_not_there_is_an_empty_cell_and_half_characters_harm_nothing() -> None:
    assert read(b"".join(csv_rows(["a"], [[None], ["a\ud800b"]])))[1:] == [[""], ["a?b"]]


@pytest.mark.parametrize(
    ("naam", "safe"),
    [
        ("besluit.pdf", "besluit.pdf"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("C:\\map\\nota.docx", "C_map_nota.docx"),
        ("factuur\u202efdp.exe", "factuur_fdp.exe"),
        ("con.pdf", "_con.pdf"),
        ("LPT1", "_LPT1"),
        ("console.pdf", "console.pdf"),
        (" . ", "bestand"),
        ("\x00", "bestand"),
        ("slot. ", "slot"),
        ("x" * 300 + ".pdf", "x" * (MAX_NAME - 4) + ".pdf"),
        ("x" * 300, "x" * MAX_NAME),
    ],
)
def test_a_name_is_safe_on_every_system(naam: str, safe: str) -> None:
    assert safe_name(naam) == safe


def test_no_two_names_are_alike_whatever_they_were() -> None:
    names = UniqueNames()
    wanted = [
        "a.pdf",
        "A.PDF",
        "a.pdf",
        "a (2).pdf",
        "a.pdf",
        "é.pdf",
        "e\u0301.pdf",
        "zonder",
        "zonder",
        "x" * 300,
        "x" * 300,
    ]
    given = [names.name(one) for one in wanted]
    assert given[:5] == ["a.pdf", "A (2).PDF", "a (3).pdf", "a (2) (2).pdf", "a (4).pdf"]
    assert given[7:9] == ["zonder", "zonder (2)"]
    assert len({one.casefold() for one in given}) == len(wanted)
    assert max(map(len, given)) <= MAX_NAME


def members() -> Iterator[Member]:
    op = datetime(2024, 3, 14, 9, 30, tzinfo=UTC)
    yield Member("stukken/één.txt", [b"hallo ", b"wereld"], "text/plain", 12, op, {"id": "1"})
    yield Member("beeld.pdf", [bytes([7]) * 5000], "application/pdf")


def test_an_archive_holds_its_members_a_manifest_and_digests(tmp_path) -> None:
    path = tmp_path / "alles.zip"
    path.write_bytes(b"".join(zip_stream(members())))
    with ZipFile(path) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["stukken/één.txt", "beeld.pdf", "manifest.jsonl", "SHA256SUMS"]
        assert archive.read("stukken/één.txt") == b"hallo wereld"
        assert archive.getinfo("stukken/één.txt").date_time == (2024, 3, 14, 9, 30, 0)
        manifest = [json.loads(line) for line in archive.read("manifest.jsonl").splitlines()]
        archive.extractall(tmp_path / "uit")
    assert manifest == [
        {
            "naam": "stukken/één.txt",
            "grootte": 12,
            "sha256": hashlib.sha256(b"hallo wereld").hexdigest(),
            "id": "1",
        },
        {"naam": "beeld.pdf", "grootte": 5000, "sha256": hashlib.sha256(bytes([7]) * 5000).hexdigest()},
        {"volledig": True, "aantal": 2},
    ]
    checked = subprocess.run(
        ["sha256sum", "-c", "SHA256SUMS"], cwd=tmp_path / "uit", capture_output=True, text=True, check=True
    )
    assert checked.stdout.count(": OK") == 3


def test_an_archive_of_nothing_says_that_it_is_whole() -> None:
    with ZipFile(io.BytesIO(b"".join(zip_stream([])))) as archive:
        assert json.loads(archive.read("manifest.jsonl")) == {"volledig": True, "aantal": 0}


def test_an_archive_is_made_while_it_is_read_and_fills_no_memory() -> None:
    """Of forty megabytes in members of one, no more than a few pieces are ever held, also when the reader stops."""
    asked = []

    def many() -> Iterator[Member]:
        for number in range(40):
            asked.append(number)
            yield Member(f"{number}.bin", (bytes(64 * 1024) for _ in range(16)), grootte=1024 * 1024)

    tracemalloc.start()
    try:
        stream = zip_stream(many())
        first = len(next(stream))
        assert asked == [0]
        size = first + sum(len(piece) for piece in stream)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert size > 40 * 1024 * 1024
    assert peak < 4 * 1024 * 1024
    stopped = zip_stream(many())
    next(stopped)
    stopped.close()


def test_what_breaks_halfway_is_no_archive_and_what_came_before_can_be_read() -> None:
    def breaking() -> Iterator[Member]:
        yield Member("eerste.pdf", [b"A" * 300_000], "application/pdf", 300_000)
        raise OSError("gone")

    pieces: list[bytes] = []
    with pytest.raises(OSError, match="gone"):
        pieces.extend(zip_stream(breaking()))
    received = b"".join(pieces)
    with pytest.raises(BadZipFile):
        ZipFile(io.BytesIO(received))
    header = 30 + len("eerste.pdf")
    inflated = zlib.decompressobj(-zlib.MAX_WBITS)
    assert inflated.decompress(received[header:]) == b"A" * 300_000
    assert inflated.eof


def test_a_member_that_turns_out_larger_than_was_said_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"een.txt has 3 bytes and not 2"):
        list(zip_stream([Member("een.txt", [b"abc"], grootte=2)]))


def test_a_member_of_unknown_size_may_be_of_any_size() -> None:
    """Its headers are those of ZIP64 from the start: they cannot be changed when it turns out to be large."""
    content = b"".join(zip_stream([Member("een.txt", [b"abc"])]))
    assert int.from_bytes(content[4:6], "little") == 45
    with ZipFile(io.BytesIO(content)) as archive:
        assert archive.read("een.txt") == b"abc"
