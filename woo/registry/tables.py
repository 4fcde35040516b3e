"""The tables of the registry and what they refuse; the migrations bring a database to this shape."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Table, UniqueConstraint

from woo.domain.actor import Rol
from woo.domain.document import Bestemming, Leesstatus, Relatiesoort
from woo.domain.publicatie import Publicatiestatus
from woo.registry.columns import Json, Tekst, UtcDateTime, big_integer, unique_where
from woo.registry.columns import one_of as _one_of
from woo.registry.columns import required as _required
from woo.registry.records import EIGEN_STATEN, SOORTEN

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _together(name: str, *columns: str) -> CheckConstraint:
    """All of these columns have a value or none has."""
    first, *others = columns
    pairs = (f"({first} IS NULL) = ({other} IS NULL)" for other in others)
    return CheckConstraint(" AND ".join(pairs), name=name)


def _digest(column: str) -> CheckConstraint:
    return CheckConstraint(f"length({column}) = 64", name=column)


def _belongs_to(table: str, *, key: bool = False, optional: bool = False) -> Column[Any]:
    return Column(
        f"{table}_id",
        Tekst,
        ForeignKey(f"{table}.id"),
        primary_key=key,
        nullable=optional,
        autoincrement=False,
    )


publicatie = Table(
    "publicatie",
    metadata,
    Column("id", Tekst, primary_key=True),
    Column("publisher", Tekst),
    _required("officiele_titel", Tekst),
    _required("informatiecategorieen", Json),
    _required("aangemaakt_op", UtcDateTime),
    _required("gewijzigd_op", UtcDateTime),
    _required("status", Tekst),
    Column("verkorte_titel", Tekst),
    Column("omschrijving", Tekst),
    Column("kenmerk", Tekst),
    Column("eerste_publicatie", UtcDateTime),
    Column("ingetrokken_op", UtcDateTime),
    Column("intrekking_reden", Tekst),
    Column("bron", Tekst),
    Column("themas", Json, nullable=False, server_default="[]"),
    UniqueConstraint("bron"),
    _one_of("status", Publicatiestatus),
    CheckConstraint("status = 'concept' OR eerste_publicatie IS NOT NULL", name="eerste_publicatie"),
    CheckConstraint("status = 'concept' OR publisher IS NOT NULL", name="publisher"),
    CheckConstraint("(status = 'ingetrokken') = (ingetrokken_op IS NOT NULL)", name="ingetrokken"),
    _together("intrekking", "ingetrokken_op", "intrekking_reden"),
    Index(None, "status"),
)

document = Table(
    "document",
    metadata,
    Column("id", Tekst, primary_key=True),
    _belongs_to("publicatie"),
    _required("volgnummer", sa.Integer),
    _required("officiele_titel", Tekst),
    _required("aangemaakt_op", UtcDateTime),
    _required("gewijzigd_op", UtcDateTime),
    Column("bestand_digest", Tekst),
    Column("bestand_naam", Tekst),
    Column("bestand_mime", Tekst),
    Column("bestand_grootte", sa.BigInteger),
    _required("versie", sa.Integer),
    Column("omschrijving", Tekst),
    Column("kenmerk", Tekst),
    Column("documentsoort", Tekst),
    Column("creatiedatum", sa.Date),
    Column("taal", Tekst),
    _required("leesstatus", Tekst),
    Column("lees_reden", Tekst),
    _required("paginas", sa.Integer),
    _required("onleesbaar", sa.Integer),
    Column("tekstbron", Tekst),
    Column("extractor", Tekst),
    _required("seconden", sa.Double),
    _required("waarschuwingen", Json),
    Column("ingetrokken_op", UtcDateTime),
    Column("intrekking_reden", Tekst),
    _required("herkomst", Json),
    Column("onzeker", sa.Integer, nullable=False, server_default="0"),
    Column("weergave_digest", Tekst),
    Column("weergave_naam", Tekst),
    Column("weergave_grootte", sa.BigInteger),
    Column("voorstellen", Json, nullable=False, server_default="[]"),
    Column("bericht_id", Tekst),
    Column("bericht_antwoord_op", Tekst),
    Column("bericht_draad", Tekst),
    Column("bestemming", Tekst, nullable=False, server_default=Bestemming.OPENBAAR.value),
    Column("rol", Tekst),
    Column("opgeschort_tot", sa.Date),
    Column("vrijgegeven_op", UtcDateTime),
    UniqueConstraint("publicatie_id", "volgnummer"),
    CheckConstraint("volgnummer >= 1", name="volgnummer"),
    CheckConstraint("versie >= 1", name="versie"),
    CheckConstraint("paginas >= 0 AND onleesbaar >= 0", name="paginas"),
    CheckConstraint("bestand_grootte >= 0", name="bestand_grootte"),
    _one_of("leesstatus", Leesstatus),
    _digest("bestand_digest"),
    _together("bestand", "bestand_digest", "bestand_naam", "bestand_mime", "bestand_grootte"),
    _together("intrekking", "ingetrokken_op", "intrekking_reden"),
    Index(None, "leesstatus"),
    Index(None, "publicatie_id", "bericht_id"),
    Index(None, "publicatie_id", "bericht_antwoord_op"),
    Index(None, "publicatie_id", "bericht_draad"),
)
# The same file twice in one publicatie is a duplicate; after a withdrawal it may come back as a new document, and what was
# sent may be the same as what is public.
unique_where(
    "uq_document_publicatie_id_bestand_digest",
    document.c.publicatie_id,
    document.c.bestand_digest,
    document.c.bestemming,
    where=document.c.ingetrokken_op.is_(None),
)

bestandsversie = Table(
    "bestandsversie",
    metadata,
    _belongs_to("document", key=True),
    Column("versie", sa.Integer, primary_key=True, autoincrement=False),
    _required("digest", Tekst),
    _required("naam", Tekst),
    _required("mime", Tekst),
    _required("grootte", sa.BigInteger),
    _required("vanaf", UtcDateTime),
    Column("reden", Tekst),
    _digest("digest"),
    Index(None, "digest"),
)

pagina = Table(
    "pagina",
    metadata,
    _belongs_to("document", key=True),
    Column("nummer", sa.Integer, primary_key=True, autoincrement=False),
    _required("tekst", Tekst),
    _required("tekstbron", Tekst),
    _required("leesbaar", sa.Boolean),
    Column("zekerheid", sa.Double),
    Column("fout", Tekst),
    Column("label", Tekst),
    Column("woorden", sa.LargeBinary),
    CheckConstraint("nummer >= 1", name="nummer"),
    CheckConstraint("zekerheid BETWEEN 0 AND 1", name="zekerheid"),
)

item = Table(
    "item",
    metadata,
    Column("sleutel", Tekst, primary_key=True),
    _required("pad", Tekst),
    _required("gezien_op", UtcDateTime),
    _belongs_to("publicatie", optional=True),
    _belongs_to("document", optional=True),
    Column("sha256", Tekst),
    Column("grootte", sa.BigInteger),
    Column("mtime_ns", sa.BigInteger),
    Column("staat", Tekst),
    Column("reden", Tekst),
    _required("seconden", sa.Double),
    _one_of("staat", EIGEN_STATEN),
    _digest("sha256"),
    CheckConstraint("grootte >= 0", name="grootte"),
    Index(None, "document_id"),
    Index(None, "publicatie_id"),
)

relatie = Table(
    "relatie",
    metadata,
    Column("van_id", Tekst, ForeignKey("document.id"), primary_key=True),
    Column("soort", Tekst, primary_key=True),
    Column("naar_id", Tekst, ForeignKey("document.id"), primary_key=True),
    Column("gelijkenis", sa.Double),
    Column("met_de_hand", sa.Boolean, nullable=False, server_default=sa.false()),
    _one_of("soort", Relatiesoort),
    CheckConstraint("gelijkenis BETWEEN 0 AND 1", name="gelijkenis"),
    CheckConstraint("van_id <> naar_id", name="ander"),
    Index(None, "naar_id"),
)

# What a document's text looks like, in few numbers: documents that share a band of them are compared.
vingerafdruk = Table(
    "vingerafdruk",
    metadata,
    _belongs_to("document", key=True),
    _required("waarden", sa.LargeBinary),
)

vingerafdrukband = Table(
    "vingerafdrukband",
    metadata,
    _belongs_to("document", key=True),
    Column("band", sa.Integer, primary_key=True, autoincrement=False),
    _required("waarde", sa.BigInteger),
    Index(None, "band", "waarde", "document_id"),
)

getoond = Table(
    "getoond",
    metadata,
    Column("soort", Tekst, primary_key=True),
    Column("id", Tekst, primary_key=True),
    _required("paginas", sa.Integer),
    _required("vingerafdruk", Tekst),
    _required("op", UtcDateTime),
    _one_of("soort", SOORTEN),
    CheckConstraint("paginas >= 0", name="paginas"),
)

job = Table(
    "job",
    metadata,
    Column("id", big_integer(), primary_key=True),
    _required("soort", Tekst),
    _required("object_id", Tekst),
    _required("prioriteit", sa.Integer),
    _required("wanted", sa.Integer),
    _required("attempts", sa.Integer),
    _required("token", big_integer()),
    _required("due", UtcDateTime),
    Column("lease_until", UtcDateTime),
    Column("lease_owner", Tekst),
    Column("error", Tekst),
    _required("resting", sa.Boolean),
    UniqueConstraint("soort", "object_id"),
    CheckConstraint("wanted >= 1", name="wanted"),
    CheckConstraint("attempts >= 0", name="attempts"),
    _together("lease", "lease_until", "lease_owner"),
    Index(None, "soort", "resting", "prioriteit", "due", "id"),
    sqlite_autoincrement=True,  # an id is never given out twice: a late worker cannot strike its successor
)

lease = Table(
    "lease",
    metadata,
    Column("naam", Tekst, primary_key=True),
    _required("houder", Tekst),
    _required("tot", UtcDateTime),
)

logregel = Table(
    "logregel",
    metadata,
    Column("volgnummer", big_integer(), primary_key=True),
    _required("tijd", UtcDateTime),
    _required("actor", Tekst),
    _required("rol", Tekst),
    _required("herkomst", Tekst),
    _required("object_soort", Tekst),
    _required("object_id", Tekst),
    _required("actie", Tekst),
    _required("uitkomst", Tekst),
    _required("details", Tekst),
    Column("positie", big_integer()),
    Column("zegel", Tekst),
    Column("account", Tekst),
    UniqueConstraint("positie"),
    _one_of("rol", Rol),
    _together("zegel", "zegel", "positie"),
    Index(None, "object_id", "volgnummer"),
    sqlite_autoincrement=True,
)

logketen = Table(
    "logketen",
    metadata,
    Column("id", sa.Integer, primary_key=True, autoincrement=False),
    _required("positie", big_integer()),
    _required("volgnummer", big_integer()),
    _required("zegel", Tekst),
    CheckConstraint("id = 1", name="id"),
)

persoonsgegeven = Table(
    "persoonsgegeven",
    metadata,
    Column("digest", Tekst, primary_key=True),
    _required("waarde", Tekst),
)

toegangssleutel = Table(
    "toegangssleutel",
    metadata,
    Column("id", Tekst, primary_key=True),
    _required("naam", Tekst),
    _required("rol", Tekst),
    _required("digest", Tekst),
    _required("aangemaakt_op", UtcDateTime),
    _required("vervalt_op", UtcDateTime),
    Column("ingetrokken_op", UtcDateTime),
    Column("laatst_gebruikt", UtcDateTime),
    Column("organisaties", Json),
    Column("handelingen", Json),
    UniqueConstraint("digest"),
    _one_of("rol", Rol),
    _digest("digest"),
)
