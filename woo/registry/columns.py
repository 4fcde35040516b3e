"""Columns and column types that hold the same values on SQLite and PostgreSQL."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, NoReturn

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import DontWrapMixin

from woo.domain.errors import InvalidValue


class Unstorable(InvalidValue, DontWrapMixin):
    """A value that one of the databases could not give back as it was; passes SQLAlchemy unwrapped."""


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """A moment in UTC: aware in and out; `timestamptz` on PostgreSQL, sortable text in UTC on SQLite."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise Unstorable("time", value.isoformat(), "a moment needs its time zone; use datetime.now(UTC)")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Tekst(sa.types.TypeDecorator[str]):
    """Text of any length without the NUL character and halves of surrogate pairs, which not every database keeps.

    It is ordered and compared by code point everywhere, so that lists go on where they stopped on every database.
    """

    impl = sa.Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> sa.types.TypeEngine[Any]:
        collation = "C" if dialect.name == "postgresql" else None
        return sa.Text(collation=collation)

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        if value is None or value.isascii():
            storable = value is None or "\x00" not in value
        else:
            storable = "\x00" not in value and _encodes(value)
        if not storable:
            _refuse()
        # StrEnum members are stored as plain text, whatever the driver thinks of subclasses of str
        return value if value is None or type(value) is str else str(value)


def _refuse() -> NoReturn:
    why = "it holds a NUL character or half a surrogate pair; clean it first"
    raise Unstorable("text", "(withheld)", why)


def _texts(value: Any) -> Iterator[str]:
    """Every text in a JSON value, names of keys included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from map(str, value)
        yield from _texts(list(value.values()))
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)


def _encodes(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


class Json(sa.types.TypeDecorator[Any]):
    """JSON, which PostgreSQL can search (`jsonb`); its texts are as those of `Tekst`."""

    impl = sa.JSON
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> sa.types.TypeEngine[Any]:
        if dialect.name == "postgresql":
            from sqlalchemy.dialects.postgresql import JSONB

            return JSONB(none_as_null=True)
        return sa.JSON(none_as_null=True)

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002
        if any("\x00" in text or not _encodes(text) for text in _texts(value)):
            _refuse()
        return value


def big_integer() -> sa.types.TypeEngine[int]:
    """A number that may outgrow 32 bits, such as an id that is counted up for ever."""
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def required(name: str, type_: Any) -> sa.Column[Any]:
    """A column that every row has a value in."""
    return sa.Column(name, type_, nullable=False)


def one_of(column: str, values: Iterable[str]) -> sa.CheckConstraint:
    """The rule that a column holds one of these values."""
    listed = ", ".join(f"'{value}'" for value in values)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=column)


def unique_where(name: str, *columns: sa.Column[Any], where: sa.ColumnElement[bool]) -> sa.Index:
    """The rule that no two of the rows for which `where` holds have the same values in these columns.

    PostgreSQL is told of it when tables are made there: naming it before would load its part of SQLAlchemy in every process.
    """
    index = sa.Index(name, *columns, unique=True, sqlite_where=where)

    @sa.event.listens_for(index.table, "before_create")
    def made(_table: sa.Table, connection: sa.Connection, **_: Any) -> None:
        if connection.dialect.name == "postgresql":
            index.dialect_kwargs["postgresql_where"] = where

    return index
