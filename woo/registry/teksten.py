"""Finds words in the text of documents that are not public yet: in those of concepts that were changed last, up to a limit."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from woo.domain.document import Document
from woo.domain.publicatie import Publicatie, Publicatiestatus
from woo.registry import mapping
from woo.registry.finding import MOST_WORDS, like
from woo.registry.tables import document, pagina, publicatie

MOST_DOCUMENTS = 2_000
"""Documents of which the text is looked at; the other ones were changed longer ago."""


@dataclass(frozen=True, slots=True)
class Vondst:
    """One document in which every word stands on one page: the first such page, its text, and how many such pages there are."""

    document: Document
    publicatie: Publicatie
    pagina: int
    tekst: str
    paginas: int


@dataclass(frozen=True, slots=True)
class Vondsten:
    """What was found; `afgekapt` when there is more to find, `gezocht` in how many documents, `alles` when those were all."""

    vondsten: tuple[Vondst, ...]
    afgekapt: bool
    gezocht: int
    alles: bool


def in_concepts(
    connection: Connection, woorden: str, *, organisaties: Collection[str] | None, limit: int = 20
) -> Vondsten:
    """The documents of concepts with a page on which every word of this text stands, the last changed first.

    The case of ASCII letters does not matter; a word also counts as part of a longer one. What was withdrawn, or has no text, is
    not found. `organisaties` are those whose concepts may be seen; None means all.
    """
    ids, whole = _candidates(connection, organisaties)
    words = woorden.split()[:MOST_WORDS]
    if not words or not ids:
        return Vondsten((), afgekapt=False, gezocht=len(ids), alles=whole)
    of = pagina.c
    fits = sa.and_(*(like(of.tekst, word) for word in words))
    first = sa.func.min(of.nummer).label("nummer")
    chosen = (
        sa.select(of.document_id, first, sa.func.count().label("paginas"))
        .where(of.document_id.in_(ids), fits)
        .group_by(of.document_id)
    )
    found = {row.document_id: row for row in connection.execute(chosen)}
    order = [id for id in ids if id in found]
    shown = [_found(connection, found[id]) for id in order[:limit]]
    return Vondsten(tuple(shown), afgekapt=len(order) > limit, gezocht=len(ids), alles=whole)


def _candidates(connection: Connection, organisaties: Collection[str] | None) -> tuple[list[str], bool]:
    of = document.c
    chosen = (
        sa.select(of.id)
        .join(publicatie, publicatie.c.id == of.publicatie_id)
        .where(publicatie.c.status == Publicatiestatus.CONCEPT.value, of.ingetrokken_op.is_(None))
        .order_by(of.gewijzigd_op.desc(), of.id)
        .limit(MOST_DOCUMENTS + 1)
    )
    if organisaties is not None:
        chosen = chosen.where(publicatie.c.publisher.in_(sorted(organisaties)))
    ids = list(connection.execute(chosen).scalars())
    return ids[:MOST_DOCUMENTS], len(ids) <= MOST_DOCUMENTS


def _found(connection: Connection, row: sa.engine.Row[Any]) -> Vondst:
    page = sa.select(pagina.c.tekst).where(
        pagina.c.document_id == row.document_id, pagina.c.nummer == row.nummer
    )
    tekst = connection.execute(page).scalar_one()
    found = connection.execute(sa.select(document).where(document.c.id == row.document_id)).one()
    of = connection.execute(sa.select(publicatie).where(publicatie.c.id == found.publicatie_id)).one()
    return Vondst(mapping.to_document(found), mapping.to_publicatie(of), row.nummer, tekst, row.paginas)
