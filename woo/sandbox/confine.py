"""Take from the child process what a reader of files does not need: memory, files, forks, network, other processes."""

import ctypes
import os
import resource
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS = 1, 4, 38
_OPEN_FILES = 64


def confine(*, memory_bytes: int, parent: int, packages: Sequence[Path]) -> bool:
    """Limit this process for good; run it before any byte of a hostile file is read.

    Args:
        memory_bytes: RLIMIT_AS.
        parent: Process id of the one who started us; if it is already gone, so are we.
        packages: Folders that code may still be imported from; no other file of ours stays readable.

    Returns:
        Whether the kernel also closed the file system and the network (Landlock, Linux 5.13 and later).
    """
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, 0)
    _limit(resource.RLIMIT_NPROC, 0)
    _limit(resource.RLIMIT_NOFILE, _OPEN_FILES)
    if sys.platform != "linux":
        return False
    _limit(resource.RLIMIT_AS, memory_bytes)
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)
    libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    return _Landlock(libc).close_all_but(packages)


def _limit(which: int, value: int) -> None:
    hard = resource.getrlimit(which)[1]
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    resource.setrlimit(which, (value, value))


class _RulesetAttr(ctypes.Structure):
    _fields_ = (("fs", ctypes.c_uint64), ("net", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


class _Landlock:
    """The Landlock system calls (Linux kernel documentation, userspace-api/landlock)."""

    _CREATE, _ADD, _RESTRICT = 444, 445, 446
    _READ_FILE, _READ_DIR = 1 << 2, 1 << 3
    # What each version of the interface added: the number of file rights, network rights, scopes.
    _FS_RIGHTS = (0, 13, 14, 15, 15, 16)

    def __init__(self, libc: ctypes.CDLL) -> None:
        self._libc = libc

    def close_all_but(self, packages: Sequence[Path]) -> bool:
        version = self._libc.syscall(self._CREATE, None, 0, 1)
        if version < 1:
            return False
        attr = _RulesetAttr(
            fs=(1 << self._FS_RIGHTS[min(version, 5)]) - 1,
            net=0b11 if version >= 4 else 0,
            scoped=0b11 if version >= 6 else 0,
        )
        ruleset = self._libc.syscall(
            self._CREATE, ctypes.byref(attr), ctypes.c_size_t(self._size(version)), 0
        )
        if ruleset < 0:
            return False
        for path in (*_readable(), *packages):
            self._allow(ruleset, path, self._READ_FILE | self._READ_DIR)
        for path in {package.parent for package in packages}:
            self._allow(ruleset, path, self._READ_DIR)
        closed = self._libc.syscall(self._RESTRICT, ruleset, 0) == 0
        os.close(ruleset)
        return bool(closed)

    def _size(self, version: int) -> int:
        return 8 if version < 4 else 16 if version < 6 else 24

    def _allow(self, ruleset: int, path: Path, rights: int) -> None:
        try:
            folder = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except OSError:
            return
        if not path.is_dir():
            rights &= ~self._READ_DIR
        rule = _PathBeneath(allowed=rights, parent=folder)
        self._libc.syscall(self._ADD, ruleset, 1, ctypes.byref(rule), 0)
        os.close(folder)


def _readable() -> list[Path]:
    """List what importing a library or drawing with a system font needs."""
    prefixes = {
        Path(prefix) for prefix in (sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix)
    }
    system = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/usr/share", "/usr/local/share")
    single = ("/etc/ld.so.cache", "/dev/null", "/dev/urandom")
    folders = [folder for prefix in prefixes for folder in (prefix / "lib", prefix / "lib64")]
    return [*folders, *map(Path, (*system, *single))]
