"""A real PostgreSQL for the tests: Debian's, started once per run on a free port, or a running one that is named."""

import contextlib
import ctypes
import os
import pwd
import re
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql
from sqlalchemy.engine import URL, make_url

from woo.registry import Registry

KINDS = ("sqlite", pytest.param("postgresql", marks=pytest.mark.needs("postgresql")))
"""Every kind of database that a registry can live in, as parameters of a fixture."""

VARIABLE = "WOO_TEST_POSTGRES_URL"
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


def why_missing() -> str | None:
    """Why there is no PostgreSQL to test on, or None when there is."""
    if os.environ.get(VARIABLE):
        return None
    if programs() is None:
        return (
            f"PostgreSQL {OLDEST} or newer is not installed (make system-packages), and {VARIABLE} is not set"
        )
    if os.geteuid() == 0 and _account() is None:
        return "there is no user postgres to run PostgreSQL as, and root may not run it"
    return None


def programs() -> Path | None:
    """The folder of the newest server's programs: on PATH, or where Debian puts them."""
    found = [Path(path).parent for path in (shutil.which("postgres"),) if path]
    found += [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/postgres")]
    fit = [(version, folder) for folder in found if (version := _version(folder)) >= OLDEST]
    return max(fit)[1] if fit else None


def _version(folder: Path) -> int:
    answer = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False)
    number = re.search(r"(\d+)", answer.stdout)
    return int(number.group(1)) if number else 0


def _account() -> pwd.struct_passwd | None:
    """Whom the server runs as when we are root, which it refuses to run as."""
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return None


def _as_account() -> dict[str, Any]:
    account = _account() if os.geteuid() == 0 else None
    if account is None:
        return {}
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


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
        server = cls(found, home, secrets.token_urlsafe(16), _free_port())
        (home / "password").write_text(server.password)
        if os.geteuid() == 0 and (account := _account()) is not None:
            for path in (home, home / "password"):
                os.chown(path, account.pw_uid, account.pw_gid)
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
                self.port = _free_port()
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


@dataclass(frozen=True, slots=True)
class Databases:
    """Makes databases on a server, each of its own name, owned by an ordinary role that may make databases."""

    url: URL
    made: list[str] = field(default_factory=list)

    def create(self, *, like: str | None = None) -> URL:
        """A fresh database: empty, or like another."""
        name = f"woo_test_{secrets.token_hex(6)}"
        how = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY = WAL_LOG")
        self._do(how.format(sql.Identifier(name), sql.Identifier(like or "template1")))
        self.made.append(name)
        return self.url.set(database=name)

    def drop(self, url: URL) -> None:
        """Remove it, whoever is still connected."""
        name = str(url.database)
        self._do(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        self.made.remove(name)

    def _do(self, statement: sql.Composed) -> None:
        with connect(self.url) as connection:
            connection.execute(statement)


def connect(url: URL) -> "psycopg.Connection[Any]":
    """A connection past the registry, each statement a transaction of its own."""
    return psycopg.connect(_dsn(url), autocommit=True)


def _dsn(url: URL) -> str:
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def ordinary_role(server: Server) -> URL:
    """The address of a role without special rights, but for making databases; its password holds what must be escaped."""
    password = f"ge/heim@:{secrets.token_hex(8)}"
    with connect(server.url("postgres")) as connection:
        made = sql.SQL("CREATE ROLE woo LOGIN CREATEDB PASSWORD {}").format(sql.Literal(password))
        connection.execute(made)
    return server.url("postgres", user="woo", password=password)


@pytest.fixture(scope="session")
def postgresql_databases() -> Iterator[Databases]:
    """Makes databases on the server of this run; use with @pytest.mark.needs("postgresql")."""
    named = os.environ.get(VARIABLE)
    server = None if named else Server.make()
    try:
        if server is not None:
            server.start()
        databases = Databases(make_url(named) if named else ordinary_role(server))  # type: ignore[arg-type]
        yield databases
        for name in list(databases.made):
            databases.drop(databases.url.set(database=name))
    finally:
        if server is not None:
            server.remove()


@pytest.fixture(scope="session")
def migrated_postgresql(postgresql_databases: Databases) -> str:
    """The name of a database with an empty registry, for others to be made like."""
    url = postgresql_databases.create()
    Registry.create(url).close()
    return str(url.database)


@pytest.fixture
def empty_postgresql(postgresql_databases: Databases) -> Iterator[URL]:
    """The address of a database without tables, for this test alone."""
    url = postgresql_databases.create()
    yield url
    postgresql_databases.drop(url)


@pytest.fixture
def postgresql(postgresql_databases: Databases, migrated_postgresql: str) -> Iterator[URL]:
    """The address of a database with an empty registry, for this test alone."""
    url = postgresql_databases.create(like=migrated_postgresql)
    yield url
    postgresql_databases.drop(url)


@pytest.fixture
def own_postgresql() -> Iterator[Server]:
    """A server for this test alone, to be stopped and started."""
    server = Server.make()
    try:
        server.start()
        yield server
    finally:
        server.remove()
