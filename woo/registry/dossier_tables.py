"""The tables of the dossier: requests, decisions, procedures, rows of inventories, contacts; beside those of `tables`."""

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Table, UniqueConstraint

from woo.domain.besluit import Herziening, Uitkomst
from woo.domain.inventaris import Beoordeling
from woo.domain.procedure import Proceduresoort, Procedureuitkomst
from woo.domain.verzoek import VERDAGING_DAGEN
from woo.registry.columns import Json, Tekst, UtcDateTime, one_of, required, unique_where
from woo.registry.tables import metadata

CONTACT_VAN = ("organisatie", "publicatie")
"""Whose contact a row can be: of all publicaties of an organisation, or of one publicatie."""

wooverzoek = Table(
    "wooverzoek",
    metadata,
    Column("id", Tekst, primary_key=True),
    required("kenmerk", Tekst),
    required("onderwerp", Tekst),
    required("ontvangen_op", sa.Date),
    Column("verdaagd_op", sa.Date),
    required("verdaging_dagen", sa.Integer),
    required("opschortingen", Json),
    Column("organisatie", Tekst),
    Column("periode_van", sa.Date),
    Column("periode_tot", sa.Date),
    Column("preciseringen", Json, nullable=False, server_default="[]"),
    Column("doorzendingen", Json, nullable=False, server_default="[]"),
    Column("ingebrekestellingen", Json, nullable=False, server_default="[]"),
    Column("ingetrokken_op", sa.Date),
    Column("gewijzigd_op", UtcDateTime),
    CheckConstraint(f"verdaging_dagen BETWEEN 0 AND {VERDAGING_DAGEN}", name="verdaging_dagen"),
    CheckConstraint("(verdaagd_op IS NULL) = (verdaging_dagen = 0)", name="verdaging"),
    Index(None, "kenmerk"),
    Index(None, "organisatie"),
)

woobesluit = Table(
    "woobesluit",
    metadata,
    Column("id", Tekst, primary_key=True),
    Column("verzoek_id", Tekst, ForeignKey("wooverzoek.id"), nullable=False),
    required("kenmerk", Tekst),
    required("datum", sa.Date),
    required("uitkomst", Tekst),
    Column("deelbesluit", sa.Integer),
    Column("publicatie_id", Tekst, ForeignKey("publicatie.id")),
    Column("laatste", sa.Boolean, nullable=False, server_default=sa.false()),
    Column("gronden", Json, nullable=False, server_default="[]"),
    Column("ondertekenaar", Tekst),
    Column("aangemerkt_als", Tekst),
    Column("herziet", Tekst),
    Column("herziening", Tekst),
    Column("gewijzigd_op", UtcDateTime),
    one_of("uitkomst", Uitkomst),
    CheckConstraint("deelbesluit >= 1", name="deelbesluit"),
    one_of("herziening", Herziening),
    CheckConstraint("(herziet IS NULL) = (herziening IS NULL)", name="herziet"),
    Index(None, "publicatie_id"),
    Index("uq_woobesluit_herziet", "herziet", unique=True),
)
# A request has either one decision on the whole of it, or numbered partial ones; a revised decision takes the place of one.
_WHOLE = sa.and_(woobesluit.c.deelbesluit.is_(None), woobesluit.c.herziet.is_(None))
unique_where("uq_woobesluit_verzoek_id", woobesluit.c.verzoek_id, where=_WHOLE)
unique_where(
    "uq_woobesluit_verzoek_id_deelbesluit",
    woobesluit.c.verzoek_id,
    woobesluit.c.deelbesluit,
    where=woobesluit.c.herziet.is_(None),
)

inventarisregel = Table(
    "inventarisregel",
    metadata,
    Column("publicatie_id", Tekst, ForeignKey("publicatie.id"), primary_key=True),
    Column("sleutel", Tekst, primary_key=True),
    required("volgorde", sa.Integer),
    required("nummer", Tekst),
    required("documentnaam", Tekst),
    required("beoordeling", Tekst),
    required("gronden", Json),
    required("bijzonderheden", Json),
    Column("datum", sa.Date),
    Column("soort", Tekst),
    Column("toelichting", Tekst),
    required("opgeschort", sa.Boolean),
    required("links", Json),
    required("gerelateerd", Json),
    required("zaaknummers", Json),
    Column("familie", Tekst),
    Column("draad", Tekst),
    required("overig", Json),
    Column("document_id", Tekst, ForeignKey("document.id")),
    required("nummersleutel", Tekst),
    required("naamsleutel", Tekst),
    required("wetten", Json),
    UniqueConstraint("publicatie_id", "volgorde"),
    one_of("beoordeling", Beoordeling),
    CheckConstraint("volgorde >= 1", name="volgorde"),
    Index(None, "document_id"),
    Index(None, "publicatie_id", "nummersleutel"),
    Index(None, "publicatie_id", "naamsleutel"),
)

besluitprocedure = Table(
    "besluitprocedure",
    metadata,
    Column("id", Tekst, primary_key=True),
    Column("besluit_id", Tekst, ForeignKey("woobesluit.id"), nullable=False),
    required("soort", Tekst),
    required("datum", sa.Date),
    Column("uitkomst", Tekst),
    Column("beslist_op", sa.Date),
    Column("ecli", Tekst),
    one_of("soort", Proceduresoort),
    one_of("uitkomst", Procedureuitkomst),
    CheckConstraint("(uitkomst IS NULL) = (beslist_op IS NULL)", name="beslist"),
    Index(None, "besluit_id"),
)

contactpersoon = Table(
    "contactpersoon",
    metadata,
    Column("soort", Tekst, primary_key=True),
    Column("object_id", Tekst, primary_key=True),
    required("naam", Tekst),
    Column("email", Tekst),
    Column("telefoon", Tekst),
    one_of("soort", CONTACT_VAN),
    CheckConstraint("email IS NOT NULL OR telefoon IS NOT NULL", name="bereikbaar"),
)
