"""What every kind of database gives the registry, and what its errors are called here."""

import os
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import event, exc
from sqlalchemy.engine import Connection, Engine

from woo.domain.errors import Unavailable, WooError

PART = "The registry"
"""What errors call it."""

SETTING = "WOO_REGISTRY__URL"
WRITES = "woo_writes"
DURABLE = "woo_durable"
_inherited: list[Any] = []


@dataclass(frozen=True, slots=True)
class Limits:
    """How long to wait for the database (seconds), and how many connections one process may have (a server only)."""

    connect_seconds: float = 10.0
    lock_seconds: float = 30.0
    statement_seconds: float = 60.0
    connections: int = 20


class Again(Unavailable):
    """Another transaction was in the way, or the connection broke on the way: the same again may well succeed."""


class Kind(Protocol):
    """One kind of database, connected."""

    engine: Engine
    one_writer: bool
    """Whether the writing transactions of this process take turns."""

    def begin(self, connection: Connection, *, writes: bool, durable: bool) -> Connection:
        """The connection, prepared for a transaction that has not begun yet."""

    def migrating(self) -> AbstractContextManager[Connection]:
        """A writing transaction for changes of the schema; processes take turns."""

    def told(self, error: exc.SQLAlchemyError) -> WooError | None:
        """This error in our words; None for what only a fault in the program can cause."""

    def scrub(self) -> bool:
        """Free the space of deleted rows; returns False when readers kept it from being done whole."""

    def name(self, connection: Connection) -> str:
        """What it is, with its version, and where; never a password."""


def why(error: exc.SQLAlchemyError) -> str:
    """What the database said, on one line and without the values of the row (PostgreSQL tells those apart)."""
    original = getattr(error, "orig", None) or error
    primary = getattr(getattr(original, "diag", None), "message_primary", None)
    return " ".join(str(primary or original).split())


def keep_in_process(engine: Engine) -> None:
    """Let no connection cross a fork: the child opens its own, and leaves its parent's alone."""

    @event.listens_for(engine, "connect")
    def connected(_driver: Any, record: Any) -> None:
        record.info["pid"] = os.getpid()

    @event.listens_for(engine, "checkout")
    def checked_out(driver: Any, record: Any, proxy: Any) -> None:
        if record.info["pid"] != os.getpid():
            _inherited.append(driver)  # never collected here: closing it would end the parent's session
            record.dbapi_connection = proxy.dbapi_connection = None
            raise exc.DisconnectionError("this connection belongs to the parent process")
