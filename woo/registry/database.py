"""Short transactions on one database of whatever kind."""

import functools
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Concatenate, ParamSpec, Protocol, Self, TypeVar, cast

from sqlalchemy import exc
from sqlalchemy.engine import URL, Connection, make_url

from woo.domain.errors import InvalidValue, Refused
from woo.registry import postgresql, sqlite
from woo.registry.kinds import SETTING, Again, Kind, Limits, why

_EXAMPLES = (sqlite.EXAMPLE, postgresql.EXAMPLE)
_PAUSES = (0.02, 0.1, 0.5, 1.0)
"""Seconds before what met another transaction is tried again."""

_P = ParamSpec("_P")
_T = TypeVar("_T")
_Self = TypeVar("_Self")


class InTransaction(Protocol):
    """Something that runs inside an open transaction, whose connection others may join."""

    @property
    def connection(self) -> Connection: ...


class Database:
    """Short transactions on one database, from any thread; a connection never crosses to another process."""

    def __init__(self, kind: Kind) -> None:
        self._kind = kind
        self._in_write = threading.local()
        self._turn: AbstractContextManager[object] = threading.Lock() if kind.one_writer else nullcontext()

    @classmethod
    def connect(
        cls,
        url: str | URL,
        *,
        password: str | None = None,
        limits: Limits | None = None,
        create: bool = False,
    ) -> Self:
        """Connect to the database of this address; `create` makes the file of an SQLite database where there is none.

        Raises:
            InvalidValue: the address is not one of a database that the registry can live in.
            Refused: the server is too old, or its database cannot hold every letter.
            Unavailable: there is no such file or database, or it cannot be made, reached or opened.
        """
        address = _checked(url)
        if address.get_backend_name() == "sqlite":
            return cls(sqlite.Sqlite.connect(address, limits or Limits(), create=create))
        if password is not None:
            address = address.set(password=password)
        return cls(postgresql.Postgresql.connect(address, limits or Limits()))

    @contextmanager
    def write(self, *, durable: bool = True) -> Iterator[Connection]:
        """One writing transaction: all of it, or nothing; on SQLite the threads of this process take turns.

        With `durable` it survives a power cut once it is committed. Without, a power cut (not a kill) may undo it: right
        for leases and claims, which nothing outlives anyway, and it saves waiting for the disk.

        Raises:
            Refused: a rule of the database forbids a change.
            Unavailable: the database cannot be reached, is full, or stays locked; Again when the same may well succeed.
            RuntimeError: this thread is already in one (on SQLite it would wait for itself).
        """
        if getattr(self._in_write, "open", False):
            raise RuntimeError("this thread already has an open transaction; pass it on with tx=")
        self._in_write.open = True
        try:
            with self._turn, self._translated(), self._kind.engine.connect() as raw:
                connection = self._kind.begin(raw, writes=True, durable=durable)
                with connection.begin():
                    yield connection
        finally:
            self._in_write.open = False

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One snapshot: what others commit meanwhile is not seen."""
        with self._translated(), self._kind.engine.connect() as raw:
            connection = self._kind.begin(raw, writes=False, durable=True)
            with connection.begin():
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
        """A writing transaction for changes of the schema; two processes take turns."""
        with self._translated(), self._kind.migrating() as connection:
            yield connection

    def scrub(self) -> bool:
        """As `Registry.scrub`."""
        with self._turn, self._translated():
            return self._kind.scrub()

    def name(self) -> str:
        """What database this is, with its version, and where; raises Unavailable."""
        with self.read() as connection:
            return self._kind.name(connection)

    def close(self) -> None:
        self._kind.engine.dispose()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            with refusing("change", "the registry"):
                yield
        except exc.SQLAlchemyError as error:
            told = self._kind.told(error)
            if told is None:
                raise
            raise told from error


@contextmanager
def refusing(action: str, object: str) -> Iterator[None]:
    """Name the object that a rule of the database refused."""
    try:
        yield
    except exc.IntegrityError as error:
        raise Refused(action, object, why(error)) from error


def again(do: Callable[[], _T]) -> _T:
    """Do it, and do it again a few times when another transaction was in the way or the connection broke.

    It must be safe to repeat: the commit itself may have been what broke.
    """
    for pause in _PAUSES:
        try:
            return do()
        except Again:
            time.sleep(pause)
    return do()


def repeated(
    method: Callable[Concatenate[_Self, _P], _T],
) -> Callable[Concatenate[_Self, _P], _T]:
    """A method that is one short transaction of its own, done `again`; given a `tx` it is part of that one."""

    @functools.wraps(method)
    def run(self: _Self, *args: _P.args, **kwargs: _P.kwargs) -> _T:
        if kwargs.get("tx") is not None:
            return method(self, *args, **kwargs)
        return again(lambda: method(self, *args, **kwargs))

    return cast(Callable[Concatenate[_Self, _P], _T], run)


def _checked(url: str | URL) -> URL:
    try:
        address = make_url(url)
    except (exc.ArgumentError, ValueError) as error:
        raise InvalidValue(SETTING, "(withheld)", "it is not an address", accepted=_EXAMPLES) from error
    if address.drivername not in ("sqlite", "sqlite+pysqlite", "postgresql+psycopg"):
        shown = address.render_as_string(hide_password=True)
        why_ = "the registry lives in SQLite or PostgreSQL (psycopg) only"
        raise InvalidValue(SETTING, shown, why_, accepted=_EXAMPLES)
    return address
