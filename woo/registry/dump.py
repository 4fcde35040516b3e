"""The whole registry as rows that any kind of database can take in again: for backups and for moving house."""

from base64 import b64decode, b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from woo.domain.errors import InvalidValue, Refused
from woo.registry.columns import Json, Tekst, UtcDateTime
from woo.registry.tables import metadata

LEFT_OUT = frozenset(
    {
        "lease",
        "getoond",
        "sitemapplaats",
        "sitemapdeel",
        "wijzigingdeel",
        "wijzigingeditie",
        "sessie",
        "aanmeldfout",
        "oidcpoging",
        "bewaardformulier",
        "idempotentie",
    }
)
"""Who is busy or logged in, what the public side holds, answers kept for a day: of one installation, begun anew in another."""

_CHUNK_ROWS = 1000
_CHUNK_CHARACTERS = 4_000_000
_KINDS: tuple[
    tuple[str, type[Any], type[Any]], ...
] = (  # name, the columns that have it, and the widest of them
    ("moment", UtcDateTime, UtcDateTime),
    ("tekst", Tekst, Tekst),
    ("json", Json, Json),
    ("dag", sa.Date, sa.Date),
    ("waar", sa.Boolean, sa.Boolean),
    ("geheel", sa.Integer, sa.BigInteger),
    ("getal", sa.Double, sa.Double),
    ("bytes", sa.LargeBinary, sa.LargeBinary),
)
_FREE = {"lease_until": None, "lease_owner": None}


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some rows of one table: its columns, each with the kind of its values, and the values as JSON can hold them."""

    tabel: str
    kolommen: tuple[tuple[str, str], ...]
    rijen: Sequence[Sequence[Any]]


def dump(connection: Connection) -> Iterator[Chunk]:
    """Every row of one snapshot, in an order in which they can be put back: what is pointed to comes first."""
    for table in metadata.sorted_tables:
        if table.name not in LEFT_OUT:
            yield from _chunks(connection, table)


def _chunks(connection: Connection, table: sa.Table) -> Iterator[Chunk]:
    columns = tuple((column.name, _kind(column.type)) for column in table.columns)
    kinds = [kind for _, kind in columns]
    chosen = sa.select(table).order_by(*table.primary_key.columns)
    rows: list[list[Any]] = []
    size = 0
    for row in connection.execution_options(yield_per=_CHUNK_ROWS).execute(chosen):
        values = [_plain(value, kind) for value, kind in zip(row, kinds, strict=True)]
        rows.append(values)
        size += sum(len(value) for value in values if isinstance(value, str))
        if len(rows) >= _CHUNK_ROWS or size >= _CHUNK_CHARACTERS:
            yield Chunk(table.name, columns, rows)
            rows, size = [], 0
    if rows:
        yield Chunk(table.name, columns, rows)


def load(connection: Connection, chunk: Chunk) -> None:
    """Put rows in; the schema is the one that they were dumped from. Work that was in hand is free again.

    Raises:
        InvalidValue: a kind of value that this program does not know.
        Refused: from the database, for rows that it does not allow.
    """
    table = sa.table(chunk.tabel, *(sa.column(name, _type(kind)) for name, kind in chunk.kolommen))
    names = [name for name, _ in chunk.kolommen]
    kinds = [kind for _, kind in chunk.kolommen]
    free = {name: value for name, value in _FREE.items() if chunk.tabel == "job" and name in names}
    rows = [
        dict(zip(names, (_value(value, kind) for value, kind in zip(row, kinds, strict=True)), strict=True))
        | free
        for row in chunk.rijen
    ]
    if rows:
        connection.execute(sa.insert(table), rows)


def number_on(connection: Connection) -> None:
    """Let the database go on numbering after the highest number that was put in (SQLite does so by itself)."""
    if connection.dialect.name != "postgresql":
        return
    for table in metadata.sorted_tables:
        column = table.autoincrement_column
        if column is None:
            continue
        sequence = sa.func.pg_get_serial_sequence(table.name, column.name)
        highest = sa.select(sa.func.coalesce(sa.func.max(column), 0) + 1).scalar_subquery()
        connection.execute(sa.select(sa.func.setval(sequence, highest, False)))


def require_empty(connection: Connection) -> None:
    """Raise Refused unless no table holds a row."""
    for table in metadata.sorted_tables:
        if table.name in LEFT_OUT:
            continue
        if connection.execute(sa.select(sa.literal(1)).select_from(table).limit(1)).first() is not None:
            why = f"it is in use (table {table.name} has rows); restore into a new, empty installation"
            raise Refused("restore into", "this registry", why)


def _kind(type_: sa.types.TypeEngine[Any]) -> str:
    return next(kind for kind, known, _ in _KINDS if isinstance(type_, known))


def _type(kind: str) -> sa.types.TypeEngine[Any]:
    for name, _, widest in _KINDS:
        if name == kind:
            made: sa.types.TypeEngine[Any] = widest()
            return made
    raise InvalidValue("backup", kind, "a kind of value that this version does not know")


def _plain(value: Any, kind: str) -> Any:
    if value is None:
        return None
    if kind == "bytes":
        return b64encode(value).decode("ascii")
    return value.isoformat() if kind in ("moment", "dag") else value


def _value(value: Any, kind: str) -> Any:
    if value is None:
        return None
    if kind == "moment":
        return datetime.fromisoformat(value)
    if kind == "bytes":
        return b64decode(value, validate=True)
    return date.fromisoformat(value) if kind == "dag" else value
