"""Take the members out of a zip one by one, within limits, without ever using their names as paths."""

import lzma
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.parse import quote

from ingest.discover import label_of
from woo.settings import LimitSettings

_CHUNK = 1 << 20
_SMALL = 1 << 20
"""Below this many bytes a high compression ratio is harmless (a blank form compresses a hundred times)."""


@dataclass(frozen=True, slots=True)
class Member:
    """One member: key part, label and file name, and a temporary file (gone after the iteration's step) or a problem."""

    sleutel: str
    pad: str
    naam: str
    path: Path | None
    problem: str | None = None


class NotAZip(Exception):
    """The container itself cannot be read; the reason is the message."""


@dataclass(slots=True)
class Budget:
    """What one archive and everything nested in it may still cost."""

    members: int
    size: int

    @classmethod
    def from_limits(cls, limits: LimitSettings) -> "Budget":
        return cls(limits.zip_members, limits.zip_bytes)


def members(path: Path, limits: LimitSettings, budget: Budget) -> Iterator[Member]:
    """Yield every member in the order of the archive's directory; folders are no members (unless they hold bytes).

    Raises NotAZip when the directory cannot be read. A member over a limit is yielded with the problem, and the rest go on;
    when the whole archive's budget is spent, each remaining member says so.
    """
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError, EOFError) as error:
        raise NotAZip(f"the zip cannot be opened: {error}") from error
    with archive, tempfile.TemporaryDirectory(prefix="woo-zip-") as folder:
        seen: dict[str, int] = {}
        for info in archive.infolist():
            if info.is_dir() and not info.file_size:
                continue
            count = seen[info.filename] = seen.get(info.filename, 0) + 1
            again = f"#{count}" if count > 1 else ""
            target = Path(folder) / "member"
            problem = _take(archive, info, target, limits, budget)
            yield Member(
                quote(info.filename.encode("utf-8", "surrogatepass"), safe="/ ()[],;&+@='~") + again,
                label_of(info.filename) + again,
                _file_name(info.filename),
                None if problem else target,
                problem,
            )
            target.unlink(missing_ok=True)


def _file_name(name: str) -> str:
    """The last part of a member's name, whichever way its folders are written."""
    return label_of(name.replace("\\", "/").rstrip("/").rpartition("/")[2]) or "zonder naam"


def _take(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, target: Path, limits: LimitSettings, budget: Budget
) -> str | None:
    """Write a member to `target`; return why not, or None."""
    if budget.members <= 0:
        return f"the archive has more than {limits.zip_members} members"
    budget.members -= 1
    if info.flag_bits & 0x1:
        return "the member is encrypted; give the file without a password"
    if info.file_size > limits.file_bytes:
        return f"the member is larger than {limits.file_bytes} bytes (limits.file_bytes)"
    if info.file_size > _SMALL and info.file_size > limits.zip_ratio * max(info.compress_size, 1):
        return f"the member is compressed more than {limits.zip_ratio} times (limits.zip_ratio)"
    try:
        with archive.open(info) as source, target.open("wb") as copy:
            return _copy(source, copy, info, budget)
    except (
        zipfile.BadZipFile,
        zlib.error,
        lzma.LZMAError,
        OSError,
        RuntimeError,
        NotImplementedError,
        ValueError,
        EOFError,
        MemoryError,
    ) as error:
        return f"the member cannot be unpacked: {error}"


def _copy(source: IO[bytes], copy: IO[bytes], info: zipfile.ZipInfo, budget: Budget) -> str | None:
    written = 0
    while chunk := source.read(_CHUNK):
        written += len(chunk)
        budget.size -= len(chunk)
        if written > info.file_size:
            return "the member is larger than it says"
        if budget.size < 0:
            return "the archive unpacks to more than allowed (limits.zip_bytes)"
        copy.write(chunk)
    return None
