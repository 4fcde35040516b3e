"""How far the news of a document or publicatie went: how many followers may have had mail of it, and which webhooks were told."""

from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlsplit

import sqlalchemy as sa

from woo.domain.volgen import Gebeurtenissoort
from woo.volgers.tables import gebeurtenis, verteld, volger, webhook
from woo.volgers.transacties import Transacties


@dataclass(frozen=True, slots=True)
class Bereik:
    """The most followers who can have had mail (never who), and the hosts of the webhooks that were told.

    `bekend` is False where the events themselves are not kept any more.
    """

    post: int
    webhooks: tuple[str, ...]
    bekend: bool


def bereik(transacties: Transacties, object_ids: Collection[str]) -> Bereik:
    """What the store of followers knows of these objects."""
    listed = list(object_ids)
    with transacties.read() as connection:
        shown = sa.select(sa.func.min(gebeurtenis.c.nummer)).where(
            gebeurtenis.c.object_id.in_(listed), gebeurtenis.c.soort != Gebeurtenissoort.INGETROKKEN.value
        )
        first = connection.execute(shown).scalar()
        told = sa.select(verteld.c.webhook_id).where(verteld.c.object_id.in_(listed))
        reached: sa.ColumnElement[bool] = webhook.c.id.in_(told)
        if first is not None:
            reached = sa.or_(reached, webhook.c.gezien_tot >= first)
        urls = connection.execute(sa.select(webhook.c.url).where(reached)).scalars()
        hosts = tuple(sorted({urlsplit(url).hostname or "" for url in urls}))
        if first is None:
            return Bereik(0, hosts, bekend=False)
        mailed = sa.select(sa.func.count()).where(
            volger.c.bevestigd_op.is_not(None), volger.c.gezien_tot >= first
        )
        return Bereik(int(connection.execute(mailed).scalar_one()), hosts, bekend=True)
