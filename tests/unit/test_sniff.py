"""What a file is, is told by its content; its name only says what it promised."""

import io
import random
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from woo.domain.formaat import BY_MIME
from woo.sandbox.archives.zip_directory import entries
from woo.sandbox.sniff import Sniffed, sniff

PDF, ZIP, MAIL, MBOX = "application/pdf", "application/zip", "message/rfc822", "application/mbox"
LETTER = b"From: a@example.nl\r\nTo: b@example.nl\r\nSubject: Wei\r\n\r\nTekst"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def sniffed(tmp_path: Path, content: bytes, name: str = "x") -> Sniffed:
    path = tmp_path / "file"
    path.write_bytes(content)
    return sniff(path, name=name)


def zipped(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return written.getvalue()


@pytest.mark.parametrize(
    ("content", "mime"),
    [
        (b"%PDF-1.7\n", "application/pdf"),
        (b"\x00" * 1000 + b"%PDF-1.4\n", "application/pdf"),
        (b"", "application/x-empty"),
        (b"gewone tekst\r\n\twaarin regels", "text/plain"),
        (b"\x00\x01\x02", "application/octet-stream"),
        (b"t\x07", "application/octet-stream"),
        (b"\xef\xbb\xbf  <!DOCTYPE HTML>", "text/html"),
        (b"<?xml version='1.0'?>", "application/xml"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"RIFF\x00\x00\x00\x00WEBP", "image/webp"),
        (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
        (b"Rar!\x1a\x07\x00", "application/vnd.rar"),
        (b"\x1f\x8b\x08\x00", "application/gzip"),
        (b"brief.txt".ljust(257, b"\0") + b"ustar\x0000", "application/x-tar"),
        (LETTER, MAIL),
        (b"123\n" + LETTER, MAIL),
        (b"Subject: alleen een onderwerp\n\nTekst", "text/plain"),
        (b"From a@example.nl Mon Jan  1 10:00:00 2024\n" + LETTER, MBOX),
        (b"From hier tot daar\n\nTekst", "text/plain"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
        (zipped(("a.pdf", b"x")), "application/zip"),
        (zipped(), "application/zip"),
        (b"PK\x03\x04 en dan niets", "application/zip"),
        (zipped(("[Content_Types].xml", b""), ("word/document.xml", b"")), WORD),
        (
            zipped(("mimetype", b"application/vnd.oasis.opendocument.text")),
            "application/vnd.oasis.opendocument.text",
        ),
    ],
)
def test_the_kind_is_told_by_the_content(tmp_path: Path, content: bytes, mime: str) -> None:
    assert sniffed(tmp_path, content) == Sniffed(mime)


@pytest.mark.parametrize(
    "told", [b"application/pdf", b"\x1b[31mrood", b"a/b\nnog een regel", b"text/html", b"", b"\xff\xfe"]
)
def test_a_zip_is_what_it_says_only_where_that_is_a_known_kind_of_document(
    tmp_path: Path, told: bytes
) -> None:
    assert sniffed(tmp_path, zipped(("mimetype", told))).mime == ZIP


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_damaged_mimetype_member_does_not_stop_the_run(tmp_path: Path, method: int) -> None:
    whole = zipped(("mimetype", b"application/vnd.oasis.opendocument.text"), method=method)
    start = whole.index(b"mimetype") + len(b"mimetype")
    dice = random.Random(1)
    kinds = set()
    for _ in range(40):
        broken = bytearray(whole)
        for _ in range(3):
            broken[start + dice.randrange(30)] ^= 1 << dice.randrange(8)
        kinds.add(sniffed(tmp_path, bytes(broken)).mime)
    assert ZIP in kinds


def test_what_calls_itself_pdf_goes_to_the_reader_unless_it_is_clearly_something_else(tmp_path: Path) -> None:
    assert sniffed(tmp_path, b"gewone tekst", "brief.PDF").formaat == BY_MIME[PDF]
    assert sniffed(tmp_path, b"\x00\x01\x02", "brief.pdf").mime == PDF
    picture = sniffed(tmp_path, b"\x89PNG\r\n\x1a\n", "brief.pdf")
    assert picture.mime == "image/png"
    assert picture.mismatch == "named as application/pdf, but the content is image/png"


def test_a_pdf_by_another_name_is_a_pdf_and_the_name_is_remarked_on(tmp_path: Path) -> None:
    found = sniffed(tmp_path, b"%PDF-1.7\n", "brief.zip")
    assert found.mime == PDF
    assert found.mismatch == "named as application/zip, but the content is application/pdf"


def test_a_file_that_is_gone_raises_what_the_system_said(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        sniff(tmp_path / "weg", name="weg")


@pytest.mark.parametrize(
    ("name", "mime"),
    [
        ("notitie.csv", "text/csv"),
        ("lees.md", "text/markdown"),
        ("x.docx", "text/plain"),
        ("x", "text/plain"),
    ],
)
def test_text_is_what_its_name_says_among_the_kinds_of_text(tmp_path: Path, name: str, mime: str) -> None:
    assert sniffed(tmp_path, b"een;twee\n1;2\n", name).mime == mime


def test_a_million_names_in_a_zip_are_not_all_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = zipped(*((f"{number}.txt", b"") for number in range(6000)), ("word/document.xml", b""))
    read: list[int] = []

    def counted(*given: object, most: int) -> Iterator[object]:
        for entry in entries(*given, most=most):  # type: ignore[arg-type]
            read.append(1)
            yield entry

    monkeypatch.setattr("woo.sandbox.sniff.entries", counted)
    assert sniffed(tmp_path, content).mime == ZIP
    assert len(read) == 4096
