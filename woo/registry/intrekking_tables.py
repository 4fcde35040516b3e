"""The tables of what comes back from public: withdrawals, proposals for two people, leak sheets, terms, counts."""

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, Column, Index, Table

from woo.domain.ingreep import Aanleiding, Ingreepsoort, Ingreepstatus
from woo.registry.columns import Json, Tekst, UtcDateTime, one_of, required
from woo.registry.records import SOORTEN
from woo.registry.tables import metadata

# Every withdrawal with the reason of our own list; also those that were undone. Withdrawals from before have no row.
intrekking = Table(
    "intrekking",
    metadata,
    Column("object_id", Tekst, primary_key=True),
    Column("op", UtcDateTime, primary_key=True),
    required("object_soort", Tekst),
    required("publicatie_id", Tekst),
    Column("code", Tekst),
    required("openbaar", Tekst),
    Column("toelichting", Tekst),
    Column("hersteld_op", UtcDateTime),
    Column("hersteld_toelichting", Tekst),
    Column("vernietigd_op", UtcDateTime),
    one_of("object_soort", SOORTEN),
    CheckConstraint("hersteld_op IS NULL OR hersteld_op >= op", name="hersteld"),
    CheckConstraint("hersteld_op IS NULL OR vernietigd_op IS NULL", name="vernietigd"),
    Index(None, "publicatie_id"),
    Index(None, "op"),
)

ingreep = Table(
    "ingreep",
    metadata,
    Column("id", Tekst, primary_key=True),
    required("soort", Tekst),
    required("object_soort", Tekst),
    required("object_id", Tekst),
    required("reden", Tekst),
    required("voorgesteld_op", UtcDateTime),
    required("voorgesteld_door", Tekst),
    required("voorgesteld_naam", Tekst),
    required("geldig_tot", UtcDateTime),
    Column("organisatie", Tekst),
    Column("aanleiding", Tekst),
    required("andere", Json),
    required("status", Tekst),
    Column("beslist_op", UtcDateTime),
    Column("beslist_door", Tekst),
    Column("beslist_naam", Tekst),
    Column("toelichting", Tekst),
    required("zegels", Json),
    required("te_wissen", Json),
    Column("uitgevoerd_op", UtcDateTime),
    required("gegevens", Json),
    one_of("soort", Ingreepsoort),
    one_of("object_soort", SOORTEN),
    one_of("aanleiding", Aanleiding),
    one_of("status", Ingreepstatus),
    CheckConstraint("(soort = 'vernietiging') = (aanleiding IS NOT NULL)", name="grond"),
    CheckConstraint("(status = 'open') = (beslist_op IS NULL)", name="beslist"),
    CheckConstraint(
        "status NOT IN ('goedgekeurd', 'uitgevoerd') OR beslist_door <> voorgesteld_door", name="ander"
    ),
    Index(None, "object_id"),
    Index(None, "status"),
)

# What was destroyed, by a keyed digest of its file, so that the file is known when it comes back.
vernietigd = Table(
    "vernietigd",
    metadata,
    Column("zegel", Tekst, primary_key=True),
    Column("ingreep_id", Tekst, sa.ForeignKey("ingreep.id")),
    required("op", UtcDateTime),
    Index(None, "ingreep_id"),
)

verklaring = Table(
    "verklaring",
    metadata,
    Column("ingreep_id", Tekst, sa.ForeignKey("ingreep.id"), primary_key=True),
    required("op", UtcDateTime),
    required("inhoud", sa.LargeBinary),
)

lekblad = Table(
    "lekblad",
    metadata,
    Column("object_id", Tekst, primary_key=True),
    Column("ingetrokken_op", UtcDateTime, primary_key=True),
    required("object_soort", Tekst),
    required("ontdekt_op", UtcDateTime),
    required("gemaakt_op", UtcDateTime),
    required("vastgelegd", Json),
    Column("melden", sa.Boolean),
    Column("besluit_reden", Tekst),
    Column("besloten_op", UtcDateTime),
    Column("gemeld_op", UtcDateTime),
    one_of("object_soort", SOORTEN),
)

bewaartermijn = Table(
    "bewaartermijn",
    metadata,
    Column("publicatie_id", Tekst, sa.ForeignKey("publicatie.id"), primary_key=True),
    required("afwijkend", sa.Boolean),
    Column("jaren", sa.Integer),
    Column("reden", Tekst),
    Column("gewijzigd_op", UtcDateTime),
    Column("aangekondigd_op", UtcDateTime),
    CheckConstraint("jaren BETWEEN 1 AND 200", name="jaren"),
)

# How often a public document was asked for, per day; no address, no person, no search.
raadpleging = Table(
    "raadpleging",
    metadata,
    Column("document_id", Tekst, primary_key=True),
    Column("dag", sa.Date, primary_key=True),
    required("weergaven", sa.BigInteger),
    required("downloads", sa.BigInteger),
    CheckConstraint("weergaven >= 0 AND downloads >= 0", name="aantal"),
)
