"""Finds publicaties and documents for the desk: by words of titles, names and kenmerken, by status, and in the order of work."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from woo.domain.document import Document
from woo.domain.publicatie import Publicatie, Publicatiestatus
from woo.registry import mapping
from woo.registry.columns import Tekst
from woo.registry.dossier_tables import inventarisregel
from woo.registry.tables import document, publicatie

MOST_WORDS = 8
MOST_KIN = 200
"""Rows of an inventory that are looked at for one document."""

_ESCAPE = "\\"


@dataclass(frozen=True, slots=True)
class Zoekvraag:
    """Which publicaties are asked for; what is empty does not matter.

    Every word of `tekst` must be the id, or stand in a title, the kenmerk or the omschrijving of the publicatie, or in the
    title, kenmerk or file name of one of its documents; the case of ASCII letters does not matter. `jaar` is that of the
    first publication, or of making where there is none. `organisaties` are those whose publicaties may be seen; None
    means all.
    """

    tekst: str = ""
    status: Publicatiestatus | None = None
    categorie: str | None = None
    organisatie: str | None = None
    jaar: int | None = None
    organisaties: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Plaats:
    """Where a list by last change stopped."""

    gewijzigd_op: datetime
    id: str


def publicaties(
    connection: Connection, vraag: Zoekvraag, *, after: str | None = None, limit: int = 100
) -> list[Publicatie]:
    """The publicaties that were asked for, by id."""
    of = publicatie.c
    chosen = _chosen(sa.select(publicatie), vraag).order_by(of.id).limit(limit)
    if after is not None:
        chosen = chosen.where(of.id > after)
    return [mapping.to_publicatie(row) for row in connection.execute(chosen)]


def latest(
    connection: Connection, vraag: Zoekvraag, *, after: Plaats | None = None, limit: int = 100
) -> list[Publicatie]:
    """The publicaties that were asked for, the last changed first."""
    of = publicatie.c
    chosen = _chosen(sa.select(publicatie), vraag).order_by(of.gewijzigd_op.desc(), of.id).limit(limit)
    if after is not None:
        earlier = of.gewijzigd_op < after.gewijzigd_op
        same = sa.and_(of.gewijzigd_op == after.gewijzigd_op, of.id > after.id)
        chosen = chosen.where(sa.or_(earlier, same))
    return [mapping.to_publicatie(row) for row in connection.execute(chosen)]


def count(connection: Connection, vraag: Zoekvraag) -> int:
    """How many publicaties were asked for."""
    return int(connection.execute(_chosen(sa.select(sa.func.count(publicatie.c.id)), vraag)).scalar_one())


def documents_in_order(
    connection: Connection, publicatie_id: str, *, after: int = 0, limit: int = 100
) -> list[Document]:
    """The documents of a publicatie with a volgnummer above `after`, in the order in which they are shown."""
    of = document.c
    chosen = sa.select(document).where(of.publicatie_id == publicatie_id, of.volgnummer > after)
    rows = connection.execute(chosen.order_by(of.volgnummer).limit(limit))
    return [mapping.to_document(row) for row in rows]


def numbers(connection: Connection, publicatie_id: str) -> dict[str, int]:
    """The volgnummer of every document of a publicatie, by id, in order."""
    of = document.c
    chosen = sa.select(of.id, of.volgnummer).where(of.publicatie_id == publicatie_id).order_by(of.volgnummer)
    return {row.id: row.volgnummer for row in connection.execute(chosen)}


def kin(connection: Connection, publicatie_id: str, *, familie: str | None, draad: str | None) -> list[str]:
    """The ids of documents whose rows in the inventory of this publicatie have this familie, or this draad; in its order."""
    of = inventarisregel.c
    same = [column == value for column, value in ((of.familie, familie), (of.draad, draad)) if value]
    if not same:
        return []
    chosen = sa.select(of.document_id).where(
        of.publicatie_id == publicatie_id, of.document_id.is_not(None), sa.or_(*same)
    )
    found = connection.execute(chosen.order_by(of.volgorde).limit(MOST_KIN)).scalars()
    return list(dict.fromkeys(found))


def states(connection: Connection, publicatie_id: str) -> dict[str, int]:
    """How many documents of a publicatie stand at each leesstatus; those withdrawn as `ingetrokken`."""
    of = document.c
    state = sa.case((of.ingetrokken_op.is_not(None), "ingetrokken"), else_=of.leesstatus).label("state")
    chosen = sa.select(state, sa.func.count()).where(of.publicatie_id == publicatie_id).group_by(state)
    return {row[0]: row[1] for row in connection.execute(chosen)}


def _chosen(chosen: sa.Select[Any], vraag: Zoekvraag) -> sa.Select[Any]:
    of = publicatie.c
    if vraag.organisaties is not None:
        chosen = chosen.where(of.publisher.in_(sorted(vraag.organisaties)))
    if vraag.status is not None:
        chosen = chosen.where(of.status == vraag.status.value)
    if vraag.organisatie is not None:
        chosen = chosen.where(of.publisher == vraag.organisatie)
    if vraag.categorie is not None:
        codes = sa.cast(of.informatiecategorieen, Tekst)
        chosen = chosen.where(codes.like(_anywhere(f'"{vraag.categorie}"'), escape=_ESCAPE))
    if vraag.jaar is not None:
        day = sa.func.coalesce(of.eerste_publicatie, of.aangemaakt_op, type_=of.aangemaakt_op.type)
        first, next_ = (datetime(year, 1, 1, tzinfo=UTC) for year in (vraag.jaar, vraag.jaar + 1))
        chosen = chosen.where(day >= first, day < next_)
    for word in vraag.tekst.split()[:MOST_WORDS]:
        chosen = chosen.where(_holds(word))
    return chosen


def _holds(word: str) -> sa.ColumnElement[bool]:
    of, part = publicatie.c, document.c
    columns = (of.officiele_titel, of.verkorte_titel, of.kenmerk, of.omschrijving)
    inside = sa.select(sa.literal(1)).where(
        part.publicatie_id == of.id,
        sa.or_(*(like(column, word) for column in (part.officiele_titel, part.kenmerk, part.bestand_naam))),
    )
    return sa.or_(of.id == word, *(like(column, word) for column in columns), inside.exists())


def like(column: sa.Column[Any], word: str) -> sa.ColumnElement[bool]:
    """Whether this word stands in a column, also as part of a longer one; the case of ASCII letters does not matter."""
    return column.ilike(_anywhere(word), escape=_ESCAPE)


def _anywhere(text: str) -> str:
    for char in (_ESCAPE, "%", "_"):
        text = text.replace(char, _ESCAPE + char)
    return f"%{text}%"
