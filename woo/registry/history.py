"""What the log tells of one publicatie and everything that belongs to it, the newest first."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from woo.domain.events import Actie
from woo.registry.dossier_tables import besluitprocedure, woobesluit
from woo.registry.tables import document, logregel

_OF_PUBLICATIE = (
    Actie.PUBLICATIE_PUBLISHED,
    Actie.PUBLICATIE_CHANGED,
    Actie.PUBLICATIE_WITHDRAWN,
    Actie.PUBLICATIE_RESTORED,
    Actie.INVENTARIS_IMPORTED,
)
_OF_DOCUMENT = (
    Actie.DOCUMENT_ADDED,
    Actie.DOCUMENT_CHANGED,
    Actie.DOCUMENT_REPLACED,
    Actie.DOCUMENT_WITHDRAWN,
    Actie.DOCUMENT_RELEASED,
    Actie.DOCUMENT_RESTORED,
)
_OF_VERZOEK = (Actie.VERZOEK_CHANGED,)
_OF_BESLUIT = (Actie.BESLUIT_REGISTERED, Actie.BESLUIT_CHANGED)
_OF_PROCEDURE = (Actie.PROCEDURE_REGISTERED, Actie.PROCEDURE_CHANGED)


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of the log without who did it: moment, action, object and details."""

    tijd: datetime
    actie: Actie
    object_id: str
    details: Mapping[str, Any]


def happened(connection: Connection, publicatie_id: str, *, since: datetime, limit: int) -> list[Happened]:
    """The lines from `since` on about this publicatie, its documents, and the decisions, procedures and requests it shows.

    Lines about reading a file, keys and log-ins are no part of it. At most `limit`, the newest first.
    """
    given = {"publicatie_id": publicatie_id, "since": since, "limit": limit}
    return [
        Happened(row.tijd, Actie(row.actie), row.object_id, json.loads(row.details))
        for row in connection.execute(_lines(), given)
    ]


@cache
def _lines() -> sa.Select[Any]:
    """Built once: it is asked for every publicatie that is shown."""
    publicatie_id: sa.BindParameter[str] = sa.bindparam("publicatie_id")
    since: sa.BindParameter[datetime] = sa.bindparam("since", type_=logregel.c.tijd.type)
    verzoeken = sa.select(woobesluit.c.verzoek_id).where(woobesluit.c.publicatie_id == publicatie_id)
    besluiten = sa.select(woobesluit.c.id).where(woobesluit.c.verzoek_id.in_(verzoeken))
    procedures = sa.select(besluitprocedure.c.id).where(besluitprocedure.c.besluit_id.in_(besluiten))
    documents = sa.select(document.c.id).where(document.c.publicatie_id == publicatie_id)
    of = logregel.c
    wanted = (
        sa.and_(of.object_id == publicatie_id, _is(_OF_PUBLICATIE)),
        sa.and_(of.object_id.in_(documents), _is(_OF_DOCUMENT)),
        sa.and_(of.object_id.in_(verzoeken), _is(_OF_VERZOEK)),
        sa.and_(of.object_id.in_(besluiten), _is(_OF_BESLUIT)),
        sa.and_(of.object_id.in_(procedures), _is(_OF_PROCEDURE)),
    )
    columns = (of.volgnummer, of.tijd, of.actie, of.object_id, of.details)
    each = sa.union_all(
        *(sa.select(*columns).where(condition, of.tijd >= since) for condition in wanted)
    ).subquery()
    chosen = sa.select(each).order_by(each.c.tijd.desc(), each.c.volgnummer.desc())
    return chosen.limit(sa.bindparam("limit", type_=sa.Integer))


def _is(acties: tuple[Actie, ...]) -> sa.ColumnElement[bool]:
    return logregel.c.actie.in_([actie.value for actie in acties])
