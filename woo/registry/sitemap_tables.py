"""The tables of the sitemaps: which document stands in which file, and what is known of each file; beside those of `tables`."""

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, Column, Index, Table

from woo.registry.columns import Tekst, UtcDateTime, required
from woo.registry.tables import metadata

sitemapplaats = Table(
    "sitemapplaats",
    metadata,
    Column("document_id", Tekst, primary_key=True),
    required("publicatie_id", Tekst),
    required("nr", Tekst),
    required("deel", sa.Integer),
    required("bytes", sa.Integer),
    required("vingerafdruk", Tekst),
    Index(None, "publicatie_id"),
    Index(None, "nr", "deel"),
)

sitemapdeel = Table(
    "sitemapdeel",
    metadata,
    Column("nr", Tekst, primary_key=True),
    Column("deel", sa.Integer, primary_key=True, autoincrement=False),
    required("aantal", sa.Integer),
    required("bytes", sa.Integer),
    required("vuil", sa.Boolean),
    Column("lastmod", UtcDateTime),
    CheckConstraint("aantal >= 0", name="aantal"),
)
