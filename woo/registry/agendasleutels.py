"""Keys of calendar feeds: made, found by their secret, revoked; they open a calendar and nothing else."""

import hashlib
import hmac
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Row

from woo.domain.errors import NotFound
from woo.registry.database import Database, InTransaction, repeated
from woo.registry.termijn_tables import agendasleutel as table

_SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class Agendasleutel:
    """A key without its secret, of which only the SHA-256 is kept.

    `account` is whose it is, None for one that a key or the command line made. `organisaties` are those whose terms it
    shows; None means every one.
    """

    id: str
    naam: str
    account: str | None
    organisaties: frozenset[str] | None
    aangemaakt_op: datetime
    vervalt_op: datetime
    ingetrokken_op: datetime | None = None

    def is_valid(self, now: datetime) -> bool:
        return self.ingetrokken_op is None and now < self.vervalt_op


class Agendasleutels:
    """The keys; every method is a short transaction of its own unless given `tx`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(
        self,
        naam: str,
        *,
        account: str | None,
        organisaties: Collection[str] | None,
        now: datetime,
        vervalt_op: datetime,
        tx: InTransaction | None = None,
    ) -> tuple[Agendasleutel, str]:
        """Make a key; returns it with its secret, which cannot be shown again."""
        secret = secrets.token_urlsafe(_SECRET_BYTES)
        values = {
            "id": secrets.token_hex(8),
            "naam": naam,
            "account": account,
            "organisaties": None if organisaties is None else sorted(organisaties),
            "aangemaakt_op": now,
            "vervalt_op": vervalt_op,
        }
        with self._database.joined(tx) as connection:
            connection.execute(table.insert(), {**values, "digest": _digest(secret)})
            row = connection.execute(sa.select(table).where(table.c.id == values["id"])).one()
        return _key(row), secret

    def find(self, secret: str, now: datetime) -> Agendasleutel | None:
        """The valid key with this secret; None when it is unknown, revoked or expired."""
        digest = _digest(secret)
        with self._database.read() as connection:
            row = connection.execute(sa.select(table).where(table.c.digest == digest)).first()
        if row is None or not hmac.compare_digest(row.digest, digest):
            return None
        key = _key(row)
        return key if key.is_valid(now) else None

    def get(self, id: str) -> Agendasleutel:
        """Raises NotFound."""
        with self._database.read() as connection:
            row = connection.execute(sa.select(table).where(table.c.id == id)).first()
        if row is None:
            raise NotFound("agendasleutel", id)
        return _key(row)

    def list(self) -> tuple[Agendasleutel, ...]:
        """All keys ever made, oldest first."""
        with self._database.read() as connection:
            rows = connection.execute(sa.select(table).order_by(table.c.aangemaakt_op, table.c.id))
            return tuple(_key(row) for row in rows)

    @repeated
    def revoke(self, id: str, *, now: datetime, tx: InTransaction | None = None) -> None:
        """End a key at once; revoking it twice keeps the first moment. Raises NotFound."""
        first = sa.func.coalesce(
            table.c.ingetrokken_op, sa.bindparam("now", now, type_=table.c.ingetrokken_op.type)
        )
        with self._database.joined(tx) as connection:
            done = connection.execute(table.update().where(table.c.id == id).values(ingetrokken_op=first))
            if done.rowcount == 0:
                raise NotFound("agendasleutel", id)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _key(row: Row[Any]) -> Agendasleutel:
    return Agendasleutel(
        id=row.id,
        naam=row.naam,
        account=row.account,
        organisaties=None if row.organisaties is None else frozenset(row.organisaties),
        aangemaakt_op=row.aangemaakt_op,
        vervalt_op=row.vervalt_op,
        ingetrokken_op=row.ingetrokken_op,
    )
