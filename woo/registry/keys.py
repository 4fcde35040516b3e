"""API keys of the desk: made, found by their secret, revoked."""

import hashlib
import hmac
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Row

from woo.domain.actor import Rol
from woo.domain.errors import InvalidValue, NotFound
from woo.registry.database import Database, InTransaction, repeated
from woo.registry.tables import toegangssleutel as table

PREFIX = "woo_"
_SECRET_BYTES = 32
_TOUCH_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Key:
    """An API key without its secret, of which only the SHA-256 is kept (256 random bits need no slow hash).

    `per_organisatie` and `handelingen` limit it as they limit an Actor; None means that they do not.
    """

    id: str
    naam: str
    rol: Rol
    aangemaakt_op: datetime
    vervalt_op: datetime
    ingetrokken_op: datetime | None = None
    laatst_gebruikt: datetime | None = None
    per_organisatie: Mapping[str, Rol] | None = None
    handelingen: frozenset[str] | None = None

    def is_valid(self, now: datetime) -> bool:
        return self.ingetrokken_op is None and now < self.vervalt_op


class Keys:
    """The keys; every method is a short transaction of its own unless given `tx`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(
        self,
        naam: str,
        rol: Rol,
        *,
        now: datetime,
        vervalt_op: datetime | None,
        per_organisatie: Mapping[str, Rol] | None = None,
        handelingen: Collection[str] | None = None,
        tx: InTransaction | None = None,
    ) -> tuple[str, str]:
        """Make a key; returns its id and its secret, which cannot be shown again.

        With `per_organisatie` its `rol` is the highest of them, whatever was given.

        Raises:
            InvalidValue: it has no name, or no end date in the future.
        """
        if not naam.strip():
            raise InvalidValue("naam", naam, "a key needs a name, so that people know whose it is")
        if vervalt_op is None or vervalt_op <= now:
            raise InvalidValue("vervalt_op", str(vervalt_op), "a key needs an end date in the future")
        if per_organisatie is not None:
            rol = highest_role(per_organisatie)
        secret = PREFIX + secrets.token_urlsafe(_SECRET_BYTES)
        id = secrets.token_hex(8)
        values = {
            "id": id,
            "naam": naam.strip(),
            "rol": rol.value,
            "aangemaakt_op": now,
            "vervalt_op": vervalt_op,
            "organisaties": None
            if per_organisatie is None
            else {code: each.value for code, each in per_organisatie.items()},
            "handelingen": None if handelingen is None else sorted(set(handelingen)),
        }
        with self._database.joined(tx) as connection:
            connection.execute(table.insert(), {**values, "digest": _digest(secret)})
        return id, secret

    def find(self, secret: str, now: datetime) -> Key | None:
        """The valid key with this secret; None when it is unknown, revoked or expired.

        What is looked up is the digest of the secret, so the time it takes says nothing about the secret.
        """
        digest = _digest(secret)
        with self._database.read() as connection:
            row = connection.execute(sa.select(table).where(table.c.digest == digest)).first()
        stored = row.digest if row is not None else _digest("")
        same = hmac.compare_digest(stored, digest)
        if row is None or not same:
            return None
        key = _key(row)
        return key if key.is_valid(now) else None

    @repeated
    def touch(self, id: str, *, now: datetime) -> None:
        """Note that it was used; at most once a minute, so that reading does not become writing."""
        stale = sa.or_(table.c.laatst_gebruikt.is_(None), table.c.laatst_gebruikt <= now - _TOUCH_EVERY)
        with self._database.read() as connection:
            if connection.execute(sa.select(table.c.id).where(table.c.id == id, stale)).first() is None:
                return
        with self._database.write() as connection:
            connection.execute(table.update().where(table.c.id == id, stale).values(laatst_gebruikt=now))

    @repeated
    def revoke(self, id: str, *, now: datetime, tx: InTransaction | None = None) -> None:
        """End a key at once; revoking it twice keeps the first moment. Raises NotFound."""
        first = sa.func.coalesce(
            table.c.ingetrokken_op, sa.bindparam("now", now, type_=table.c.ingetrokken_op.type)
        )
        with self._database.joined(tx) as connection:
            done = connection.execute(table.update().where(table.c.id == id).values(ingetrokken_op=first))
            if done.rowcount == 0:
                raise NotFound("key", id)

    def list(self) -> tuple[Key, ...]:
        """All keys ever made, oldest first."""
        with self._database.read() as connection:
            rows = connection.execute(sa.select(table).order_by(table.c.aangemaakt_op, table.c.id))
            return tuple(_key(row) for row in rows)


def highest_role(per_organisatie: Mapping[str, Rol]) -> Rol:
    """The highest of these roles; raises InvalidValue where there is none."""
    if not per_organisatie:
        raise InvalidValue("organisaties", (), "name at least one organisation")
    return max(per_organisatie.values(), key=list(Rol).index)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _key(row: Row[Any]) -> Key:
    return Key(
        id=row.id,
        naam=row.naam,
        rol=Rol(row.rol),
        aangemaakt_op=row.aangemaakt_op,
        vervalt_op=row.vervalt_op,
        ingetrokken_op=row.ingetrokken_op,
        laatst_gebruikt=row.laatst_gebruikt,
        per_organisatie=None
        if row.organisaties is None
        else {code: Rol(rol) for code, rol in row.organisaties.items()},
        handelingen=None if row.handelingen is None else frozenset(row.handelingen),
    )
