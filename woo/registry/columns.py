"""Column types that hold the same values on SQLite and PostgreSQL."""

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
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
    """Text of any length without the NUL character and halves of surrogate pairs, which not every database keeps."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        if value is None or value.isascii():
            storable = value is None or "\x00" not in value
        else:
            storable = "\x00" not in value and _encodes(value)
        if not storable:
            raise Unstorable(
                "text", "(withheld)", "it holds a NUL character or half a surrogate pair; clean it first"
            )
        # StrEnum members are stored as plain text, whatever the driver thinks of subclasses of str
        return value if value is None or type(value) is str else str(value)


def _encodes(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def json_type() -> sa.types.TypeEngine[Any]:
    """JSON that PostgreSQL can search (`jsonb`)."""
    return sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
