"""The tables of logging in: accounts, their roles, recovery codes, invitations, sessions and attempts; beside those of `tables`."""

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Table, UniqueConstraint

from woo.domain.actor import Rol
from woo.domain.sessie import Fase
from woo.registry.columns import Tekst, UtcDateTime, big_integer, one_of, required
from woo.registry.tables import metadata

LINKSOORTEN = ("uitnodiging", "herstel")
"""What a link in a message to a person is for: the first password, or a new one."""

account = Table(
    "account",
    metadata,
    Column("id", Tekst, primary_key=True),
    required("naam", Tekst),
    Column("email", Tekst),
    Column("wachtwoord", Tekst),
    Column("geheim", Tekst),
    Column("nieuw_geheim", Tekst),
    Column("laatste_stap", big_integer()),
    Column("provider", Tekst),
    required("aangemaakt_op", UtcDateTime),
    required("gewijzigd_op", UtcDateTime),
    Column("laatst_aangemeld", UtcDateTime),
    Column("gesloten_op", UtcDateTime),
    UniqueConstraint("email"),
    UniqueConstraint("provider"),
    CheckConstraint("email IS NOT NULL OR gesloten_op IS NOT NULL", name="email"),
)

accountrol = Table(
    "accountrol",
    metadata,
    Column("account_id", Tekst, ForeignKey("account.id"), primary_key=True),
    Column("plek", Tekst, primary_key=True),
    Column("organisatie", Tekst),
    required("rol", Tekst),
    one_of("rol", Rol),
    CheckConstraint("plek = coalesce(organisatie, '')", name="plek"),
    Index(None, "organisatie"),
)

herstelcode = Table(
    "herstelcode",
    metadata,
    Column("account_id", Tekst, ForeignKey("account.id"), primary_key=True),
    Column("digest", Tekst, primary_key=True),
    Column("gebruikt_op", UtcDateTime),
    CheckConstraint("length(digest) = 64", name="digest"),
)

accountlink = Table(
    "accountlink",
    metadata,
    Column("digest", Tekst, primary_key=True),
    Column("account_id", Tekst, ForeignKey("account.id"), nullable=False),
    required("soort", Tekst),
    required("aangemaakt_op", UtcDateTime),
    required("vervalt_op", UtcDateTime),
    Column("gebruikt_op", UtcDateTime),
    one_of("soort", LINKSOORTEN),
    CheckConstraint("length(digest) = 64", name="digest"),
    Index(None, "account_id"),
)

sessie = Table(
    "sessie",
    metadata,
    Column("id", Tekst, primary_key=True),
    Column("account_id", Tekst, ForeignKey("account.id"), nullable=False),
    required("digest", Tekst),
    required("fase", Tekst),
    required("aangemaakt_op", UtcDateTime),
    required("gebruikt_op", UtcDateTime),
    required("eindigt_op", UtcDateTime),
    required("herkomst", Tekst),
    required("apparaat", Tekst),
    required("via_provider", sa.Boolean),
    Column("beeindigd_op", UtcDateTime),
    UniqueConstraint("digest"),
    one_of("fase", Fase),
    CheckConstraint("length(digest) = 64", name="digest"),
    Index(None, "account_id"),
    Index(None, "eindigt_op"),
)

# How often an address was tried in vain, by keyed digest: the same for one that has an account and one that has none.
aanmeldfout = Table(
    "aanmeldfout",
    metadata,
    Column("sleutel", Tekst, primary_key=True),
    required("aantal", sa.Integer),
    required("laatst", UtcDateTime),
    required("wacht_tot", UtcDateTime),
    CheckConstraint("aantal >= 1", name="aantal"),
    Index(None, "laatst"),
)

# Somebody who was sent to the OpenID provider and is not back yet.
oidcpoging = Table(
    "oidcpoging",
    metadata,
    Column("digest", Tekst, primary_key=True),
    required("browser", Tekst),
    required("nonce", Tekst),
    required("verifier", Tekst),
    required("naar", Tekst),
    required("vervalt_op", UtcDateTime),
    CheckConstraint("length(digest) = 64", name="digest"),
    Index(None, "vervalt_op"),
)

# What somebody had typed when their session ended, sealed; kept until they are back.
bewaardformulier = Table(
    "bewaardformulier",
    metadata,
    Column("digest", Tekst, primary_key=True),
    Column("account_id", Tekst, ForeignKey("account.id"), nullable=False),
    required("inhoud", sa.LargeBinary),
    required("vervalt_op", UtcDateTime),
    CheckConstraint("length(digest) = 64", name="digest"),
    Index(None, "account_id"),
    Index(None, "vervalt_op"),
)
