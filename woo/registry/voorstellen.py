"""Proposals in the registry: read from a snapshot, written in a transaction."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from woo.domain.errors import NotFound
from woo.domain.inventarisvoorstel import Inventarisvoorstel, Rijsoort, Voorstelrij
from woo.registry import selects, statements
from woo.registry import voorstel_mapping as mapping
from woo.registry.dossier import Saving
from woo.registry.voorstel_tables import inventarisvoorstel, voorstelrij

_AT_ONCE = 2_000


class VoorstelReading:
    """What can be asked of one snapshot about proposals."""

    def __init__(self, connection: Connection, *, locks: bool = False) -> None:
        self._connection = connection
        self._locks = locks

    def voorstel(self, id: str) -> Inventarisvoorstel:
        """Raises NotFound. Inside a transaction it stays as it is until the end."""
        row = self._connection.execute(
            selects.by_id(inventarisvoorstel, locks=self._locks), {"id": id}
        ).first()
        if row is None:
            raise NotFound("inventarisvoorstel", id)
        return mapping.to_voorstel(row)

    def voorstellen(self, publicatie_id: str) -> list[Inventarisvoorstel]:
        """Those of this publicatie, the newest first."""
        of = inventarisvoorstel.c
        chosen = sa.select(inventarisvoorstel).where(of.publicatie_id == publicatie_id)
        rows = self._connection.execute(chosen.order_by(of.gemaakt_op.desc(), of.id))
        return [mapping.to_voorstel(row) for row in rows]

    def rijen(
        self,
        voorstel_id: str,
        *,
        soorten: Collection[Rijsoort] = tuple(Rijsoort),
        let_op: bool = False,
        after: int = 0,
        limit: int | None = None,
    ) -> list[Voorstelrij]:
        """Rows of these kinds with a place above `after`, in order; with `let_op` only those with a remark."""
        of = voorstelrij.c
        chosen = sa.select(voorstelrij).where(of.voorstel_id == voorstel_id, of.plaats > after)
        if set(soorten) != set(Rijsoort):
            chosen = chosen.where(of.soort.in_([each.value for each in soorten]))
        if let_op:
            chosen = chosen.where(of.let_op.is_(True))
        rows = self._connection.execute(chosen.order_by(of.plaats).limit(limit))
        return [mapping.to_rij(row) for row in rows]

    def foutrijen(self, voorstel_id: str) -> list[int]:
        """The rows of the sheet that cannot be taken over, in order."""
        of = voorstelrij.c
        chosen = sa.select(of.rij).where(of.voorstel_id == voorstel_id, of.soort == Rijsoort.FOUT.value)
        return list(self._connection.execute(chosen.order_by(of.rij)).scalars())


class VoorstelWriting(VoorstelReading):
    """The same inside a transaction, and its changes."""

    def __init__(self, connection: Connection, saving: Saving) -> None:
        super().__init__(connection, locks=True)
        self._saving = saving

    def save(self, voorstel: Inventarisvoorstel) -> None:
        """Insert it, or write all its fields over those of its row; raises Refused where its publicatie is not there."""
        with self._saving(f"inventarisvoorstel {voorstel.id}"):
            values = mapping.voorstel_values(voorstel)
            self._connection.execute(
                statements.save_row(self._connection.dialect.name, inventarisvoorstel), values
            )

    def add_rijen(self, voorstel_id: str, rijen: Iterable[Voorstelrij]) -> None:
        """Add rows to a proposal that was saved; raises Refused for a place twice."""
        with self._saving(f"the rows of inventarisvoorstel {voorstel_id}"):
            for some in _pieces(rijen):
                values = [mapping.rij_values(voorstel_id, rij) for rij in some]
                self._connection.execute(voorstelrij.insert(), values)

    def drop(self, ids: Sequence[str]) -> None:
        """Take proposals away with their rows."""
        for table, column in ((voorstelrij, "voorstel_id"), (inventarisvoorstel, "id")):
            self._connection.execute(table.delete().where(table.c[column].in_(ids)))

    def vervallen(self, now: datetime, *, limit: int = 100) -> list[str]:
        """The ids of proposals whose end has come."""
        of = inventarisvoorstel.c
        chosen = sa.select(of.id).where(of.vervalt_op <= now).order_by(of.vervalt_op).limit(limit)
        return list(self._connection.execute(chosen).scalars())


def _pieces(rijen: Iterable[Voorstelrij]) -> Iterator[list[Voorstelrij]]:
    left = iter(rijen)
    while some := list(islice(left, _AT_ONCE)):
        yield some
