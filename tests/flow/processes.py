"""Processes of this machine as the kernel tells them: who descends from whom, and who is still there (Linux)."""

import os
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

_PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Process:
    """One process; number and start together are never given out twice."""

    pid: int
    started: str

    @property
    def words(self) -> list[str]:
        """The words it was started with; none when it is gone."""
        try:
            return Path(f"/proc/{self.pid}/cmdline").read_bytes().decode().split("\0")[:-1]
        except OSError:
            return []

    @property
    def lives(self) -> bool:
        """Whether it is still running; one that ended and was not buried counts as gone."""
        found = _look(self.pid)
        return found is not None and found[0] == self and found[2] != "Z"


def _look(pid: int) -> tuple[Process, int, str] | None:
    """The process with this number, its parent's number and its state."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text("utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return None
    return Process(pid, fields[19]), int(fields[1]), fields[0]


def descendants(pid: int) -> list[Process]:
    """Every living process that comes from this one."""
    looked = [found for name in os.listdir("/proc") if name.isdigit() and (found := _look(int(name)))]  # noqa: PTH208
    known, grown = {pid}, True
    while grown:
        more = {process.pid for process, parent, _ in looked if parent in known} - known
        known |= more
        grown = bool(more)
    return [process for process, _, state in looked if process.pid in known - {pid} and state != "Z"]


def of_home(home: Path) -> list[Process]:
    """Every living process whose environment names this installation."""
    wanted = f"WOO_HOME={home}\0".encode()
    found = []
    for name in os.listdir("/proc"):  # noqa: PTH208
        try:
            if name.isdigit() and wanted in Path(f"/proc/{name}/environ").read_bytes():
                found.append(_look(int(name)))
        except OSError:
            continue  # it has just ended, or it belongs to another user
    return [each[0] for each in found if each is not None and each[2] != "Z"]


def eventually(holds: Callable[[], object], *, patience: float = _PATIENCE) -> bool:
    """Whether something comes to hold at all; how long it takes is not what is looked at."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if holds():
            return True
        time.sleep(0.05)
    return bool(holds())


def all_gone(processes: Iterable[Process]) -> bool:
    """Whether all of these come to an end."""
    remembered = list(processes)
    return eventually(lambda: not any(process.lives for process in remembered))
