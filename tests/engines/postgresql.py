"""A real PostgreSQL for the tests: Debian's, started once per run on a free port, or a running one that is named."""

import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import psycopg
import pytest
from psycopg import sql
from sqlalchemy.engine import URL, make_url

from tests.engines import together
from tests.engines.postgresql_server import OLDEST, Server, account, connect, programs
from woo.registry import Registry

KINDS = ("sqlite", pytest.param("postgresql", marks=pytest.mark.needs("postgresql")))
"""Every kind of database that a registry can live in, as parameters of a fixture."""

VARIABLE = "WOO_TEST_POSTGRES_URL"
_DROP_SECONDS = 60.0


def why_missing() -> str | None:
    """Why there is no PostgreSQL to test on, or None when there is."""
    if os.environ.get(VARIABLE):
        return None
    if programs() is None:
        return (
            f"PostgreSQL {OLDEST} or newer is not installed (make system-packages), and {VARIABLE} is not set"
        )
    if os.geteuid() == 0 and account() is None:
        return "there is no user postgres to run PostgreSQL as, and root may not run it"
    return None


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
        drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        deadline = time.monotonic() + _DROP_SECONDS
        while True:
            try:
                self._do(drop)
                break
            except (psycopg.errors.InsufficientPrivilege, psycopg.errors.ObjectInUse):
                # the server itself is cleaning up in it (autovacuum), whom an ordinary role cannot send away
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.1)
        self.made.remove(name)

    def _do(self, statement: sql.Composed) -> None:
        with connect(self.url) as connection:
            connection.execute(statement)


def ordinary_role(server: Server) -> URL:
    """The address of a role without special rights, but for making databases; its password holds what must be escaped."""
    password = f"ge/heim@:{secrets.token_hex(8)}"
    with connect(server.url("postgres")) as connection:
        made = sql.SQL("CREATE ROLE woo LOGIN CREATEDB PASSWORD {}").format(sql.Literal(password))
        connection.execute(made)
    return server.url("postgres", user="woo", password=password)


@contextmanager
def served() -> Iterator[dict[str, str]]:
    """A running server for as long as the block runs: the `url` of a role that may make databases."""
    named = os.environ.get(VARIABLE)
    if named:
        yield {"url": named}
        return
    server = Server.make()
    try:
        server.start()
        yield {"url": ordinary_role(server).render_as_string(hide_password=False)}
    finally:
        server.remove()


@pytest.fixture(scope="session")
def postgresql_databases() -> Iterator[Databases]:
    """Makes databases on the server of this run; use with @pytest.mark.needs("postgresql")."""
    with together.served("postgresql") as facts:
        databases = Databases(make_url(facts["url"]))
        yield databases
        for name in list(databases.made):
            databases.drop(databases.url.set(database=name))


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
