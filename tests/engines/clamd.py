"""A real clamd with one signature of our own, started when a test first asks for it and stopped at the end of the run."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.ports import free_port

INFECTED = b"%PDF-1.7\n% WOO-PROEFVIRUS-5d1c7f \n%%EOF\n"
"""A file that this clamd finds something in."""

FOUND = "Woo.Proefvirus.UNOFFICIAL"
STREAM_LIMIT = 1_048_576
"""Bytes of the largest file that it takes."""

_START_SECONDS = 60


@dataclass(frozen=True, slots=True)
class ClamdServer:
    """Its two addresses, as in the settings."""

    unix: str
    tcp: str


def why_missing() -> str | None:
    """Return why there is no clamd here, or None when there is."""
    return None if _program() else "clamd is not installed (make system-packages)"


@pytest.fixture(scope="session")
def clamd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ClamdServer]:
    folder = tmp_path_factory.mktemp("clamd")
    socket, port = folder / "clamd.sock", free_port()
    signatures = folder / "signatures"
    signatures.mkdir()
    (signatures / "woo.ndb").write_text(f"Woo.Proefvirus:0:*:{b'WOO-PROEFVIRUS-5d1c7f'.hex()}\n")
    settings = folder / "clamd.conf"
    settings.write_text(
        f"DatabaseDirectory {signatures}\nLocalSocket {socket}\nTCPSocket {port}\nTCPAddr 127.0.0.1\n"
        f"StreamMaxLength {STREAM_LIMIT}\nForeground yes\nTemporaryDirectory {folder}\nSelfCheck 0\n"
    )
    with (folder / "output").open("wb") as output:
        process = subprocess.Popen(
            [str(_program()), f"--config-file={settings}"], stdout=output, stderr=subprocess.STDOUT
        )
        try:
            _await(process, socket, folder / "output")
            yield ClamdServer(f"unix:{socket}", f"tcp:127.0.0.1:{port}")
        finally:
            process.kill()
            process.wait()


def _program() -> str | None:
    return shutil.which("clamd", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")


def _await(process: subprocess.Popen[bytes], socket: Path, output: Path) -> None:
    until = time.monotonic() + _START_SECONDS
    while not socket.exists():
        if process.poll() is not None or time.monotonic() > until:
            pytest.fail(f"clamd did not start: {output.read_text(errors='replace')[-2000:]}", pytrace=False)
        time.sleep(0.05)
