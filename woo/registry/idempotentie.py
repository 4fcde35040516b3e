"""Answers kept under the key that a client gave its request, so that the same request twice is done once."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from woo.registry.database import Database, repeated
from woo.registry.rechten_tables import idempotentie as table
from woo.registry.statements import insert


@dataclass(frozen=True, slots=True)
class Antwoord:
    """An answer: its status, the headers that are kept (JSON) and its body."""

    status: int
    koppen: str
    inhoud: bytes


@dataclass(frozen=True, slots=True)
class Eerder:
    """What is known of a key: the digest of the request and its answer; both None while it is busy, or was broken off."""

    vraag: str | None
    antwoord: Antwoord | None


class Idempotentie:
    """The keys of requests; every method is a short transaction of its own."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @repeated
    def claim(self, account: str, sleutel: str, *, now: datetime, vervalt_op: datetime) -> Eerder | None:
        """Take this key of this account; None when it is ours now, and else what is known of it. What expired is removed."""
        of = table.c
        with self._database.write() as connection:
            connection.execute(table.delete().where(of.vervalt_op <= now))
            row = {"account": account, "sleutel": sleutel, "vervalt_op": vervalt_op}
            taken = insert(connection.dialect.name, table).values(**row).on_conflict_do_nothing()
            if connection.execute(taken).rowcount == 1:
                return None
            chosen = sa.select(table).where(of.account == account, of.sleutel == sleutel)
            found = connection.execute(chosen).first()
        if found is None or found.status is None:
            return Eerder(None, None)
        return Eerder(found.vraag, Antwoord(found.status, found.koppen, found.antwoord))

    @repeated
    def keep(self, account: str, sleutel: str, vraag: str, antwoord: Antwoord) -> None:
        """Keep the answer to the request with this digest."""
        of = table.c
        values = {
            "vraag": vraag,
            "status": antwoord.status,
            "koppen": antwoord.koppen,
            "antwoord": antwoord.inhoud,
        }
        with self._database.write() as connection:
            connection.execute(
                table.update().where(of.account == account, of.sleutel == sleutel).values(**values)
            )

    @repeated
    def forget(self, account: str, sleutel: str) -> None:
        """Give the key free again: its request was not done."""
        of = table.c
        with self._database.write() as connection:
            connection.execute(table.delete().where(of.account == account, of.sleutel == sleutel))
