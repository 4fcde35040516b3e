"""Sources and runs of harvesting in the registry; read from a snapshot, written in a transaction."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Row

from woo.domain.errors import NotFound
from woo.domain.oogst import Oogstfase, Oogstrun, Oogstuitkomst, Voortgang
from woo.registry.oogst_basis import Lezend, Schrijvend
from woo.registry.oogst_tables import oogstbron, oogstrun


class RunReading(Lezend):
    """What can be asked of one snapshot about sources and their runs."""

    def run(self, id: str) -> Oogstrun:
        """Raises NotFound."""
        row = self._connection.execute(sa.select(oogstrun).where(oogstrun.c.id == id)).first()
        if row is None:
            raise NotFound("oogstrun", id)
        return _run(row)

    def runs(self, bron: str, *, limit: int = 20) -> list[Oogstrun]:
        """The last runs of this source, the latest first."""
        of = oogstrun.c
        chosen = (
            sa.select(oogstrun).where(of.bron == bron).order_by(of.begonnen_op.desc(), of.id).limit(limit)
        )
        return [_run(row) for row in self._connection.execute(chosen)]

    def open_run(self, bron: str) -> Oogstrun | None:
        """The run of this source that did not end, if there is one."""
        of = oogstrun.c
        chosen = sa.select(oogstrun).where(of.bron == bron, of.geeindigd_op.is_(None)).limit(1)
        row = self._connection.execute(chosen).first()
        return None if row is None else _run(row)

    def gezien(self) -> dict[str, tuple[datetime, datetime | None]]:
        """The sources that a worker saw: since when, and when somebody asked for a run that did not begin yet."""
        return {
            row.naam: (row.gezien_op, row.gevraagd_op)
            for row in self._connection.execute(sa.select(oogstbron))
        }

    def voortgang(self, naam: str) -> Voortgang | None:
        """Where the feed of this source goes on; None where no run saw it whole yet."""
        chosen = sa.select(oogstbron.c.voortgang).where(oogstbron.c.naam == naam)
        kept = self._connection.execute(chosen).scalar_one_or_none()
        if kept is None:
            return None
        return Voortgang(kept["cursor"], kept["adres"], datetime.fromisoformat(kept["heel_op"]))


class RunWriting(RunReading, Schrijvend):
    """The same inside a transaction, and its changes."""

    def save_run(self, run: Oogstrun) -> None:
        """Insert it, or write all its fields over those of its row."""
        values = {
            **asdict(run),
            "fase": run.fase.value,
            "uitkomst": None if run.uitkomst is None else run.uitkomst.value,
            "tellingen": dict(run.tellingen),
            "waarschuwingen": [list(each) for each in run.waarschuwingen],
        }
        with self._saving(f"oogstrun {run.id}"):
            self._save(oogstrun, [values])

    def see(self, naam: str, now: datetime) -> None:
        """Note that there is such a source; the first moment stays."""
        known = self._connection.execute(sa.select(oogstbron.c.naam).where(oogstbron.c.naam == naam)).first()
        if known is None:
            self._save(oogstbron, [{"naam": naam, "gezien_op": now, "gevraagd_op": None}])

    def ask(self, naam: str, op: datetime | None) -> None:
        """Note that somebody asked for a run, or (None) that it began."""
        change = oogstbron.update().where(oogstbron.c.naam == naam).values(gevraagd_op=op)
        self._connection.execute(change)

    def note_voortgang(self, naam: str, voortgang: Voortgang) -> None:
        """Keep where the feed of a source goes on; the source was seen before."""
        kept = {**asdict(voortgang), "heel_op": voortgang.heel_op.isoformat()}
        change = oogstbron.update().where(oogstbron.c.naam == naam)
        self._connection.execute(change.values(voortgang=kept))


def _run(row: Row[Any]) -> Oogstrun:
    values = dict(row._mapping)
    return Oogstrun(
        **{
            **values,
            "fase": Oogstfase(values["fase"]),
            "uitkomst": None if values["uitkomst"] is None else Oogstuitkomst(values["uitkomst"]),
            "waarschuwingen": tuple((str(a), str(b), int(c)) for a, b, c in values["waarschuwingen"]),
        }
    )
