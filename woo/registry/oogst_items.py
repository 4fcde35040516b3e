"""What each source offers, and every answer of a site, in the registry; read from a snapshot, written in a transaction."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Row

from woo.domain.oogst import Oogstitem, Taaksoort, Verschil, same_as
from woo.registry.oogst_basis import Lezend, Schrijvend
from woo.registry.oogst_tables import oogstantwoord, oogstitem

_BATCH = 500
_GONE_IS_KNOWN = oogstitem.c.weg.is_(False)
_OFFERED = oogstitem.c.archief.is_(None)
"""What the source itself names: members of its archives go with those."""
_HERE = sa.or_(oogstitem.c.document_id.is_not(None), oogstitem.c.leden.is_not(None))


class ItemReading(Lezend):
    """What can be asked of one snapshot about documents of sources."""

    def unfinished(self, bron: str, run_id: str, *, after: str = "", limit: int = _BATCH) -> list[Oogstitem]:
        """What is at this source and was not taken over as it is there, as far as the run did not see it; by address."""
        of = oogstitem.c
        chosen = sa.select(oogstitem).where(
            of.bron == bron,
            of.sleutel > after,
            of.gezien_run.is_distinct_from(run_id),
            of.toegepast.is_distinct_from(of.vorm),
            _GONE_IS_KNOWN,
            _OFFERED,
        )
        return [to_item(row) for row in self._connection.execute(chosen.order_by(of.sleutel).limit(limit))]

    def item(self, bron: str, sleutel: str) -> Oogstitem | None:
        """One document of a source."""
        return next(iter(self.items(bron, [sleutel])), None)

    def items(self, bron: str, sleutels: Sequence[str]) -> list[Oogstitem]:
        """These documents of a source, as far as they are known, in no order."""
        found: list[Oogstitem] = []
        for start in range(0, len(sleutels), _BATCH):
            chosen = sa.select(oogstitem).where(
                oogstitem.c.bron == bron, oogstitem.c.sleutel.in_(sleutels[start : start + _BATCH])
            )
            found += [to_item(row) for row in self._connection.execute(chosen)]
        return found

    def with_task(
        self, bron: str, taken: Collection[Taaksoort], *, after: Oogstitem | None = None, limit: int = _BATCH
    ) -> list[Oogstitem]:
        """Documents of a source for which one of these is to be done, in their order; `after` is the last of the list before."""
        of = oogstitem.c
        chosen = sa.select(oogstitem).where(of.bron == bron, of.taak.in_([each.value for each in taken]))
        if after is not None:
            same = sa.and_(of.volgorde == after.volgorde, of.sleutel > after.sleutel)
            chosen = chosen.where(sa.or_(of.volgorde > after.volgorde, same))
        rows = self._connection.execute(chosen.order_by(of.volgorde, of.sleutel).limit(limit))
        return [to_item(row) for row in rows]

    def listed(
        self,
        bron: str,
        run_id: str | None = None,
        *,
        verschil: Verschil | None = None,
        after: str = "",
        limit: int = 100,
    ) -> list[Oogstitem]:
        """Documents of a source by their address: those that a run saw (or found gone), with this difference."""
        of = oogstitem.c
        chosen = sa.select(oogstitem).where(of.bron == bron, of.sleutel > after)
        if run_id is not None:
            chosen = chosen.where(of.gezien_run == run_id)
        if verschil is not None:
            chosen = chosen.where(of.verschil == verschil.value)
        return [to_item(row) for row in self._connection.execute(chosen.order_by(of.sleutel).limit(limit))]

    def of_document(self, document_id: str) -> list[Oogstitem]:
        """From where a document was harvested."""
        chosen = sa.select(oogstitem).where(oogstitem.c.document_id == document_id)
        return [to_item(row) for row in self._connection.execute(chosen)]

    def parts_of(self, bron: str, sleutels: Sequence[str]) -> list[Oogstitem]:
        """The documents that say they are a part of one of these, as far as they are here."""
        of, found = oogstitem.c, []
        for start in range(0, len(sleutels), _BATCH):
            some = of.deel_van.in_(sleutels[start : start + _BATCH])
            chosen = sa.select(oogstitem).where(of.bron == bron, some, of.document_id.is_not(None))
            found += [to_item(row) for row in self._connection.execute(chosen)]
        return found

    def counted(self, bron: str, run_id: str) -> dict[str, int]:
        """How many documents of a run there are by difference."""
        of = oogstitem.c
        chosen = (
            sa.select(of.verschil, sa.func.count())
            .where(of.bron == bron, of.gezien_run == run_id, of.verschil.is_not(None))
            .group_by(of.verschil)
        )
        return {str(row[0]): int(row[1]) for row in self._connection.execute(chosen)}

    def present(self, bron: str) -> int:
        """How many of what a source names was taken over and is not known to be gone there; an archive counts as one."""
        chosen = sa.select(sa.func.count()).where(oogstitem.c.bron == bron, _HERE, _OFFERED, _GONE_IS_KNOWN)
        return int(self._connection.execute(chosen).scalar_one())

    def absent(self, bron: str, run_id: str) -> int:
        """How many of those a run did not see."""
        return int(
            self._connection.execute(sa.select(sa.func.count()).where(_absent(bron, run_id))).scalar_one()
        )

    def count_documents(self, bron: str) -> int:
        """How many documents came from a source and are not gone there, those out of archives too."""
        of = oogstitem.c
        chosen = sa.select(sa.func.count()).where(
            of.bron == bron, of.document_id.is_not(None), _GONE_IS_KNOWN
        )
        return int(self._connection.execute(chosen).scalar_one())

    def members_of(self, bron: str, archief: str) -> list[Oogstitem]:
        """What was in an archive when it was taken apart, by address; what is known to be gone from it too."""
        of = oogstitem.c
        chosen = sa.select(oogstitem).where(of.bron == bron, of.archief == archief).order_by(of.sleutel)
        return [to_item(row) for row in self._connection.execute(chosen)]

    def other_with(self, item: Oogstitem) -> Oogstitem | None:
        """Another item of this source that still offers the document of this one: it has it too, or was passed over as the same file.

        `reden` of what was passed over is what `SAME` says with the id of the document.
        """
        of = oogstitem.c
        passed_over = sa.and_(of.document_id.is_(None), of.reden == same_as(str(item.document_id)))
        chosen = sa.select(oogstitem).where(
            of.bron == item.bron,
            sa.or_(of.document_id == item.document_id, sa.and_(of.groep == item.groep, passed_over)),
            of.sleutel != item.sleutel,
            _GONE_IS_KNOWN,
            of.vernietigd.is_(False),
        )
        row = self._connection.execute(chosen.order_by(of.volgorde, of.sleutel).limit(1)).first()
        return None if row is None else to_item(row)

    def documents_of(self, bron: str) -> list[str]:
        """The ids of the documents that came from a source and are not gone there."""
        of = oogstitem.c
        chosen = sa.select(of.document_id).where(of.bron == bron, of.document_id.is_not(None), _GONE_IS_KNOWN)
        return [str(id) for id in self._connection.execute(chosen.order_by(of.volgorde)).scalars()]

    def answers(self, bron: str, *, after: int = 0, limit: int = _BATCH) -> list[dict[str, Any]]:
        """Every answer of a source, the oldest first; `after` is the last id of the list before."""
        of = oogstantwoord.c
        chosen = sa.select(oogstantwoord).where(of.bron == bron, of.id > after).order_by(of.id).limit(limit)
        return [dict(row._mapping) for row in self._connection.execute(chosen)]


class ItemWriting(ItemReading, Schrijvend):
    """The same inside a transaction, and its changes."""

    def save_items(self, items: Iterable[Oogstitem]) -> None:
        """Insert them, or write all their fields over those of their rows."""
        rows = [
            {
                **asdict(item),
                "gegevens": dict(item.gegevens),
                "verschil": None if item.verschil is None else item.verschil.value,
                "taak": None if item.taak is None else item.taak.value,
            }
            for item in items
        ]
        if rows:
            with self._saving(f"{len(rows)} items of source {rows[0]['bron']}"):
                self._save(oogstitem, rows)

    def ask_absent(self, bron: str, run_id: str) -> int:
        """Order that the documents which a complete run did not see are asked once; returns how many."""
        change = (
            oogstitem.update()
            .where(_absent(bron, run_id))
            .values(taak=Taaksoort.VRAGEN.value, gezien_run=run_id)
        )
        return self._connection.execute(change).rowcount

    def drop_tasks(self, bron: str, reden: str) -> None:
        """Forget what was to be done: the run is refused."""
        of = oogstitem.c
        change = oogstitem.update().where(of.bron == bron, of.taak.is_not(None))
        self._connection.execute(change.values(taak=None, verschil=Verschil.MISLUKT.value, reden=reden))

    def release(self, bron: str, *, wacht: str) -> int:
        """Let every change of a source that waits be taken over in the next run; returns how many.

        `wacht` is the reason of a new document that waits. What waits of an archive is taken over with the archive.
        """
        of = oogstitem.c
        waits = sa.or_(of.document_id.is_not(None), of.reden == wacht)
        change = oogstitem.update().where(
            of.bron == bron, waits, _OFFERED, of.toegepast.is_distinct_from(of.vorm)
        )
        return self._connection.execute(change.values(vrij=True)).rowcount

    def see_members(self, bron: str, run_id: str, archieven: Sequence[str]) -> None:
        """Note of everything in these archives that the run saw it, as it was."""
        of = oogstitem.c
        for start in range(0, len(archieven), _BATCH):
            some = of.archief.in_(archieven[start : start + _BATCH])
            change = oogstitem.update().where(of.bron == bron, some, _GONE_IS_KNOWN)
            values = {"gezien_run": run_id, "verschil": Verschil.ONGEWIJZIGD.value}
            self._connection.execute(change.values(**values))

    def add_answers(self, rows: Sequence[dict[str, Any]]) -> None:
        """Keep answers of a site; they are never changed."""
        if rows:
            with self._saving(f"{len(rows)} answers of a site"):
                self._connection.execute(oogstantwoord.insert(), list(rows))


def _absent(bron: str, run_id: str) -> sa.ColumnElement[bool]:
    of = oogstitem.c
    seen = sa.or_(of.gezien_run.is_(None), of.gezien_run != run_id)
    return sa.and_(of.bron == bron, _HERE, _OFFERED, _GONE_IS_KNOWN, seen)


def to_item(row: Row[Any]) -> Oogstitem:
    """The document of a source that this row holds."""
    made = Oogstitem(**row._mapping)
    return replace(
        made,
        verschil=None if made.verschil is None else Verschil(made.verschil),
        taak=None if made.taak is None else Taaksoort(made.taak),
    )
