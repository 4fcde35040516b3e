"""The tables of rights and answers: who prepared a publicatie, answers kept under an idempotency key, checks of the chain."""

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Table

from woo.registry.columns import Tekst, UtcDateTime, big_integer, required
from woo.registry.tables import metadata

voorbereider = Table(
    "voorbereider",
    metadata,
    Column("publicatie_id", Tekst, ForeignKey("publicatie.id"), primary_key=True),
    Column("wie", Tekst, primary_key=True),
    required("op", UtcDateTime),
)

idempotentie = Table(
    "idempotentie",
    metadata,
    Column("account", Tekst, primary_key=True),
    Column("sleutel", Tekst, primary_key=True),
    required("vervalt_op", UtcDateTime),
    Column("vraag", Tekst),
    Column("status", sa.Integer),
    Column("koppen", Tekst),
    Column("antwoord", sa.LargeBinary),
    CheckConstraint("(vraag IS NULL) = (status IS NULL)", name="klaar"),
    Index(None, "vervalt_op"),
)

ketencontrole = Table(
    "ketencontrole",
    metadata,
    Column("op", UtcDateTime, primary_key=True),
    required("tot", big_integer()),
    required("breuken", sa.Integer),
    Column("eerste", Tekst),
)
