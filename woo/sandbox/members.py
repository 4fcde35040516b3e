"""Take the members out of a container (an archive, a mailbox, a message) one by one, each into a temporary file."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from woo.sandbox.errors import ChildCrashed, FileRefused, SandboxError
from woo.sandbox.frames import Frame
from woo.sandbox.place import Bounds
from woo.sandbox.pool import Sandbox
from woo.sandbox.refusals import REASONS, refused

TASKS = {
    "zip": "woo.sandbox.archives.zip_file:members",
    "7z": "woo.sandbox.archives.seven_zip:members",
    "tar": "woo.sandbox.archives.tar_file:members",
    "gz": "woo.sandbox.archives.gzip_file:members",
    "mbox": "woo.sandbox.mail.mbox:members",
    "eml": "woo.sandbox.mail.eml:attachments",
    "msg": "woo.sandbox.mail.msg:attachments",
}
"""The task that takes the members out of each kind of container."""

_OVERHEAD = 64 * 2**20


@dataclass(frozen=True, slots=True)
class MemberLimits:
    """What one container may cost: members, bytes in all, growth, and bytes of one member."""

    members: int
    size: int
    ratio: int
    file_bytes: int


@dataclass(frozen=True, slots=True)
class Member:
    """A member: its name as the container has it (never to be used as a path), and a temporary file or a problem.

    The file is gone after the iteration's step. `problem` is an English sentence.
    """

    nummer: int
    naam: str
    path: Path | None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Rest:
    """How many members were left where they are, since there are more than the limit."""

    members: int


def members(
    sandbox: Sandbox, path: Path, *, task: str, limits: MemberLimits, naam: str = ""
) -> Iterator[Member | Rest]:
    """Yield every member in the order of the container; one over a limit comes with its problem, and the rest go on.

    `naam` is what the container is called: the one file in a gzip is called after it.

    Raises:
        FileRefused: The container cannot be opened.
        TimeLimit, MemoryLimit, OutputLimit, ChildCrashed: It passed a limit; the member at which it did came with it.
    """
    params = {
        "members": limits.members,
        "bytes": limits.size,
        "ratio": limits.ratio,
        "file_bytes": limits.file_bytes,
        "name": naam,
    }
    bounds = Bounds(output_bytes=limits.size + limits.members * 4096 + _OVERHEAD)
    with (
        sandbox.borrow() as place,
        tempfile.TemporaryDirectory(prefix="woo-members-") as folder,
    ):
        taking = _Taking(Path(folder) / "member", limits)
        try:
            for frame in place.stream(task, files=[path], params=params, bounds=bounds):
                taken = taking.take(frame)
                if taken is not None:
                    yield taken
                    taking.target.unlink(missing_ok=True)
            if taking.is_open:
                raise ChildCrashed("its process stopped in the middle of a member")
        except FileRefused as error:
            raise refused(error.code) from error
        except SandboxError as error:
            if taking.is_open:
                yield taking.broken_off(error)
            raise
        finally:
            taking.close()


class _Taking:
    """The member that is coming now."""

    def __init__(self, target: Path, limits: MemberLimits) -> None:
        self.target = target
        self._limits = limits
        self._file = target.open("wb")
        self._file.close()
        self._nummer = 0
        self._naam = ""
        self._written = 0
        self.is_open = False

    def take(self, frame: Frame) -> Member | Rest | None:
        """Take a part; the finished member when this part ends one. Raises ChildCrashed for what was not asked for."""
        match frame.header:
            case {"member": int() as number, "name": str() as name} if (
                number == self._nummer + 1 and not self.is_open
            ):
                if number > self._limits.members:
                    raise ChildCrashed("its process sent more members than it may")
                self._begin(number, name)
                return None
            case {"data": int() as number} if self._is_at(number):
                self._written += len(frame.body)
                if self._written > self._limits.file_bytes:
                    raise ChildCrashed("its process sent a member that is larger than it may be")
                self._file.write(frame.body)
                return None
            case {"done": int() as number} if self._is_at(number):
                self.close()
                return Member(number, self._naam, self.target)
            case {"problem": int() as number, "code": str() as code} if self._is_at(number):
                self.close()
                return Member(
                    number, self._naam, None, f"{code}: {REASONS.get(code, 'it cannot be unpacked.')}"
                )
            case {"more": int() as count} if count > 0 and not self.is_open:
                return Rest(count)
            case _:
                raise ChildCrashed("its process sent something that is not a member")

    def _begin(self, number: int, name: str) -> None:
        self._nummer, self._naam, self._written, self.is_open = number, name, 0, True
        self._file = self.target.open("wb")

    def broken_off(self, error: SandboxError) -> Member:
        """The member that was coming when the child ended."""
        return Member(self._nummer, self._naam, None, f"{error.code}: {error.reason}")

    def _is_at(self, number: int) -> bool:
        return self.is_open and number == self._nummer

    def close(self) -> None:
        """Close the file of the member that is coming."""
        self._file.close()
        self.is_open = False
