"""Which documents were read by which version of a reader: what `woo reextract` asks."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from woo.domain.document import Leesstatus
from woo.registry.tables import document, publicatie


def extractors(connection: Connection, mimes: Sequence[str]) -> list[str | None]:
    """The versions that read files of these types; None for what no version is known of."""
    of = document.c
    chosen = sa.select(of.extractor).distinct().where(of.bestand_mime.in_(mimes)).order_by(of.extractor)
    return list(connection.execute(chosen).scalars())


def read_by(
    connection: Connection,
    mimes: Sequence[str],
    versions: Collection[str | None],
    *,
    after: str | None,
    limit: int,
) -> list[str]:
    """The ids of documents of these types that these versions read, in order."""
    of = document.c
    by: sa.ColumnElement[bool] = of.extractor.in_([version for version in versions if version is not None])
    if None in versions:
        by = sa.or_(by, of.extractor.is_(None))
    chosen = (
        sa.select(of.id)
        .join(publicatie, publicatie.c.id == of.publicatie_id)
        .where(of.bestand_mime.in_(mimes), by, of.leesstatus != Leesstatus.WACHT.value)
        .where(of.ingetrokken_op.is_(None), publicatie.c.ingetrokken_op.is_(None))
    )
    if after is not None:
        chosen = chosen.where(of.id > after)
    return list(connection.execute(chosen.order_by(of.id).limit(limit)).scalars())
