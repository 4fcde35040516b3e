"""The dossier: objections and court cases about decisions, and who helps citizens.

Revision: 0004, after 0003.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")  # ordered by code point, as on SQLite


def upgrade() -> None:
    op.create_table(
        "besluitprocedure",
        sa.Column("id", _TEXT, nullable=False),
        sa.Column("besluit_id", _TEXT, nullable=False),
        sa.Column("soort", _TEXT, nullable=False),
        sa.Column("datum", sa.Date(), nullable=False),
        sa.Column("uitkomst", _TEXT, nullable=True),
        sa.Column("beslist_op", sa.Date(), nullable=True),
        sa.Column("ecli", _TEXT, nullable=True),
        sa.CheckConstraint(
            "soort IN ('bezwaar', 'beroep', 'hoger_beroep', 'voorlopige_voorziening')",
            name=op.f("ck_besluitprocedure_soort"),
        ),
        sa.CheckConstraint(
            "uitkomst IN ('gegrond', 'deels_gegrond', 'ongegrond', 'niet_ontvankelijk', 'toegewezen', "
            "'afgewezen', 'ingetrokken')",
            name=op.f("ck_besluitprocedure_uitkomst"),
        ),
        sa.CheckConstraint(
            "(uitkomst IS NULL) = (beslist_op IS NULL)", name=op.f("ck_besluitprocedure_beslist")
        ),
        sa.ForeignKeyConstraint(
            ["besluit_id"], ["woobesluit.id"], name=op.f("fk_besluitprocedure_besluit_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_besluitprocedure")),
    )
    op.create_index(op.f("ix_besluitprocedure_besluit_id"), "besluitprocedure", ["besluit_id"], unique=False)
    op.create_table(
        "contactpersoon",
        sa.Column("soort", _TEXT, nullable=False),
        sa.Column("object_id", _TEXT, nullable=False),
        sa.Column("naam", _TEXT, nullable=False),
        sa.Column("email", _TEXT, nullable=True),
        sa.Column("telefoon", _TEXT, nullable=True),
        sa.CheckConstraint("soort IN ('organisatie', 'publicatie')", name=op.f("ck_contactpersoon_soort")),
        sa.CheckConstraint(
            "email IS NOT NULL OR telefoon IS NOT NULL", name=op.f("ck_contactpersoon_bereikbaar")
        ),
        sa.PrimaryKeyConstraint("soort", "object_id", name=op.f("pk_contactpersoon")),
    )
