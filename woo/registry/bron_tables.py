"""The table of checks of other publishers; beside those of `tables`."""

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, Column, Index, Table

from woo.registry.columns import Json, Tekst, UtcDateTime, required
from woo.registry.tables import metadata

broncontrole = Table(
    "broncontrole",
    metadata,
    Column("id", Tekst, primary_key=True),
    required("adres", Tekst),
    required("gevraagd_op", UtcDateTime),
    Column("klaar_op", UtcDateTime),
    Column("verslag", Json),
    Column("fout", Tekst),
    required("pogingen", sa.Integer),
    Column("openbaar_op", UtcDateTime),
    CheckConstraint("pogingen >= 0", name="pogingen"),
    CheckConstraint("verslag IS NULL OR klaar_op IS NOT NULL", name="klaar"),
    CheckConstraint("openbaar_op IS NULL OR verslag IS NOT NULL", name="openbaar"),
    Index(None, "klaar_op", "gevraagd_op"),
)
