"""Harvesting: sources, runs, what each source offers, every answer of a site.

Revision: 0015, after 0014.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")  # ordered by code point, as on SQLite
_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
_MOMENT = sa.DateTime(timezone=True)
_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "oogstbron",
        sa.Column("naam", _TEXT, nullable=False),
        sa.Column("gezien_op", _MOMENT, nullable=False),
        sa.Column("gevraagd_op", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("naam", name=op.f("pk_oogstbron")),
    )
    op.create_table(
        "oogstrun",
        sa.Column("id", _TEXT, nullable=False),
        sa.Column("bron", _TEXT, nullable=False),
        sa.Column("begonnen_op", _MOMENT, nullable=False),
        sa.Column("fase", _TEXT, nullable=False),
        sa.Column("geeindigd_op", _MOMENT, nullable=True),
        sa.Column("uitkomst", _TEXT, nullable=True),
        sa.Column("reden", _TEXT, nullable=True),
        sa.Column("compleet", sa.Boolean(), nullable=False),
        sa.Column("ontdekt", sa.Integer(), nullable=False),
        sa.Column("verzoeken", sa.Integer(), nullable=False),
        sa.Column("tellingen", _JSON, nullable=False),
        sa.Column("waarschuwingen", _JSON, nullable=False),
        sa.CheckConstraint("fase IN ('ontdekken', 'ophalen', 'klaar')", name=op.f("ck_oogstrun_fase")),
        sa.CheckConstraint(
            "uitkomst IN ('volledig', 'onvolledig', 'geweigerd')", name=op.f("ck_oogstrun_uitkomst")
        ),
        sa.CheckConstraint(
            "(fase = 'klaar') = (geeindigd_op IS NOT NULL)", name=op.f("ck_oogstrun_geeindigd")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_oogstrun")),
    )
    op.create_index(op.f("ix_oogstrun_bron_begonnen_op"), "oogstrun", ["bron", "begonnen_op"], unique=False)
    _items()
    _answers()


def _items() -> None:
    op.create_table(
        "oogstitem",
        sa.Column("bron", _TEXT, nullable=False),
        sa.Column("sleutel", _TEXT, nullable=False),
        sa.Column("volgorde", sa.Integer(), nullable=False),
        sa.Column("groep", _TEXT, nullable=False),
        sa.Column("vorm", _TEXT, nullable=False),
        sa.Column("gegevens", _JSON, nullable=False),
        sa.Column("deel_van", _TEXT, nullable=True),
        sa.Column("toegepast", _TEXT, nullable=True),
        sa.Column("gezien_run", _TEXT, nullable=True),
        sa.Column("verschil", _TEXT, nullable=True),
        sa.Column("taak", _TEXT, nullable=True),
        sa.Column("reden", _TEXT, nullable=True),
        sa.Column("etag", _TEXT, nullable=True),
        sa.Column("http_gewijzigd", _TEXT, nullable=True),
        sa.Column("sha256", _TEXT, nullable=True),
        sa.Column("document_id", _TEXT, nullable=True),
        sa.Column("afwezig", sa.Integer(), nullable=False),
        sa.Column("weg", sa.Boolean(), nullable=False),
        sa.Column("vrij", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "verschil IN ('new', 'changed', 'unchanged', 'gone', 'failed')",
            name=op.f("ck_oogstitem_verschil"),
        ),
        sa.CheckConstraint("taak IN ('halen', 'gegevens', 'vragen')", name=op.f("ck_oogstitem_taak")),
        sa.CheckConstraint("length(sleutel) <= 2000", name=op.f("ck_oogstitem_sleutel")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_oogstitem_document_id")),
        sa.PrimaryKeyConstraint("bron", "sleutel", name=op.f("pk_oogstitem")),
    )
    for columns in (
        ["bron", "taak", "volgorde"],
        ["bron", "groep", "volgorde"],
        ["bron", "deel_van"],
        ["document_id"],
    ):
        op.create_index(op.f(f"ix_oogstitem_{'_'.join(columns)}"), "oogstitem", columns, unique=False)


def _answers() -> None:
    op.create_table(
        "oogstantwoord",
        sa.Column("id", _BIG, nullable=False),
        sa.Column("run_id", _TEXT, nullable=False),
        sa.Column("bron", _TEXT, nullable=False),
        sa.Column("url", _TEXT, nullable=False),
        sa.Column("waarvoor", _TEXT, nullable=False),
        sa.Column("methode", _TEXT, nullable=False),
        sa.Column("op", _MOMENT, nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("koppen", _JSON, nullable=False),
        sa.Column("gevraagd", _JSON, nullable=False),
        sa.Column("ip", _TEXT, nullable=True),
        sa.Column("fout", _TEXT, nullable=True),
        sa.Column("sha256", _TEXT, nullable=True),
        sa.Column("grootte", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_oogstantwoord")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_oogstantwoord_bron_id"), "oogstantwoord", ["bron", "id"], unique=False)
