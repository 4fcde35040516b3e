"""Who prepared a publicatie: made it, or changed it, its documents or its inventory; kept with every such line of the log."""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from woo.domain.actor import Actor
from woo.domain.events import Actie, Gebeurtenis
from woo.registry.rechten_tables import voorbereider
from woo.registry.seals import pseudonym
from woo.registry.statements import insert
from woo.registry.tables import document

_PREPARING: Final = frozenset(
    {
        Actie.PUBLICATIE_CREATED,
        Actie.PUBLICATIE_CHANGED,
        Actie.DOCUMENT_ADDED,
        Actie.DOCUMENT_CHANGED,
        Actie.DOCUMENT_REPLACED,
        Actie.INVENTARIS_IMPORTED,
        Actie.INVENTARISREGEL_CHANGED,
        Actie.INVENTARISREGEL_REMOVED,
        Actie.CATEGORIEVELDEN_CHANGED,
        Actie.MEDEDELING_CHANGED,
        Actie.DOCUMENT_SUSPENDED,
    }
)


def identity(actor: Actor, key: bytes) -> str:
    """What one actor is known by: the id of the account or key, or else a keyed digest of the name."""
    return f"naam {pseudonym(key, actor.naam)}" if actor.account is None else f"account {actor.account}"


def note(connection: Connection, key: bytes, events: Iterable[Gebeurtenis]) -> None:
    """Remember the actors of these events where they are of preparing."""
    known: dict[tuple[str, str | None], str] = {}
    found: dict[bool, list[dict[str, Any]]] = {False: [], True: []}
    for event in events:
        if event.actie in _PREPARING:
            actor = (event.actor.naam, event.actor.account)
            wie = known[actor] = known.get(actor) or identity(event.actor, key)
            values = {"object": event.object_id, "wie": wie, "op": event.tijd}
            found[event.object_soort == "document"].append(values)
    for of_document, rows in found.items():
        if rows:
            connection.execute(_keep(connection.dialect.name, of_document=of_document), rows)


def prepared(connection: Connection, publicatie_id: str, wie: str) -> datetime | None:
    """When this identity prepared the publicatie last; None when it did not."""
    of = voorbereider.c
    chosen = sa.select(of.op).where(of.publicatie_id == publicatie_id, of.wie == wie)
    found: datetime | None = connection.execute(chosen).scalar()
    return found


def last_prepared(connection: Connection, publicatie_id: str) -> datetime | None:
    """When anybody prepared the publicatie last; None when nobody did."""
    of = voorbereider.c
    chosen = sa.select(sa.func.max(of.op, type_=of.op.type)).where(of.publicatie_id == publicatie_id)
    found: datetime | None = connection.execute(chosen).scalar()
    return found


@cache
def _keep(dialect: str, *, of_document: bool) -> Any:
    """The publicatie of the object is found in the same statement: a batch adds very many documents."""
    op = sa.bindparam("op", type_=voorbereider.c.op.type)
    chosen: sa.Select[Any]
    if of_document:
        chosen = sa.select(document.c.publicatie_id, sa.bindparam("wie"), op)
        chosen = chosen.where(document.c.id == sa.bindparam("object"))
    else:
        chosen = sa.select(sa.bindparam("object", type_=sa.Text), sa.bindparam("wie", type_=sa.Text), op)
        chosen = chosen.where(sa.true())  # SQLite: else ON CONFLICT reads as part of a join
    statement = insert(dialect, voorbereider).from_select(["publicatie_id", "wie", "op"], chosen)
    return statement.on_conflict_do_update(
        index_elements=["publicatie_id", "wie"], set_={"op": statement.excluded.op}
    )
