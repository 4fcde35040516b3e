"""Checks of what other publishers show, with their reports.

Revision: 0016, after 0015.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")  # ordered by code point, as on SQLite
_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "broncontrole",
        sa.Column("id", _TEXT, nullable=False),
        sa.Column("adres", _TEXT, nullable=False),
        sa.Column("gevraagd_op", _MOMENT, nullable=False),
        sa.Column("klaar_op", _MOMENT, nullable=True),
        sa.Column("verslag", _JSON, nullable=True),
        sa.Column("fout", _TEXT, nullable=True),
        sa.Column("pogingen", sa.Integer(), nullable=False),
        sa.Column("openbaar_op", _MOMENT, nullable=True),
        sa.CheckConstraint("pogingen >= 0", name=op.f("ck_broncontrole_pogingen")),
        sa.CheckConstraint("verslag IS NULL OR klaar_op IS NOT NULL", name=op.f("ck_broncontrole_klaar")),
        sa.CheckConstraint(
            "openbaar_op IS NULL OR verslag IS NOT NULL", name=op.f("ck_broncontrole_openbaar")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_broncontrole")),
    )
    op.create_index(
        op.f("ix_broncontrole_klaar_op_gevraagd_op"),
        "broncontrole",
        ["klaar_op", "gevraagd_op"],
        unique=False,
    )
