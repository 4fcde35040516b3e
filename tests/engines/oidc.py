"""A real OpenID provider for tests: installed from npm once per machine, started on a free port of loopback."""

import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

SERVER = Path(__file__).parent.parent / "oidc_server"
_FILES = ("package.json", "package-lock.json", ".npmrc")
CLIENT, SECRET = "woo-balie", "een geheim & met tekens: / + %"


@dataclass(frozen=True, slots=True)
class OpenIdProvider:
    """The provider, and who comes next."""

    issuer: str

    def person(self, **claims: Any) -> None:
        """Whoever comes from now on is this person; with `refuse=True` they say no."""
        httpx.post(f"{self.issuer}/_test/person", json=claims).raise_for_status()

    def visit(self, there: str) -> str:
        """Go where the desk sends a browser; returns the address to which the provider sends it back."""
        with httpx.Client(base_url=self.issuer) as browser:
            for _ in range(8):
                answer = browser.get(there)
                assert answer.is_redirect, answer.text
                there = answer.headers["location"]
                if not there.startswith(("/", self.issuer)):
                    return there
        raise AssertionError("the provider does not send the browser back")


def installed() -> Path:
    """The folder with the provider and what it needs, installed from the lock file unless that was done before."""
    known = hashlib.sha256(b"".join((SERVER / name).read_bytes() for name in _FILES)).hexdigest()[:16]
    folder = Path(tempfile.gettempdir()) / f"woo-oidc-{os.getuid()}-{known}"
    if not (folder / "ready").exists():
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix="woo-oidc-") as made:
            fresh = Path(made) / "new"
            fresh.mkdir()
            for name in _FILES:
                shutil.copy(SERVER / name, fresh / name)
            done = subprocess.run(["npm", "ci"], cwd=fresh, capture_output=True, text=True, timeout=240)
            assert done.returncode == 0, done.stderr
            (fresh / "ready").touch()
            try:
                fresh.rename(folder)
            except OSError:  # another run was first
                assert (folder / "ready").exists()
    return folder


@contextmanager
def running(port: int, *, back: str) -> Iterator[OpenIdProvider]:
    """Run the provider on this port; it sends people back to this address."""
    folder = installed()
    shutil.copy(SERVER / "server.mjs", folder / "server.mjs")
    words = ["node", "server.mjs", str(port), CLIENT, SECRET, back]
    with subprocess.Popen(
        words, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as child:
        assert child.stdout is not None
        try:
            for line in child.stdout:
                if line.strip() == "ready":
                    break
            else:
                raise AssertionError("the provider did not start")
            yield OpenIdProvider(f"http://127.0.0.1:{port}")
        finally:
            child.terminate()
            child.wait(timeout=10)
