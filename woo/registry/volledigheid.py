"""How well what is public was published: documents with each piece of metadata, pages with text, scans, by organisation."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from woo.domain.oogst import Oogstuitkomst
from woo.domain.publicatie import Publicatiestatus
from woo.registry.oogst_tables import oogstitem, oogstrun
from woo.registry.tables import document, getoond, publicatie

_PUBLIC = publicatie.c.status == Publicatiestatus.GEPUBLICEERD.value
_FIELDS = {
    "creatiedatum": document.c.creatiedatum,
    "documentsoort": document.c.documentsoort,
    "taal": document.c.taal,
    "omschrijving": sa.func.coalesce(document.c.omschrijving, publicatie.c.omschrijving),
    "kenmerk": sa.func.coalesce(document.c.kenmerk, publicatie.c.kenmerk),
}


@dataclass(frozen=True, slots=True)
class Volledigheid:
    """What the public side shows of one organisation.

    `gevuld` counts the documents that have a value, by field; a document also has the omschrijving and kenmerk of its
    publicatie. `gescand` counts those of which (a part of) the text had to be recognised.
    """

    documenten: int
    paginas: int
    onleesbaar: int
    gescand: int
    gevuld: Mapping[str, int]


def completeness(connection: Connection) -> dict[str, Volledigheid]:
    """How well it was published, by the code of the organisation; one without documents is not in it."""
    of = document.c
    filled = [sa.func.sum(_one_if(column.is_not(None))).label(naam) for naam, column in _FIELDS.items()]
    chosen = (
        sa.select(
            publicatie.c.publisher,
            sa.func.count().label("documenten"),
            sa.func.sum(of.paginas).label("paginas"),
            sa.func.sum(of.onleesbaar).label("onleesbaar"),
            sa.func.sum(_one_if(of.tekstbron.like("%ocr%"))).label("gescand"),
            *filled,
        )
        .select_from(document)
        .join(publicatie, publicatie.c.id == of.publicatie_id)
        .join(getoond, sa.and_(getoond.c.soort == "document", getoond.c.id == of.id))
        .where(_PUBLIC, of.ingetrokken_op.is_(None))
        .group_by(publicatie.c.publisher)
    )
    return {
        row.publisher: Volledigheid(
            row.documenten,
            int(row.paginas or 0),
            int(row.onleesbaar or 0),
            int(row.gescand or 0),
            {naam: int(getattr(row, naam) or 0) for naam in _FIELDS},
        )
        for row in connection.execute(chosen)
    }


def last_published(connection: Connection) -> dict[str, datetime]:
    """When an organisation last made something public here for the first time, by its code."""
    of = publicatie.c
    chosen = sa.select(of.publisher, sa.func.max(of.eerste_publicatie)).where(_PUBLIC).group_by(of.publisher)
    return {row[0]: row[1] for row in connection.execute(chosen)}


def last_harvested(connection: Connection) -> dict[str, datetime]:
    """When a source was last seen whole, by the code of each organisation of which public documents came from it."""
    whole = (
        sa.select(oogstrun.c.bron, sa.func.max(oogstrun.c.geeindigd_op).label("op"))
        .where(oogstrun.c.uitkomst == Oogstuitkomst.VOLLEDIG.value)
        .group_by(oogstrun.c.bron)
        .subquery()
    )
    chosen = (
        sa.select(publicatie.c.publisher, sa.func.max(whole.c.op, type_=oogstrun.c.geeindigd_op.type))
        .select_from(oogstitem)
        .join(whole, whole.c.bron == oogstitem.c.bron)
        .join(document, document.c.id == oogstitem.c.document_id)
        .join(publicatie, publicatie.c.id == document.c.publicatie_id)
        .where(_PUBLIC)
        .group_by(publicatie.c.publisher)
    )
    return {row[0]: row[1] for row in connection.execute(chosen)}


def _one_if(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.case((condition, 1), else_=0)
