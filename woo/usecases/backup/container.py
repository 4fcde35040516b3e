"""The form of a backup: a tar stream that tells at its end, by a chain of digests, that it is whole."""

import hashlib
import io
import json
import tarfile
from collections.abc import Iterator
from datetime import datetime
from types import TracebackType
from typing import BinaryIO, Self, cast

from woo.domain.errors import InvalidValue, Refused

FORMAT = 1
HEAD, END = "woo-backup.json", "einde.json"
_CHUNK = 1024 * 1024
_DAMAGED = "it is cut off or damaged; use another one"


def damaged(why: str = _DAMAGED) -> Refused:
    """The refusal of a backup that is not what was written."""
    return Refused("restore", "this backup", why)


class BackupWriter:
    """Writes members one after the other; without `finish` no reader accepts what was written."""

    def __init__(self, file: BinaryIO, *, now: datetime) -> None:
        self._tar = tarfile.open(fileobj=file, mode="w|", format=tarfile.PAX_FORMAT, bufsize=_CHUNK)  # noqa: SIM115
        self._mtime = int(now.timestamp())
        self._chain = hashlib.sha256()
        self.members = 0

    def add(self, name: str, content: bytes) -> None:
        self.add_stream(name, io.BytesIO(content), len(content))

    def add_stream(self, name: str, source: BinaryIO, size: int) -> str:
        """Copy `size` bytes in; returns their SHA-256. Raises InvalidValue when the source holds another number."""
        info = tarfile.TarInfo(name)
        info.size, info.mtime, info.mode = size, self._mtime, 0o600
        counted = Content(source)
        try:
            self._tar.addfile(info, counted)
        except OSError as error:
            if counted.size < size and "unexpected end of data" in str(error):
                raise InvalidValue("file", name, f"it ends after {counted.size} of {size} bytes") from error
            raise
        digest = counted.hashed.hexdigest()
        self._chain.update(f"{name} {digest}\n".encode())
        self.members += 1
        return digest

    def finish(self) -> None:
        """Write the end, which tells that all is there."""
        end = {"onderdelen": self.members, "keten": self._chain.hexdigest()}
        content = json.dumps(end).encode()
        info = tarfile.TarInfo(END)
        info.size, info.mtime, info.mode = len(content), self._mtime, 0o600
        self._tar.addfile(info, io.BytesIO(content))
        self._tar.close()


class BackupReader:
    """Reads the members in order. When the iteration ends by itself, the backup was whole.

    Raises:
        Refused: from every method, for what is no backup, or is cut off or damaged.
    """

    def __init__(self, file: BinaryIO) -> None:
        try:
            self._tar = tarfile.open(fileobj=file, mode="r|", bufsize=_CHUNK)  # noqa: SIM115
        except (tarfile.TarError, EOFError) as error:
            raise damaged("it is not a backup of this platform") from error
        self._chain = hashlib.sha256()
        self._members = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._tar.close()

    def __iter__(self) -> Iterator[tuple[str, BinaryIO]]:
        """Give each member's name and content; what the caller leaves unread is read before the next one."""
        try:
            for info in self._tar:
                content = self._tar.extractfile(info)
                if content is None:
                    raise damaged()
                counted = Content(content)  # type: ignore[arg-type]
                if info.name == END:
                    self._check_end(counted.read())
                    return
                yield info.name, cast(BinaryIO, counted)
                while counted.read(_CHUNK):
                    pass
                self._chain.update(f"{info.name} {counted.hashed.hexdigest()}\n".encode())
                self._members += 1
        except (tarfile.TarError, EOFError) as error:
            raise damaged() from error
        raise damaged()

    def _check_end(self, content: bytes) -> None:
        try:
            end = json.loads(content)
            whole = (end["onderdelen"], end["keten"]) == (self._members, self._chain.hexdigest())
        except (ValueError, KeyError, TypeError) as error:
            raise damaged() from error
        if not whole:
            raise damaged()


class Content(io.RawIOBase):
    """A stream that counts and digests what is read from it; raises Refused where the backup ends too early."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self.hashed = hashlib.sha256()
        self.size = 0

    def read(self, size: int = -1, /) -> bytes:
        try:
            chunk = self._source.read(size)
        except (tarfile.TarError, EOFError) as error:
            raise damaged() from error
        self.hashed.update(chunk)
        self.size += len(chunk)
        return chunk

    def readable(self) -> bool:
        return True
