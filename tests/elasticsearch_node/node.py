"""Builds a real Elasticsearch node from the jars on Maven Central once per machine, and starts and stops it."""

import contextlib
import ctypes
import fcntl
import hashlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path

from tests.engines.java import find_jdk, maven_alone
from tests.ports import free_port

HERE = Path(__file__).resolve().parent
LEAST_JAVA = 21
START_SECONDS = 120
_PR_SET_PDEATHSIG = 1
_COMPILER = ("-XX:TieredStopAtLevel=1",)
"""A node of a few minutes never earns back what the compiler for servers costs."""


class NodeError(Exception):
    """The node cannot be built or did not start; the message says why, with the last lines of its log."""


def missing() -> str | None:
    """Why the node cannot be made here, or None when it can."""
    if find_jdk(LEAST_JAVA) is None:
        return f"no JDK of version {LEAST_JAVA} or newer (JAVA_HOME, PATH or /usr/lib/jvm)"
    if not (_cache() / "complete").exists() and shutil.which("mvn") is None:
        return "maven is not installed (make system-packages), and it fetches the Elasticsearch jars"
    return None


def _cache() -> Path:
    """The folder of what is built once: another pom, launcher or JDK is another folder."""
    inputs = [
        path.read_bytes()
        for path in sorted(HERE.iterdir())
        if path.suffix in (".xml", ".java", ".properties")
    ]
    digest = hashlib.sha256(b"\0".join([*inputs, str(find_jdk(LEAST_JAVA)).encode()])).hexdigest()[:16]
    root = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return root / "woo-tests" / f"elasticsearch-node-{digest}"


def build() -> Path:
    """Fetch the jars and compile the launcher, once per machine; runs at the same time wait for each other."""
    cache = _cache()
    cache.parent.mkdir(parents=True, exist_ok=True)
    with (cache.parent / f"{cache.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (cache / "complete").exists():
            shutil.rmtree(cache, ignore_errors=True)
            _fetch(cache)
            _compile(cache)
            (cache / "complete").touch()
    return cache


def _fetch(cache: Path) -> None:
    lib, netty = cache / "lib", cache / "modules" / "transport-netty4"
    netty.mkdir(parents=True)
    shutil.copy(HERE / "pom.xml", cache)
    with maven_alone():
        _run(["mvn", "-q", "-B", "dependency:copy-dependencies", f"-DoutputDirectory={lib}"], cache)
    for jar in [*lib.glob("netty-*.jar"), *lib.glob("transport-netty4-*.jar")]:
        jar.rename(netty / jar.name)
    (plugin,) = netty.glob("transport-netty4-*.jar")
    with zipfile.ZipFile(plugin) as content:
        for name in content.namelist():
            folder, _, file = name.rpartition("/")
            if folder == "META-INF/es-plugins/transport-netty4" and file:
                (netty / file).write_bytes(content.read(name))
    descriptor = netty / "plugin-descriptor.properties"
    lines = descriptor.read_text(encoding="utf-8").splitlines(keepends=True)
    descriptor.write_text(
        "".join(line for line in lines if not line.startswith("modulename=")), encoding="utf-8"
    )


def _compile(cache: Path) -> None:
    command = [str(_jdk() / "bin" / "javac"), "-cp", f"{cache}/lib/*", "-d", str(cache / "out")]
    _run([*command, str(HERE / "Launcher.java")], cache)


def _jdk() -> Path:
    found = find_jdk(LEAST_JAVA)
    if found is None:
        raise NodeError(str(missing()))
    return found


def _run(command: list[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NodeError(f"{command[0]} failed:\n{(done.stdout + done.stderr)[-2000:]}")


class ElasticsearchNode:
    """One node on a free port of loopback; `stop` and `start` again keep port and data."""

    def __init__(self, *, heap_mb: int = 512) -> None:
        self._heap_mb = heap_mb
        # As in production from 1 GB on: the engine looks after G1's heap, while another collector's garbage counts as in use.
        self._collector = ("-XX:+UseG1GC",) if heap_mb >= 1024 else ("-XX:+UseSerialGC",)
        self._home = Path(tempfile.mkdtemp(prefix="woo-elasticsearch-"))
        self._process: subprocess.Popen[bytes] | None = None
        self.port = free_port()

    @property
    def url(self) -> str:
        """The address as the setting WOO_INDEX__URL takes it."""
        return f"elasticsearch://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start the node and wait until it answers."""
        cache = build()
        for folder in ("config", "data", "logs"):
            (self._home / folder).mkdir(exist_ok=True)
        shutil.copy(HERE / "log4j2.properties", self._home / "config")
        for name in ("lib", "modules"):
            if not (self._home / name).exists():
                (self._home / name).symlink_to(cache / name)
        with (self._home / "log").open("ab") as log:
            self._process = subprocess.Popen(
                self._command(cache),
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                preexec_fn=_die_with_parent,
            )
        self._wait()

    def _command(self, cache: Path) -> list[str]:
        heap = f"{self._heap_mb}m"
        return [
            str(_jdk() / "bin" / "java"),
            *(f"-Xms{heap}", f"-Xmx{heap}", *self._collector, *_COMPILER, f"-Djava.io.tmpdir={self._home}"),
            *("--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"),
            *("-Des.distribution.type=zip", "-cp", f"{cache}/out:{cache}/lib/*"),
            *("Launcher", str(self._home), str(self.port)),
        ]

    def _wait(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            assert self._process is not None
            if self._process.poll() is not None or time.monotonic() > deadline:
                ended = self._process.poll() is not None
                self.stop()
                why = "ended" if ended else f"gave no answer in {START_SECONDS} s"
                raise NodeError(f"the Elasticsearch node {why}; the end of its log:\n{self.log()}")
            time.sleep(0.1)

    def _answers(self) -> bool:
        address = f"http://127.0.0.1:{self.port}/_cluster/health?wait_for_status=yellow&timeout=1s"
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def log(self) -> str:
        """The last lines that the node wrote."""
        try:
            return "\n".join((self._home / "log").read_text(errors="replace").splitlines()[-30:])
        except OSError:
            return "(none)"

    def stop(self, *, kill: bool = False) -> None:
        """End the node by its id, and wait until it is gone; with `kill` at once, as when a machine fails."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill() if kill else process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        assert process.stdin is not None
        with contextlib.suppress(BrokenPipeError):
            process.stdin.close()

    def remove(self) -> None:
        """Stop, and remove everything it wrote."""
        self.stop()
        shutil.rmtree(self._home, ignore_errors=True)


@contextlib.contextmanager
def running_node(*, heap_mb: int = 512) -> Iterator[ElasticsearchNode]:
    """A node that answers, for as long as the block runs."""
    node = ElasticsearchNode(heap_mb=heap_mb)
    try:
        node.start()
        yield node
    finally:
        node.remove()


def _die_with_parent() -> None:
    """Runs in the child: a killed test run leaves no node behind (the launcher also ends with its standard input)."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
