"""The tables of the people behind a request, apart from those of `dossier_tables`: nothing public is made from them."""

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, Column, ForeignKey, Table, UniqueConstraint

from woo.domain.betrokkenen import Reactie
from woo.registry.columns import Json, Tekst, UtcDateTime, one_of, required
from woo.registry.tables import metadata

verzoeker = Table(
    "verzoeker",
    metadata,
    Column("verzoek_id", Tekst, ForeignKey("wooverzoek.id"), primary_key=True),
    Column("naam", Tekst),
    Column("namens", Tekst),
    Column("adres", Tekst),
    Column("email", Tekst),
    Column("telefoon", Tekst),
    Column("gewist_op", sa.Date),
    CheckConstraint("(naam IS NULL) = (gewist_op IS NOT NULL)", name="gewist"),
)

belanghebbende = Table(
    "belanghebbende",
    metadata,
    Column("id", Tekst, primary_key=True),
    Column("verzoek_id", Tekst, ForeignKey("wooverzoek.id"), nullable=False),
    required("nummer", sa.Integer),
    Column("naam", Tekst),
    Column("adres", Tekst),
    Column("email", Tekst),
    Column("gevraagd_op", sa.Date),
    Column("reageren_voor", sa.Date),
    Column("reactie", Tekst),
    Column("gereageerd_op", sa.Date),
    required("zienswijzen", Json),
    Column("geinformeerd_op", sa.Date),
    Column("gewist_op", sa.Date),
    Column("gewijzigd_op", UtcDateTime),
    UniqueConstraint("verzoek_id", "nummer"),
    one_of("reactie", Reactie),
    CheckConstraint("nummer >= 1", name="nummer"),
    CheckConstraint("(naam IS NULL) = (gewist_op IS NOT NULL)", name="gewist"),
)
