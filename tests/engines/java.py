"""Finds a Java that is new enough (JAVA_HOME, the one on PATH, then those beside it), and lets one Maven run at a time."""

import fcntl
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

_BESIDE = Path("/usr/lib/jvm")


@cache
def find_java(minimum: int) -> Path | None:
    """The first `java` of at least this version, or None."""
    for java in dict.fromkeys(path.resolve() for path in _candidates()):
        if java.is_file() and version(java) >= minimum:
            return java
    return None


@cache
def find_jdk(minimum: int) -> Path | None:
    """The home of the newest JDK (it has a compiler) of at least this version, or None."""
    homes = {path.resolve().parent.parent for path in _candidates()}
    fit = [(version(home / "bin" / "java"), home) for home in homes if (home / "bin" / "javac").exists()]
    fit = [(number, home) for number, home in fit if number >= minimum]
    return max(fit)[1] if fit else None


def version(java: Path) -> int:
    """The main version of a Java runtime; 0 where it does not say."""
    said = subprocess.run([java, "-version"], capture_output=True, text=True, timeout=60, check=False)
    found = re.search(r'version "(?:1\.)?(\d+)', said.stderr)
    return int(found[1]) if found else 0


def _candidates() -> Iterator[Path]:
    if os.environ.get("JAVA_HOME"):
        yield Path(os.environ["JAVA_HOME"]) / "bin" / "java"
    if found := shutil.which("java"):
        yield Path(found)
    yield from sorted(_BESIDE.glob("*/bin/java"), reverse=True)


@contextmanager
def maven_alone() -> Iterator[None]:
    """Wait until no other test run fetches with Maven: its local repository is not made for two at once."""
    folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "woo-tests-maven.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
