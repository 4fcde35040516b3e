"""The feed of changes in the registry: the last change of each document; read from a snapshot, written in a transaction."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from woo.domain.document import Relatiesoort
from woo.domain.wijziging import PER_DEEL, Wijziging, Wijzigingstatus, deel_van
from woo.registry import statements
from woo.registry.records import Soort
from woo.registry.tables import document, getoond, relatie
from woo.registry.wijziging_tables import wijziging, wijzigingdeel, wijzigingeditie

_BATCH = 500
_WIJZIGING = tuple(each.name for each in fields(Wijziging))


@dataclass(frozen=True, slots=True)
class Wijzigingdeel:
    """One file: how many changes stand in it, the moment of the last of them; `vuil` as long as it must be written."""

    deel: int
    aantal: int
    vuil: bool
    laatst: datetime | None = None


class WijzigingReading:
    """What can be asked of one snapshot about the feed of changes."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def editie(self) -> str | None:
        """The present edition; None where no writer has begun one."""
        return self._connection.execute(sa.select(wijzigingeditie.c.editie)).scalar_one_or_none()

    def hoogste(self) -> int:
        """The highest number that was given; 0 without any."""
        return int(self._connection.execute(sa.select(sa.func.max(wijziging.c.nummer))).scalar_one() or 0)

    def van(self, document_ids: Sequence[str]) -> dict[str, Wijziging]:
        """The last change of these documents, by id, as far as there is one."""
        rows = self._of(sa.select(wijziging), wijziging.c.document_id, document_ids)
        return {row.document_id: _wijziging(row) for row in rows}

    def tells_of(self, publicatie_id: str) -> bool:
        """Whether anything is told of the documents of this publicatie."""
        chosen = sa.select(sa.literal(1)).where(wijziging.c.publicatie_id == publicatie_id).limit(1)
        return self._connection.execute(chosen).first() is not None

    def of_deel(self, deel: int) -> list[Wijziging]:
        """The changes that stand in this file, in the order of their numbers."""
        first = (deel - 1) * PER_DEEL
        of = wijziging.c
        chosen = sa.select(wijziging).where(of.nummer > first, of.nummer <= first + PER_DEEL)
        return [_wijziging(row) for row in self._connection.execute(chosen.order_by(of.nummer))]

    def delen(self, *, vuil: bool | None = None) -> list[Wijzigingdeel]:
        """Every file, or those that must (not) be written, in their order."""
        chosen = sa.select(wijzigingdeel).order_by(wijzigingdeel.c.deel)
        if vuil is not None:
            chosen = chosen.where(wijzigingdeel.c.vuil.is_(vuil))
        return [Wijzigingdeel(*row) for row in self._connection.execute(chosen)]

    def getoond(self, soort: Soort, ids: Sequence[str]) -> dict[str, str]:
        """The fingerprint of what the public store holds of each of these, by id; without those that it has not."""
        chosen = sa.select(getoond.c.id, getoond.c.vingerafdruk).where(getoond.c.soort == soort)
        return {row.id: row.vingerafdruk for row in self._of(chosen, getoond.c.id, ids)}

    def gehelen(self, publicatie_van: Mapping[str, str]) -> dict[str, list[str]]:
        """Of each of these documents, by id, what it is attached to, of the same publicatie and shown to the public.

        `publicatie_van` holds the documents, each with its publicatie.
        """
        of = relatie.c
        bijlagen = sa.select(of.naar_id, of.van_id).where(of.soort == Relatiesoort.HEEFT_BIJLAGE.value)
        pairs = [
            tuple(row) for row in self._of(bijlagen.order_by(of.van_id), of.naar_id, list(publicatie_van))
        ]
        wholes = sorted({van for _, van in pairs})
        shown = sa.select(document.c.id, document.c.publicatie_id).join(
            getoond, sa.and_(getoond.c.soort == "document", getoond.c.id == document.c.id)
        )
        of_whole = {row.id: row.publicatie_id for row in self._of(shown, document.c.id, wholes)}
        found: dict[str, list[str]] = {}
        for naar, van in pairs:
            if of_whole.get(van) == publicatie_van[naar]:
                found.setdefault(naar, []).append(van)
        return found

    def _of(
        self, chosen: sa.Select[Any], column: sa.ColumnElement[str], ids: Sequence[str]
    ) -> Iterator[Row[Any]]:
        for start in range(0, len(ids), _BATCH):
            yield from self._connection.execute(chosen.where(column.in_(ids[start : start + _BATCH])))


class WijzigingWriting(WijzigingReading):
    """What a transaction can change about the feed of changes."""

    def save(self, wijzigingen: Sequence[Wijziging]) -> None:
        """Put these changes in the place of the earlier ones of their documents."""
        self._save(wijziging, [_values(each) for each in wijzigingen])

    def forget(self, document_ids: Iterable[str]) -> None:
        """Let these documents be told again by a new number once they are shown, also where nothing about them changed.

        The public side does not hold them now: who was told of them meanwhile was told nothing.
        """
        ids = sorted(document_ids)
        for start in range(0, len(ids), _BATCH):
            these = wijziging.c.document_id.in_(ids[start : start + _BATCH])
            self._connection.execute(_forgotten().where(these))

    def touch(self, delen: Iterable[int]) -> None:
        """Count these files again; they must be written."""
        self._save(wijzigingdeel, [asdict(self._counted(deel)) for deel in sorted(set(delen))])

    def note_written(self, delen: Sequence[Wijzigingdeel]) -> None:
        """These files were written as they are told here; one with nothing in it is no more."""
        self._save(wijzigingdeel, [asdict(each) for each in delen if each.aantal])
        for each in delen:
            if not each.aantal:
                self._connection.execute(wijzigingdeel.delete().where(wijzigingdeel.c.deel == each.deel))

    def begin(self, editie: str, now: datetime) -> None:
        """Begin another edition: cursors of the one before are worth nothing any more, and every file is to be written.

        Without one before, nothing is known to be shown: see `forget`.
        """
        if self.editie() is None:
            self._connection.execute(_forgotten())
        self._connection.execute(wijzigingeditie.delete())
        self._connection.execute(wijzigingeditie.insert(), {"editie": editie, "begonnen_op": now})
        known = {each.deel for each in self.delen()}
        self.touch(known | set(range(1, deel_van(max(self.hoogste(), 1)) + 1)))

    def _counted(self, deel: int) -> Wijzigingdeel:
        first = (deel - 1) * PER_DEEL
        of = wijziging.c
        counted = sa.select(sa.func.count(), sa.func.max(of.op)).where(
            of.nummer > first, of.nummer <= first + PER_DEEL
        )
        aantal, laatst = self._connection.execute(counted).one()
        return Wijzigingdeel(deel, aantal, vuil=True, laatst=laatst)

    def _save(self, table: sa.Table, rows: list[dict[str, Any]]) -> None:
        if rows:
            self._connection.execute(statements.save_row(self._connection.dialect.name, table), rows)


def _forgotten() -> sa.Update:
    openbaar = wijziging.c.status == Wijzigingstatus.OPENBAAR.value
    return wijziging.update().where(openbaar).values(vingerafdruk="")


def _values(each: Wijziging) -> dict[str, Any]:
    return {name: getattr(each, name) for name in _WIJZIGING} | {"status": each.status.value}


def _wijziging(row: Row[Any]) -> Wijziging:
    values = dict(row._mapping)
    return Wijziging(**{**values, "status": Wijzigingstatus(values["status"])})
