"""Leases: who alone may do something now, for how long."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from woo.registry.database import Database, repeated
from woo.registry.statements import insert
from woo.registry.tables import lease as table

SCHRIJVER = "schrijver"
"""The lease of the one process that writes the index and the public store."""


class Leases:
    """Named leases; each method is a short transaction. `houder` must be unique to the process, not to the program."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @repeated
    def acquire(self, naam: str, *, houder: str, now: datetime, duration: timedelta) -> bool:
        """Take the lease when it is free, has run out, or is already this holder's; returns whether it is held now."""
        with self._database.write(durable=False) as connection:
            statement = insert(connection.dialect.name, table).values(
                naam=naam, houder=houder, tot=now + duration
            )
            taken = statement.on_conflict_do_update(
                index_elements=["naam"],
                set_={"houder": houder, "tot": now + duration},
                where=sa.or_(table.c.houder == houder, table.c.tot <= now),
            )
            return connection.execute(taken).rowcount == 1

    @repeated
    def renew(self, naam: str, *, houder: str, now: datetime, duration: timedelta) -> bool:
        """Hold on until `now + duration`; False when it ran out or went to another: then stop writing at once."""
        held = table.update().where(table.c.naam == naam, table.c.houder == houder, table.c.tot > now)
        with self._database.write(durable=False) as connection:
            return connection.execute(held.values(tot=now + duration)).rowcount == 1

    @repeated
    def release(self, naam: str, *, houder: str) -> None:
        """Give the lease back; nothing happens when it is not this holder's."""
        with self._database.write(durable=False) as connection:
            connection.execute(table.delete().where(table.c.naam == naam, table.c.houder == houder))

    def holder(self, naam: str, *, now: datetime) -> str | None:
        """Who holds the lease at this moment."""
        chosen = sa.select(table.c.houder).where(table.c.naam == naam, table.c.tot > now)
        with self._database.read() as connection:
            return connection.execute(chosen).scalar_one_or_none()
