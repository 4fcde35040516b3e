"""Who asked for the digest of the legal terms by mail.

Revision: 0017, after 0016.
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")  # ordered by code point, as on SQLite
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "termijnabonnement",
        sa.Column("account_id", _TEXT, nullable=False),
        sa.Column("hoe_vaak", _TEXT, nullable=False),
        sa.Column("sinds", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_termijnabonnement")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_termijnabonnement_account_id")),
        sa.CheckConstraint(
            "hoe_vaak IN ('dagelijks', 'wekelijks')", name=op.f("ck_termijnabonnement_hoe_vaak")
        ),
    )
