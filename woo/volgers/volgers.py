"""Who follows which search by e-mail: signed up, asked to confirm, told, and gone without a trace."""

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from woo.domain.volgen import Frequentie
from woo.volgers.sleutels import Sleutels
from woo.volgers.stroom import last_number
from woo.volgers.tables import gevraagd, volger
from woo.volgers.transacties import Transacties

CONFIRM_WITHIN = timedelta(hours=48)
"""How long the link in the mail that asks to confirm works, counted from when it was sent."""

_UNSENT_WITHIN = timedelta(days=7)
_DAY, _HOUR = timedelta(days=1), timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Aanmelding:
    """A sign-up as it came in: address, question as JSON values, how often, and the id of the entry that brought it."""

    adres: str
    vraag: Mapping[str, Any]
    frequentie: Frequentie
    inzending: str


@dataclass(frozen=True, slots=True)
class Volger:
    """One address that follows one question.

    `gezien_tot` is the last event that it was told of (or that did not matter to it), `verzendt_tot` the last one of the mail
    that is being sent, `volgende` the moment of the next mail, `geweigerd` how often its mail server refused the address.
    """

    id: str
    adres: str
    vraag: Mapping[str, Any]
    frequentie: Frequentie
    bevestigd: bool
    gezien_tot: int
    verzendt_tot: int | None
    volgende: datetime
    geweigerd: int


@dataclass(frozen=True, slots=True)
class Aantallen:
    """How many follow, by how often, and how many were asked to confirm and did not yet."""

    bevestigd: Mapping[Frequentie, int]
    onbevestigd: int


