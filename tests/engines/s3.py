"""The S3 server of the tests: Adobe's S3Mock, fetched by Maven, started once per test run on a port that was free."""

import ctypes
import hashlib
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import pytest

from tests.engines import together
from tests.engines.java import find_java, maven_alone

URL = os.environ.get("WOO_TEST_S3_URL", "")
"""A running S3 server to use instead, such as http://127.0.0.1:9090; buckets are made in it with unsigned requests."""

_POM = Path(__file__).resolve().parent.parent / "s3_server" / "pom.xml"
_JAVA = 17
_MAIN = "com.adobe.testing.s3mock.S3MockApplication"
_PORTS = re.compile(r"Tomcat started on ports (\d+) \(https\), (\d+) \(http\)")
_START_SECONDS = 120
_FETCH_SECONDS = 280


@dataclass(frozen=True, slots=True)
class S3Server:
    """A server to test with. It checks no keys: any will do."""

    url: str
    https: str | None = None

    def new_bucket(self) -> str:
        """Make a bucket that no other test uses."""
        name = f"woo-test-{uuid.uuid4().hex}"
        request = urllib.request.Request(f"{self.url}/{name}", method="PUT")  # noqa: S310 - our own address
        with urllib.request.urlopen(request, timeout=30):  # noqa: S310
            return name

    def environ(self, bucket: str, *, endpoint: str | None = None) -> dict[str, str]:
        """The settings of an installation whose files are all in this bucket."""
        return {
            "WOO_STORAGE__ARCHIVE": f"s3://{bucket}/archief",
            "WOO_STORAGE__PUBLIC": f"s3://{bucket}/openbaar",
            "WOO_STORAGE__INBOX": f"s3://{bucket}/inbox",
            "WOO_STORAGE__S3_ENDPOINT": endpoint or self.url,
            "WOO_STORAGE__S3_ALLOW_HTTP": "true",
            "WOO_STORAGE__S3_ACCESS_KEY": "sleutel-werker",
            "WOO_STORAGE__S3_SECRET_KEY": "geheim-werker",
            "WOO_STORAGE__S3_PUBLIC_ACCESS_KEY": "sleutel-publiek",
            "WOO_STORAGE__S3_PUBLIC_SECRET_KEY": "geheim-publiek",
        }


def why_missing() -> str | None:
    """Why no S3 server can be had here, or None."""
    if URL:
        return None
    if find_java(_JAVA) is None:
        return f"no Java {_JAVA} or newer for the S3 server of the tests (make system-packages, or set JAVA_HOME)"
    if not _jars().is_dir() and shutil.which("mvn") is None:
        return "Maven, which fetches the S3 server of the tests, is not installed (make system-packages)"
    return None


@contextmanager
def served() -> Iterator[dict[str, str | None]]:
    """A running S3 server for as long as the block runs: its addresses `url` and, where it has one, `https`."""
    if URL:
        yield {"url": URL.rstrip("/"), "https": None}
        return
    with tempfile.TemporaryDirectory(prefix="woo-s3-") as folder, running(Path(folder)) as server:
        yield asdict(server)


@pytest.fixture(scope="session")
def s3_server() -> Iterator[S3Server]:
    """The S3 server of this test run; use with @pytest.mark.needs("s3")."""
    with together.served("s3") as facts:
        yield S3Server(**facts)


@contextmanager
def running(folder: Path) -> Iterator[S3Server]:
    """Start a server with its data in this folder, wait until it is ready, and end it afterwards."""
    (folder / "data").mkdir()
    log = folder / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [
                *(find_java(_JAVA) or "java", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                *("-cp", f"{_fetched()}/*", _MAIN, "--http.port=0", "--server.port=0"),
                f"--com.adobe.testing.s3mock.store.root={folder / 'data'}",
            ],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            preexec_fn=_die_with_parent,
        )
    try:
        yield _when_ready(process, log)
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _die_with_parent() -> None:
    """End this process when the one that started it is gone, however that ended (Linux)."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)


def _when_ready(process: "subprocess.Popen[bytes]", log: Path) -> S3Server:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        if found := _PORTS.search(log.read_text("utf-8", "replace")):
            server = S3Server(f"http://127.0.0.1:{found[2]}", f"https://localhost:{found[1]}")
            with suppress(urllib.error.URLError, OSError), urllib.request.urlopen(server.url, timeout=30):  # noqa: S310
                return server
        time.sleep(0.1)
    raise RuntimeError(
        f"the S3 server of the tests did not start:\n{log.read_text('utf-8', 'replace')[-3000:]}"
    )


def _jars() -> Path:
    """Where its jars are kept: one folder per content of pom.xml, shared by all checkouts of this user."""
    version = hashlib.sha256(_POM.read_bytes()).hexdigest()[:16]
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return cache / "woo-platform" / f"s3-server-{version}"


def _fetched() -> Path:
    """Fetch the jars where they are not there yet; runs at the same time wait for each other."""
    jars = _jars()
    with maven_alone():
        if not jars.is_dir():
            new = jars.with_name(f"{jars.name}.{uuid.uuid4().hex}")
            done = subprocess.run(
                [
                    *("mvn", "-q", "-B", "-f", str(_POM), "dependency:copy-dependencies"),
                    *("-DincludeScope=runtime", f"-DoutputDirectory={new}"),
                ],
                capture_output=True,
                text=True,
                timeout=_FETCH_SECONDS,
                check=False,
            )
            if done.returncode != 0:
                shutil.rmtree(new, ignore_errors=True)
                raise RuntimeError(
                    f"Maven could not fetch the S3 server of the tests:\n{done.stdout[-3000:]}"
                )
            new.rename(jars)
    return jars
