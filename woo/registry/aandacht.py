"""What went wrong or stayed behind, with the organisation that it is of: failed work, refused files, and the accounting of intake."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from woo.domain.document import Leesstatus
from woo.registry.counts import item_state, joined_items
from woo.registry.tables import document, item, job, publicatie

Organisaties = Collection[str] | None
"""Codes of organisations; None means every one, and also what is of none."""


@dataclass(frozen=True, slots=True)
class Mislukt:
    """One thing that a person has to look at: a job at rest, or a document whose file could not be read.

    `job_id` is None for a document that merely could not be read. `document_id` is None for work on a whole publicatie.
    """

    titel: str
    reden: str
    publicatie_id: str | None
    document_id: str | None
    job_id: int | None = None
    soort: str = ""


@dataclass(frozen=True, slots=True)
class Geweigerd:
    """One file that was not taken in: its path as it was found, its state and why."""

    pad: str
    staat: str
    reden: str
    gezien_op: datetime
    publicatie_id: str | None


@dataclass(frozen=True, slots=True)
class Verantwoording:
    """What became of everything that was taken in for one publicatie: a number per state, which add up to `gevonden`."""

    publicatie_id: str | None
    titel: str
    laatst: datetime
    gevonden: int
    staten: dict[str, int]


def resting(connection: Connection, organisaties: Organisaties, *, limit: int = 100) -> list[Mislukt]:
    """The jobs at rest, oldest first."""
    parent = publicatie.alias()
    joined = (
        job.outerjoin(document, document.c.id == job.c.object_id)
        .outerjoin(publicatie, publicatie.c.id == job.c.object_id)
        .outerjoin(parent, parent.c.id == document.c.publicatie_id)
    )
    publisher = sa.func.coalesce(publicatie.c.publisher, parent.c.publisher)
    titel = sa.func.coalesce(document.c.officiele_titel, publicatie.c.officiele_titel, job.c.object_id)
    chosen = (
        sa.select(
            job.c.id.label("job"),
            job.c.soort,
            job.c.error,
            document.c.id.label("document"),
            sa.func.coalesce(publicatie.c.id, parent.c.id).label("publicatie"),
            titel.label("titel"),
        )
        .select_from(joined)
        .where(job.c.resting.is_(True))
        .order_by(job.c.id)
        .limit(limit)
    )
    rows = connection.execute(_of(chosen, publisher, organisaties))
    return [
        Mislukt(row.titel, row.error or "", row.publicatie, row.document, row.job, row.soort) for row in rows
    ]


def unreadable(connection: Connection, organisaties: Organisaties, *, limit: int = 100) -> list[Mislukt]:
    """The documents whose file could not be read and which were not withdrawn, by id."""
    of = document.c
    chosen = (
        sa.select(of.id, of.officiele_titel, of.lees_reden, of.publicatie_id)
        .join(publicatie, publicatie.c.id == of.publicatie_id)
        .where(of.leesstatus == Leesstatus.QUARANTAINE.value, of.ingetrokken_op.is_(None))
        .order_by(of.id)
        .limit(limit)
    )
    rows = connection.execute(_of(chosen, publicatie.c.publisher, organisaties))
    return [Mislukt(row.officiele_titel, row.lees_reden or "", row.publicatie_id, row.id) for row in rows]


def refused(connection: Connection, organisaties: Organisaties, *, limit: int = 100) -> list[Geweigerd]:
    """The files that were not taken in, newest first."""
    of = item.c
    chosen = (
        sa.select(of.pad, of.staat, of.reden, of.gezien_op, of.publicatie_id)
        .outerjoin(publicatie, publicatie.c.id == of.publicatie_id)
        .where(of.staat.in_(("quarantined", "skipped")))
        .order_by(of.gezien_op.desc(), of.sleutel)
        .limit(limit)
    )
    rows = connection.execute(_of(chosen, publicatie.c.publisher, organisaties))
    return [Geweigerd(row.pad, row.staat, row.reden or "", row.gezien_op, row.publicatie_id) for row in rows]


def accounting(
    connection: Connection, organisaties: Organisaties, *, limit: int = 25
) -> list[Verantwoording]:
    """What became of what was taken in, per publicatie, the latest first."""
    last = sa.func.max(item.c.gezien_op).label("laatst")
    owner = publicatie.alias()
    newest = (
        sa.select(item.c.publicatie_id, owner.c.officiele_titel, last)
        .outerjoin(owner, owner.c.id == item.c.publicatie_id)
        .group_by(item.c.publicatie_id, owner.c.officiele_titel)
        .order_by(last.desc())
        .limit(limit)
    )
    found = connection.execute(_of(newest, owner.c.publisher, organisaties)).all()
    states = _states(connection, [row.publicatie_id for row in found])
    return [
        Verantwoording(
            row.publicatie_id,
            row.officiele_titel or "",
            row.laatst,
            sum(states[row.publicatie_id].values()),
            states[row.publicatie_id],
        )
        for row in found
    ]


def _states(connection: Connection, ids: Collection[str | None]) -> dict[str | None, dict[str, int]]:
    state = item_state().label("state")
    of = item.c.publicatie_id
    wanted: sa.ColumnElement[bool] = of.in_([id for id in ids if id is not None])
    if None in ids:
        wanted = sa.or_(wanted, of.is_(None))
    counted = sa.select(of, state, sa.func.count()).select_from(joined_items()).where(wanted)
    found: dict[str | None, dict[str, int]] = {id: {} for id in ids}
    for row in connection.execute(counted.group_by(of, state).order_by(state)):
        found[row[0]][row[1]] = row[2]
    return found


def _of(
    chosen: sa.Select[Any], publisher: sa.ColumnElement[Any], organisaties: Organisaties
) -> sa.Select[Any]:
    return chosen if organisaties is None else chosen.where(publisher.in_(sorted(organisaties)))
