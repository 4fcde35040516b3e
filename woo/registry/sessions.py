"""Sessions of the desk: made, found by their token, kept alive, ended."""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Row

from woo.domain.sessie import HALF, Duur, Fase, Sessie
from woo.registry.account_tables import sessie as table
from woo.registry.database import Database, InTransaction, repeated

_TOKEN_BYTES = 32
_TOUCH_EVERY = timedelta(minutes=1)
_KEPT = timedelta(days=2)
"""How long a session that ended is still known: whoever typed in it gets their form back."""


class Sessions:
    """The sessions; every method is a short transaction of its own unless given `tx`. Of a token only the SHA-256 is kept."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def start(
        self,
        account_id: str,
        fase: Fase,
        *,
        now: datetime,
        duur: Duur,
        herkomst: str,
        apparaat: str,
        via_provider: bool = False,
        tx: InTransaction | None = None,
    ) -> tuple[Sessie, str]:
        """Start a session with a fresh token (256 random bits); returns it with the token, which cannot be shown again.

        A session that is not whole yet ends after `HALF`. What ended long ago is removed.
        """
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        lasts = duur.hoogstens if fase is Fase.VOLLEDIG else HALF
        made = Sessie(
            secrets.token_hex(8), account_id, fase, now, now, now + lasts, herkomst, apparaat, via_provider
        )
        values = {
            "id": made.id,
            "account_id": account_id,
            "digest": digest_of(token),
            "fase": fase.value,
            "aangemaakt_op": now,
            "gebruikt_op": now,
            "eindigt_op": made.eindigt_op,
            "herkomst": herkomst,
            "apparaat": apparaat,
            "via_provider": via_provider,
        }
        with self._database.joined(tx) as connection:
            connection.execute(table.delete().where(table.c.eindigt_op < now - _KEPT))
            connection.execute(table.insert(), values)
        return made, token

    def find(self, token: str) -> Sessie | None:
        """The session with this token, open or not; None when it is unknown.

        What is looked up is the digest of the token, so the time it takes says nothing about the token.
        """
        digest = digest_of(token)
        with self._database.read() as connection:
            row = connection.execute(sa.select(table).where(table.c.digest == digest)).first()
        if row is None or not hmac.compare_digest(row.digest, digest):
            return None
        return _session(row)

    def of_account(self, account_id: str) -> tuple[Sessie, ...]:
        """Every session of this account that is still known, the last used first."""
        chosen = sa.select(table).where(table.c.account_id == account_id)
        with self._database.read() as connection:
            rows = connection.execute(chosen.order_by(table.c.gebruikt_op.desc(), table.c.id))
            return tuple(_session(row) for row in rows)

    @repeated
    def touch(self, sessie: Sessie, *, now: datetime) -> None:
        """Note that it was used; at most once a minute, so that reading does not become writing."""
        if now < sessie.gebruikt_op + _TOUCH_EVERY:
            return
        with self._database.write(durable=False) as connection:
            connection.execute(table.update().where(table.c.id == sessie.id).values(gebruikt_op=now))

    @repeated
    def end(self, id: str, *, now: datetime, tx: InTransaction | None = None) -> bool:
        """End a session at once; False when it had ended before."""
        open_ = sa.and_(table.c.id == id, table.c.beeindigd_op.is_(None))
        with self._database.joined(tx) as connection:
            return connection.execute(table.update().where(open_).values(beeindigd_op=now)).rowcount == 1

    @repeated
    def end_all(
        self, account_id: str, *, now: datetime, but: str | None = None, tx: InTransaction | None = None
    ) -> int:
        """End every session of an account at once, but the one with this id; returns how many."""
        open_ = [table.c.account_id == account_id, table.c.beeindigd_op.is_(None)]
        if but is not None:
            open_.append(table.c.id != but)
        with self._database.joined(tx) as connection:
            return connection.execute(table.update().where(*open_).values(beeindigd_op=now)).rowcount


def digest_of(token: str) -> str:
    """What is kept of a token (256 random bits need no slow hash)."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _session(row: Row[Any]) -> Sessie:
    return Sessie(
        id=row.id,
        account_id=row.account_id,
        fase=Fase(row.fase),
        aangemaakt_op=row.aangemaakt_op,
        gebruikt_op=row.gebruikt_op,
        eindigt_op=row.eindigt_op,
        herkomst=row.herkomst,
        apparaat=row.apparaat,
        via_provider=row.via_provider,
        beeindigd_op=row.beeindigd_op,
    )
