"""The questions that are asked for every document, each built once (building takes longer than asking)."""

from functools import cache
from typing import Any

import sqlalchemy as sa

from woo.domain.inventaris import Beoordeling, Bijzonderheid
from woo.registry import tables
from woo.registry.dossier_tables import contactpersoon, inventarisregel, woobesluit
from woo.registry.intrekking_tables import bewaartermijn, vernietigd
from woo.registry.publiceren_tables import categorieveld, mededeling, publicatieplan


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
    """The document of a publicatie with this current file and destination; one that was not withdrawn goes first."""
    of = tables.document.c
    chosen = sa.select(tables.document).where(
        of.publicatie_id == sa.bindparam("publicatie_id"),
        of.bestand_digest == sa.bindparam("digest"),
        of.bestemming == sa.bindparam("bestemming"),
    )
    return chosen.order_by(of.ingetrokken_op.is_not(None), of.id).limit(1)


@cache
def destroyed() -> sa.Select[Any]:
    """The keyed digest (parameter `zegel`) of a destroyed file, where it is one."""
    return sa.select(vernietigd.c.zegel).where(vernietigd.c.zegel == sa.bindparam("zegel"))


@cache
def refused_row() -> sa.Select[Any]:
    """A row where the inventory of a publicatie (parameter `publicatie_id`) holds one whose document may not be public."""
    of = inventarisregel.c
    alone = sa.cast(of.bijzonderheden, sa.Text).contains(Bijzonderheid.ALLEEN_AAN_VERZOEKER.value)
    refused = sa.or_(of.beoordeling == Beoordeling.NIET_OPENBAAR.value, of.opgeschort.is_(True), alone)
    of_this = of.publicatie_id == sa.bindparam("publicatie_id")
    return sa.select(sa.literal(1)).where(of_this, refused).limit(1)


@cache
def shown_besluiten() -> sa.Select[Any]:
    """The decisions that a publicatie (parameter `publicatie_id`) shows, in the order of their date."""
    of = woobesluit.c
    chosen = sa.select(woobesluit).where(of.publicatie_id == sa.bindparam("publicatie_id"))
    return chosen.order_by(of.datum, of.deelbesluit, of.id)


@cache
def pages() -> sa.Select[Any]:
    of = tables.pagina.c
    return sa.select(tables.pagina).where(of.document_id == sa.bindparam("document_id")).order_by(of.nummer)


@cache
def relaties() -> sa.Select[Any]:
    """The relations of which a document (parameter `id`) is one end."""
    of = tables.relatie.c
    chosen = sa.select(tables.relatie).where(
        sa.or_(of.van_id == sa.bindparam("id"), of.naar_id == sa.bindparam("id"))
    )
    return chosen.order_by(of.soort, of.van_id, of.naar_id)


@cache
def alike(bands: int, *, near: int, most: int) -> sa.Select[Any]:
    """Documents that share a band (parameters `band0`, `band1`, …) with a document (parameter `id`), and their fingerprint.

    Of each band only the `near` documents before and after it by id are looked at, so that a text in a million copies costs
    no more than one in a hundred; of those the `most` that share most bands. What was withdrawn is left out.
    """
    own: sa.BindParameter[str] = sa.bindparam("id")
    of = tables.vingerafdrukband.c
    parts = []
    for band in range(bands):
        same = sa.and_(of.band == band, of.waarde == sa.bindparam(f"band{band}"))
        for side, order in (
            (of.document_id < own, of.document_id.desc()),
            (of.document_id > own, of.document_id),
        ):
            some = sa.select(of.document_id).where(same, side).order_by(order).limit(near).subquery()
            parts.append(sa.select(some.c.document_id))
    found = sa.union_all(*parts).subquery()
    shared = sa.func.count().label("shared")
    counted = sa.select(found.c.document_id, shared).group_by(found.c.document_id).subquery()
    values, document = tables.vingerafdruk, tables.document
    return (
        sa.select(counted.c.document_id, values.c.waarden)
        .join(values, values.c.document_id == counted.c.document_id)
        .join(document, document.c.id == counted.c.document_id)
        .where(document.c.ingetrokken_op.is_(None))
        .order_by(counted.c.shared.desc(), counted.c.document_id)
        .limit(most)
    )


@cache
def vingerafdruk() -> sa.Select[Any]:
    of = tables.vingerafdruk.c
    return sa.select(of.waarden).where(of.document_id == sa.bindparam("id"))


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


@cache
def page_of(table: sa.Table, *, of_publicatie: bool, after: bool) -> sa.Select[Any]:
    """A page of rows by id (parameter `limit`): of one publicatie (`publicatie_id`) or all, above an id (`after`) or the first."""
    chosen = sa.select(table)
    if of_publicatie:
        chosen = chosen.where(table.c.publicatie_id == sa.bindparam("publicatie_id"))
    if after:
        chosen = chosen.where(table.c.id > sa.bindparam("after"))
    return chosen.order_by(table.c.id).limit(sa.bindparam("limit", type_=sa.Integer))


@cache
def contact() -> sa.Select[Any]:
    """The contact of an object (parameters `soort` and `object_id`)."""
    of = contactpersoon.c
    chosen = sa.select(contactpersoon).where(of.soort == sa.bindparam("soort"))
    return chosen.where(of.object_id == sa.bindparam("object_id"))


@cache
def withdrawn_documents() -> sa.Select[Any]:
    """The ids of the documents of a publicatie (parameter `publicatie_id`) withdrawn since a moment (`since`)."""
    of = tables.document.c
    of_this = of.publicatie_id == sa.bindparam("publicatie_id")
    return sa.select(of.id).where(of_this, of.ingetrokken_op >= sa.bindparam("since"))


@cache
def regels() -> sa.Select[Any]:
    """The inventory of a publicatie (parameter `publicatie_id`) in the order of the list."""
    of = inventarisregel.c
    chosen = sa.select(inventarisregel).where(of.publicatie_id == sa.bindparam("publicatie_id"))
    return chosen.order_by(of.volgorde)


@cache
def regels_by() -> sa.Select[Any]:
    """Rows of an inventory (parameter `publicatie_id`) by their number (`nummers`) or name (`namen`), in the order of the list."""
    of = inventarisregel.c
    chosen = sa.select(inventarisregel).where(
        of.publicatie_id == sa.bindparam("publicatie_id"),
        sa.or_(
            of.nummersleutel.in_(sa.bindparam("nummers", expanding=True)),
            of.naamsleutel.in_(sa.bindparam("namen", expanding=True)),
        ),
    )
    return chosen.order_by(of.volgorde)


@cache
def sleutels() -> sa.Select[Any]:
    """The keys of the inventory of a publicatie (parameter `publicatie_id`) in the order of the list."""
    of = inventarisregel.c
    chosen = sa.select(of.sleutel).where(of.publicatie_id == sa.bindparam("publicatie_id"))
    return chosen.order_by(of.volgorde)


@cache
def velden() -> sa.Select[Any]:
    """The fields of the categories of a publicatie (parameter `publicatie_id`), by name."""
    of = categorieveld.c
    chosen = sa.select(of.veld, of.waarde).where(of.publicatie_id == sa.bindparam("publicatie_id"))
    return chosen.order_by(of.veld)


@cache
def of_this_publicatie(which: str) -> sa.Select[Any]:
    """What a publicatie (parameter `publicatie_id`) has one of: its `plan`, its `mededeling` or its `bewaartermijn`."""
    table = {"plan": publicatieplan, "mededeling": mededeling, "bewaartermijn": bewaartermijn}[which]
    return sa.select(table).where(table.c.publicatie_id == sa.bindparam("publicatie_id"))
