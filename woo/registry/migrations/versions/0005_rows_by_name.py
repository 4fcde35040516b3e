"""Rows of inventories can be found by their number and name, as these are compared with documents.

Revision: 0005, after 0004.
"""

import re
import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")  # ordered by code point, as on SQLite
_SUFFIX = re.compile(r"(?<=.)\.[^\W_]{1,8}$")
_CHUNK = 1000


def upgrade() -> None:
    with op.batch_alter_table("inventarisregel") as table:
        table.add_column(sa.Column("nummersleutel", _TEXT, nullable=False, server_default=""))
        table.add_column(sa.Column("naamsleutel", _TEXT, nullable=False, server_default=""))
    _fill(op.get_bind())
    with op.batch_alter_table("inventarisregel") as table:
        table.alter_column("nummersleutel", server_default=None)
        table.alter_column("naamsleutel", server_default=None)
    for column in ("nummersleutel", "naamsleutel"):
        name = op.f(f"ix_inventarisregel_publicatie_id_{column}")
        op.create_index(name, "inventarisregel", ["publicatie_id", column], unique=False)


def _fill(connection: sa.Connection) -> None:
    """Give the rows that are there their keys, some at a time."""
    names = ("publicatie_id", "sleutel", "nummer", "documentnaam", "nummersleutel", "naamsleutel")
    table = sa.table("inventarisregel", *(sa.column(name) for name in names))
    of = table.c
    change = (
        table.update()
        .where(of.publicatie_id == sa.bindparam("p"), of.sleutel == sa.bindparam("s"))
        .values(nummersleutel=sa.bindparam("nummer_"), naamsleutel=sa.bindparam("naam_"))
    )
    chosen = sa.select(of.publicatie_id, of.sleutel, of.nummer, of.documentnaam)
    chosen = chosen.order_by(of.publicatie_id, of.sleutel).limit(_CHUNK)
    after: tuple[str, str] | None = None
    while True:
        some = chosen if after is None else chosen.where(sa.tuple_(of.publicatie_id, of.sleutel) > after)
        rows = connection.execute(some).all()
        if not rows:
            return
        after = (rows[-1].publicatie_id, rows[-1].sleutel)
        values = [
            {
                "p": row.publicatie_id,
                "s": row.sleutel,
                "nummer_": _number(row.nummer),
                "naam_": _SUFFIX.sub("", _name(row.documentnaam)).strip(),
            }
            for row in rows
        ]
        connection.execute(change, values)


def _number(text: str) -> str:
    key = _name(text)
    return (key.lstrip("0") or "0") if key.isdigit() else key


def _name(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())
