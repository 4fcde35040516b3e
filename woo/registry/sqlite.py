"""The registry in an SQLite file: made, put in WAL mode, one writer at a time."""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

import sqlalchemy as sa
from sqlalchemy import event, exc
from sqlalchemy.engine import URL, Connection, Engine

from woo.domain.errors import InvalidValue, Refused, Unavailable, WooError
from woo.registry.kinds import DURABLE, PART, SETTING, WRITES, Limits, keep_in_process, why

EXAMPLE = "sqlite:////var/lib/woo/registry.sqlite3"


class Sqlite:
    """One file; a second writer waits, readers never do."""

    one_writer = True

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @classmethod
    def connect(cls, address: URL, limits: Limits, *, create: bool) -> Self:
        """Open the file, or make it; raises InvalidValue for an address without one, and Unavailable."""
        if not address.database or address.database == ":memory:" or address.database.startswith("file:"):
            shown = address.render_as_string(hide_password=True)
            raise InvalidValue(SETTING, shown, "the registry needs a path to a file", accepted=[EXAMPLE])
        path = Path(address.database)
        if create:
            _create_file(path)
        elif not path.is_file():
            raise Unavailable(PART, f"there is no file {path}; check {SETTING}, or create the registry first")
        connected = cls(_engine(address, limits.lock_seconds))
        try:
            _enter_wal(connected.engine, limits.lock_seconds)
        except BaseException as error:
            connected.engine.dispose()
            told = connected.told(error) if isinstance(error, exc.SQLAlchemyError) else None
            if told is not None:
                raise told from error
            raise
        return connected

    def begin(self, connection: Connection, *, writes: bool, durable: bool) -> Connection:
        return connection.execution_options(**{WRITES: writes, DURABLE: durable})

    @contextmanager
    def migrating(self) -> Iterator[Connection]:
        """SQLite changes a table by copying it, so its foreign keys are checked at the end instead of on the way."""
        with self.engine.connect() as raw:
            connection = self.begin(raw, writes=True, durable=True)
            _pragma(connection, "foreign_keys = OFF")
            try:
                with connection.begin():
                    yield connection
                    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
                    if broken is not None:
                        what = f"table {broken[0]} would point at rows that are gone"
                        raise Refused("migrate", "the registry", what)
            finally:
                _pragma(connection, "foreign_keys = ON")

    def scrub(self) -> bool:
        """Write the file anew without what was deleted, and empty its log; readers that are at work keep the log for a while."""
        with self.engine.connect() as raw:
            driver = raw.connection.dbapi_connection
            if driver is None:
                raise Unavailable(PART, "the connection was lost")
            cursor = driver.cursor()
            try:
                cursor.execute("VACUUM")
                busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            except sqlite3.OperationalError as error:
                raise Unavailable(PART, str(error)) from error
            finally:
                cursor.close()
        return not busy

    def told(self, error: exc.SQLAlchemyError) -> WooError | None:
        if isinstance(error, (exc.OperationalError, exc.TimeoutError)):
            return Unavailable(PART, why(error))
        if type(error) is exc.DatabaseError:
            return Unavailable(PART, f"{why(error)}; restore it from a backup")
        return None

    def name(self, connection: Connection) -> str:  # noqa: ARG002 - the file is known without asking it
        return f"SQLite {sqlite3.sqlite_version}, {self.engine.url.database}"


def _create_file(path: Path) -> None:
    """Make an empty file that only its owner and group may read; SQLite gives its companions the same rights.

    A file that is there is never opened here: to close it again would take away every lock that this process holds on it
    (POSIX), and another process would then clear the log away under our connections ("disk I/O error").
    """
    if path.is_file() and os.access(path, os.R_OK | os.W_OK):
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o660))
    except FileExistsError as error:
        if not path.is_file():
            raise Unavailable(PART, f"{path} cannot be made or written: {error.strerror}") from error
        # another process made it a moment ago
    except OSError as error:
        raise Unavailable(PART, f"{path} cannot be made or written: {error.strerror}") from error


def _engine(address: URL, patience: float) -> Engine:
    engine = sa.create_engine(
        address,
        connect_args={"timeout": patience, "check_same_thread": False},
        poolclass=sa.QueuePool,
        pool_size=5,
        max_overflow=60,
        pool_timeout=patience,
        hide_parameters=True,  # errors reach the log; page texts and names must not
    )
    keep_in_process(engine)

    @event.listens_for(engine, "connect")
    def connected(driver: Any, _record: Any) -> None:
        driver.isolation_level = None  # transactions begin where we say so, below
        for setting in (
            "foreign_keys = ON",
            "synchronous = FULL",
            "temp_store = MEMORY",
            "secure_delete = ON",
        ):
            driver.execute(f"PRAGMA {setting}").close()

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        options = connection.get_execution_options()
        if not options.get(WRITES, False):
            connection.exec_driver_sql("BEGIN")
            return
        level = "FULL" if options.get(DURABLE, True) else "NORMAL"
        connection.exec_driver_sql(f"PRAGMA synchronous = {level}")
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _pragma(connection: Connection, setting: str) -> str | None:
    """Set or ask a pragma outside any transaction."""
    driver = connection.connection.dbapi_connection
    if driver is None:
        raise Unavailable(PART, "the connection was lost")
    cursor = driver.cursor()
    try:
        cursor.execute(f"PRAGMA {setting}")
        row = cursor.fetchone()
    finally:
        cursor.close()
    return None if row is None else str(row[0])


def _enter_wal(engine: Engine, patience: float) -> None:
    """Put the file in WAL mode, which stays with it; SQLite does not wait here by itself, so we do."""
    deadline = time.monotonic() + patience
    with engine.connect() as connection:
        while True:
            try:
                if (
                    _pragma(connection, "journal_mode") == "wal"
                    or _pragma(connection, "journal_mode = WAL") == "wal"
                ):
                    return
                raise Unavailable(
                    PART, "its file system does not allow WAL mode; put the file on a local disk"
                )
            except sqlite3.DatabaseError as error:
                if "locked" not in str(error) or time.monotonic() > deadline:
                    raise Unavailable(PART, str(error)) from error
                time.sleep(0.05)
