"""Opens the store of followers: a database of its own, its tables made where they are not there."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Self

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from woo.domain.errors import Refused, Unavailable
from woo.registry.database import Database
from woo.registry.kinds import Limits
from woo.settings import Settings, load_or_create_key
from woo.settings.value_files import value_of_file
from woo.volgers import tables
from woo.volgers.baliehaken import Baliehaken
from woo.volgers.bereik import Bereik, bereik
from woo.volgers.meldingen import Meldingen
from woo.volgers.sleutels import Sleutels
from woo.volgers.stroom import Stroom
from woo.volgers.transacties import Transacties
from woo.volgers.volgers import Volgers
from woo.volgers.webhooks import Webhooks

PART = "The store of followers"
"""What errors call it."""

_CONNECTIONS = 4


class _Own(Transacties):
    """Transactions on the database, with errors that name this store and not the registry."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @contextmanager
    def write(self) -> Iterator[Connection]:
        with _named(), self._database.write() as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        with _named(), self._database.read() as connection:
            yield connection


class Volgersopslag:
    """Followers, the stream of events that they are told of, webhooks and reports; from any thread."""

    def __init__(self, database: Database, sleutels: Sleutels) -> None:
        self._database = database
        self._own = own = _Own(database)
        self.sleutels = sleutels
        self.volgers = Volgers(own, sleutels)
        self.stroom = Stroom(own)
        self.webhooks = Webhooks(own)
        self.baliehaken = Baliehaken(own)
        self.meldingen = Meldingen(own)

    def bereik(self, object_ids: Collection[str]) -> Bereik:
        """How far the news of these objects went."""
        return bereik(self._own, object_ids)

    def close(self) -> None:
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()


def open_volgers(settings: Settings) -> Volgersopslag:
    """Open the store that the settings name, made on first use.

    Raises:
        Unavailable: its database cannot be reached or made, or the file with its password or key cannot be read.
        Refused: a newer program made its tables.
    """
    sleutels = Sleutels(load_or_create_key(settings.volgen.key_file))
    with _named():
        database = Database.connect(
            settings.volgen.url.replace("%", "%25")
            if settings.volgen.url.startswith("sqlite:")
            else settings.volgen.url,
            password=_password(settings),
            limits=Limits(
                connect_seconds=settings.registry.connect_seconds,
                lock_seconds=settings.registry.lock_seconds,
                statement_seconds=settings.registry.statement_seconds,
                connections=_CONNECTIONS,
            ),
            create=True,
        )
        try:
            _make_tables(database)
        except BaseException:
            database.close()
            raise
    return Volgersopslag(database, sleutels)


def _make_tables(database: Database) -> None:
    """Make what is not there; two processes take turns. Raises Refused for tables of a newer program."""
    with database.read() as connection:
        if _version(connection) == tables.VERSION:
            return
    with database.migrating() as connection:
        found = _version(connection)
        if found is not None and found > tables.VERSION:
            why = f"its tables are version {found}, this program knows {tables.VERSION}; install the version that made them"
            raise Refused("open", "the store of followers", why)
        if found is None:
            _make_schema(connection)
            tables.metadata.create_all(connection)
            connection.execute(tables.versie.insert(), {"versie": tables.VERSION})
        elif found < tables.VERSION:
            tables.metadata.create_all(connection)  # version 2 only added a table
            connection.execute(tables.versie.update().values(versie=tables.VERSION))


def _version(connection: Connection) -> int | None:
    if not sa.inspect(connection).has_table(tables.versie.name):
        return None
    number: int | None = connection.execute(sa.select(tables.versie.c.versie)).scalar()
    return number


def _make_schema(connection: Connection) -> None:
    """On PostgreSQL make the schema that the address names as `search_path`, where it is not there yet."""
    if (
        connection.dialect.name != "postgresql"
        or connection.execute(sa.text("SELECT current_schema()")).scalar()
    ):
        return
    wanted = str(connection.execute(sa.text("SHOW search_path")).scalar()).split(",")[0].strip().strip('"')
    connection.execute(sa.schema.CreateSchema(wanted))


def _password(settings: Settings) -> str | None:
    path = settings.volgen.password_file
    if path is None:
        return None
    try:
        return value_of_file(path)
    except ValueError as error:
        raise Unavailable(PART, str(error)) from error


@contextmanager
def _named() -> Iterator[None]:
    try:
        yield
    except Unavailable as error:
        raise Unavailable(PART, error.why) from error
