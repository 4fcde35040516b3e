"""Requests at the desk: for whom a document is, and what it is within its dossier.

Revision: 0008, after 0005.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0005"
branch_labels = None
depends_on = None

_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")  # ordered by code point, as on SQLite


def upgrade() -> None:
    _document()


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
