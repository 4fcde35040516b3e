"""Members of archives at a source are items of their own, and which document names a publicatie is kept.

Revision: 0021, after 0020.
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")  # ordered by code point, as on SQLite


def upgrade() -> None:
    op.add_column("oogstitem", sa.Column("archief", _TEXT, nullable=True))
    op.add_column("oogstitem", sa.Column("leden", sa.Integer(), nullable=True))
    op.create_index(op.f("ix_oogstitem_bron_archief"), "oogstitem", ["bron", "archief"], unique=False)
    op.create_table(
        "oogstgroep",
        sa.Column("bron", _TEXT, nullable=False),
        sa.Column("groep", _TEXT, nullable=False),
        sa.Column("sleutel", _TEXT, nullable=False),
        sa.PrimaryKeyConstraint("bron", "groep", name=op.f("pk_oogstgroep")),
    )
