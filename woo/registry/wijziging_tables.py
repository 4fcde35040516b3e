"""The tables of the feed of changes: the last change of each document, the files that tell of them, the edition; beside `tables`."""

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, Column, Index, Table, UniqueConstraint

from woo.domain.wijziging import Wijzigingstatus
from woo.registry.columns import Tekst, UtcDateTime, one_of, required
from woo.registry.tables import metadata

wijziging = Table(
    "wijziging",
    metadata,
    Column("document_id", Tekst, primary_key=True),
    required("publicatie_id", Tekst),
    required("nummer", sa.BigInteger),
    required("op", UtcDateTime),
    required("status", Tekst),
    required("vingerafdruk", Tekst),
    one_of("status", Wijzigingstatus),
    CheckConstraint("nummer > 0", name="nummer"),
    UniqueConstraint("nummer"),
    Index(None, "publicatie_id"),
)

# Which numbers stand in which file of the public store, as far as any does; dirty until it was written.
wijzigingdeel = Table(
    "wijzigingdeel",
    metadata,
    Column("deel", sa.Integer, primary_key=True, autoincrement=False),
    required("aantal", sa.Integer),
    required("vuil", sa.Boolean),
    Column("laatst", UtcDateTime),
    CheckConstraint("deel > 0", name="deel"),
    CheckConstraint("aantal >= 0", name="aantal"),
)

# One row: numbers of another edition mean nothing here.
wijzigingeditie = Table(
    "wijzigingeditie",
    metadata,
    Column("editie", Tekst, primary_key=True),
    required("begonnen_op", UtcDateTime),
)
