"""The tables of harvesting: sources, runs, what each source offers and what belongs together, every answer of a site; beside those of `tables`."""

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Table

from woo.domain.oogst import Oogstfase, Oogstuitkomst, Taaksoort, Verschil
from woo.registry.columns import Json, Tekst, UtcDateTime, big_integer, one_of, required
from woo.registry.tables import metadata

oogstbron = Table(
    "oogstbron",
    metadata,
    Column("naam", Tekst, primary_key=True),
    required("gezien_op", UtcDateTime),
    Column("gevraagd_op", UtcDateTime),
    Column("voortgang", Json),
)

oogstrun = Table(
    "oogstrun",
    metadata,
    Column("id", Tekst, primary_key=True),
    required("bron", Tekst),
    required("begonnen_op", UtcDateTime),
    required("fase", Tekst),
    Column("geeindigd_op", UtcDateTime),
    Column("uitkomst", Tekst),
    Column("reden", Tekst),
    required("compleet", sa.Boolean),
    required("ontdekt", sa.Integer),
    required("verzoeken", sa.Integer),
    required("tellingen", Json),
    required("waarschuwingen", Json),
    one_of("fase", Oogstfase),
    one_of("uitkomst", Oogstuitkomst),
    CheckConstraint("(fase = 'klaar') = (geeindigd_op IS NOT NULL)", name="geeindigd"),
    Index(None, "bron", "begonnen_op"),
)

oogstitem = Table(
    "oogstitem",
    metadata,
    Column("bron", Tekst, primary_key=True),
    Column("sleutel", Tekst, primary_key=True),
    required("volgorde", sa.Integer),
    required("groep", Tekst),
    required("vorm", Tekst),
    required("gegevens", Json),
    Column("deel_van", Tekst),
    Column("toegepast", Tekst),
    Column("gezien_run", Tekst),
    Column("verschil", Tekst),
    Column("taak", Tekst),
    Column("reden", Tekst),
    Column("etag", Tekst),
    Column("http_gewijzigd", Tekst),
    Column("sha256", Tekst),
    Column("document_id", Tekst, ForeignKey("document.id")),
    required("afwezig", sa.Integer),
    required("weg", sa.Boolean),
    required("vrij", sa.Boolean),
    Column("vernietigd", sa.Boolean, nullable=False, server_default=sa.false()),
    Column("archief", Tekst),
    Column("leden", sa.Integer),
    one_of("verschil", Verschil),
    one_of("taak", Taaksoort),
    CheckConstraint("length(sleutel) <= 2000", name="sleutel"),
    Index(None, "bron", "taak", "volgorde"),
    Index(None, "bron", "groep", "volgorde"),
    Index(None, "bron", "deel_van"),
    Index(None, "document_id"),
    Index(None, "bron", "archief"),
)

oogstgroep = Table(
    "oogstgroep",
    metadata,
    Column("bron", Tekst, primary_key=True),
    Column("groep", Tekst, primary_key=True),
    required("sleutel", Tekst),
)

oogstantwoord = Table(
    "oogstantwoord",
    metadata,
    Column("id", big_integer(), primary_key=True),
    required("run_id", Tekst),
    required("bron", Tekst),
    required("url", Tekst),
    required("waarvoor", Tekst),
    required("methode", Tekst),
    required("op", UtcDateTime),
    required("status", sa.Integer),
    required("koppen", Json),
    required("gevraagd", Json),
    Column("ip", Tekst),
    Column("fout", Tekst),
    Column("sha256", Tekst),
    required("grootte", sa.BigInteger),
    Index(None, "bron", "id"),
    Index(None, "bron", "waarvoor"),
    sqlite_autoincrement=True,
)
