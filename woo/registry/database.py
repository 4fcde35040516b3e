"""The connection to the database: the one place that knows which database it is."""

import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol, Self

import sqlalchemy as sa
from sqlalchemy import event, exc
from sqlalchemy.engine import URL, Connection, Engine, make_url

from woo.domain.errors import InvalidValue, Refused, Unavailable

PART = "The registry"
BUSY_SECONDS = 30.0
_WRITES = "woo_writes"
_DURABLE = "woo_durable"
_SETTING = "WOO_REGISTRY__URL"
_EXAMPLE = "sqlite:////var/lib/woo/registry.sqlite3"


class InTransaction(Protocol):
    """Something that runs inside an open transaction, whose connection others may join."""

    @property
    def connection(self) -> Connection: ...


class Database:
    """Short transactions on one database, from any thread; a connection never crosses to another process."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._in_write = threading.local()
        self._turn = threading.Lock()

    @classmethod
    def connect(cls, url: str, *, create: bool = False, patience: float = BUSY_SECONDS) -> Self:
        """Connect to the database of this address; `create` makes the file where there is none.

        `patience` is how many seconds to wait for another writer.

        Raises:
            InvalidValue: the address is not one of a database that the registry can live in.
            Unavailable: there is no such file, or it cannot be made or opened.
        """
        address = _checked(url)
        path = Path(str(address.database))
        if create:
            _create_file(path)
        elif not path.is_file():
            raise Unavailable(
                PART, f"there is no file {path}; check {_SETTING}, or create the registry first"
            )
        engine = _sqlite_engine(address, patience)
        try:
            with _translated():
                _enter_wal(engine, patience)
        except BaseException:
            engine.dispose()
            raise
        return cls(engine)

    @contextmanager
    def write(self, *, durable: bool = True) -> Iterator[Connection]:
        """One writing transaction: all of it, or nothing; threads of this process take turns.

        With `durable` it survives a power cut once it is committed. Without, a power cut (not a kill) may undo it: right
        for leases and claims, which nothing outlives anyway, and it saves waiting for the disk.

        Raises:
            Refused: a rule of the database forbids a change.
            Unavailable: the database cannot be reached, is full, or stays locked.
            RuntimeError: this thread is already in one (on SQLite it would wait for itself).
        """
        if getattr(self._in_write, "open", False):
            raise RuntimeError("this thread already has an open transaction; pass it on with tx=")
        self._in_write.open = True
        try:
            with self._turn, _translated(), self._engine.connect() as raw:
                connection = raw.execution_options(**{_WRITES: True, _DURABLE: durable})
                with connection.begin():
                    yield connection
        finally:
            self._in_write.open = False

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One snapshot: what others commit meanwhile is not seen."""
        with _translated(), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def joined(self, tx: InTransaction | None, *, durable: bool = True) -> Iterator[Connection]:
        """The connection of this transaction, or a transaction of its own."""
        if tx is not None:
            yield tx.connection
        else:
            with self.write(durable=durable) as connection:
                yield connection

    @contextmanager
    def migrating(self) -> Iterator[Connection]:
        """A writing transaction for changes of the schema; two processes take turns.

        SQLite changes a table by copying it, so its foreign keys are checked at the end instead of on the way.
        """
        with _translated(), self._engine.connect() as raw:
            connection = raw.execution_options(**{_WRITES: True})
            _pragma(connection, "foreign_keys = OFF")
            try:
                with connection.begin():
                    yield connection
                    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
                    if broken is not None:
                        raise Refused(
                            "migrate", "the registry", f"table {broken[0]} would point at rows that are gone"
                        )
            finally:
                _pragma(connection, "foreign_keys = ON")

    def close(self) -> None:
        self._engine.dispose()


@contextmanager
def refusing(action: str, object: str) -> Iterator[None]:
    """Name the object that a rule of the database refused."""
    try:
        yield
    except exc.IntegrityError as error:
        raise Refused(action, object, _why(error)) from error


@contextmanager
def _translated() -> Iterator[None]:
    try:
        with refusing("change", "the registry"):
            yield
    except (exc.OperationalError, exc.TimeoutError) as error:
        raise Unavailable(PART, _why(error)) from error
    except exc.DatabaseError as error:
        if type(error) is not exc.DatabaseError:
            raise
        raise Unavailable(PART, f"{_why(error)}; restore it from a backup") from error


def _why(error: exc.SQLAlchemyError) -> str:
    return str(getattr(error, "orig", None) or error)


def _checked(url: str) -> URL:
    try:
        address = make_url(url)
    except exc.ArgumentError as error:
        raise InvalidValue(_SETTING, "(withheld)", "it is not an address", accepted=[_EXAMPLE]) from error
    shown = address.render_as_string(hide_password=True)
    if address.get_backend_name() != "sqlite":
        why = "this version keeps its registry in SQLite only"
        raise InvalidValue(_SETTING, shown, why, accepted=[_EXAMPLE])
    if not address.database or address.database == ":memory:" or address.database.startswith("file:"):
        raise InvalidValue(_SETTING, shown, "the registry needs a path to a file", accepted=[_EXAMPLE])
    return address


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


def _sqlite_engine(address: URL, patience: float) -> Engine:
    engine = sa.create_engine(
        address,
        connect_args={"timeout": patience, "check_same_thread": False},
        poolclass=sa.QueuePool,
        pool_size=5,
        max_overflow=60,
        pool_timeout=patience,
        hide_parameters=True,  # errors reach the log; page texts and names must not
    )

    @event.listens_for(engine, "connect")
    def connected(driver: Any, record: Any) -> None:
        driver.isolation_level = None  # transactions begin where we say so, below
        record.info["pid"] = os.getpid()
        for setting in ("foreign_keys = ON", "synchronous = FULL", "temp_store = MEMORY"):
            driver.execute(f"PRAGMA {setting}").close()

    @event.listens_for(engine, "checkout")
    def checked_out(_driver: Any, record: Any, proxy: Any) -> None:
        if record.info["pid"] != os.getpid():
            record.dbapi_connection = proxy.dbapi_connection = None
            raise exc.DisconnectionError("this connection belongs to the parent process")

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        options = connection.get_execution_options()
        if not options.get(_WRITES, False):
            connection.exec_driver_sql("BEGIN")
            return
        level = "FULL" if options.get(_DURABLE, True) else "NORMAL"
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
