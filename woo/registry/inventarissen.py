"""Finds the inventories of publicaties with how far each is: rows, what is left over, what waits to be taken over, the last import."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from woo.domain.events import Actie
from woo.domain.inventaris import Beoordeling
from woo.domain.inventarisvoorstel import Rijsoort
from woo.domain.publicatie import Publicatie
from woo.registry import mapping
from woo.registry.dossier_tables import inventarisregel
from woo.registry.finding import Plaats
from woo.registry.tables import document, logregel, publicatie
from woo.registry.voorstel_tables import inventarisvoorstel

_TO_SHOW = (Beoordeling.OPENBAAR.value, Beoordeling.DEELS_OPENBAAR.value)


@dataclass(frozen=True, slots=True)
class Inventarisstand:
    """How one inventory is.

    Attributes:
        regels: Its rows.
        zonder_document: Rows that say that something is public, wholly or in part, and have no document.
        zonder_regel: Documents, not withdrawn, that no row is about and that should have one (`has_row`).
        voorstellen: Lists that were compared and wait to be taken over.
        foutrijen: Rows with errors in these.
        overgenomen_op: When a list was taken over last; None where none was.
    """

    publicatie: Publicatie
    regels: int
    zonder_document: int
    zonder_regel: int
    voorstellen: int
    foutrijen: int
    overgenomen_op: datetime | None


def standen(
    connection: Connection,
    *,
    organisaties: Collection[str] | None,
    now: datetime,
    after: Plaats | None = None,
    limit: int = 100,
) -> list[Inventarisstand]:
    """The inventories of these organisations (None: of every one), of what was changed last first.

    A publicatie has one when it has rows, or a list that waits to be taken over.
    """
    found = _publicaties(connection, organisaties, now, after, limit)
    ids = [each.id for each in found]
    of = inventarisregel.c
    rows = _counted(connection, of.publicatie_id, sa.true(), ids)
    lacking = sa.and_(of.document_id.is_(None), of.beoordeling.in_(_TO_SHOW))
    without = _counted(connection, of.publicatie_id, lacking, ids)
    linked = sa.select(sa.literal(1)).where(of.document_id == document.c.id)
    loose = sa.and_(document.c.ingetrokken_op.is_(None), document.c.rol.is_(None), ~linked.exists())
    documents = _counted(connection, document.c.publicatie_id, loose, ids)
    waiting, wrong = _proposals(connection, now, ids)
    imported = _imported(connection, ids)
    return [
        Inventarisstand(
            each,
            rows[each.id],
            without[each.id],
            documents[each.id],
            waiting[each.id],
            wrong[each.id],
            imported.get(each.id),
        )
        for each in found
    ]


def _publicaties(
    connection: Connection,
    organisaties: Collection[str] | None,
    now: datetime,
    after: Plaats | None,
    limit: int,
) -> list[Publicatie]:
    of = publicatie.c
    has_rows = sa.select(sa.literal(1)).where(inventarisregel.c.publicatie_id == of.id).exists()
    has_list = (
        sa.select(sa.literal(1)).where(_is_open(now), inventarisvoorstel.c.publicatie_id == of.id).exists()
    )
    chosen = sa.select(publicatie).where(sa.or_(has_rows, has_list))
    if organisaties is not None:
        chosen = chosen.where(of.publisher.in_(sorted(organisaties)))
    if after is not None:
        same = sa.and_(of.gewijzigd_op == after.gewijzigd_op, of.id > after.id)
        chosen = chosen.where(sa.or_(of.gewijzigd_op < after.gewijzigd_op, same))
    rows = connection.execute(chosen.order_by(of.gewijzigd_op.desc(), of.id).limit(limit))
    return [mapping.to_publicatie(row) for row in rows]


def _is_open(now: datetime) -> sa.ColumnElement[bool]:
    of = inventarisvoorstel.c
    return sa.and_(of.overgenomen_op.is_(None), of.vervalt_op > now)


def _counted(
    connection: Connection, column: sa.Column[str], fits: sa.ColumnElement[bool], ids: Sequence[str]
) -> Counter[str]:
    chosen = sa.select(column, sa.func.count()).where(column.in_(ids), fits).group_by(column)
    return Counter({row[0]: row[1] for row in connection.execute(chosen)})


def _proposals(
    connection: Connection, now: datetime, ids: Sequence[str]
) -> tuple[Counter[str], Counter[str]]:
    """By publicatie how many lists wait, and how many of their rows have errors."""
    of = inventarisvoorstel.c
    waiting: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    chosen = sa.select(of.publicatie_id, of.tellingen).where(of.publicatie_id.in_(ids), _is_open(now))
    for row in connection.execute(chosen):
        waiting[row.publicatie_id] += 1
        wrong[row.publicatie_id] += int(row.tellingen.get(Rijsoort.FOUT.value, 0))
    return waiting, wrong


def _imported(connection: Connection, ids: Sequence[str]) -> dict[str, datetime]:
    """By publicatie when a list was taken over last, as the log tells."""
    of = logregel.c
    latest = sa.func.max(of.tijd, type_=of.tijd.type)
    chosen = sa.select(of.object_id, latest.label("op")).where(
        of.object_id.in_(ids), of.actie == Actie.INVENTARIS_IMPORTED.value
    )
    return {row.object_id: row.op for row in connection.execute(chosen.group_by(of.object_id))}
