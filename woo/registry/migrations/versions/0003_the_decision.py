"""The decision: requests under the Woo, decisions on them, and the rows of their inventories.

Revision: 0003, after 0002.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")  # ordered by code point, as on SQLite
_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    _wooverzoek()
    _woobesluit()
    _inventarisregel()


def _wooverzoek() -> None:
    op.create_table(
        "wooverzoek",
        sa.Column("id", _TEXT, nullable=False),
        sa.Column("kenmerk", _TEXT, nullable=False),
        sa.Column("onderwerp", _TEXT, nullable=False),
        sa.Column("ontvangen_op", sa.Date(), nullable=False),
        sa.Column("verdaagd_op", sa.Date(), nullable=True),
        sa.Column("verdaging_dagen", sa.Integer(), nullable=False),
        sa.Column("opschortingen", _JSON, nullable=False),
        sa.CheckConstraint("verdaging_dagen BETWEEN 0 AND 14", name=op.f("ck_wooverzoek_verdaging_dagen")),
        sa.CheckConstraint(
            "(verdaagd_op IS NULL) = (verdaging_dagen = 0)", name=op.f("ck_wooverzoek_verdaging")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wooverzoek")),
    )
    op.create_index(op.f("ix_wooverzoek_kenmerk"), "wooverzoek", ["kenmerk"], unique=False)


def _woobesluit() -> None:
    op.create_table(
        "woobesluit",
        sa.Column("id", _TEXT, nullable=False),
        sa.Column("verzoek_id", _TEXT, nullable=False),
        sa.Column("kenmerk", _TEXT, nullable=False),
        sa.Column("datum", sa.Date(), nullable=False),
        sa.Column("uitkomst", _TEXT, nullable=False),
        sa.Column("deelbesluit", sa.Integer(), nullable=True),
        sa.Column("publicatie_id", _TEXT, nullable=True),
        sa.CheckConstraint(
            "uitkomst IN ('openbaar', 'deels_openbaar', 'niet_openbaar', 'reeds_openbaar', 'geen_documenten')",
            name=op.f("ck_woobesluit_uitkomst"),
        ),
        sa.CheckConstraint("deelbesluit >= 1", name=op.f("ck_woobesluit_deelbesluit")),
        sa.ForeignKeyConstraint(["verzoek_id"], ["wooverzoek.id"], name=op.f("fk_woobesluit_verzoek_id")),
        sa.ForeignKeyConstraint(
            ["publicatie_id"], ["publicatie.id"], name=op.f("fk_woobesluit_publicatie_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_woobesluit")),
        sa.UniqueConstraint("verzoek_id", "deelbesluit", name=op.f("uq_woobesluit_verzoek_id_deelbesluit")),
    )
    op.create_index(op.f("ix_woobesluit_publicatie_id"), "woobesluit", ["publicatie_id"], unique=False)
    op.create_index(
        "uq_woobesluit_verzoek_id",
        "woobesluit",
        ["verzoek_id"],
        unique=True,
        sqlite_where=sa.text("deelbesluit IS NULL"),
        postgresql_where=sa.text("deelbesluit IS NULL"),
    )


def _inventarisregel() -> None:
    op.create_table(
        "inventarisregel",
        sa.Column("publicatie_id", _TEXT, nullable=False),
        sa.Column("sleutel", _TEXT, nullable=False),
        sa.Column("volgorde", sa.Integer(), nullable=False),
        sa.Column("nummer", _TEXT, nullable=False),
        sa.Column("documentnaam", _TEXT, nullable=False),
        sa.Column("beoordeling", _TEXT, nullable=False),
        sa.Column("gronden", _JSON, nullable=False),
        sa.Column("bijzonderheden", _JSON, nullable=False),
        sa.Column("datum", sa.Date(), nullable=True),
        sa.Column("soort", _TEXT, nullable=True),
        sa.Column("toelichting", _TEXT, nullable=True),
        sa.Column("opgeschort", sa.Boolean(), nullable=False),
        sa.Column("links", _JSON, nullable=False),
        sa.Column("gerelateerd", _JSON, nullable=False),
        sa.Column("zaaknummers", _JSON, nullable=False),
        sa.Column("familie", _TEXT, nullable=True),
        sa.Column("draad", _TEXT, nullable=True),
        sa.Column("overig", _JSON, nullable=False),
        sa.Column("document_id", _TEXT, nullable=True),
        sa.CheckConstraint(
            "beoordeling IN ('openbaar', 'deels_openbaar', 'niet_openbaar', 'reeds_openbaar')",
            name=op.f("ck_inventarisregel_beoordeling"),
        ),
        sa.CheckConstraint("volgorde >= 1", name=op.f("ck_inventarisregel_volgorde")),
        sa.ForeignKeyConstraint(
            ["publicatie_id"], ["publicatie.id"], name=op.f("fk_inventarisregel_publicatie_id")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_inventarisregel_document_id")
        ),
        sa.PrimaryKeyConstraint("publicatie_id", "sleutel", name=op.f("pk_inventarisregel")),
        sa.UniqueConstraint(
            "publicatie_id", "volgorde", name=op.f("uq_inventarisregel_publicatie_id_volgorde")
        ),
    )
    op.create_index(op.f("ix_inventarisregel_document_id"), "inventarisregel", ["document_id"], unique=False)