class Volgers:
    """The followers; an address leaves with its row, and is in no log line."""

    def __init__(self, transacties: Transacties, sleutels: Sleutels) -> None:
        self._in = transacties
        self._sleutels = sleutels

    def sign_up(self, aanmelding: Aanmelding, *, now: datetime) -> str:
        """Keep a sign-up, to be asked to confirm; returns the id of the follower.

        Address, question and frequency together are one row. Who did not confirm yet is asked again, who did is left as it
        was, and the same entry of the inbox changes nothing.
        """
        digest = _digest(aanmelding.vraag)
        of = volger.c
        same = (
            of.adres == aanmelding.adres,
            of.vraag_digest == digest,
            of.frequentie == aanmelding.frequentie,
        )
        with self._in.write() as connection:
            row = connection.execute(sa.select(volger).where(*same)).first()
            if row is None:
                return self._insert(connection, aanmelding, digest, now)
            if row.inzending != aanmelding.inzending and row.bevestigd_op is None:
                again = {"inzending": aanmelding.inzending, "gevraagd_op": None, "aangemaakt_op": now}
                connection.execute(volger.update().where(of.id == row.id).values(**again, volgende=now))
            return str(row.id)

    @staticmethod
    def _insert(connection: Connection, aanmelding: Aanmelding, digest: str, now: datetime) -> str:
        id = secrets.token_hex(16)
        connection.execute(
            volger.insert(),
            {
                "id": id,
                "adres": aanmelding.adres,
                "vraag": dict(aanmelding.vraag),
                "vraag_digest": digest,
                "frequentie": aanmelding.frequentie,
                "aangemaakt_op": now,
                "inzending": aanmelding.inzending,
                "gezien_tot": last_number(connection),
                "volgende": now,
                "geweigerd": 0,
            },
        )
        return id

    def to_ask(self, *, now: datetime, per_day: int, per_hour: int, limit: int = 100) -> list[Volger]:
        """Whom to ask to confirm now: not an address that was asked too often today, nor more than fit in this hour."""
        of = volger.c
        chosen = (
            sa.select(volger)
            .where(of.bevestigd_op.is_(None), of.gevraagd_op.is_(None), of.volgende <= now)
            .order_by(of.aangemaakt_op, of.id)
            .limit(limit)
        )
        with self._in.read() as connection:
            room = per_hour - _asked(connection, since=now - _HOUR)
            found = [_volger(row) for row in connection.execute(chosen)]
            counts: dict[str, int] = {}
            fitting: list[Volger] = []
            for one in found:
                digest = self._sleutels.digest(one.adres)
                if digest not in counts:
                    counts[digest] = _asked(connection, since=now - _DAY, digest=digest)
                if counts[digest] < per_day and len(fitting) < room:
                    counts[digest] += 1
                    fitting.append(one)
        return fitting

    def asking(self, one: Volger, *, now: datetime) -> None:
        """Count the mail that asks to confirm, before it is sent: a crash can send it again, but not without end."""
        with self._in.write() as connection:
            row = {"adres_digest": self._sleutels.digest(one.adres), "op": now}
            connection.execute(gevraagd.insert(), row)

    def asked(self, one: Volger, *, now: datetime) -> None:
        """Note that the mail that asks to confirm was sent."""
        self._set(one.id, gevraagd_op=now)

    def not_asked(self, one: Volger, *, again: datetime) -> None:
        """Take back `asking`: the mail could not be sent, and is tried again from this moment on."""
        last = sa.select(sa.func.max(gevraagd.c.nummer)).where(
            gevraagd.c.adres_digest == self._sleutels.digest(one.adres)
        )
        with self._in.write() as connection:
            connection.execute(gevraagd.delete().where(gevraagd.c.nummer == last.scalar_subquery()))
            update = volger.update().where(volger.c.id == one.id, volger.c.bevestigd_op.is_(None))
            connection.execute(update.values(volgende=again))

    def confirm(self, id: str, *, now: datetime, volgende: Mapping[Frequentie, datetime]) -> bool:
        """Start telling this follower of what happens from now on; False where there is none (any more).

        It takes the place of the same address and question with another frequency, and goes on where that one was.
        """
        of = volger.c
        with self._in.write() as connection:
            row = connection.execute(sa.select(volger).where(of.id == id)).first()
            if row is None or row.bevestigd_op is not None:
                return row is not None
            others = (of.adres == row.adres, of.vraag_digest == row.vraag_digest, of.id != id)
            before = sa.select(sa.func.min(of.gezien_tot)).where(*others, of.bevestigd_op.is_not(None))
            tot = connection.execute(before).scalar()
            connection.execute(volger.delete().where(*others))
            values = {
                "bevestigd_op": now,
                "gezien_tot": last_number(connection) if tot is None else tot,
                "volgende": volgende[Frequentie(row.frequentie)],
            }
            connection.execute(volger.update().where(of.id == id).values(**values))
        return True

    def stop(self, id: str) -> bool:
        """Remove this follower; False where there was none."""
        with self._in.write() as connection:
            return connection.execute(volger.delete().where(volger.c.id == id)).rowcount == 1

    def remove(self, adres: str) -> int:
        """Remove everything of an address, also that it was asked to confirm; returns how many searches it followed."""
        with self._in.write() as connection:
            of = gevraagd.c.adres_digest == self._sleutels.digest(adres)
            connection.execute(gevraagd.delete().where(of))
            gone = volger.delete().where(sa.func.lower(volger.c.adres) == adres.lower())
            return connection.execute(gone).rowcount

    def due(self, *, now: datetime, limit: int = 500) -> list[Volger]:
        """Whose mail is due, the longest due first; who wants to know at once only when something happened since."""
        of = volger.c
        with self._in.read() as connection:
            news = sa.or_(of.frequentie != Frequentie.DIRECT, of.gezien_tot < last_number(connection))
            chosen = (
                sa.select(volger)
                .where(of.bevestigd_op.is_not(None), of.volgende <= now, news)
                .order_by(of.volgende, of.id)
                .limit(limit)
            )
            return [_volger(row) for row in connection.execute(chosen)]

    def still_there(self, id: str) -> bool:
        """Whether this follower was not removed meanwhile."""
        with self._in.read() as connection:
            return connection.execute(sa.select(volger.c.id).where(volger.c.id == id)).first() is not None

    def sending(self, id: str, tot: int) -> None:
        """Note how far the mail goes that is sent now: after a crash the same one is sent, not another."""
        self._set(id, verzendt_tot=tot)

    def told(self, id: str, tot: int, *, volgende: datetime) -> None:
        """Note that everything up to this event was told, or had nothing to do with it."""
        self._set(id, gezien_tot=tot, verzendt_tot=None, volgende=volgende, geweigerd=0)

    def later(self, id: str, *, again: datetime, geweigerd: int | None = None) -> None:
        """The mail was refused: try again from this moment on, with what is new by then; `geweigerd` counts refusals of the address."""
        self._set(
            id, volgende=again, verzendt_tot=None, **({} if geweigerd is None else {"geweigerd": geweigerd})
        )

    def _set(self, id: str, **values: Any) -> None:
        with self._in.write() as connection:
            connection.execute(volger.update().where(volger.c.id == id).values(**values))

    def expire(self, *, now: datetime) -> int:
        """Remove who did not confirm in time; returns how many."""
        of = volger.c
        late = sa.or_(of.gevraagd_op < now - CONFIRM_WITHIN, of.aangemaakt_op < now - _UNSENT_WITHIN)
        with self._in.write() as connection:
            connection.execute(gevraagd.delete().where(gevraagd.c.op < now - _DAY))
            return connection.execute(volger.delete().where(of.bevestigd_op.is_(None), late)).rowcount

    def counts(self) -> Aantallen:
        """How many there are; never who."""
        of, number = volger.c, sa.func.count()
        with self._in.read() as connection:
            confirmed = connection.execute(
                sa.select(of.frequentie, number).where(of.bevestigd_op.is_not(None)).group_by(of.frequentie)
            ).all()
            others = connection.execute(sa.select(number).where(of.bevestigd_op.is_(None))).scalar_one()
        found = {Frequentie(frequentie): count for frequentie, count in confirmed}
        return Aantallen({one: found.get(one, 0) for one in Frequentie}, others)


def _asked(connection: Connection, *, since: datetime, digest: str | None = None) -> int:
    chosen = sa.select(sa.func.count()).select_from(gevraagd).where(gevraagd.c.op > since)
    if digest is not None:
        chosen = chosen.where(gevraagd.c.adres_digest == digest)
    return int(connection.execute(chosen).scalar_one())


def _digest(vraag: Mapping[str, Any]) -> str:
    text = json.dumps(dict(vraag), sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _volger(row: Row[Any]) -> Volger:
    return Volger(
        row.id,
        row.adres,
        row.vraag,
        Frequentie(row.frequentie),
        row.bevestigd_op is not None,
        row.gezien_tot,
        row.verzendt_tot,
        row.volgende,
        row.geweigerd,
    )
