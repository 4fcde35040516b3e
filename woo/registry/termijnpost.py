"""Which digest of the legal terms was sent to whom on which day: the mark that keeps it from being sent twice."""

import hashlib
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from woo.registry.database import Database, repeated
from woo.registry.statements import insert
from woo.registry.termijn_tables import termijnpost as table


class Termijnposten:
    """The marks; of an address only its SHA-256 is kept. Every method is a short transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @repeated
    def take(self, adres: str, dag: date, *, now: datetime, again: timedelta) -> bool:
        """Whether the digest of this day is ours to send now; of several who ask one is told so.

        One that was taken and not marked as sent (its worker was killed) can be taken again after `again`.
        """
        row = {"ontvanger": _digest(adres), "dag": dag, "op": now, "verzonden": False}
        with self._database.write() as connection:
            statement = insert(connection.dialect.name, table).values(row)
            free = sa.and_(table.c.verzonden.is_(False), table.c.op <= now - again)
            taken = statement.on_conflict_do_update(
                index_elements=["ontvanger", "dag"], set_={"op": now}, where=free
            )
            return connection.execute(taken).rowcount == 1

    @repeated
    def sent(self, adres: str, dag: date, *, now: datetime) -> None:
        """Mark that it was sent: nobody sends it again."""
        self._mark(adres, dag, op=now, verzonden=True)

    @repeated
    def release(self, adres: str, dag: date) -> None:
        """Give back what could not be sent, so that it is tried again."""
        mine = self._is(adres, dag)
        with self._database.write() as connection:
            connection.execute(table.delete().where(*mine, table.c.verzonden.is_(False)))

    @repeated
    def forget(self, *, before: date) -> None:
        """Remove marks of days that are long past."""
        with self._database.write() as connection:
            connection.execute(table.delete().where(table.c.dag < before))

    def was_sent(self, adres: str, dag: date) -> bool:
        """Whether it is marked as sent."""
        chosen = sa.select(table.c.verzonden).where(*self._is(adres, dag))
        with self._database.read() as connection:
            return bool(connection.execute(chosen).scalar_one_or_none())

    def _mark(self, adres: str, dag: date, **values: object) -> None:
        with self._database.write() as connection:
            connection.execute(table.update().where(*self._is(adres, dag)).values(**values))

    @staticmethod
    def _is(adres: str, dag: date) -> tuple[sa.ColumnElement[bool], ...]:
        return table.c.ontvanger == _digest(adres), table.c.dag == dag


def _digest(adres: str) -> str:
    return hashlib.sha256(adres.casefold().encode("utf-8", "surrogatepass")).hexdigest()
