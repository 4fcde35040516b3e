"""Tell what kind of file it is by its content, never by its name alone."""

import lzma
import re
import zipfile
import zlib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

_HEAD = 1024


class Kind(StrEnum):
    """What the platform does with a file."""

    PDF = "pdf"
    ZIP = "zip"
    EMPTY = "empty"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Sniffed:
    """Kind and MIME type by content; `mismatch` says what the name promised when that is something else."""

    kind: Kind
    mime: str
    mismatch: str | None = None


_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"\x1f\x8b", "application/gzip"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"{\\rtf", "application/rtf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"!BDN", "application/vnd.ms-outlook-pst"),
    (b"\x00\x00\x00\x0cjP  ", "image/jp2"),
)
_BY_NAME = {
    ".pdf": "application/pdf",
    ".zip": "application/zip",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
}
_OOXML = {
    "word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
_MAX_ZIP_DIRECTORY = 4096
_OWN_MIME = re.compile(r"application/(vnd\.[\w.+-]+|epub\+zip)", re.ASCII)


_DAMAGED = (
    OSError,
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    RuntimeError,
    NotImplementedError,
    ValueError,
    EOFError,
    MemoryError,
)


def sniff(path: Path, *, name: str) -> Sniffed:
    """Look into a file; raises OSError when it cannot be read.

    A file that calls itself `.pdf` without looking like one still goes to the PDF reader, which says what is wrong with it.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
        file.seek(0, 2)
        size = file.tell()
    promised = _BY_NAME.get(Path(name).suffix.lower())
    if size == 0:
        return Sniffed(Kind.EMPTY, "application/x-empty", None)
    mime = _mime_of(head, path)
    if mime == "application/pdf":
        kind = Kind.PDF
    elif mime == "application/zip":
        kind = Kind.ZIP
    elif promised == "application/pdf" and mime in ("application/octet-stream", "text/plain"):
        return Sniffed(Kind.PDF, "application/pdf", f"named as PDF, but it does not begin like one ({mime})")
    else:
        kind = Kind.OTHER
    mismatch = None
    if promised is not None and promised != mime:
        mismatch = f"named as {promised}, but the content is {mime}"
    return Sniffed(kind, mime, mismatch)


def _mime_of(head: bytes, path: Path) -> str:
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _zip_kind(path)
    for magic, mime in _MAGIC:
        if head.startswith(magic):
            return mime
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "image/webp"
    if b"%PDF-" in head:
        return "application/pdf"
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return "text/html"
    if start.startswith(b"<?xml"):
        return "application/xml"
    return "application/octet-stream" if b"\x00" in head or not _is_text(head) else "text/plain"


def _is_text(head: bytes) -> bool:
    control = sum(byte < 32 and byte not in (9, 10, 12, 13, 27) for byte in head)
    return control == 0


def _zip_kind(path: Path) -> str:
    """Office files are zips too; their own MIME type is told by the names inside."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = [info.filename for info in archive.infolist()[:_MAX_ZIP_DIRECTORY]]
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                told = archive.read("mimetype").decode("ascii", "replace").strip()
                return told if _OWN_MIME.fullmatch(told) else "application/zip"
    except _DAMAGED:
        return "application/zip"
    if "[Content_Types].xml" in names:
        for folder, mime in _OOXML.items():
            if any(name.startswith(folder) for name in names):
                return mime
    return "application/zip"
