"""What a file is, is told by its content; its name only says what it promised."""

import io
import random
import zipfile
from pathlib import Path

import pytest

from ingest.sniff import Kind, Sniffed, sniff

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
    ("content", "kind", "mime"),
    [
        (b"%PDF-1.7\n", Kind.PDF, "application/pdf"),
        (b"\x00" * 1000 + b"%PDF-1.4\n", Kind.PDF, "application/pdf"),
        (b"", Kind.EMPTY, "application/x-empty"),
        (b"gewone tekst\r\n\twaarin regels", Kind.OTHER, "text/plain"),
        (b"\x00\x01\x02", Kind.OTHER, "application/octet-stream"),
        (b"t\x07", Kind.OTHER, "application/octet-stream"),
        (b"\xef\xbb\xbf  <!DOCTYPE HTML>", Kind.OTHER, "text/html"),
        (b"<?xml version='1.0'?>", Kind.OTHER, "application/xml"),
        (b"\x89PNG\r\n\x1a\n", Kind.OTHER, "image/png"),
        (b"\xff\xd8\xff\xe0", Kind.OTHER, "image/jpeg"),
        (b"RIFF\x00\x00\x00\x00WEBP", Kind.OTHER, "image/webp"),
        (b"7z\xbc\xaf\x27\x1c", Kind.OTHER, "application/x-7z-compressed"),
        (b"Rar!\x1a\x07\x00", Kind.OTHER, "application/vnd.rar"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind.OTHER, "application/x-ole-storage"),
        (zipped(("a.pdf", b"x")), Kind.ZIP, "application/zip"),
        (zipped(), Kind.ZIP, "application/zip"),
        (b"PK\x03\x04 en dan niets", Kind.ZIP, "application/zip"),
        (zipped(("[Content_Types].xml", b""), ("word/document.xml", b"")), Kind.OTHER, WORD),
        (
            zipped(("mimetype", b"application/vnd.oasis.opendocument.text")),
            Kind.OTHER,
            "application/vnd.oasis.opendocument.text",
        ),
    ],
)
def test_the_kind_is_told_by_the_content(tmp_path: Path, content: bytes, kind: Kind, mime: str) -> None:
    found = sniffed(tmp_path, content)
    assert (found.kind, found.mime, found.mismatch) == (kind, mime, None)


@pytest.mark.parametrize(
    "told", [b"application/pdf", b"\x1b[31mrood", b"a/b\nnog een regel", b"text/html", b"", b"\xff\xfe"]
)
def test_a_zip_is_what_it_says_only_where_that_is_a_known_kind_of_document(
    tmp_path: Path, told: bytes
) -> None:
    assert sniffed(tmp_path, zipped(("mimetype", told))).kind is Kind.ZIP


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
        kinds.add(sniffed(tmp_path, bytes(broken)).kind)
    assert Kind.ZIP in kinds
    assert kinds <= {Kind.ZIP, Kind.OTHER}


def test_what_calls_itself_pdf_goes_to_the_reader_unless_it_is_clearly_something_else(tmp_path: Path) -> None:
    assert sniffed(tmp_path, b"gewone tekst", "brief.PDF").kind is Kind.PDF
    assert sniffed(tmp_path, b"\x00\x01\x02", "brief.pdf").kind is Kind.PDF
    picture = sniffed(tmp_path, b"\x89PNG\r\n\x1a\n", "brief.pdf")
    assert picture.kind is Kind.OTHER
    assert picture.mismatch == "named as application/pdf, but the content is image/png"


def test_a_pdf_by_another_name_is_a_pdf_and_the_name_is_remarked_on(tmp_path: Path) -> None:
    found = sniffed(tmp_path, b"%PDF-1.7\n", "brief.zip")
    assert found.kind is Kind.PDF
    assert found.mismatch == "named as application/zip, but the content is application/pdf"


def test_a_file_that_is_gone_raises_what_the_system_said(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        sniff(tmp_path / "weg", name="weg")
