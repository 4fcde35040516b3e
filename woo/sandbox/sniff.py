"""Tell what kind of file it is by its content, never by its name alone."""

import re
import struct
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from woo.domain.formaat import BY_EXTENSIE, BY_MIME, Formaat, Soort
from woo.sandbox.archives.zip_directory import beginning, entries, find_directory

_HEAD = 8192
_MAX_ZIP_DIRECTORY = 4096
_MAX_MIME = 200
EMPTY = "application/x-empty"
UNKNOWN = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Sniffed:
    """MIME type by content; `mismatch` says what the name promised when that is something else.

    `formaat` is None for a kind that the platform does not read. `inhoud` is what the content looks like, also where the name
    decides who looks at it.
    """

    mime: str
    mismatch: str | None = None
    inhoud: str = field(default="", compare=False)

    @property
    def formaat(self) -> Formaat | None:
        return BY_MIME.get(self.mime)


_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"II+\x00", "image/tiff"),
    (b"MM\x00+", "image/tiff"),
    (b"\x00\x00\x00\x0cjP  ", "image/jp2"),
    (b"\xff\x4f\xff\x51", "image/jp2"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"\x1f\x8b", "application/gzip"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"{\\rtf", "application/rtf"),
    (b"!BDN", "application/vnd.ms-outlook-pst"),
    (b"AT&TFORM", "image/vnd.djvu"),
    (b"BZh", "application/x-bzip2"),
    (b"\xfd7zXZ\x00", "application/x-xz"),
    (b"SQLite format 3\x00", "application/vnd.sqlite3"),
    (b"\x7fELF", "application/x-elf"),
    (b"\x00\x05\x16\x07", "application/applefile"),
    (b"x\x9f>\x22", "application/ms-tnef"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "application/x-ole-encrypted"
_OLE_STREAMS: tuple[tuple[str, str], ...] = (
    ("__properties_version1.0", "application/vnd.ms-outlook"),
    ("WordDocument", "application/msword"),
    ("Workbook", "application/vnd.ms-excel"),
    ("Book", "application/vnd.ms-excel"),
    ("PowerPoint Document", "application/vnd.ms-powerpoint"),
    ("EncryptedPackage", _LOCKED),
)
_DIRECTORY_SECTORS = 64
_OOXML = {b"word/": "docx", b"xl/": "xlsx", b"ppt/": "pptx"}
_OWN_MIME = re.compile(r"application/(vnd\.[\w.+-]+|epub\+zip)", re.ASCII)
_HEADER = re.compile(rb"[A-Za-z][A-Za-z0-9-]{1,60}:[ \t]?[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n")
_MAIL_HEADERS = frozenset(
    {
        b"from",
        b"to",
        b"cc",
        b"subject",
        b"date",
        b"message-id",
        b"received",
        b"return-path",
        b"mime-version",
        b"delivered-to",
        b"reply-to",
        b"content-type",
        b"x-mailer",
        b"sender",
    }
)
_ENOUGH_HEADERS = 2
_TEXTS = frozenset({"text/plain", "text/csv", "text/markdown"})


def sniff(path: Path, *, name: str) -> Sniffed:
    """As `sniff_file`, of the file at this path."""
    with path.open("rb") as file:
        return sniff_file(file, name=name)


def sniff_file(file: BinaryIO, *, name: str) -> Sniffed:
    """Look into a file that is open; where it stands afterwards is not told. Raises OSError when it cannot be read.

    A file that calls itself `.pdf` without looking like one still goes to the PDF reader, which says what is wrong with
    it. Text is what its name says among the kinds of text, since nothing inside tells a table from a letter.
    """
    file.seek(0)
    head = file.read(_HEAD)
    if not head:
        return Sniffed(EMPTY)
    promised = BY_EXTENSIE.get(Path(name).suffix.lower())
    mime = _mime_of(head, file)
    if mime == _LOCKED:
        mime = _locked_kind(promised)
    if promised is not None and promised.soort is Soort.PDF and mime in (UNKNOWN, "text/plain"):
        return Sniffed("application/pdf", f"named as PDF, but it does not begin like one ({mime})", mime)
    if promised is not None and mime == "text/plain":
        mime = _text_as_named(promised, head)
    if promised is None or promised.mime == mime or _is_wrapped(promised, mime):
        return Sniffed(mime, inhoud=mime)
    return Sniffed(mime, f"named as {promised.mime}, but the content is {mime}", mime)


def _locked_kind(promised: Formaat | None) -> str:
    """Tell the kind of a locked Office file by its name, since nothing inside can be seen; its reader says it is locked."""
    naam = promised.naam if promised is not None and promised.naam in _OOXML.values() else "docx"
    return BY_EXTENSIE[f".{naam}"].mime


def _text_as_named(promised: Formaat, head: bytes) -> str:
    """A text of the kind that its name says; one that is named as a message needs one header to be it."""
    if promised.mime in _TEXTS or (promised.naam == "eml" and _headers(head)):
        return promised.mime
    return promised.mime if promised.naam == "mbox" and head.startswith(b"From ") else "text/plain"


def _is_wrapped(promised: Formaat, mime: str) -> bool:
    """A name that promises what the content is as well: a message that begins with a length (Apple Mail)."""
    return promised.naam == "eml" and mime == "application/mbox"


def _mime_of(head: bytes, file: BinaryIO) -> str:
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _zip_kind(file)
    if head.startswith(_OLE):
        return _ole_kind(file)
    for magic, mime in _MAGIC:
        if head.startswith(magic):
            return mime
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "image/webp"
    if head.startswith(b"BM") and len(head) > 14 and head[6:10] == b"\x00\x00\x00\x00":
        return "image/bmp"
    if head[257:262] == b"ustar":
        return "application/x-tar"
    if b"%PDF-" in head[:1024]:
        return "application/pdf"
    return _text_kind(head)


def _text_kind(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "text/plain"
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    lower = start[:512].lower()
    if lower.startswith((b"<!doctype html", b"<html")) or (
        lower.startswith(b"<?xml") and b"<html" in head.lower()
    ):
        return "text/html"
    if not _is_text(head):
        return UNKNOWN
    if lower.startswith(b"<?xml"):
        return "application/xml"
    if head.startswith(b"From ") and _is_mail(head.split(b"\n", 1)[-1]):
        return "application/mbox"
    return "message/rfc822" if _is_mail(start) else "text/plain"


def _is_mail(head: bytes) -> bool:
    """Whether it begins with the headers of a message (RFC 5322)."""
    return len(_headers(head) & _MAIL_HEADERS) >= _ENOUGH_HEADERS


def _headers(head: bytes) -> set[bytes]:
    """The names of the headers at the beginning, after the length that Apple Mail writes before them."""
    head = re.sub(rb"\A\d{1,10}[ \t]*\r?\n", b"", head)
    known: set[bytes] = set()
    at = 0
    while (found := _HEADER.match(head, at)) is not None:
        known.add(head[at : head.index(b":", at)].lower())
        at = found.end()
    return known


def _is_text(head: bytes) -> bool:
    return not any(byte < 32 and byte not in (8, 9, 10, 12, 13, 27) for byte in head)


def _ole_kind(file: BinaryIO) -> str:
    """Tell the programs that share this container apart by the names in its directory ([MS-CFB], section 2.6)."""
    file.seek(0)
    header = file.read(512)
    if len(header) < 512:
        return "application/x-ole-storage"
    sector = 1 << min(struct.unpack_from("<H", header, 30)[0], 16)
    first = struct.unpack_from("<I", header, 48)[0]
    file.seek(min((first + 1) * sector, 2**40))
    directory = file.read(sector * _DIRECTORY_SECTORS)
    names = {_ole_name(directory, at) for at in range(0, len(directory) - 127, 128)}
    return next((mime for name, mime in _OLE_STREAMS if name in names), "application/x-ole-storage")


def _ole_name(directory: bytes, at: int) -> str:
    length = struct.unpack_from("<H", directory, at + 64)[0]
    return directory[at : at + length - 2].decode("utf-16-le", "replace") if 2 < length <= 64 else ""


def _zip_kind(file: BinaryIO) -> str:
    """Office files are zips too; their own MIME type is told by the names inside."""
    directory = find_directory(file)
    if directory is None:
        return "application/zip"
    found = {entry.naam: entry for entry in entries(file, directory, most=_MAX_ZIP_DIRECTORY)}
    if b"mimetype" in found:
        told = beginning(file, found[b"mimetype"], most=_MAX_MIME).decode("ascii", "replace")
        told = told.strip().removesuffix("-template")
        return told if _OWN_MIME.fullmatch(told) else "application/zip"
    if b"[Content_Types].xml" in found:
        for folder, naam in _OOXML.items():
            if any(name.startswith(folder) for name in found):
                return BY_EXTENSIE[f".{naam}"].mime
    return "application/zip"
