"""The legal terms: facts noted by hand, keys of calendars, and which digest was sent on which day.

Revision: 0009, after 0008.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")  # ordered by code point, as on SQLite
_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
_MOMENT = sa.DateTime(timezone=True)
_FEITEN = (
    "precisering_termijn",
    "ander_orgaan",
    "rechterlijke_termijn",
    "nieuwe_datum_gemeld",
    "bekendmaking",
    "uitgesteld",
    "commissie",
    "bezwaar_verdaagd",
    "vaststelling",
)


def upgrade() -> None:
    op.create_table(
        "termijnfeit",
        sa.Column("id", _TEXT, nullable=False),
        sa.Column("soort", _TEXT, nullable=False),
        sa.Column("op", sa.Date(), nullable=False),
        sa.Column("over", _TEXT, nullable=False),
        sa.Column("verzoek_id", _TEXT, nullable=True),
        sa.Column("publicatie_id", _TEXT, nullable=True),
        sa.Column("tot", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "soort IN (" + ", ".join(f"'{soort}'" for soort in _FEITEN) + ")",
            name=op.f("ck_termijnfeit_soort"),
        ),
        sa.CheckConstraint(
            "(verzoek_id IS NULL) <> (publicatie_id IS NULL)", name=op.f("ck_termijnfeit_hoort_bij")
        ),
        sa.ForeignKeyConstraint(["verzoek_id"], ["wooverzoek.id"], name=op.f("fk_termijnfeit_verzoek_id")),
        sa.ForeignKeyConstraint(
            ["publicatie_id"], ["publicatie.id"], name=op.f("fk_termijnfeit_publicatie_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_termijnfeit")),
        sa.UniqueConstraint("soort", "over", "op", name=op.f("uq_termijnfeit_soort_over_op")),
    )
    for column in ("verzoek_id", "publicatie_id"):
        op.create_index(op.f(f"ix_termijnfeit_{column}"), "termijnfeit", [column], unique=False)
    op.create_table(
        "agendasleutel",
        sa.Column("id", _TEXT, nullable=False),
        sa.Column("digest", _TEXT, nullable=False),
        sa.Column("naam", _TEXT, nullable=False),
        sa.Column("account", _TEXT, nullable=True),
        sa.Column("organisaties", _JSON, nullable=True),
        sa.Column("aangemaakt_op", _MOMENT, nullable=False),
        sa.Column("vervalt_op", _MOMENT, nullable=False),
        sa.Column("ingetrokken_op", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agendasleutel")),
        sa.UniqueConstraint("digest", name=op.f("uq_agendasleutel_digest")),
    )
    op.create_index(op.f("ix_agendasleutel_account"), "agendasleutel", ["account"], unique=False)
    op.create_table(
        "termijnpost",
        sa.Column("ontvanger", _TEXT, nullable=False),
        sa.Column("dag", sa.Date(), nullable=False),
        sa.Column("op", _MOMENT, nullable=False),
        sa.Column("verzonden", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("ontvanger", "dag", name=op.f("pk_termijnpost")),
    )
