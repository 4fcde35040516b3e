"""What visitors reported about documents; may hold personal data, so it is kept apart and goes when it was dealt with."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Row

from woo.domain.errors import NotFound
from woo.domain.volgen import Meldingsoort
from woo.registry.statements import insert
from woo.volgers.tables import melding
from woo.volgers.transacties import Transacties


@dataclass(frozen=True, slots=True)
class Melding:
    """One report: what kind, about which document (page from 1, version of its file), in the visitor's own words."""

    id: str
    op: datetime
    soort: Meldingsoort
    document_id: str
    pagina: int | None
    versie: int | None
    tekst: str
    adres: str | None
    afgehandeld_op: datetime | None = None


class Meldingen:
    """The reports."""

    def __init__(self, transacties: Transacties) -> None:
        self._in = transacties

    def add(self, one: Melding) -> bool:
        """Keep a report under the id of the entry that brought it; False when it was kept before."""
        row = {
            "id": one.id,
            "op": one.op,
            "soort": one.soort,
            "document_id": one.document_id,
            "pagina": one.pagina,
            "versie": one.versie,
            "tekst": one.tekst,
            "adres": one.adres,
        }
        with self._in.write() as connection:
            kept = insert(connection.dialect.name, melding).values(**row).on_conflict_do_nothing()
            return connection.execute(kept).rowcount == 1

    def listed(self, *, open_only: bool = True, after: str = "", limit: int = 1000) -> list[Melding]:
        """Reports, oldest first; `after` is the id of the last of the list before."""
        of = melding.c
        chosen = sa.select(melding).order_by(of.op, of.id).limit(limit)
        if open_only:
            chosen = chosen.where(of.afgehandeld_op.is_(None))
        if after:
            start = sa.select(of.op).where(of.id == after).scalar_subquery()
            chosen = chosen.where(sa.or_(of.op > start, sa.and_(of.op == start, of.id > after)))
        with self._in.read() as connection:
            return [_melding(row) for row in connection.execute(chosen)]

    def get(self, id: str) -> Melding:
        """One report; raises NotFound."""
        with self._in.read() as connection:
            row = connection.execute(sa.select(melding).where(melding.c.id == id)).first()
        if row is None:
            raise NotFound("melding", id)
        return _melding(row)

    def count_open(self) -> int:
        """How many were not dealt with yet."""
        chosen = sa.select(sa.func.count()).select_from(melding).where(melding.c.afgehandeld_op.is_(None))
        with self._in.read() as connection:
            return int(connection.execute(chosen).scalar_one())

    def done(self, id: str, *, now: datetime) -> Melding:
        """Note that a report was dealt with; a second time keeps the first moment. Raises NotFound."""
        first = sa.func.coalesce(
            melding.c.afgehandeld_op, sa.bindparam("now", now, type_=melding.c.afgehandeld_op.type)
        )
        with self._in.write() as connection:
            connection.execute(melding.update().where(melding.c.id == id).values(afgehandeld_op=first))
            row = connection.execute(sa.select(melding).where(melding.c.id == id)).first()
        if row is None:
            raise NotFound("melding", id)
        return _melding(row)

    def to_mail(self, limit: int = 100) -> list[Melding]:
        """Reports of a privacy problem that the coordinator was not mailed of yet, oldest first."""
        of = melding.c
        chosen = sa.select(melding).where(
            of.soort == Meldingsoort.PRIVACY, of.gemaild_op.is_(None), of.afgehandeld_op.is_(None)
        )
        with self._in.read() as connection:
            return [_melding(row) for row in connection.execute(chosen.order_by(of.op, of.id).limit(limit))]

    def mailed(self, id: str, *, now: datetime) -> None:
        """Note that the coordinator was mailed."""
        with self._in.write() as connection:
            connection.execute(melding.update().where(melding.c.id == id).values(gemaild_op=now))

    def forget(self, *, before: datetime) -> int:
        """Remove what was dealt with before this moment; returns how many."""
        with self._in.write() as connection:
            return connection.execute(melding.delete().where(melding.c.afgehandeld_op < before)).rowcount


def _melding(row: Row[Any]) -> Melding:
    return Melding(
        row.id,
        row.op,
        Meldingsoort(row.soort),
        row.document_id,
        row.pagina,
        row.versie,
        row.tekst,
        row.adres,
        row.afgehandeld_op,
    )
