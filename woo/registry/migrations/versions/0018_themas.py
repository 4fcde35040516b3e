"""What a publicatie is about, by the themes of the top list (TOOI, scw_toplijst).

Revision: 0018, after 0017.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.add_column("publicatie", sa.Column("themas", _JSON, nullable=False, server_default="[]"))
