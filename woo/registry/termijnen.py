"""Facts for the legal terms in the registry, and what their calendar and mail need of it."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from woo.domain.errors import NotFound
from woo.domain.procedure import Procedure
from woo.domain.termijnfeit import Termijnfeit
from woo.domain.termijnregel import Feitsoort
from woo.registry import dossier_mapping, statements
from woo.registry.dossier import Saving
from woo.registry.dossier_tables import besluitprocedure
from woo.registry.tables import logregel
from woo.registry.termijn_tables import termijnfeit

_BATCH = 500


class Bijgewerkt(NamedTuple):
    """How often the log tells of an object, and when it last did."""

    aantal: int
    laatst: datetime


class TermijnReading:
    """What can be asked of one snapshot about the legal terms."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def feit(self, id: str) -> Termijnfeit:
        """Raises NotFound."""
        row = self._connection.execute(sa.select(termijnfeit).where(termijnfeit.c.id == id)).first()
        if row is None:
            raise NotFound("termijnfeit", id)
        return _feit(row)

    def feiten(self, *, verzoek_id: str | None = None, publicatie_id: str | None = None) -> list[Termijnfeit]:
        """The noted facts of this request or publicatie, or all, in the order of their day."""
        of = termijnfeit.c
        chosen = sa.select(termijnfeit).order_by(of.op, of.id)
        if verzoek_id is not None:
            chosen = chosen.where(of.verzoek_id == verzoek_id)
        if publicatie_id is not None:
            chosen = chosen.where(of.publicatie_id == publicatie_id)
        return [_feit(row) for row in self._connection.execute(chosen)]

    def procedures(self) -> list[Procedure]:
        """Every objection and case, in the order in which they were lodged."""
        of = besluitprocedure.c
        rows = self._connection.execute(sa.select(besluitprocedure).order_by(of.datum, of.id))
        return [dossier_mapping.to_procedure(row) for row in rows]

    def bijgewerkt(self, object_ids: Sequence[str]) -> dict[str, Bijgewerkt]:
        """What the log tells of each of these objects; what it does not know is left out."""
        of, found = logregel.c, dict[str, Bijgewerkt]()
        for start in range(0, len(object_ids), _BATCH):
            some = object_ids[start : start + _BATCH]
            chosen = sa.select(of.object_id, sa.func.count(), sa.func.max(of.tijd)).where(
                of.object_id.in_(some)
            )
            for row in self._connection.execute(chosen.group_by(of.object_id)):
                found[row[0]] = Bijgewerkt(row[1], row[2])
        return found


class TermijnWriting(TermijnReading):
    """The same inside a transaction, and its changes; what a rule of the database refuses raises Refused."""

    def __init__(self, connection: Connection, saving: Saving) -> None:
        super().__init__(connection)
        self._saving = saving

    def save_feit(self, feit: Termijnfeit) -> None:
        """Insert it, or write all its fields over those of its row.

        Raises:
            Refused: the same fact about the same thing on the same day is there already.
        """
        values: dict[str, Any] = {**asdict(feit), "soort": feit.soort.value}
        with self._saving(f"termijnfeit {feit.id}"):
            self._connection.execute(statements.save_row(self._connection.dialect.name, termijnfeit), values)

    def remove_feit(self, id: str) -> None:
        """Take it away: it was noted by mistake. Raises NotFound."""
        done = self._connection.execute(termijnfeit.delete().where(termijnfeit.c.id == id))
        if done.rowcount == 0:
            raise NotFound("termijnfeit", id)


def _feit(row: Row[Any]) -> Termijnfeit:
    return Termijnfeit(
        id=row.id,
        soort=Feitsoort(row.soort),
        op=row.op,
        over=row.over,
        verzoek_id=row.verzoek_id,
        publicatie_id=row.publicatie_id,
        tot=row.tot,
    )
