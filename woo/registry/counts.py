"""Counting everything the registry holds, each item in exactly one state."""

from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from woo.domain.document import Leesstatus
from woo.domain.events import Jobsoort
from woo.domain.publicatie import Publicatiestatus
from woo.registry.eigen import ids_of
from woo.registry.records import EIGEN_STATEN, SOORTEN, Counts
from woo.registry.tables import document, getoond, item, job, publicatie

_FOLLOWED = ("indexed", "ready", "partial", "no_text", "withdrawn", "waiting")
_Member = TypeVar("_Member", bound=StrEnum)


def count_all(connection: Connection, organisaties: Collection[str] | None = None) -> Counts:
    """Count within one snapshot, everything or what is of these organisations (TOOI codes)."""

    def own(id: sa.Column[Any]) -> sa.ColumnElement[bool]:
        return sa.true() if organisaties is None else id.in_(ids_of(organisaties))

    shown = _per(connection, getoond.c.soort, own(getoond.c.id))
    waiting, of_own = job.c.resting.is_(False), own(job.c.object_id)
    return Counts(
        documenten=_members(Leesstatus, _per(connection, document.c.leesstatus, own(document.c.id))),
        publicaties=_members(Publicatiestatus, _per(connection, publicatie.c.status, own(publicatie.c.id))),
        shown={soort: shown.get(soort, 0) for soort in SOORTEN},
        items=_complete((*_FOLLOWED, *EIGEN_STATEN), _items(connection, own(item.c.publicatie_id))),
        jobs_waiting=_members(Jobsoort, _per(connection, job.c.soort, waiting, of_own)),
        jobs_resting=_members(Jobsoort, _per(connection, job.c.soort, sa.not_(waiting), of_own)),
        leesbaarheid=_readability(connection, own(document.c.id)),
    )


def _readability(connection: Connection, own: sa.ColumnElement[bool]) -> dict[str, int]:
    of = document.c
    hard = sa.case((of.onleesbaar + of.onzeker > 0, 1), else_=0)
    summed = {"paginas": of.paginas, "onleesbaar": of.onleesbaar, "onzeker": of.onzeker, "documenten": hard}
    chosen = sa.select(*(sa.func.sum(column).label(name) for name, column in summed.items()))
    [row] = connection.execute(chosen.where(of.ingetrokken_op.is_(None), own))
    return {name: int(value or 0) for name, value in zip(summed, row, strict=True)}


def item_state() -> sa.ColumnElement[str]:
    """The one state of an item: its own, or else that of its document (over `joined_items`)."""
    followed = sa.case(
        (document.c.id.is_(None), "waiting"),
        (
            sa.or_(document.c.ingetrokken_op.is_not(None), publicatie.c.ingetrokken_op.is_not(None)),
            "withdrawn",
        ),
        (document.c.leesstatus == Leesstatus.WACHT.value, "waiting"),
        (document.c.leesstatus == Leesstatus.QUARANTAINE.value, "quarantined"),
        (document.c.leesstatus == Leesstatus.OVERGESLAGEN.value, "skipped"),
        (document.c.leesstatus == Leesstatus.GEEN_TEKST.value, "no_text"),
        (document.c.leesstatus == Leesstatus.DEELS.value, "partial"),
        (getoond.c.id.is_not(None), "indexed"),
        else_="ready",
    )
    return sa.func.coalesce(item.c.staat, followed)


def joined_items() -> sa.FromClause:
    """Items beside their document, its publicatie, and whether it is shown."""
    return (
        item.outerjoin(document, document.c.id == item.c.document_id)
        .outerjoin(publicatie, publicatie.c.id == document.c.publicatie_id)
        .outerjoin(getoond, sa.and_(getoond.c.soort == "document", getoond.c.id == document.c.id))
    )


def _items(connection: Connection, own: sa.ColumnElement[bool]) -> dict[str, int]:
    state = item_state().label("state")
    grouped = sa.select(state, sa.func.count()).select_from(joined_items()).where(own).group_by(state)
    return {row[0]: row[1] for row in connection.execute(grouped)}


def _per(connection: Connection, column: sa.Column[Any], *where: sa.ColumnElement[bool]) -> dict[str, int]:
    grouped = sa.select(column, sa.func.count()).where(*where).group_by(column)
    return {row[0]: row[1] for row in connection.execute(grouped)}


def _members(kind: type[_Member], found: Mapping[str, int]) -> dict[_Member, int]:
    return {member: found.get(member.value, 0) for member in kind}


def _complete(names: Iterable[str], found: Mapping[str, int]) -> dict[str, int]:
    return dict.fromkeys(names, 0) | dict(found)
