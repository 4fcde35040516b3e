"""The feed of changes: the last change of each document, its files and its edition; and where the feed of a source goes on.

Revision: 0019, after 0018.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")  # ordered by code point, as on SQLite
_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "wijziging",
        sa.Column("document_id", _TEXT, nullable=False),
        sa.Column("publicatie_id", _TEXT, nullable=False),
        sa.Column("nummer", sa.BigInteger(), nullable=False),
        sa.Column("op", _MOMENT, nullable=False),
        sa.Column("status", _TEXT, nullable=False),
        sa.Column("vingerafdruk", _TEXT, nullable=False),
        sa.CheckConstraint(
            "status IN ('openbaar', 'ingetrokken', 'niet_openbaar')", name=op.f("ck_wijziging_status")
        ),
        sa.CheckConstraint("nummer > 0", name=op.f("ck_wijziging_nummer")),
        sa.PrimaryKeyConstraint("document_id", name=op.f("pk_wijziging")),
        sa.UniqueConstraint("nummer", name=op.f("uq_wijziging_nummer")),
    )
    op.create_index(op.f("ix_wijziging_publicatie_id"), "wijziging", ["publicatie_id"], unique=False)
    op.create_table(
        "wijzigingdeel",
        sa.Column("deel", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("aantal", sa.Integer(), nullable=False),
        sa.Column("vuil", sa.Boolean(), nullable=False),
        sa.Column("laatst", _MOMENT, nullable=True),
        sa.CheckConstraint("deel > 0", name=op.f("ck_wijzigingdeel_deel")),
        sa.CheckConstraint("aantal >= 0", name=op.f("ck_wijzigingdeel_aantal")),
        sa.PrimaryKeyConstraint("deel", name=op.f("pk_wijzigingdeel")),
    )
    op.create_table(
        "wijzigingeditie",
        sa.Column("editie", _TEXT, nullable=False),
        sa.Column("begonnen_op", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("editie", name=op.f("pk_wijzigingeditie")),
    )
    op.add_column("oogstbron", sa.Column("voortgang", _JSON, nullable=True))
    _order_what_was_ever_public()


def _order_what_was_ever_public() -> None:
    """What is public by now, and what was and is withdrawn, gets its number once a worker runs."""
    op.execute(
        sa.text(
            "INSERT INTO job (soort, object_id, prioriteit, wanted, attempts, token, due, resting) "
            "SELECT 'sitemap', id, 9, 1, 0, 0, gewijzigd_op, :nee FROM publicatie "
            "WHERE status IN ('gepubliceerd', 'ingetrokken') AND NOT EXISTS "
            "(SELECT 1 FROM job WHERE job.soort = 'sitemap' AND job.object_id = publicatie.id)"
        ).bindparams(sa.bindparam("nee", value=False, type_=sa.Boolean()))
    )
