"""What belongs together at a source: which document names the publicatie, and what of that somebody here changed by hand."""

import json
from functools import cache
from typing import Any

import sqlalchemy as sa

from woo.domain.events import Actie
from woo.domain.oogst import Oogstitem
from woo.registry.oogst_basis import Lezend, Schrijvend
from woo.registry.oogst_items import to_item
from woo.registry.oogst_tables import oogstgroep, oogstitem
from woo.registry.tables import logregel


class GroepReading(Lezend):
    """What can be asked of one snapshot about groups of documents of a source."""

    def first_of(self, bron: str, groep: str) -> Oogstitem | None:
        """The document that a group is named after: one that is no part of another, the first of them."""
        row = self._connection.execute(_first(), {"bron": bron, "groep": groep}).first()
        return None if row is None else to_item(row)

    def naamgever(self, bron: str, groep: str) -> str | None:
        """The address of the document that a publicatie was named after; None where none is known, or it is gone there."""
        of, its = oogstgroep.c, oogstitem.c
        named = sa.and_(its.bron == of.bron, its.sleutel == of.sleutel)
        here = (its.weg.is_(False), its.vernietigd.is_(False))
        chosen = sa.select(of.sleutel).join(oogstitem, named).where(of.bron == bron, of.groep == groep, *here)
        found: str | None = self._connection.execute(chosen).scalar_one_or_none()
        return found

    def by_hand(self, publicatie_id: str) -> frozenset[str]:
        """The fields of a publicatie that people changed: the lines of the log about it that name no source."""
        of = logregel.c
        chosen = sa.select(of.details).where(
            of.object_id == publicatie_id, of.actie == Actie.PUBLICATIE_CHANGED.value
        )
        told: list[dict[str, Any]] = [json.loads(each) for each in self._connection.execute(chosen).scalars()]
        return frozenset(
            veld for details in told if "bron" not in details for veld in str(details["velden"]).split(",")
        )


class GroepWriting(GroepReading, Schrijvend):
    """The same inside a transaction, and its changes."""

    def note_naamgever(self, bron: str, groep: str, sleutel: str) -> None:
        """Keep which document the publicatie of a group is named after."""
        self._save(oogstgroep, [{"bron": bron, "groep": groep, "sleutel": sleutel}])


@cache
def _first() -> sa.Select[Any]:
    of = oogstitem.c
    group = (of.bron == sa.bindparam("bron"), of.groep == sa.bindparam("groep"))
    here = (of.weg.is_(False), of.vernietigd.is_(False), of.archief.is_(None))
    return sa.select(oogstitem).where(*group, *here).order_by(of.deel_van.is_not(None), of.volgorde).limit(1)
