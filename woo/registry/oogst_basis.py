"""What the parts of harvesting in the registry have in common: one connection, and how rows are written to it."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from woo.registry import statements
from woo.registry.dossier import Saving


class Lezend:
    """Asks one snapshot."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection


class Schrijvend(Lezend):
    """The same inside a transaction."""

    def __init__(self, connection: Connection, saving: Saving) -> None:
        super().__init__(connection)
        self._saving = saving

    def _save(self, table: sa.Table, rows: list[dict[str, Any]]) -> None:
        """Insert rows, or write them over those with the same key."""
        self._connection.execute(statements.save_row(self._connection.dialect.name, table), rows)
