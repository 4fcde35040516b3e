"""The questions that are asked for every document, each built once (building takes longer than asking)."""

from functools import cache
from typing import Any

import sqlalchemy as sa

from woo.registry import tables


@cache
def by_id(table: sa.Table, *, locks: bool) -> sa.Select[Any]:
    """The row with this id (parameter `id`), locked until the end of the transaction where that is asked."""
    chosen = sa.select(table).where(table.c.id == sa.bindparam("id"))
    return chosen.with_for_update(key_share=True) if locks else chosen


@cache
def hold_name() -> sa.Select[Any]:
    """Hold a name (parameter `name`) until the end of the transaction, also of a row that is not there yet (PostgreSQL)."""
    return sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(sa.bindparam("name"), 0)))


@cache
def publicatie_by_bron(*, locks: bool) -> sa.Select[Any]:
    """The publicatie of this source (parameter `bron`), locked as in `by_id`."""
    chosen = sa.select(tables.publicatie).where(tables.publicatie.c.bron == sa.bindparam("bron"))
    return chosen.with_for_update(key_share=True) if locks else chosen


@cache
def document_by_digest() -> sa.Select[Any]:
    """The document of a publicatie with this current file; one that was not withdrawn goes first."""
    of = tables.document.c
    chosen = sa.select(tables.document).where(
        of.publicatie_id == sa.bindparam("publicatie_id"), of.bestand_digest == sa.bindparam("digest")
    )
    return chosen.order_by(of.ingetrokken_op.is_not(None), of.id).limit(1)


@cache
def pages() -> sa.Select[Any]:
    of = tables.pagina.c
    return sa.select(tables.pagina).where(of.document_id == sa.bindparam("document_id")).order_by(of.nummer)


@cache
def item() -> sa.Select[Any]:
    return sa.select(tables.item).where(tables.item.c.sleutel == sa.bindparam("sleutel"))


@cache
def shown() -> sa.Select[Any]:
    of = tables.getoond.c
    return sa.select(tables.getoond).where(of.soort == sa.bindparam("soort"), of.id == sa.bindparam("id"))


@cache
def last_volgnummer() -> sa.Select[Any]:
    of = tables.document.c
    return sa.select(sa.func.max(of.volgnummer)).where(of.publicatie_id == sa.bindparam("publicatie_id"))
