"""The version of the database's schema: asking it, checking it, and migrating to it.

Alembic is loaded only where a migration is owed: a command that finds the schema as it should be starts without it.
"""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from woo.domain.errors import Refused
from woo.registry.database import Database

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"
_VERSION = sa.table("alembic_version", sa.column("version_num"))


def config() -> "Config":
    """The configuration of Alembic, without a file."""
    from alembic.config import Config

    made = Config()
    made.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    made.set_main_option("path_separator", "os")
    return made


@cache
def revisions() -> tuple[str, ...]:
    """The schema versions that this program can make, oldest first: the numbers that the migrations' files begin with."""
    return tuple(
        sorted(path.name[:4] for path in (MIGRATIONS / "versions").glob("[0-9][0-9][0-9][0-9]_*.py"))
    )


def head() -> str:
    """The schema version that this program works with."""
    if not revisions():
        raise RuntimeError(f"there are no migrations in {MIGRATIONS}; this installation is broken")
    return revisions()[-1]


def require_head(database: Database) -> None:
    """Raise Refused, saying what to do, unless the schema is the one of this program."""
    with database.read() as connection:
        current = _current(connection)
    if current == head():
        return
    _refuse_unknown(current)
    why = (
        "it holds no tables yet"
        if current is None
        else f"its schema is {current!r}, this program needs {head()!r}"
    )
    raise Refused(
        "open", "the registry", f"{why}; stop the other programs and migrate it first (Registry.create)"
    )


def is_known(revision: str) -> bool:
    """Whether this program can make, and migrate from, a schema of this version."""
    return revision in revisions()


def migrate(database: Database, *, to: str | None = None) -> None:
    """Bring the schema to that of this program, in one transaction; a second process waits and finds it done.

    With `to` it is brought to that version, unless it is further already.
    """
    with database.read() as connection:
        if _current(connection) == head():
            return
    from alembic import command

    with database.migrating() as connection:
        _refuse_unknown(_current(connection))
        settings = config()
        settings.attributes["connection"] = connection
        command.upgrade(settings, to or "head")


def _current(connection: Connection) -> str | None:
    if not sa.inspect(connection).has_table(_VERSION.name):
        return None
    return connection.execute(sa.select(_VERSION.c.version_num)).scalar_one_or_none()


def _refuse_unknown(current: str | None) -> None:
    if current is not None and not is_known(current):
        why = f"its schema {current!r} is newer than this program knows; install the version that made it, or a later one"
        raise Refused("open", "the registry", why)
