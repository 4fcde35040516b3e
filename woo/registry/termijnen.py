"""Facts for the legal terms in the registry, and what their calendar needs of it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from woo.domain.dossierfeiten import Termijndossier, Zienswijzetermijn
from woo.domain.errors import NotFound
from woo.domain.publicatie import Publicatiestatus
from woo.domain.termijnfeit import Termijnfeit
from woo.domain.termijnregel import Feitsoort
from woo.registry import statements
from woo.registry.betrokkenen_tables import belanghebbende
from woo.registry.dossier import Saving
from woo.registry.dossier_mapping import to_besluit, to_procedure, to_verzoek
from woo.registry.dossier_tables import besluitprocedure, woobesluit, wooverzoek
from woo.registry.tables import document, logregel, publicatie
from woo.registry.termijn_tables import termijnfeit

_BATCH = 500
_Made = TypeVar("_Made")


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

    def feiten(self, *, publicatie_id: str | None = None) -> list[Termijnfeit]:
        """The noted facts of this publicatie, or all, in the order of their day."""
        chosen = _feiten()
        if publicatie_id is not None:
            chosen = chosen.where(termijnfeit.c.publicatie_id == publicatie_id)
        return [_feit(row) for row in self._connection.execute(chosen)]

    def dossier(self, verzoek_id: str) -> Termijndossier:
        """Everything of one request that has to do with its terms; raises NotFound."""
        found = next(self.dossiers(verzoek_id), None)
        if found is None:
            raise NotFound("wooverzoek", verzoek_id)
        return found

    def dossiers(self, verzoek_id: str | None = None) -> Iterator[Termijndossier]:
        """The same of every request, in the order in which they came in; five questions whatever their number."""
        besluiten = self._per_verzoek(_besluiten(), woobesluit.c.verzoek_id, verzoek_id, to_besluit)
        procedures = self._per_verzoek(_procedures(), woobesluit.c.verzoek_id, verzoek_id, to_procedure)
        feiten = self._per_verzoek(_feiten(), termijnfeit.c.verzoek_id, verzoek_id, _feit)
        zienswijzen = self._per_verzoek(_asked(), belanghebbende.c.verzoek_id, verzoek_id, _zienswijze)
        chosen = sa.select(wooverzoek).order_by(wooverzoek.c.ontvangen_op, wooverzoek.c.id)
        if verzoek_id is not None:
            chosen = chosen.where(wooverzoek.c.id == verzoek_id)
        for row in self._connection.execute(chosen):
            yield Termijndossier(
                to_verzoek(row),
                besluiten.get(row.id, ()),
                procedures.get(row.id, ()),
                feiten.get(row.id, ()),
                zienswijzen.get(row.id, ()),
            )

    def _per_verzoek(
        self,
        chosen: sa.Select[Any],
        column: sa.ColumnElement[Any],
        verzoek_id: str | None,
        made: Callable[[Row[Any]], _Made],
    ) -> dict[str, list[_Made]]:
        """What these rows are, by the id of their request; of one request where it is named."""
        found: dict[str, list[_Made]] = {}
        if verzoek_id is not None:
            chosen = chosen.where(column == verzoek_id)
        for row in self._connection.execute(chosen):
            found.setdefault(row.verzoek_id, []).append(made(row))
        return found

    def paginas(self) -> dict[str, int]:
        """How many pages each published publicatie has in documents that were not withdrawn."""
        of = document.c
        chosen = (
            sa.select(of.publicatie_id, sa.func.sum(of.paginas))
            .join(publicatie, publicatie.c.id == of.publicatie_id)
            .where(publicatie.c.status == Publicatiestatus.GEPUBLICEERD.value, of.ingetrokken_op.is_(None))
            .group_by(of.publicatie_id)
        )
        return {row[0]: int(row[1] or 0) for row in self._connection.execute(chosen)}

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


def _besluiten() -> sa.Select[Any]:
    of = woobesluit.c
    return sa.select(woobesluit).order_by(of.datum, of.deelbesluit, of.id)


def _procedures() -> sa.Select[Any]:
    of = besluitprocedure.c
    chosen = sa.select(besluitprocedure, woobesluit.c.verzoek_id)
    return chosen.join(woobesluit, woobesluit.c.id == of.besluit_id).order_by(of.datum, of.id)


def _feiten() -> sa.Select[Any]:
    return sa.select(termijnfeit).order_by(termijnfeit.c.op, termijnfeit.c.id)


def _asked() -> sa.Select[Any]:
    """Third parties who were given a day to answer: nothing of who they are."""
    of = belanghebbende.c
    wanted = (of.id, of.verzoek_id, of.gevraagd_op, of.reageren_voor, of.gereageerd_op, of.reactie)
    chosen = sa.select(*wanted).where(of.gevraagd_op.is_not(None), of.reageren_voor.is_not(None))
    return chosen.order_by(of.verzoek_id, of.nummer)


def _zienswijze(row: Row[Any]) -> Zienswijzetermijn:
    done = row.gereageerd_op or (None if row.reactie is None else row.reageren_voor)
    return Zienswijzetermijn(row.id, row.verzoek_id, row.gevraagd_op, row.reageren_voor, done)
