"""The tables of publishing: plans, fields of categories, announcements, links for requesters; beside those of `tables`."""

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Table, UniqueConstraint

from woo.domain.planning import Planstaat
from woo.registry.columns import Json, Tekst, UtcDateTime, one_of, required
from woo.registry.tables import metadata

publicatieplan = Table(
    "publicatieplan",
    metadata,
    Column("publicatie_id", Tekst, ForeignKey("publicatie.id"), primary_key=True),
    required("op", UtcDateTime),
    required("gepland_op", UtcDateTime),
    required("embargo", sa.Boolean),
    Column("notitie", Tekst),
    required("staat", Tekst),
    Column("uitgevoerd_op", UtcDateTime),
    required("redenen", Json),
    one_of("staat", Planstaat),
    Index(None, "staat", "op"),
)

categorieveld = Table(
    "categorieveld",
    metadata,
    Column("publicatie_id", Tekst, ForeignKey("publicatie.id"), primary_key=True),
    Column("veld", Tekst, primary_key=True),
    required("waarde", Tekst),
    CheckConstraint("length(waarde) > 0", name="waarde"),
)

mededeling = Table(
    "mededeling",
    metadata,
    Column("publicatie_id", Tekst, ForeignKey("publicatie.id"), primary_key=True),
    required("gronden", Json),
    required("toelichting", Tekst),
)

inzage = Table(
    "inzage",
    metadata,
    Column("id", Tekst, primary_key=True),
    Column("publicatie_id", Tekst, ForeignKey("publicatie.id"), nullable=False),
    required("naam", Tekst),
    required("digest", Tekst),
    required("documenten", Json),
    required("aangemaakt_op", UtcDateTime),
    required("vervalt_op", UtcDateTime),
    Column("ingetrokken_op", UtcDateTime),
    required("gebruikt", sa.Integer),
    Column("laatst_gebruikt", UtcDateTime),
    UniqueConstraint("digest"),
    CheckConstraint("length(digest) = 64", name="digest"),
    CheckConstraint("gebruikt >= 0", name="gebruikt"),
    Index(None, "publicatie_id"),
)
