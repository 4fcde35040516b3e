"""Every kind of file: renditions, messages, parts with labels, word boxes, relations, suggestions, fingerprints.

Revision: 0002, after 0001.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")  # ordered by code point, as on SQLite
_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    _document()
    _pagina()
    _relatie()
    _vingerafdruk()


def _document() -> None:
    op.add_column("document", sa.Column("onzeker", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("document", sa.Column("weergave_digest", _TEXT, nullable=True))
    op.add_column("document", sa.Column("weergave_naam", _TEXT, nullable=True))
    op.add_column("document", sa.Column("weergave_grootte", sa.BigInteger(), nullable=True))
    op.add_column("document", sa.Column("voorstellen", _JSON, nullable=False, server_default="[]"))
    for name in ("bericht_id", "bericht_antwoord_op", "bericht_draad"):
        op.add_column("document", sa.Column(name, _TEXT, nullable=True))
        op.create_index(op.f(f"ix_document_publicatie_id_{name}"), "document", ["publicatie_id", name])


def _pagina() -> None:
    op.add_column("pagina", sa.Column("label", _TEXT, nullable=True))
    op.add_column("pagina", sa.Column("woorden", sa.LargeBinary(), nullable=True))


def _relatie() -> None:
    op.create_table(
        "relatie",
        sa.Column("van_id", _TEXT, nullable=False),
        sa.Column("soort", _TEXT, nullable=False),
        sa.Column("naar_id", _TEXT, nullable=False),
        sa.Column("gelijkenis", sa.Double(), nullable=True),
        sa.CheckConstraint(
            "soort IN ('c_05f4a5f3', 'c_07748060', 'lijkt_op')", name=op.f("ck_relatie_soort")
        ),
        sa.CheckConstraint("gelijkenis BETWEEN 0 AND 1", name=op.f("ck_relatie_gelijkenis")),
        sa.CheckConstraint("van_id <> naar_id", name=op.f("ck_relatie_ander")),
        sa.ForeignKeyConstraint(["van_id"], ["document.id"], name=op.f("fk_relatie_van_id")),
        sa.ForeignKeyConstraint(["naar_id"], ["document.id"], name=op.f("fk_relatie_naar_id")),
        sa.PrimaryKeyConstraint("van_id", "soort", "naar_id", name=op.f("pk_relatie")),
    )
    op.create_index(op.f("ix_relatie_naar_id"), "relatie", ["naar_id"], unique=False)


def _vingerafdruk() -> None:
    op.create_table(
        "vingerafdruk",
        sa.Column("document_id", _TEXT, autoincrement=False, nullable=False),
        sa.Column("waarden", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_vingerafdruk_document_id")),
        sa.PrimaryKeyConstraint("document_id", name=op.f("pk_vingerafdruk")),
    )
    op.create_table(
        "vingerafdrukband",
        sa.Column("document_id", _TEXT, autoincrement=False, nullable=False),
        sa.Column("band", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("waarde", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_vingerafdrukband_document_id")
        ),
        sa.PrimaryKeyConstraint("document_id", "band", name=op.f("pk_vingerafdrukband")),
    )
    op.create_index(
        op.f("ix_vingerafdrukband_band_waarde_document_id"),
        "vingerafdrukband",
        ["band", "waarde", "document_id"],
        unique=False,
    )
