"""Documents at the desk: the public reason of a version, and relations that a person made.

Revision: 0013, after 0012.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")  # ordered by code point, as on SQLite


def upgrade() -> None:
    op.add_column("bestandsversie", sa.Column("reden", _TEXT, nullable=True))
    op.add_column(
        "relatie", sa.Column("met_de_hand", sa.Boolean(), nullable=False, server_default=sa.false())
    )
