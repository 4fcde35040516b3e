"""Finds a Java runtime that is new enough: JAVA_HOME, the one on PATH, then those beside it."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
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
