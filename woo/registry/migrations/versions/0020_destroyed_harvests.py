"""A harvested document that was destroyed stays known as such, and nothing that its source says of it is kept again.

Revision: 0020, after 0019.
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_ITEMS = """
UPDATE oogstitem
SET vernietigd = {true}, gegevens = '{{}}', groep = 'document:' || sleutel, vorm = '', deel_van = NULL, toegepast = NULL,
    taak = NULL, etag = NULL, http_gewijzigd = NULL, sha256 = NULL
WHERE document_id IN (
    SELECT document.id FROM document
    JOIN intrekking ON intrekking.object_id IN (document.id, document.publicatie_id)
    WHERE intrekking.vernietigd_op IS NOT NULL
)
"""
_ANSWERS = """
UPDATE oogstantwoord SET url = waarvoor, koppen = '[]', gevraagd = '[]', sha256 = NULL
WHERE EXISTS (
    SELECT 1 FROM oogstitem
    WHERE oogstitem.bron = oogstantwoord.bron AND oogstitem.sleutel = oogstantwoord.waarvoor AND oogstitem.vernietigd
)
"""


def upgrade() -> None:
    op.add_column(
        "oogstitem", sa.Column("vernietigd", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.create_index(
        op.f("ix_oogstantwoord_bron_waarvoor"), "oogstantwoord", ["bron", "waarvoor"], unique=False
    )
    true = "true" if op.get_bind().dialect.name == "postgresql" else "1"
    op.execute(_ITEMS.format(true=true))
    op.execute(_ANSWERS)
