"""Addresses that events are sent to by HTTP: registered by the coordinator, delivered in order, at rest after days of failure."""

import base64
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from woo.domain.errors import NotFound
from woo.registry.statements import insert
from woo.volgers.stroom import last_number
from woo.volgers.tables import baliehaak, verteld, webhook
from woo.volgers.transacties import Transacties

SECRET_PREFIX = "whsec_"  # noqa: S105 - the prefix that Standard Webhooks prescribes
_SECRET_BYTES = 32
_ERROR_LENGTH = 500


@dataclass(frozen=True, slots=True)
class Webhook:
    """One address, the question whose answers it is told of, and how delivery goes.

    `gezien_tot` is the last event that was delivered or did not matter; `pogingen` failures since `mislukt_sinds`, the last for
    the reason `fout`; with `rust` nothing is sent until someone says so.
    """

    id: str
    url: str
    geheim: str
    vraag: Mapping[str, Any]
    aangemaakt_op: datetime
    gezien_tot: int
    niet_voor: datetime
    pogingen: int
    mislukt_sinds: datetime | None
    fout: str | None
    rust: bool
    geleverd_op: datetime | None

    def __repr__(self) -> str:
        return f"Webhook({self.id})"


class Webhooks:
    """The webhooks of an installation."""

    def __init__(self, transacties: Transacties) -> None:
        self._in = transacties

    def add(self, url: str, vraag: Mapping[str, Any], *, now: datetime) -> Webhook:
        """Register an address that was checked; it is told of what happens from now on. Its secret is made here."""
        with self._in.write() as connection:
            id = insert_webhook(connection, url, vraag, now=now)
        return self.get(id)

    def get(self, id: str) -> Webhook:
        """Raises NotFound."""
        with self._in.read() as connection:
            row = connection.execute(sa.select(webhook).where(webhook.c.id == id)).first()
        if row is None:
            raise NotFound("webhook", id)
        return to_webhook(row)

    def all(self) -> list[Webhook]:
        """Every webhook, oldest first."""
        with self._in.read() as connection:
            rows = connection.execute(sa.select(webhook).order_by(webhook.c.aangemaakt_op, webhook.c.id))
            return [to_webhook(row) for row in rows]

    def remove(self, id: str) -> None:
        """Raises NotFound."""
        with self._in.write() as connection:
            connection.execute(verteld.delete().where(verteld.c.webhook_id == id))
            connection.execute(baliehaak.delete().where(baliehaak.c.webhook_id == id))
            if connection.execute(webhook.delete().where(webhook.c.id == id)).rowcount == 0:
                raise NotFound("webhook", id)

    def wake(self, id: str, *, now: datetime) -> None:
        """Send again what waits for this webhook, now; raises NotFound."""
        self._set(id, rust=False, pogingen=0, mislukt_sinds=None, fout=None, niet_voor=now)

    def due(self, *, now: datetime) -> list[Webhook]:
        """The webhooks that may be sent to now and have events waiting."""
        of = webhook.c
        with self._in.read() as connection:
            chosen = sa.select(webhook).where(
                of.rust.is_(False), of.niet_voor <= now, of.gezien_tot < last_number(connection)
            )
            return [to_webhook(row) for row in connection.execute(chosen.order_by(of.niet_voor, of.id))]

    def delivered(self, id: str, tot: int, *, now: datetime, told: str | None = None) -> None:
        """Note that the event with this number arrived; `told` is the object that it told of, for the withdrawal."""
        with self._in.write() as connection:
            values = {"pogingen": 0, "mislukt_sinds": None, "fout": None, "geleverd_op": now}
            update = webhook.update().where(webhook.c.id == id)
            there = connection.execute(update.values(gezien_tot=tot, **values)).rowcount
            if told is not None and there:
                statement = insert(connection.dialect.name, verteld)
                connection.execute(statement.values(webhook_id=id, object_id=told).on_conflict_do_nothing())

    def passed(self, id: str, tot: int) -> None:
        """Note that the events up to this number are not for this webhook."""
        with self._in.write() as connection:
            connection.execute(webhook.update().where(webhook.c.id == id).values(gezien_tot=tot))

    def failed(self, one: Webhook, fout: str, *, now: datetime, again: datetime | None) -> None:
        """Note that a delivery failed; it is tried `again`, or rests (None) until someone wakes it."""
        with self._in.write() as connection:
            connection.execute(
                webhook.update()
                .where(webhook.c.id == one.id)
                .values(
                    pogingen=one.pogingen + 1,
                    mislukt_sinds=one.mislukt_sinds or now,
                    fout=fout[:_ERROR_LENGTH],
                    rust=again is None,
                    niet_voor=again or now,
                )
            )

    def told_of(self, id: str, objects: Collection[str]) -> set[str]:
        """Which of these objects this webhook was told of before."""
        chosen = sa.select(verteld.c.object_id).where(
            verteld.c.webhook_id == id, verteld.c.object_id.in_(list(objects))
        )
        with self._in.read() as connection:
            return set(connection.execute(chosen).scalars())

    def _set(self, id: str, **values: Any) -> None:
        with self._in.write() as connection:
            if connection.execute(webhook.update().where(webhook.c.id == id).values(**values)).rowcount == 0:
                raise NotFound("webhook", id)


def insert_webhook(connection: Connection, url: str, vraag: Mapping[str, Any], *, now: datetime) -> str:
    """Write a new webhook with a secret of its own, told of what happens from now on; returns its id."""
    id = f"wh_{secrets.token_hex(8)}"
    row = {
        "id": id,
        "url": url,
        "geheim": SECRET_PREFIX + base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode(),
        "vraag": dict(vraag),
        "aangemaakt_op": now,
        "gezien_tot": last_number(connection),
        "niet_voor": now,
        "pogingen": 0,
        "rust": False,
    }
    connection.execute(webhook.insert(), row)
    return id


def to_webhook(row: Row[Any]) -> Webhook:
    """A row of the table as a webhook."""
    names = (
        "id",
        "url",
        "geheim",
        "vraag",
        "aangemaakt_op",
        "gezien_tot",
        "niet_voor",
        "pogingen",
        "mislukt_sinds",
        "fout",
        "rust",
        "geleverd_op",
    )
    return Webhook(**{name: getattr(row, name) for name in names})
