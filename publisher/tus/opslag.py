"""Keeps uploads that are not whole yet: for each a file with its parts and a note beside it, in a folder that can be emptied."""

import fcntl
import json
import os
import re
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO

from woo.domain.errors import NotFound, Refused, Unavailable
from woo.settings import UploadSettings

PART = "the folder for uploads"
_ID = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Aanvoer:
    """One upload: whose it is, how many bytes it will have, what it is for, and until when it is kept.

    `metadata` is what came along, by name. Once it was whole, `document_id` is what it became, or `fout` why it became
    nothing: then its bytes are gone.
    """

    id: str
    eigenaar: str
    lengte: int
    vervalt_op: datetime
    metadata: Mapping[str, str] = field(default_factory=dict)
    document_id: str | None = None
    fout: str | None = None

    @property
    def af(self) -> bool:
        """Whether it became a document or was refused."""
        return self.document_id is not None or self.fout is not None


class Aanvoeropslag:
    """The uploads of one installation; every process that has the folder sees the same ones.

    Raises Unavailable from every method, when the folder cannot be read or written (disk full, no rights).
    """

    def __init__(self, settings: UploadSettings, now: Callable[[], datetime]) -> None:
        self._folder = settings.folder
        self._hours = timedelta(hours=settings.hours)
        self._most = settings.per_account
        self._now = now

    def make(self, eigenaar: str, lengte: int, metadata: Mapping[str, str]) -> Aanvoer:
        """Begin an upload of so many bytes; those that expired are removed first.

        Raises Refused when this owner has too many open.
        """
        with _reachable():
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self.sweep()
            if sum(each.eigenaar == eigenaar and not each.af for each in self._all()) >= self._most:
                raise Refused(
                    "begin an upload for", "this account", f"it has {self._most} unfinished ones already"
                )
            made = Aanvoer(secrets.token_hex(16), eigenaar, lengte, self._now() + self._hours, dict(metadata))
            with self._bytes(made.id).open("xb") as new:
                os.fsync(new.fileno())
            self._write(made)
            return made

    def get(self, id: str, eigenaar: str) -> Aanvoer:
        """The upload of this owner; raises NotFound, also for one that expired or is of another."""
        with _reachable():
            found = self._read(id)
        if found is None or found.eigenaar != eigenaar or found.vervalt_op <= self._now():
            raise NotFound("upload", id)
        return found

    def received(self, aanvoer: Aanvoer) -> int:
        """How many bytes are there; of one that ended, all of them."""
        with _reachable():
            return aanvoer.lengte if aanvoer.af else self._bytes(aanvoer.id).stat().st_size

    @contextmanager
    def writing(self, aanvoer: Aanvoer) -> Iterator[BinaryIO]:
        """Its bytes, to add to: at their end, held from others, on disk when the block ends however it ends.

        Raises Refused while another request is adding to it.
        """
        with _reachable(), self._bytes(aanvoer.id).open("r+b") as held:
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Refused("add to", f"upload {aanvoer.id}", "another request is adding to it") from None
            held.seek(0, os.SEEK_END)
            try:
                yield held
            finally:
                held.flush()
                os.fsync(held.fileno())

    def end(self, aanvoer: Aanvoer, *, document_id: str | None = None, fout: str | None = None) -> Aanvoer:
        """Write down what became of it, and let its bytes go; the note stays until it expires."""
        ended = replace(aanvoer, document_id=document_id, fout=fout)
        with _reachable():
            self._write(ended)
            self._bytes(aanvoer.id).unlink(missing_ok=True)
        return ended

    def drop(self, aanvoer: Aanvoer) -> None:
        """Remove an upload and all that came of it."""
        with _reachable():
            self._note(aanvoer.id).unlink(missing_ok=True)
            self._bytes(aanvoer.id).unlink(missing_ok=True)

    def sweep(self) -> int:
        """Remove what expired; returns how many uploads that were."""
        with _reachable():
            gone = [each for each in self._all() if each.vervalt_op <= self._now()]
        for each in gone:
            self.drop(each)
        return len(gone)

    def _all(self) -> Iterator[Aanvoer]:
        for path in sorted(self._folder.glob("*.json")):
            found = self._read(path.stem)
            if found is not None:
                yield found

    def _read(self, id: str) -> Aanvoer | None:
        if not _ID.fullmatch(id):
            return None
        try:
            told: dict[str, Any] = json.loads(self._note(id).read_text("utf-8"))
        except (FileNotFoundError, json.JSONDecodeError):
            return None
        return Aanvoer(**told | {"vervalt_op": datetime.fromisoformat(told["vervalt_op"])})

    def _write(self, aanvoer: Aanvoer) -> None:
        told = asdict(aanvoer) | {"vervalt_op": aanvoer.vervalt_op.isoformat()}
        beside = self._note(aanvoer.id).with_suffix(".nieuw")
        with beside.open("w", encoding="utf-8") as new:
            json.dump(told, new, ensure_ascii=False)
            new.flush()
            os.fsync(new.fileno())
        beside.replace(self._note(aanvoer.id))

    def _note(self, id: str) -> Path:
        return self._folder / f"{id}.json"

    def _bytes(self, id: str) -> Path:
        return self._folder / f"{id}.deel"


@contextmanager
def _reachable() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Unavailable(PART, error.strerror or str(error)) from error
