"""Builds the image without a Docker engine, and runs its processes: buildah with chroot isolation on a Debian of debootstrap.

What such a container shares with the machine: network, process numbers and cgroups. What it has of its own: file system and
user. No container here is started by Docker, so nothing here proves Docker's own part (networks, restarts, health checks).
"""

import configparser
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

BASE = "localhost/woo-test-base:bookworm"
IMAGE = "localhost/woo-test-image"
_ISOLATION = ("--isolation", "chroot")
_MINUTES = 15 * 60
_CA_INSIDE = "/etc/pip-ca.crt"
SAID = "/said"
Mounts = Mapping[str, tuple[Path, bool]]
"""Where -> (folder of this machine, whether it can be written)."""


def ran(*command: str | Path, seconds: float = _MINUTES) -> str:
    """Run a command of this machine; its output. Fails with what it said."""
    done = subprocess.run(command, capture_output=True, text=True, timeout=seconds)
    assert done.returncode == 0, f"{command}\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}"
    return done.stdout


def ensure_base() -> None:
    """Make the base image on first use; it is kept, because it takes the most time and changes the least."""
    if subprocess.run(["buildah", "inspect", "--type", "image", BASE], capture_output=True).returncode == 0:
        return
    with tempfile.TemporaryDirectory(prefix="woo-debian-") as folder:
        ran("debootstrap", "--variant=minbase", "bookworm", folder)
        packed = Path(folder) / "base.tar"
        ran("tar", "--directory", folder, "--exclude", "./base.tar", "--create", "--file", packed, ".")
        ran("podman", "import", packed, BASE)


def build(root: Path, work: Path) -> None:
    """Build the project's Dockerfile on the base image, with the package index that pip uses on this machine."""
    ensure_base()
    before = ran("buildah", "images", "--quiet", "--filter", f"reference={IMAGE}").split()
    mounts = [f"{_pip_configuration(work)}:/etc/pip.conf:ro"]
    if (work / "ca.crt").exists():
        mounts.append(f"{work / 'ca.crt'}:{_CA_INSIDE}:ro")
    volumes = [word for mount in mounts for word in ("--volume", mount)]
    # Without --layers: every change of the source would leave most of a gigabyte behind.
    formed = ("--format", "docker", "--build-arg", f"BASE={BASE}", "--tag", IMAGE)
    ran("buildah", "bud", *_ISOLATION, *formed, *volumes, root)
    if before:
        ran("buildah", "rmi", *before)


def build_plain(folder: Path, image: str) -> None:
    """Build the Dockerfile of a folder that needs nothing of the project."""
    ran("buildah", "bud", *_ISOLATION, "--format", "docker", "--layers", "--tag", image, folder)


def _pip_configuration(work: Path) -> Path:
    """What pip is told on this machine, as a file for the pip inside; the certificates go along."""
    told = configparser.ConfigParser(interpolation=None)
    told["global"] = {}
    for line in ran(sys.executable, "-m", "pip", "config", "list").splitlines():
        name, _, value = line.partition("=")
        key = name.rpartition(".")[2]
        value = value.strip("'\"")
        if key == "cert":
            shutil.copyfile(value, work / "ca.crt")
            value = _CA_INSIDE
        if key != "find-links":
            told["global"][key] = value
    with (work / "pip.conf").open("w") as file:
        told.write(file)
    return work / "pip.conf"


@dataclass(slots=True)
class Container:
    """A container of an image; every process in it runs as `user`, with what a compose file would give it."""

    work: Path
    image: str = IMAGE
    user: str = "10001:10001"
    mounts: Mounts = field(default_factory=dict)
    environment: Mapping[str, str] = field(default_factory=dict)
    name: str = ""

    def __enter__(self) -> "Container":
        self.name = ran("buildah", "from", self.image).strip()
        return self

    def __exit__(self, *exc: object) -> None:
        ran("buildah", "rm", self.name)

    def command(self, words: Sequence[str], said: str) -> list[str]:
        """The command of this machine that runs these words inside, without a way to more rights.

        What they say goes to `said`.out and `said`.err, files of this machine: buildah's own pipe loses some of it.
        """
        given = [word for name, value in self.environment.items() for word in ("--env", f"{name}={value}")]
        for where, (folder, writable) in sorted({**self.mounts, SAID: (self._said(), True)}.items()):
            given += ["--volume", f"{folder}:{where}:{'rw' if writable else 'ro'}"]
        script = f'echo $$ >{SAID}/{said}.pid; exec "$@" >{SAID}/{said}.out 2>{SAID}/{said}.err'
        inside = ["setpriv", "--no-new-privs", "sh", "-c", script, "sh", *words]
        return ["buildah", "run", *_ISOLATION, "--user", self.user, *given, self.name, "--", *inside]

    def said(self, said: str, kind: str) -> str:
        path = self._said() / f"{said}.{kind}"
        return path.read_text("utf-8", "replace") if path.exists() else ""

    def _said(self) -> Path:
        folder = self.work / "said"
        folder.mkdir(exist_ok=True)
        folder.chmod(0o777)
        return folder

    def run(self, *words: str, seconds: float = 300) -> subprocess.CompletedProcess[str]:
        name = secrets.token_hex(8)
        done = subprocess.run(self.command(words, name), capture_output=True, text=True, timeout=seconds)
        own = self.said(name, "err") if done.returncode == 0 or self.said(name, "pid") else done.stderr
        return subprocess.CompletedProcess(words, done.returncode, self.said(name, "out"), own)

    def output(self, *words: str) -> str:
        done = self.run(*words)
        assert done.returncode == 0, f"{words}\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}"
        return done.stdout


class Running:
    """A process inside a container that stays until it is ended, by its number alone."""

    def __init__(self, container: Container, *words: str) -> None:
        self._container = container
        self._name = secrets.token_hex(8)
        self._process = subprocess.Popen(
            container.command(words, self._name), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self.pid = self._number()

    def _number(self) -> int:
        """The process number, inside the same as on this machine; `exec` keeps the one that the shell wrote down."""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and self._process.poll() is None:
            number = self._container.said(self._name, "pid")
            if number.endswith("\n"):
                return int(number)
            time.sleep(0.05)
        raise AssertionError(f"it did not start: {self.said()}")

    def said(self) -> str:
        return self._container.said(self._name, "out") + self._container.said(self._name, "err")

    def alive(self) -> bool:
        return self._process.poll() is None

    def status(self) -> dict[str, str]:
        """What the kernel says of the process: users, rights, no_new_privs."""
        lines = Path(f"/proc/{self.pid}/status").read_text().splitlines()
        return dict(line.split(":\t", 1) for line in lines if ":\t" in line)

    def end(self) -> None:
        """SIGTERM, as Docker sends it; SIGKILL only after Docker's patience."""
        if self.alive():
            _send(self.pid, signal.SIGTERM)
        try:
            self._process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            _send(self.pid, signal.SIGKILL)
            self._process.wait(timeout=10)
            raise AssertionError(f"it did not end in 60 s after SIGTERM: {self.said()[-4000:]}") from None


def _send(pid: int, number: signal.Signals) -> None:
    subprocess.run(["kill", f"-{number.value}", str(pid)], capture_output=True)
