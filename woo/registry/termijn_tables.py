"""The tables of the legal terms: noted facts, keys of calendars, and which digest was sent; beside those of `tables`."""

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Table, UniqueConstraint

from woo.domain.termijnfeit import NOTEERBAAR
from woo.domain.termijnpost import Hoevaak
from woo.registry.columns import Json, Tekst, UtcDateTime, one_of, required
from woo.registry.tables import metadata

termijnfeit = Table(
    "termijnfeit",
    metadata,
    Column("id", Tekst, primary_key=True),
    required("soort", Tekst),
    required("op", sa.Date),
    required("over", Tekst),
    Column("verzoek_id", Tekst, ForeignKey("wooverzoek.id")),
    Column("publicatie_id", Tekst, ForeignKey("publicatie.id")),
    Column("tot", sa.Date),
    UniqueConstraint("soort", "over", "op"),
    one_of("soort", [each.value for each in NOTEERBAAR]),
    CheckConstraint("(verzoek_id IS NULL) <> (publicatie_id IS NULL)", name="hoort_bij"),
    Index(None, "verzoek_id"),
    Index(None, "publicatie_id"),
)

agendasleutel = Table(
    "agendasleutel",
    metadata,
    Column("id", Tekst, primary_key=True),
    required("digest", Tekst),
    required("naam", Tekst),
    Column("account", Tekst),
    Column("organisaties", Json),
    required("aangemaakt_op", UtcDateTime),
    required("vervalt_op", UtcDateTime),
    Column("ingetrokken_op", UtcDateTime),
    UniqueConstraint("digest"),
    Index(None, "account"),
)

termijnpost = Table(
    "termijnpost",
    metadata,
    Column("ontvanger", Tekst, primary_key=True),
    Column("dag", sa.Date, primary_key=True),
    required("op", UtcDateTime),
    required("verzonden", sa.Boolean),
)

termijnabonnement = Table(
    "termijnabonnement",
    metadata,
    Column("account_id", Tekst, ForeignKey("account.id"), primary_key=True),
    required("hoe_vaak", Tekst),
    required("sinds", UtcDateTime),
    one_of("hoe_vaak", Hoevaak),
)
"""Who asked for the digest of the terms of their own organisations, and how often."""
