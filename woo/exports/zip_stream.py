"""A ZIP that is written while it is sent: members from an iterator, with a manifest and digests at the end."""

import hashlib
import io
import json
import tempfile
from collections.abc import Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import IO, TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

MEDIA_TYPE = "application/zip"
MANIFEST = "manifest.jsonl"
SUMS = "SHA256SUMS"

CHUNK = 256 * 1024
_IN_MEMORY = 1024 * 1024
_OLDEST = datetime(1980, 1, 1, tzinfo=UTC)
_COMPRESSIBLE = ("text/", "message/", "application/json", "application/xml", "image/bmp", "image/tiff")


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive: its name there, its bytes, and what the manifest tells of it beside name, size and digest.

    `naam` is unique within the archive and safe (`names.py`). `grootte` None is a size that is not known before; what is
    known and turns out otherwise is an error. `op` is the moment that the file is dated, in UTC; without one it is 1 January 1980.
    """

    naam: str
    inhoud: Iterable[bytes]
    mime: str = "application/octet-stream"
    grootte: int | None = None
    op: datetime | None = None
    gegevens: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Omitted:
    """A file that was to be in the archive and is not; the manifest tells so, with these data."""

    gegevens: Mapping[str, Any]


def zip_stream(members: Iterable[Member | Omitted]) -> Iterator[bytes]:
    """Yield a ZIP of these members, each asked for when it is written, and at the end what it holds.

    The last two members are `manifest.jsonl`, with a line per member (`naam`, `grootte`, `sha256` and its own `gegevens`) and
    a last line `{"volledig": true, "aantal": n}`, and `SHA256SUMS` for `sha256sum -c`. Memory stays the same but for half a
    kilobyte per member (the directory at the end of a ZIP). An error of a member ends the stream without that directory,
    so that nothing takes it for a whole archive.
    """
    sink = _Sink()
    with (
        tempfile.SpooledTemporaryFile(_IN_MEMORY) as manifest,
        tempfile.SpooledTemporaryFile(_IN_MEMORY) as sums,
        ZipFile(sink, "w", ZIP_DEFLATED) as archive,
    ):
        count = 0
        for member in members:
            if isinstance(member, Omitted):
                manifest.write(json_line({"weggelaten": True, **member.gegevens}))
                continue
            size, digest = yield from _written(archive, sink, member)
            told = {"naam": member.naam, "grootte": size, "sha256": digest, **member.gegevens}
            manifest.write(json_line(told))
            sums.write(_sum_line(digest, member.naam))
            count += 1
        manifest.write(json_line({"volledig": True, "aantal": count}))
        _, digest = yield from _written(archive, sink, _spooled(MANIFEST, manifest))
        sums.write(_sum_line(digest, MANIFEST))
        yield from _written(archive, sink, _spooled(SUMS, sums))
    yield sink.taken()  # closing wrote the directory


def json_line(value: Mapping[str, Any]) -> bytes:
    """One line of JSON Lines, in UTF-8."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "backslashreplace") + b"\n"


class _Sink(io.RawIOBase):
    """Where the archive is written: it keeps what was written until it is taken, and cannot go back."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self.size = 0

    def writable(self) -> bool:
        return True

    def write(self, data: "ReadableBuffer", /) -> int:
        piece = bytes(data)
        self._pieces.append(piece)
        self.size += len(piece)
        return len(piece)

    def taken(self) -> bytes:
        """What was written since the last time."""
        pieces, self._pieces, self.size = self._pieces, [], 0
        return b"".join(pieces)


def _written(archive: ZipFile, sink: _Sink, member: Member) -> Generator[bytes, None, tuple[int, str]]:
    """Write one member, yielding what the sink holds as it fills; returns size and SHA-256."""
    digest, size = hashlib.sha256(), 0
    with archive.open(_info(member), "w", force_zip64=member.grootte is None) as file:
        for chunk in member.inhoud:
            file.write(chunk)
            digest.update(chunk)
            size += len(chunk)
            if sink.size >= CHUNK:
                yield sink.taken()
    if member.grootte not in (None, size):
        raise ValueError(f"{member.naam} has {size} bytes and not {member.grootte}")
    yield sink.taken()
    return size, digest.hexdigest()


def _info(member: Member) -> ZipInfo:
    """The header of a member.

    Files that are packed already are framed as deflate without being packed again: a stored member of a stream has an
    end that only the directory tells, and what was received before a cut could then not be read.
    """
    op = max(_OLDEST, member.op or _OLDEST).astimezone(UTC)
    info = ZipInfo(member.naam, (op.year, op.month, op.day, op.hour, op.minute, op.second))
    info.compress_type = ZIP_DEFLATED
    info._compresslevel = 6 if member.mime.startswith(_COMPRESSIBLE) else 0  # type: ignore[attr-defined]
    info.file_size = member.grootte or 0
    info.external_attr = 0o644 << 16
    return info


def _sum_line(digest: str, naam: str) -> bytes:
    return f"{digest}  {naam}\n".encode("utf-8", "backslashreplace")


def _spooled(naam: str, file: IO[bytes]) -> Member:
    size = file.tell()
    file.seek(0)
    return Member(naam, _chunks(file), "text/plain", size)


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    while chunk := file.read(CHUNK):
        yield chunk
