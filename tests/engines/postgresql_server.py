"""A PostgreSQL server of the tests' own: found, made in a folder, started, stopped as by a power cut, removed."""

import contextlib
import ctypes
import os
import pwd
import re
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy.engine import URL

from tests.ports import free_port

OLDEST = 15
_WAIT = 60.0
_TRIES = 3
_PR_SET_PDEATHSIG = 1
_STALE = re.compile(r"woo-postgresql-(\d+)-")
_CONF = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 150
shared_buffers = 64MB
fsync = on
synchronous_commit = on
log_timezone = UTC
"""


def programs() -> Path | None:
    """The folder of the newest server's programs: on PATH, or where Debian puts them."""
    found = [Path(path).resolve().parent for path in (shutil.which("postgres"),) if path]
    found += [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/postgres")]
    whole = [folder for folder in found if (folder / "initdb").exists()]
    fit = [(version, folder) for folder in whole if (version := _version(folder)) >= OLDEST]
    return max(fit)[1] if fit else None


def _version(folder: Path) -> int:
    answer = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False)
    number = re.search(r"(\d+)", answer.stdout)
    return int(number.group(1)) if number else 0


def account() -> pwd.struct_passwd | None:
    """Whom the server runs as when we are root, which it refuses to run as."""
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return None


def _as_account() -> dict[str, Any]:
    runs_as = account() if os.geteuid() == 0 else None
    if runs_as is None:
        return {}
    return {"user": runs_as.pw_uid, "group": runs_as.pw_gid, "extra_groups": []}


def _end_with_parent() -> None:
    """Runs in the child: PostgreSQL ends its sessions and stops when pytest is gone, however that ended."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGINT, 0, 0, 0)


def _sweep() -> None:
    """Remove the folders of runs that were killed."""
    for folder in Path(tempfile.gettempdir()).glob("woo-postgresql-*"):
        run = _STALE.match(folder.name)
        if run and not Path(f"/proc/{run.group(1)}").exists():
            shutil.rmtree(folder, ignore_errors=True)


@dataclass(slots=True)
class Server:
    """A server of our own: started, stopped at once as by a power cut, started again on the same port."""

    bin: Path
    home: Path
    password: str
    port: int
    process: subprocess.Popen[bytes] | None = None
    started: bool = False

    @classmethod
    def make(cls) -> "Server":
        """Make an empty cluster, ordered as Dutch people order words: the registry may not depend on it."""
        found = programs()
        assert found is not None, "ask with @pytest.mark.needs('postgresql')"
        _sweep()
        home = Path(tempfile.mkdtemp(prefix=f"woo-postgresql-{os.getpid()}-"))
        server = cls(found, home, secrets.token_urlsafe(16), free_port())
        (home / "password").write_text(server.password)
        if os.geteuid() == 0 and (owner := account()) is not None:
            for path in (home, home / "password"):
                os.chown(path, owner.pw_uid, owner.pw_gid)
        collation = ["--locale-provider=icu", "--icu-locale=nl-NL", "--locale=C.UTF-8"]
        made = server._run(
            "initdb", "-U", "beheer", "-A", "scram-sha-256", f"--pwfile={home / 'password'}", "-E", "UTF8",
            "--no-sync", "--no-instructions", *collation, "-D", str(home / "data"),
        )  # fmt: skip
        assert made.returncode == 0, made.stderr.decode()
        with (home / "data" / "postgresql.conf").open("a") as conf:
            conf.write(_CONF)
        return server

    def start(self) -> None:
        """Start it and wait until it answers; started again it keeps its port, which others have written down."""
        for _ in range(_TRIES):
            with (self.home / "log").open("ab") as log:
                self.process = subprocess.Popen(
                    [self.bin / "postgres", "-D", self.home / "data", "-p", str(self.port)],
                    stdout=log,
                    stderr=log,
                    stdin=subprocess.DEVNULL,
                    cwd=self.home,
                    preexec_fn=_end_with_parent,
                    **_as_account(),
                )
            if self._answers():
                self.started = True
                return
            self.stop()
            if not self.started:
                self.port = free_port()
        raise RuntimeError(f"PostgreSQL did not start: {(self.home / 'log').read_text()[-2000:]}")

    def _answers(self) -> bool:
        deadline = time.monotonic() + _WAIT
        while time.monotonic() < deadline and self.process is not None and self.process.poll() is None:
            with contextlib.suppress(psycopg.OperationalError):
                psycopg.connect(self.dsn("postgres"), connect_timeout=2).close()
                return True
            time.sleep(0.05)
        return False

    def stop(self) -> None:
        """Stop it at once, as if the power went: no check point, sessions broken off."""
        process, self.process = self.process, None
        if process is None:
            return
        process.send_signal(signal.SIGQUIT)
        try:
            process.wait(_WAIT)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.home, ignore_errors=True)

    def url(self, database: str, *, user: str = "beheer", password: str | None = None) -> URL:
        return URL.create(
            "postgresql+psycopg",
            user,
            password or self.password,
            "127.0.0.1",
            self.port,
            database,
        )

    def dsn(self, database: str) -> str:
        return _dsn(self.url(database))

    def _run(self, program: str, *words: str) -> "subprocess.CompletedProcess[bytes]":
        return subprocess.run(
            [self.bin / program, *words],
            capture_output=True,
            check=False,
            cwd=self.home,
            **_as_account(),
        )


def connect(url: URL) -> "psycopg.Connection[Any]":
    """A connection past the registry, each statement a transaction of its own."""
    return psycopg.connect(_dsn(url), autocommit=True)


def break_sessions(url: URL) -> int:
    """End every session on this database but our own; returns how many."""
    with connect(url) as connection:
        rows = connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        ).fetchall()
    return len(rows)


def _dsn(url: URL) -> str:
    return url.set(drivername="postgresql").render_as_string(hide_password=False)
