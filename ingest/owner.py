"""Names for those that hold leases, from which others on the same machine can tell that they died."""

import os
import secrets
import socket
from pathlib import Path


def _start_time(pid: int) -> str | None:
    """The kernel's start time of a process (so that a re-used number is not mistaken for it), or None when it is gone."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    fields = stat.rpartition(")")[2].split()
    return None if fields[0] in ("Z", "X") else fields[19]


def own_name() -> str:
    """The name of this process: host, process id, start time."""
    return f"{socket.gethostname()}:{os.getpid()}:{_start_time(os.getpid()) or 0}"


def new_holder() -> str:
    """A name for one holder of leases in this process; two workers in one process are two holders."""
    return f"{own_name()}#{secrets.token_hex(4)}"


def is_dead(name: str) -> bool:
    """Whether the process of this name is known to be gone; False when it ran on another machine (its lease tells)."""
    parts = name.rsplit(":", 2)
    if len(parts) != 3 or parts[0] != socket.gethostname() or not parts[1].isdigit():
        return False
    if not Path("/proc/self/stat").exists():
        return False
    return _start_time(int(parts[1])) != parts[2].partition("#")[0]
