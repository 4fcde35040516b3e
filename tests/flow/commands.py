"""Commands run to their end, and what they said."""

import json
import subprocess
from typing import Any

from tests.flow.installation import Installation

Ended = subprocess.CompletedProcess[bytes]


def run(installation: Installation, *words: str) -> Ended:
    """Run a command to its end; no colours and no stack trace, whatever it is."""
    ended = installation.command(*words)
    assert b"\x1b" not in ended.stdout + ended.stderr
    assert b"Traceback" not in ended.stderr
    return ended


def told(ended: Ended) -> str:
    """What it said on stderr, without the frame and the line breaks of the usage message."""
    return " ".join(ended.stderr.decode().replace("│", " ").split())


def as_json(ended: Ended) -> Any:
    """Its stdout, which must be JSON and nothing else."""
    assert ended.returncode == 0, ended.stderr.decode()
    return json.loads(ended.stdout)
