"""Inventories that were uploaded and compared wait to be confirmed; a row names the other law that its ground refers to.

Revision: 0010, after 0009.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")  # ordered by code point, as on SQLite
_JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("inventarisregel") as table:
        table.add_column(sa.Column("wetten", _JSON, nullable=False, server_default="[]"))
    with op.batch_alter_table("inventarisregel") as table:
        table.alter_column("wetten", server_default=None)
    op.create_table(
        "inventarisvoorstel",
        sa.Column("id", _TEXT, nullable=False),
        sa.Column("publicatie_id", _TEXT, nullable=False),
        sa.Column("sha256", _TEXT, nullable=False),
        sa.Column("bestandsnaam", _TEXT, nullable=False),
        sa.Column("grootte", sa.BigInteger(), nullable=False),
        sa.Column("gemaakt_door", _TEXT, nullable=False),
        sa.Column("gemaakt_op", _MOMENT, nullable=False),
        sa.Column("vervalt_op", _MOMENT, nullable=False),
        sa.Column("stand", _TEXT, nullable=False),
        sa.Column("rijen", sa.Integer(), nullable=False),
        sa.Column("tellingen", _JSON, nullable=False),
        sa.Column("wijze", _JSON, nullable=False),
        sa.Column("opmerkingen", _JSON, nullable=False),
        sa.Column("bevindingen", _JSON, nullable=False),
        sa.Column("overgenomen_op", _MOMENT, nullable=True),
        sa.CheckConstraint("rijen >= 0", name=op.f("ck_inventarisvoorstel_rijen")),
        sa.ForeignKeyConstraint(
            ["publicatie_id"], ["publicatie.id"], name=op.f("fk_inventarisvoorstel_publicatie_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inventarisvoorstel")),
    )
    for column in ("publicatie_id", "vervalt_op"):
        op.create_index(op.f(f"ix_inventarisvoorstel_{column}"), "inventarisvoorstel", [column], unique=False)
    op.create_table(
        "voorstelrij",
        sa.Column("voorstel_id", _TEXT, nullable=False),
        sa.Column("plaats", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("soort", _TEXT, nullable=False),
        sa.Column("rij", sa.Integer(), nullable=True),
        sa.Column("volgorde", sa.Integer(), nullable=False),
        sa.Column("nummer", _TEXT, nullable=True),
        sa.Column("nieuw", _JSON, nullable=True),
        sa.Column("oud", _JSON, nullable=True),
        sa.Column("velden", _JSON, nullable=False),
        sa.Column("meldingen", _JSON, nullable=False),
        sa.Column("let_op", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "soort IN ('fout', 'nieuw', 'gewijzigd', 'verdwenen', 'gelijk')",
            name=op.f("ck_voorstelrij_soort"),
        ),
        sa.CheckConstraint("plaats >= 1", name=op.f("ck_voorstelrij_plaats")),
        sa.ForeignKeyConstraint(
            ["voorstel_id"], ["inventarisvoorstel.id"], name=op.f("fk_voorstelrij_voorstel_id")
        ),
        sa.PrimaryKeyConstraint("voorstel_id", "plaats", name=op.f("pk_voorstelrij")),
    )
    name = op.f("ix_voorstelrij_voorstel_id_soort")
    op.create_index(name, "voorstelrij", ["voorstel_id", "soort"], unique=False)
