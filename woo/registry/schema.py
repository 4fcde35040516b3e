"""The version of the database's schema: asking it, checking it, and migrating to it."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy.engine import Connection

from woo.domain.errors import Refused
from woo.registry.database import Database

MIGRATIONS = Path(__file__).parent / "migrations"


def config() -> Config:
    """The configuration of Alembic, without a file."""
    made = Config()
    made.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    made.set_main_option("path_separator", "os")
    return made


def head() -> str:
    """The schema version that this program works with."""
    found = ScriptDirectory.from_config(config()).get_current_head()
    if found is None:
        raise RuntimeError(f"there are no migrations in {MIGRATIONS}; this installation is broken")
    return found


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
    try:
        return ScriptDirectory.from_config(config()).get_revision(revision) is not None
    except CommandError:
        return False


def migrate(database: Database, *, to: str | None = None) -> None:
    """Bring the schema to that of this program, in one transaction; a second process waits and finds it done.

    With `to` it is brought to that version, unless it is further already.
    """
    with database.read() as connection:
        if _current(connection) == head():
            return
    with database.migrating() as connection:
        _refuse_unknown(_current(connection))
        settings = config()
        settings.attributes["connection"] = connection
        command.upgrade(settings, to or "head")


def _current(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _refuse_unknown(current: str | None) -> None:
    if current is not None and not is_known(current):
        why = f"its schema {current!r} is newer than this program knows; install the version that made it, or a later one"
        raise Refused("open", "the registry", why)
