"""The registry in PostgreSQL: sessions with time-outs, snapshots for reading, its errors in our words."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Self

import sqlalchemy as sa
from sqlalchemy import event, exc
from sqlalchemy.engine import URL, Connection, Engine

from woo.domain.errors import InvalidValue, Refused, Unavailable, WooError
from woo.registry.kinds import DURABLE, PART, SETTING, Again, Limits, keep_in_process, why

EXAMPLE = "postgresql+psycopg://woo@db.example.nl:5432/woo"
OLDEST = 15
_MIGRATING = 0x776F6F  # the number of the advisory lock, "woo"
_IDLE_SECONDS = 600
_KEEPALIVE = {"keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3}

_SESSION = """
    SELECT set_config('timezone', 'UTC', false),
           set_config('lock_timeout', %(lock)s, false),
           set_config('statement_timeout', %(statement)s, false),
           set_config('idle_in_transaction_session_timeout', %(idle)s, false),
           set_config('synchronous_commit', CASE current_setting('synchronous_commit') WHEN 'off' THEN 'on'
                      ELSE current_setting('synchronous_commit') END, false),
           current_setting('server_encoding'), current_setting('server_version_num')::int
    """


class Postgresql:
    """One database of a server; writers work side by side, each holding the rows it changes."""

    one_writer = False

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @classmethod
    def connect(cls, address: URL, limits: Limits) -> Self:
        """Connect; raises InvalidValue for an address without a database, Refused for a server that is too old."""
        if not address.database:
            shown = address.render_as_string(hide_password=True)
            raise InvalidValue(SETTING, shown, "it names no database", accepted=[EXAMPLE])
        connected = cls(_engine(address, limits))
        try:
            with connected.engine.connect():
                return connected
        except BaseException as error:
            connected.engine.dispose()
            told = connected.told(error) if isinstance(error, exc.SQLAlchemyError) else None
            if told is not None:
                raise told from error
            raise

    def begin(self, connection: Connection, *, writes: bool, durable: bool) -> Connection:
        if not writes:
            return connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        return connection.execution_options(**{DURABLE: durable})

    @contextmanager
    def migrating(self) -> Iterator[Connection]:
        with self.engine.begin() as connection:
            connection.exec_driver_sql("SET LOCAL lock_timeout = 0")
            connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_MIGRATING)))
            yield connection

    def scrub(self) -> bool:
        """Free the space for new rows; what was there is gone once it is written over, and from the server's own log and copies later."""
        with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("SET statement_timeout = 0")
            try:
                connection.exec_driver_sql("VACUUM")
            finally:
                connection.exec_driver_sql("RESET statement_timeout")
        return True

    def told(self, error: exc.SQLAlchemyError) -> WooError | None:
        if isinstance(error, exc.TimeoutError):
            return Unavailable(PART, f"all its connections are in use ({why(error)})")
        if isinstance(
            error, exc.PendingRollbackError
        ):  # somebody swallowed the error of a connection that broke
            return Again(PART, "the connection was lost; try again")
        if not isinstance(error, exc.DBAPIError):
            return None
        state = str(getattr(error.orig, "sqlstate", None) or "")
        if state in _AGAIN:
            return Again(PART, f"{_AGAIN[state]} ({why(error)}); try again")
        if state == "25P02":
            return Refused("change", "the registry", "an earlier part of this transaction was refused")
        if error.connection_invalidated or state[:3] in ("57P", "08"):
            return Again(PART, f"the connection was lost ({why(error)}); try again")
        if isinstance(error, exc.OperationalError):
            return Unavailable(PART, f"{why(error)}{_ADVICE.get(state, '')}")
        return Unavailable(PART, why(error)) if state[:2] in _ENVIRONMENT else None

    def name(self, connection: Connection) -> str:
        version = connection.exec_driver_sql("SHOW server_version").scalar_one()
        return f"PostgreSQL {version}, {self.engine.url.set(query={}).render_as_string(hide_password=True)}"


_AGAIN = {
    "40001": "another change came first",
    "40P01": "two changes waited for each other",
}
_ADVICE = {
    "55P03": "; another transaction held what this one needs (registry.lock_seconds)",
    "57014": "; a question took too long (registry.statement_seconds)",
    "53100": "; its disk is full",
    "53300": "; lower registry.connections, or raise max_connections of the server",
}
_ENVIRONMENT = ("25", "42", "53", "55", "58", "XX")
"""Classes of errors that say how the server stands: read only, tables gone, rights, no room, broken files."""


def require_fit(version: int, encoding: str) -> None:
    """Raise Refused for a server that is too old, or a database that cannot hold every letter."""
    if version < OLDEST * 10_000:
        what = f"PostgreSQL {version // 10_000}.{version % 10_000}"
        raise Refused("use", what, f"the registry needs PostgreSQL {OLDEST} or newer")
    if encoding != "UTF8":
        why_ = f"its encoding is {encoding}; make it again with CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0"
        raise Refused("use", "this database", why_)


def _engine(address: URL, limits: Limits) -> Engine:
    engine = sa.create_engine(
        address,
        connect_args={"connect_timeout": max(2, round(limits.connect_seconds)), **_KEEPALIVE},
        pool_size=min(5, limits.connections),
        max_overflow=max(0, limits.connections - 5),
        pool_timeout=limits.lock_seconds,
        pool_pre_ping=True,
        execution_options={"preserve_rowcount": True},  # of an INSERT too: 0 where the row there is ahead
        hide_parameters=True,  # errors reach the log; page texts and names must not
    )
    keep_in_process(engine)

    @event.listens_for(engine, "connect")
    def connected(driver: Any, _record: Any) -> None:
        driver.autocommit = True
        with driver.cursor() as cursor:
            encoding, version = cursor.execute(*_session(limits)).fetchone()[-2:]
        driver.autocommit = False
        require_fit(version, encoding)

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        if not connection.get_execution_options().get(DURABLE, True):
            connection.exec_driver_sql("SET LOCAL synchronous_commit = off")

    return engine


def _session(limits: Limits) -> tuple[str, dict[str, str]]:
    """What each new session is told, in one question that also asks what it is."""
    milliseconds = {
        "lock": limits.lock_seconds,
        "statement": limits.statement_seconds,
        "idle": _IDLE_SECONDS,
    }
    return _SESSION, {name: str(round(seconds * 1000)) for name, seconds in milliseconds.items()}
