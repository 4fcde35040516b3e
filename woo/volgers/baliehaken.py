"""Webhooks that the desk made for case systems: each has a name and is told of everything public of its organisations."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Row

from woo.domain.errors import NotFound
from woo.volgers.tables import baliehaak, webhook
from woo.volgers.transacties import Transacties
from woo.volgers.webhooks import Webhook, insert_webhook, to_webhook


@dataclass(frozen=True, slots=True)
class Baliehaak:
    """One of them: how it is delivered to, what it is called, and the organisations (codes) it is for; None is every one."""

    webhook: Webhook
    naam: str
    organisaties: frozenset[str] | None

    @property
    def id(self) -> str:
        """The id of the webhook."""
        return self.webhook.id

    def is_for(self, organisatie: str | None) -> bool:
        """Whether it is told of what is of this organisation."""
        return self.organisaties is None or organisatie in self.organisaties


class Baliehaken:
    """The webhooks of the desk; delivery is noted in `Webhooks`, as of every other one."""

    def __init__(self, transacties: Transacties) -> None:
        self._in = transacties

    def add(self, url: str, naam: str, organisaties: Collection[str] | None, *, now: datetime) -> Baliehaak:
        """Register an address that was checked; it is told of what happens from now on. Its secret is made here."""
        with self._in.write() as connection:
            id = insert_webhook(connection, url, {}, now=now)
            row = {"webhook_id": id, "naam": naam, "organisaties": sorted(organisaties or ())}
            connection.execute(baliehaak.insert(), row)
        return self.get(id)

    def get(self, id: str) -> Baliehaak:
        """Raises NotFound, also for a webhook that was not made at the desk."""
        found = self.find(id)
        if found is None:
            raise NotFound("webhook", id)
        return found

    def find(self, id: str) -> Baliehaak | None:
        """The webhook of the desk with this id; None where there is none, or it was not made at the desk."""
        with self._in.read() as connection:
            row = connection.execute(_CHOSEN.where(webhook.c.id == id)).first()
        return None if row is None else _haak(row)

    def all(self) -> list[Baliehaak]:
        """Every webhook of the desk, oldest first."""
        with self._in.read() as connection:
            rows = connection.execute(_CHOSEN.order_by(webhook.c.aangemaakt_op, webhook.c.id))
            return [_haak(row) for row in rows]


_CHOSEN = sa.select(webhook, baliehaak.c.naam, baliehaak.c.organisaties).join(
    baliehaak, baliehaak.c.webhook_id == webhook.c.id
)


def _haak(row: Row[Any]) -> Baliehaak:
    return Baliehaak(to_webhook(row), row.naam, frozenset(row.organisaties) or None)
