"""Requests at the desk: whose they are and what befell them, who asked, third parties, revised decisions, as-sent documents.

Revision: 0008, after 0007.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")  # ordered by code point, as on SQLite
_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    _document()
    _wooverzoek()
    _woobesluit()
    _verzoeker()
    _belanghebbende()


def _document() -> None:
    op.add_column("document", sa.Column("bestemming", _TEXT, nullable=False, server_default="openbaar"))
    op.add_column("document", sa.Column("rol", _TEXT, nullable=True))
    op.drop_index("uq_document_publicatie_id_bestand_digest", table_name="document")
    op.create_index(
        "uq_document_publicatie_id_bestand_digest",
        "document",
        ["publicatie_id", "bestand_digest", "bestemming"],
        unique=True,
        sqlite_where=sa.text("ingetrokken_op IS NULL"),
        postgresql_where=sa.text("ingetrokken_op IS NULL"),
    )


def _wooverzoek() -> None:
    op.add_column("wooverzoek", sa.Column("organisatie", _TEXT, nullable=True))
    for name in ("periode_van", "periode_tot"):
        op.add_column("wooverzoek", sa.Column(name, sa.Date(), nullable=True))
    for name in ("preciseringen", "doorzendingen", "ingebrekestellingen"):
        op.add_column("wooverzoek", sa.Column(name, _JSON, nullable=False, server_default="[]"))
    op.add_column("wooverzoek", sa.Column("ingetrokken_op", sa.Date(), nullable=True))
    op.add_column("wooverzoek", sa.Column("gewijzigd_op", sa.DateTime(timezone=True), nullable=True))
    op.create_index(op.f("ix_wooverzoek_organisatie"), "wooverzoek", ["organisatie"], unique=False)
    # A request that was there is of the organisation whose publicatie shows a decision on it; else nobody knows.
    op.execute(
        """UPDATE wooverzoek SET organisatie = (
            SELECT MIN(publicatie.publisher) FROM woobesluit
            JOIN publicatie ON publicatie.id = woobesluit.publicatie_id
            WHERE woobesluit.verzoek_id = wooverzoek.id)"""
    )


def _woobesluit() -> None:
    op.drop_index("uq_woobesluit_verzoek_id", table_name="woobesluit")
    with op.batch_alter_table("woobesluit") as table:
        table.drop_constraint(op.f("uq_woobesluit_verzoek_id_deelbesluit"), type_="unique")
        table.drop_constraint(op.f("ck_woobesluit_uitkomst"), type_="check")
        table.add_column(sa.Column("laatste", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("gronden", _JSON, nullable=False, server_default="[]"))
        for name in ("ondertekenaar", "aangemerkt_als", "herziet", "herziening"):
            table.add_column(sa.Column(name, _TEXT, nullable=True))
        table.add_column(sa.Column("gewijzigd_op", sa.DateTime(timezone=True), nullable=True))
        table.create_check_constraint(
            op.f("ck_woobesluit_uitkomst"),
            "uitkomst IN ('openbaar', 'deels_openbaar', 'niet_openbaar', 'reeds_openbaar', 'geen_documenten', "
            "'buiten_behandeling', 'doorgezonden', 'ingetrokken', 'geen_woo_verzoek')",
        )
        table.create_check_constraint(
            op.f("ck_woobesluit_herziening"), "herziening IN ('bezwaar', 'rechter', 'ambtshalve')"
        )
        table.create_check_constraint(
            op.f("ck_woobesluit_herziet"), "(herziet IS NULL) = (herziening IS NULL)"
        )
    op.create_index("uq_woobesluit_herziet", "woobesluit", ["herziet"], unique=True)
    for name, columns, where in (
        ("uq_woobesluit_verzoek_id", ["verzoek_id"], "deelbesluit IS NULL AND herziet IS NULL"),
        ("uq_woobesluit_verzoek_id_deelbesluit", ["verzoek_id", "deelbesluit"], "herziet IS NULL"),
    ):
        condition = sa.text(where)
        op.create_index(
            name, "woobesluit", columns, unique=True, sqlite_where=condition, postgresql_where=condition
        )


def _verzoeker() -> None:
    op.create_table(
        "verzoeker",
        sa.Column("verzoek_id", _TEXT, nullable=False),
        *(sa.Column(name, _TEXT, nullable=True) for name in ("naam", "namens", "adres", "email", "telefoon")),
        sa.Column("gewist_op", sa.Date(), nullable=True),
        sa.CheckConstraint("(naam IS NULL) = (gewist_op IS NOT NULL)", name=op.f("ck_verzoeker_gewist")),
        sa.ForeignKeyConstraint(["verzoek_id"], ["wooverzoek.id"], name=op.f("fk_verzoeker_verzoek_id")),
        sa.PrimaryKeyConstraint("verzoek_id", name=op.f("pk_verzoeker")),
    )


def _belanghebbende() -> None:
    op.create_table(
        "belanghebbende",
        sa.Column("id", _TEXT, nullable=False),
        sa.Column("verzoek_id", _TEXT, nullable=False),
        sa.Column("nummer", sa.Integer(), nullable=False),
        *(sa.Column(name, _TEXT, nullable=True) for name in ("naam", "adres", "email")),
        *(sa.Column(name, sa.Date(), nullable=True) for name in ("gevraagd_op", "reageren_voor")),
        sa.Column("reactie", _TEXT, nullable=True),
        sa.Column("gereageerd_op", sa.Date(), nullable=True),
        sa.Column("zienswijzen", _JSON, nullable=False),
        *(sa.Column(name, sa.Date(), nullable=True) for name in ("geinformeerd_op", "gewist_op")),
        sa.Column("gewijzigd_op", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "reactie IN ('geen_bezwaar', 'bezwaar', 'deels', 'geen_reactie')",
            name=op.f("ck_belanghebbende_reactie"),
        ),
        sa.CheckConstraint("nummer >= 1", name=op.f("ck_belanghebbende_nummer")),
        sa.CheckConstraint("(naam IS NULL) = (gewist_op IS NOT NULL)", name=op.f("ck_belanghebbende_gewist")),
        sa.ForeignKeyConstraint(["verzoek_id"], ["wooverzoek.id"], name=op.f("fk_belanghebbende_verzoek_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_belanghebbende")),
        sa.UniqueConstraint("verzoek_id", "nummer", name=op.f("uq_belanghebbende_verzoek_id_nummer")),
    )
