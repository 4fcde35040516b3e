"""The registry, the truth of the platform: opened, migrated, and its transactions."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Self, TypeVar

from sqlalchemy.engine import URL

from woo.registry import schema
from woo.registry.agendasleutels import Agendasleutels
from woo.registry.database import Database, again
from woo.registry.idempotentie import Idempotentie
from woo.registry.jobs import JobQueue, Retry
from woo.registry.ketencontroles import Ketencontroles
from woo.registry.keys import Keys
from woo.registry.kinds import Limits
from woo.registry.leases import Leases
from woo.registry.log import Log
from woo.registry.login_state import LoginState
from woo.registry.reading import Reading
from woo.registry.seals import require_key
from woo.registry.sessions import Sessions
from woo.registry.termijnpost import Termijnposten
from woo.registry.transaction import Transaction

T = TypeVar("T")


class Registry:
    """One registry, usable from any thread; a child process opens its own (a fork does too, by itself)."""

    def __init__(self, database: Database, *, key: bytes | None, retry: Retry) -> None:
        if key is not None:
            require_key(key)
        self._database = database
        self._key = key
        self.jobs = JobQueue(database, retry)
        self.leases = Leases(database)
        self.log = Log(database)
        self.keys = Keys(database)
        self.controles = Ketencontroles(database)
        self.idempotentie = Idempotentie(database)
        self.agendasleutels = Agendasleutels(database)
        self.termijnpost = Termijnposten(database)
        self.sessions = Sessions(database)
        self.login_state = LoginState(database)

    @classmethod
    def open(
        cls,
        url: str | URL,
        *,
        key: bytes | None = None,
        retry: Retry | None = None,
        password: str | None = None,
        limits: Limits | None = None,
    ) -> Self:
        """Open a registry whose schema is that of this program.

        Args:
            url: the address, as in `sqlite:////var/lib/woo/registry.sqlite3` or `postgresql+psycopg://woo@host/woo`.
            key: the secret that seals the log, at least 32 bytes; without it nothing can be recorded.
            retry: when failed jobs are tried again.
            password: that of the database, where the address does not hold it.
            limits: how long to wait for the database, and how many connections to open.

        Raises:
            InvalidValue: the address or the key cannot be used.
            Unavailable: there is no such database, or it cannot be reached.
            Refused: its schema is older or newer than that of this program, or its server is too old.
        """
        return cls._with(
            Database.connect(url, password=password, limits=limits), schema.require_head, key, retry
        )

    @classmethod
    def create(
        cls,
        url: str | URL,
        *,
        key: bytes | None = None,
        retry: Retry | None = None,
        password: str | None = None,
        limits: Limits | None = None,
        revision: str | None = None,
    ) -> Self:
        """Make the registry where there is none, migrate it to the schema of this program, and open it.

        A file is made too; a database on a server must be there. With `revision` a new one gets that older schema (to
        put back what was dumped from it). Safe to repeat, and for several processes at once. Raises as `open`.
        """
        ready = partial(schema.migrate, to=revision) if revision else schema.migrate
        return cls._with(
            Database.connect(url, password=password, limits=limits, create=True), ready, key, retry
        )

    @classmethod
    def migrate(cls, url: str | URL) -> None:
        """Migrate an existing registry to the schema of this program; raises as `open`."""
        cls._with(Database.connect(url), schema.migrate, None, None).close()

    @classmethod
    def _with(
        cls, database: Database, ready: Callable[[Database], None], key: bytes | None, retry: Retry | None
    ) -> Self:
        try:
            ready(database)
            return cls(database, key=key, retry=retry or Retry())
        except BaseException:
            database.close()
            raise

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Write: committed (and on disk) when the block ends well, rolled back when it raises.

        Raises:
            Refused: a rule of the database forbids a change; then nothing of the transaction stays.
            Unavailable: the database cannot be reached, is full, or stays locked for 30 seconds.
            RuntimeError: this thread is already in a transaction.
        """
        with self._database.write() as connection:
            transaction = Transaction(connection, self._key)
            yield transaction
            transaction.finish()

    def run(self, work: Callable[[Transaction], T]) -> T:
        """Do this work in a transaction of its own, again when another was in the way or the connection broke.

        The work must be safe to repeat. Raises as `transaction`.
        """

        def once() -> T:
            with self.transaction() as tx:
                return work(tx)

        return again(once)

    @contextmanager
    def read(self) -> Iterator[Reading]:
        """Read one snapshot; what others commit meanwhile is not seen. Keep it short: it holds back the clean-up."""
        with self._database.read() as connection:
            yield Reading(connection)

    def scrub(self) -> bool:
        """Take what was deleted out of the free space of the database too; False when readers were in the way: try again.

        On SQLite the file is written anew and its log cut to nothing; on PostgreSQL the space is freed for new rows
        (copies of the server, and its write-ahead log, are out of reach). Nobody else writes meanwhile. Raises Unavailable.
        """
        return self._database.scrub()

    def database(self) -> str:
        """What database it is in, with its version, and where (never a password); raises Unavailable."""
        return self._database.name()

    def close(self) -> None:
        """Close all connections; may be repeated."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()
