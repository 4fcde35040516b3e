"""The registry, the truth of the platform: opened, migrated, and its transactions."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Self

from woo.registry import schema
from woo.registry.database import Database
from woo.registry.jobs import JobQueue, Retry
from woo.registry.keys import Keys
from woo.registry.leases import Leases
from woo.registry.log import Log
from woo.registry.reading import Reading
from woo.registry.seals import require_key
from woo.registry.transaction import Transaction


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

    @classmethod
    def open(cls, url: str, *, key: bytes | None = None, retry: Retry | None = None) -> Self:
        """Open a registry whose schema is that of this program.

        Args:
            url: the address, as in `sqlite:////var/lib/woo/registry.sqlite3`.
            key: the secret that seals the log, at least 32 bytes; without it nothing can be recorded.
            retry: when failed jobs are tried again.

        Raises:
            InvalidValue: the address or the key cannot be used.
            Unavailable: there is no such database.
            Refused: its schema is older or newer than that of this program.
        """
        return cls._with(Database.connect(url), schema.require_head, key, retry)

    @classmethod
    def create(
        cls, url: str, *, key: bytes | None = None, retry: Retry | None = None, revision: str | None = None
    ) -> Self:
        """Make the registry where there is none, migrate it to the schema of this program, and open it.

        With `revision` a new one gets that older schema (to put back what was dumped from it). Safe to repeat, and for
        several processes at once. Raises as `open`.
        """
        ready = partial(schema.migrate, to=revision) if revision else schema.migrate
        return cls._with(Database.connect(url, create=True), ready, key, retry)

    @classmethod
    def migrate(cls, url: str) -> None:
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

    @contextmanager
    def read(self) -> Iterator[Reading]:
        """Read one snapshot; what others commit meanwhile is not seen. Keep it short: it holds back the clean-up."""
        with self._database.read() as connection:
            yield Reading(connection)

    def close(self) -> None:
        """Close all connections; may be repeated."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()
