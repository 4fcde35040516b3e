"""The people behind a request in the registry: read from a snapshot, written in a transaction."""

from dataclasses import fields
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from woo.domain.betrokkenen import Belanghebbende, Reactie, Stuksoort, Verzoeker, Zienswijze
from woo.domain.errors import NotFound
from woo.registry import selects, statements
from woo.registry.betrokkenen_tables import belanghebbende, verzoeker
from woo.registry.dossier import Saving
from woo.registry.mapping import Values


class BetrokkenenReading:
    """What can be asked of one snapshot about requesters and third parties."""

    def __init__(self, connection: Connection, *, locks: bool = False) -> None:
        self._connection = connection
        self._locks = locks

    def verzoeker(self, verzoek_id: str) -> Verzoeker | None:
        """Who made this request; None where that was never noted."""
        chosen = sa.select(verzoeker).where(verzoeker.c.verzoek_id == verzoek_id)
        row = self._connection.execute(chosen).first()
        return None if row is None else Verzoeker(**row._mapping)

    def belanghebbende(self, id: str) -> Belanghebbende:
        """Raises NotFound. Inside a transaction it stays as it is until the end."""
        row = self._connection.execute(selects.by_id(belanghebbende, locks=self._locks), {"id": id}).first()
        if row is None:
            raise NotFound("belanghebbende", id)
        return _to_belanghebbende(row)

    def belanghebbenden(self, verzoek_id: str) -> list[Belanghebbende]:
        """The third parties of this request, by number."""
        of = belanghebbende.c
        chosen = sa.select(belanghebbende).where(of.verzoek_id == verzoek_id).order_by(of.nummer)
        return [_to_belanghebbende(row) for row in self._connection.execute(chosen)]


class BetrokkenenWriting(BetrokkenenReading):
    """The same inside a transaction, and its changes; what a rule of the database refuses raises Refused."""

    def __init__(self, connection: Connection, saving: Saving) -> None:
        super().__init__(connection, locks=True)
        self._saving = saving

    def save_verzoeker(self, of: Verzoeker) -> None:
        """Insert it, or write all its fields over those of its row."""
        values = {each.name: getattr(of, each.name) for each in fields(of)}
        with self._saving(f"the requester of {of.verzoek_id}"):
            self._save(verzoeker, values)

    def save_belanghebbende(self, of: Belanghebbende) -> None:
        """Insert it, or write all its fields over those of its row."""
        values = {each.name: getattr(of, each.name) for each in fields(of)}
        values["reactie"] = None if of.reactie is None else of.reactie.value
        values["zienswijzen"] = [[each.soort.value, each.id, each.reactie.value] for each in of.zienswijzen]
        with self._saving(f"third party {of.id}"):
            self._save(belanghebbende, values)

    def next_nummer(self, verzoek_id: str) -> int:
        """The first free number of a third party of this request, from 1."""
        of = belanghebbende.c
        last = self._connection.execute(
            sa.select(sa.func.max(of.nummer)).where(of.verzoek_id == verzoek_id)
        ).scalar_one()
        return int(last or 0) + 1

    def _save(self, table: sa.Table, values: Values) -> None:
        self._connection.execute(statements.save_row(self._connection.dialect.name, table), values)


def _to_belanghebbende(row: Row[Any]) -> Belanghebbende:
    values = dict(row._mapping)
    values["reactie"] = None if row.reactie is None else Reactie(row.reactie)
    values["zienswijzen"] = tuple(
        Zienswijze(Stuksoort(soort), id, Reactie(reactie)) for soort, id, reactie in row.zienswijzen
    )
    return Belanghebbende(**values)
