"""Finding lines of the log: by who, what, outcome, origin and period, of all or of some organisations."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from woo.domain.events import Actie
from woo.registry.eigen import ids_of
from woo.registry.tables import logregel, persoonsgegeven

_BATCH = 500


@dataclass(frozen=True, slots=True)
class Logvraag:
    """What lines are asked for; what is None does not matter, and all that is given must hold.

    `wie` is a part of a name or the whole id of an account or key; `herkomst` a part of an origin; `van` and `tot` are
    moments (from, and up to but without). `organisaties` limits it to objects of these and is not the user's to give, nor
    is `zonder`, the actions that are left out.
    """

    wie: str | None = None
    herkomst: str | None = None
    object_soort: str | None = None
    object_id: str | None = None
    actie: Actie | None = None
    uitkomst: str | None = None
    van: datetime | None = None
    tot: datetime | None = None
    organisaties: frozenset[str] | None = None
    zonder: tuple[Actie, ...] = ()


def chosen_lines(vraag: Logvraag) -> sa.ColumnElement[bool]:
    """The condition on `logregel` that a question is."""
    of = logregel.c
    parts: list[sa.ColumnElement[bool]] = [sa.true()]
    if vraag.wie is not None:
        parts.append(sa.or_(of.account == vraag.wie, of.actor.in_(_named(vraag.wie))))
    if vraag.herkomst is not None:
        parts.append(of.herkomst.in_(_named(vraag.herkomst)))
    for column, value in (
        (of.object_soort, vraag.object_soort),
        (of.object_id, vraag.object_id),
        (of.actie, vraag.actie),
        (of.uitkomst, vraag.uitkomst),
    ):
        if value is not None:
            parts.append(column == value)
    if vraag.van is not None:
        parts.append(of.tijd >= vraag.van)
    if vraag.tot is not None:
        parts.append(of.tijd < vraag.tot)
    if vraag.zonder:
        parts.append(of.actie.not_in([actie.value for actie in vraag.zonder]))
    if vraag.organisaties is not None:
        parts.append(of.object_id.in_(ids_of(vraag.organisaties)))
    return sa.and_(*parts)


def _named(part: str) -> sa.Select[Any]:
    of = persoonsgegeven.c
    return sa.select(of.digest).where(of.waarde.icontains(part, autoescape=True))


def texts(connection: Connection, digests: Collection[str]) -> dict[str, str]:
    """The readable form of these digests, of those that were not erased."""
    found: dict[str, str] = {}
    listed = sorted(set(digests))
    of = persoonsgegeven.c
    for start in range(0, len(listed), _BATCH):
        chosen = sa.select(of.digest, of.waarde).where(of.digest.in_(listed[start : start + _BATCH]))
        found |= {row.digest: row.waarde for row in connection.execute(chosen)}
    return found


def done_since(
    connection: Connection, object_id: str, actie: Actie, *, actor: str, account: str | None, since: datetime
) -> bool:
    """Whether this actor (digest of the name, and account) has such a line about this object from this moment on."""
    of = logregel.c
    chosen = sa.select(sa.literal(1)).where(
        of.object_id == object_id,
        of.actie == actie,
        of.actor == actor,
        of.account.is_not_distinct_from(account),
        of.tijd >= since,
    )
    return connection.execute(chosen.limit(1)).first() is not None


def last_changer(connection: Connection, object_id: str) -> str | None:
    """The name of who wrote the last line about this object that was done; None where there is none, or it was erased."""
    of = logregel.c
    chosen = (
        sa.select(persoonsgegeven.c.waarde)
        .select_from(logregel.outerjoin(persoonsgegeven, persoonsgegeven.c.digest == of.actor))
        .where(of.object_id == object_id, of.uitkomst == "ok", of.actie != Actie.CONCEPT_GELEZEN)
        .order_by(of.volgnummer.desc())
        .limit(1)
    )
    name: str | None = connection.execute(chosen).scalar()
    return name
