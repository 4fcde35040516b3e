"""Who asked for the digest of the legal terms, and how often: asked of a snapshot, changed in a transaction."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from woo.domain.termijnpost import Hoevaak
from woo.registry.statements import insert
from woo.registry.termijn_tables import termijnabonnement as table


def abonnement(connection: Connection, account_id: str) -> Hoevaak | None:
    """How often this account gets it; None for one that did not ask."""
    found = connection.execute(
        sa.select(table.c.hoe_vaak).where(table.c.account_id == account_id)
    ).scalar_one_or_none()
    return None if found is None else Hoevaak(found)


def abonnementen(connection: Connection) -> list[tuple[str, Hoevaak]]:
    """The id of every account that asked, with how often."""
    rows = connection.execute(sa.select(table).order_by(table.c.account_id))
    return [(row.account_id, Hoevaak(row.hoe_vaak)) for row in rows]


def save(connection: Connection, account_id: str, hoe_vaak: Hoevaak | None, *, now: datetime) -> None:
    """Note how often this account gets it; None ends it."""
    if hoe_vaak is None:
        connection.execute(table.delete().where(table.c.account_id == account_id))
        return
    statement = insert(connection.dialect.name, table).values(
        account_id=account_id, hoe_vaak=hoe_vaak.value, sinds=now
    )
    connection.execute(
        statement.on_conflict_do_update(index_elements=["account_id"], set_={"hoe_vaak": hoe_vaak.value})
    )
