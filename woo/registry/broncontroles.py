"""Checks of other publishers: read from a snapshot, written in a transaction."""

from dataclasses import asdict

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from woo.domain.broncontrole import Broncontrole
from woo.domain.errors import NotFound
from woo.registry import statements
from woo.registry.bron_tables import broncontrole


class BroncontroleReading:
    """What can be asked of one snapshot about checks."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, id: str) -> Broncontrole:
        """Raises NotFound."""
        for found in self._chosen(broncontrole.c.id == id, limit=1):
            return found
        raise NotFound("broncontrole", id)

    def last(self, *, limit: int) -> list[Broncontrole]:
        """The checks that were asked for last, the newest first."""
        return self._chosen(sa.true(), limit=limit)

    def waiting(self) -> list[Broncontrole]:
        """The checks that are not done yet, those asked for first first."""
        return self._chosen(broncontrole.c.klaar_op.is_(None), limit=None)[::-1]

    def public(self) -> list[Broncontrole]:
        """The checks whose report is public, the newest first."""
        return self._chosen(broncontrole.c.openbaar_op.is_not(None), limit=None)

    def _chosen(self, which: sa.ColumnElement[bool], *, limit: int | None) -> list[Broncontrole]:
        of = broncontrole.c
        chosen = sa.select(broncontrole).where(which).order_by(of.gevraagd_op.desc(), of.id).limit(limit)
        return [Broncontrole(**row._mapping) for row in self._connection.execute(chosen)]


class BroncontroleWriting(BroncontroleReading):
    """The same in a transaction, and what changes checks."""

    def save(self, controle: Broncontrole) -> None:
        """Insert it, or write all its fields over those of its row."""
        self._connection.execute(
            statements.save_row(self._connection.dialect.name, broncontrole), asdict(controle)
        )
