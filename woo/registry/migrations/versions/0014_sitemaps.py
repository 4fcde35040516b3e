"""Sitemaps: which document stands in which file, and what is known of each file.

Revision: 0014, after 0013.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")  # ordered by code point, as on SQLite


def upgrade() -> None:
    op.create_table(
        "sitemapplaats",
        sa.Column("document_id", _TEXT, nullable=False),
        sa.Column("publicatie_id", _TEXT, nullable=False),
        sa.Column("nr", _TEXT, nullable=False),
        sa.Column("deel", sa.Integer(), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("vingerafdruk", _TEXT, nullable=False),
        sa.PrimaryKeyConstraint("document_id", name=op.f("pk_sitemapplaats")),
    )
    op.create_index(op.f("ix_sitemapplaats_publicatie_id"), "sitemapplaats", ["publicatie_id"], unique=False)
    op.create_index(op.f("ix_sitemapplaats_nr_deel"), "sitemapplaats", ["nr", "deel"], unique=False)
    op.create_table(
        "sitemapdeel",
        sa.Column("nr", _TEXT, nullable=False),
        sa.Column("deel", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("aantal", sa.Integer(), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("vuil", sa.Boolean(), nullable=False),
        sa.Column("lastmod", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("aantal >= 0", name=op.f("ck_sitemapdeel_aantal")),
        sa.PrimaryKeyConstraint("nr", "deel", name=op.f("pk_sitemapdeel")),
    )
    _order_sitemaps_of_what_is_public()


def _order_sitemaps_of_what_is_public() -> None:
    """What is public by now gets its place once a worker runs."""
    op.execute(
        sa.text(
            "INSERT INTO job (soort, object_id, prioriteit, wanted, attempts, token, due, resting) "
            "SELECT 'sitemap', id, 9, 1, 0, 0, gewijzigd_op, :nee FROM publicatie WHERE status = 'gepubliceerd'"
        ).bindparams(sa.bindparam("nee", value=False, type_=sa.Boolean()))
    )
