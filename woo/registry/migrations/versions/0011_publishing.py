"""Publishing: planned publications, fields of categories, announcements, documents that wait, links for requesters.

Revision: 0011, after 0010.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")  # ordered by code point, as on SQLite
_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("document", sa.Column("opgeschort_tot", sa.Date(), nullable=True))
    op.add_column("document", sa.Column("vrijgegeven_op", _MOMENT, nullable=True))
    op.create_table(
        "publicatieplan",
        sa.Column("publicatie_id", _TEXT, nullable=False),
        sa.Column("op", _MOMENT, nullable=False),
        sa.Column("gepland_op", _MOMENT, nullable=False),
        sa.Column("embargo", sa.Boolean(), nullable=False),
        sa.Column("notitie", _TEXT, nullable=True),
        sa.Column("staat", _TEXT, nullable=False),
        sa.Column("uitgevoerd_op", _MOMENT, nullable=True),
        sa.Column("redenen", _JSON, nullable=False),
        sa.CheckConstraint(
            "staat IN ('gepland', 'uitgevoerd', 'mislukt', 'geannuleerd')",
            name=op.f("ck_publicatieplan_staat"),
        ),
        sa.ForeignKeyConstraint(
            ["publicatie_id"], ["publicatie.id"], name=op.f("fk_publicatieplan_publicatie_id")
        ),
        sa.PrimaryKeyConstraint("publicatie_id", name=op.f("pk_publicatieplan")),
    )
    op.create_index(op.f("ix_publicatieplan_staat_op"), "publicatieplan", ["staat", "op"], unique=False)
    op.create_table(
        "categorieveld",
        sa.Column("publicatie_id", _TEXT, nullable=False),
        sa.Column("veld", _TEXT, nullable=False),
        sa.Column("waarde", _TEXT, nullable=False),
        sa.CheckConstraint("length(waarde) > 0", name=op.f("ck_categorieveld_waarde")),
        sa.ForeignKeyConstraint(
            ["publicatie_id"], ["publicatie.id"], name=op.f("fk_categorieveld_publicatie_id")
        ),
        sa.PrimaryKeyConstraint("publicatie_id", "veld", name=op.f("pk_categorieveld")),
    )
    op.create_table(
        "mededeling",
        sa.Column("publicatie_id", _TEXT, nullable=False),
        sa.Column("gronden", _JSON, nullable=False),
        sa.Column("toelichting", _TEXT, nullable=False),
        sa.ForeignKeyConstraint(
            ["publicatie_id"], ["publicatie.id"], name=op.f("fk_mededeling_publicatie_id")
        ),
        sa.PrimaryKeyConstraint("publicatie_id", name=op.f("pk_mededeling")),
    )
    op.create_table(
        "inzage",
        sa.Column("id", _TEXT, nullable=False),
        sa.Column("publicatie_id", _TEXT, nullable=False),
        sa.Column("naam", _TEXT, nullable=False),
        sa.Column("digest", _TEXT, nullable=False),
        sa.Column("documenten", _JSON, nullable=False),
        sa.Column("aangemaakt_op", _MOMENT, nullable=False),
        sa.Column("vervalt_op", _MOMENT, nullable=False),
        sa.Column("ingetrokken_op", _MOMENT, nullable=True),
        sa.Column("gebruikt", sa.Integer(), nullable=False),
        sa.Column("laatst_gebruikt", _MOMENT, nullable=True),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_inzage_digest")),
        sa.CheckConstraint("gebruikt >= 0", name=op.f("ck_inzage_gebruikt")),
        sa.ForeignKeyConstraint(["publicatie_id"], ["publicatie.id"], name=op.f("fk_inzage_publicatie_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inzage")),
        sa.UniqueConstraint("digest", name=op.f("uq_inzage_digest")),
    )
    op.create_index(op.f("ix_inzage_publicatie_id"), "inzage", ["publicatie_id"], unique=False)
