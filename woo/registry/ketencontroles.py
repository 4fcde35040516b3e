"""When the chain of the log was checked, and what was found; the last time is shown beside the log."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from woo.registry.database import Database, InTransaction
from woo.registry.rechten_tables import ketencontrole as table
from woo.registry.statements import save_row


@dataclass(frozen=True, slots=True)
class Ketencontrole:
    """One check: its moment, the number of the last line looked at (0 for none), how many breaches, and what the first was."""

    op: datetime
    tot: int
    breuken: int
    eerste: str | None = None

    @property
    def is_heel(self) -> bool:
        return self.breuken == 0


class Ketencontroles:
    """The checks; every method is a short transaction of its own unless given `tx`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, controle: Ketencontrole, *, tx: InTransaction | None = None) -> None:
        """Keep a check."""
        values = {
            "op": controle.op,
            "tot": controle.tot,
            "breuken": controle.breuken,
            "eerste": controle.eerste,
        }
        with self._database.joined(tx) as connection:
            connection.execute(save_row(connection.dialect.name, table), values)

    def last(self) -> Ketencontrole | None:
        """The last check; None where there was none."""
        with self._database.read() as connection:
            row = connection.execute(sa.select(table).order_by(table.c.op.desc()).limit(1)).first()
        return None if row is None else Ketencontrole(row.op, row.tot, row.breuken, row.eerste)
