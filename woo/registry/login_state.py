"""What logging in must remember for a short while: vain attempts, who is at the OpenID provider, forms that were being typed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from woo.registry.account_tables import aanmeldfout, bewaardformulier, oidcpoging
from woo.registry.database import Database, InTransaction, repeated
from woo.registry.statements import save_row

_FORGET = timedelta(hours=24)
MOST_FORMS = 10
"""Forms kept of one account; the oldest makes room."""


@dataclass(frozen=True, slots=True)
class Poging:
    """Somebody at the OpenID provider: what must come back with them, and where they were going."""

    browser: str
    nonce: str
    verifier: str
    naar: str
    vervalt_op: datetime


class LoginState:
    """Short-lived rows; every method is a short transaction of its own unless given `tx`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def waits_until(self, sleutel: str) -> datetime | None:
        """The moment until which attempts at this key have to wait; None when it was never tried in vain."""
        of = aanmeldfout.c
        with self._database.read() as connection:
            return connection.execute(sa.select(of.wacht_tot).where(of.sleutel == sleutel)).scalar()

    def failed(
        self,
        sleutel: str,
        *,
        now: datetime,
        pause: Callable[[int], timedelta],
        tx: InTransaction | None = None,
    ) -> tuple[int, datetime]:
        """Note an attempt in vain; returns how many there were in a row, and until when the next has to wait."""
        of = aanmeldfout.c
        with self._database.joined(tx) as connection:
            connection.execute(aanmeldfout.delete().where(of.laatst < now - _FORGET))
            chosen = sa.select(of.aantal).where(of.sleutel == sleutel).with_for_update()
            number = (connection.execute(chosen).scalar() or 0) + 1
            until = now + pause(number)
            values = {"sleutel": sleutel, "aantal": number, "laatst": now, "wacht_tot": until}
            connection.execute(save_row(connection.dialect.name, aanmeldfout), values)
        return number, until

    def forget_failures(self, sleutel: str, *, tx: InTransaction | None = None) -> None:
        """Start counting again: somebody got in."""
        with self._database.joined(tx) as connection:
            connection.execute(aanmeldfout.delete().where(aanmeldfout.c.sleutel == sleutel))

    @repeated
    def send_away(self, digest: str, poging: Poging, *, now: datetime) -> None:
        """Remember somebody who goes to the provider, by the digest of the state they carry."""
        values = {
            "digest": digest,
            "browser": poging.browser,
            "nonce": poging.nonce,
            "verifier": poging.verifier,
            "naar": poging.naar,
            "vervalt_op": poging.vervalt_op,
        }
        with self._database.write(durable=False) as connection:
            connection.execute(oidcpoging.delete().where(oidcpoging.c.vervalt_op < now))
            connection.execute(oidcpoging.insert(), values)

    def come_back(self, digest: str, *, now: datetime) -> Poging | None:
        """Take what was remembered, which works once; None when it is not there or expired."""
        of = oidcpoging.c
        with self._database.write() as connection:
            row = connection.execute(
                sa.select(oidcpoging).where(of.digest == digest).with_for_update()
            ).first()
            gone = connection.execute(oidcpoging.delete().where(of.digest == digest)).rowcount
        if row is None or gone != 1 or row.vervalt_op <= now:
            return None
        return Poging(row.browser, row.nonce, row.verifier, row.naar, row.vervalt_op)

    @repeated
    def keep_form(
        self, digest: str, account_id: str, inhoud: bytes, *, now: datetime, vervalt_op: datetime
    ) -> None:
        """Keep what somebody had typed (sealed); of one account at most MOST_FORMS."""
        of = bewaardformulier.c
        values = {
            "digest": digest,
            "account_id": account_id,
            "inhoud": inhoud,
            "vervalt_op": vervalt_op,
        }
        kept = sa.select(of.digest).where(of.account_id == account_id).order_by(of.vervalt_op.desc())
        with self._database.write() as connection:
            connection.execute(bewaardformulier.delete().where(of.vervalt_op < now))
            old = list(connection.execute(kept.offset(MOST_FORMS - 1)).scalars())
            connection.execute(bewaardformulier.delete().where(of.digest.in_(old)))
            connection.execute(bewaardformulier.insert(), values)

    def form(self, digest: str, account_id: str, *, now: datetime) -> bytes | None:
        """What this account had typed; None when there is none with this digest, or of another account."""
        of = bewaardformulier.c
        chosen = sa.select(of.inhoud).where(
            of.digest == digest, of.account_id == account_id, of.vervalt_op > now
        )
        with self._database.read() as connection:
            return connection.execute(chosen).scalar()

    @repeated
    def drop_form(self, digest: str, account_id: str) -> None:
        """Forget what was typed: it was sent again, or is not wanted any more."""
        of = bewaardformulier.c
        with self._database.write() as connection:
            connection.execute(
                bewaardformulier.delete().where(of.digest == digest, of.account_id == account_id)
            )
