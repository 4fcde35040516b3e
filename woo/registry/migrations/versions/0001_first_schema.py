"""The first schema: publicaties, documents, pages, items, what is shown, jobs, leases, the log and API keys.

Revision: 0001, after nothing.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")  # ordered by code point, as on SQLite
_COUNT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    _publicatie()
    _document()
    _bestandsversie()
    _pagina()
    _item()
    _getoond()
    _job()
    _lease()
    _logregel()
    _logketen()
    _persoonsgegeven()
    _toegangssleutel()
    _guard_the_log()


def _publicatie() -> None:
    op.create_table(
        "publicatie",
        sa.Column("id", _TEXT, nullable=False),
        sa.Column("publisher", _TEXT, nullable=True),
        sa.Column("officiele_titel", _TEXT, nullable=False),
        sa.Column("informatiecategorieen", _JSON, nullable=False),
        sa.Column("aangemaakt_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("gewijzigd_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", _TEXT, nullable=False),
        sa.Column("verkorte_titel", _TEXT, nullable=True),
        sa.Column("omschrijving", _TEXT, nullable=True),
        sa.Column("kenmerk", _TEXT, nullable=True),
        sa.Column("eerste_publicatie", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ingetrokken_op", sa.DateTime(timezone=True), nullable=True),
        sa.Column("intrekking_reden", _TEXT, nullable=True),
        sa.Column("bron", _TEXT, nullable=True),
        sa.CheckConstraint(
            "(status = 'ingetrokken') = (ingetrokken_op IS NOT NULL)", name=op.f("ck_publicatie_ingetrokken")
        ),
        sa.CheckConstraint(
            "status = 'concept' OR eerste_publicatie IS NOT NULL",
            name=op.f("ck_publicatie_eerste_publicatie"),
        ),
        sa.CheckConstraint(
            "status = 'concept' OR publisher IS NOT NULL", name=op.f("ck_publicatie_publisher")
        ),
        sa.CheckConstraint(
            "status IN ('concept', 'gepubliceerd', 'ingetrokken')", name=op.f("ck_publicatie_status")
        ),
        sa.CheckConstraint(
            "(ingetrokken_op IS NULL) = (intrekking_reden IS NULL)", name=op.f("ck_publicatie_intrekking")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publicatie")),
        sa.UniqueConstraint("bron", name=op.f("uq_publicatie_bron")),
    )
    op.create_index(op.f("ix_publicatie_status"), "publicatie", ["status"], unique=False)


def _document() -> None:
    op.create_table(
        "document",
        sa.Column("id", _TEXT, nullable=False),
        sa.Column("publicatie_id", _TEXT, autoincrement=False, nullable=False),
        sa.Column("volgnummer", sa.Integer(), nullable=False),
        sa.Column("officiele_titel", _TEXT, nullable=False),
        sa.Column("aangemaakt_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("gewijzigd_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("bestand_digest", _TEXT, nullable=True),
        sa.Column("bestand_naam", _TEXT, nullable=True),
        sa.Column("bestand_mime", _TEXT, nullable=True),
        sa.Column("bestand_grootte", sa.BigInteger(), nullable=True),
        sa.Column("versie", sa.Integer(), nullable=False),
        sa.Column("omschrijving", _TEXT, nullable=True),
        sa.Column("kenmerk", _TEXT, nullable=True),
        sa.Column("documentsoort", _TEXT, nullable=True),
        sa.Column("creatiedatum", sa.Date(), nullable=True),
        sa.Column("taal", _TEXT, nullable=True),
        sa.Column("leesstatus", _TEXT, nullable=False),
        sa.Column("lees_reden", _TEXT, nullable=True),
        sa.Column("paginas", sa.Integer(), nullable=False),
        sa.Column("onleesbaar", sa.Integer(), nullable=False),
        sa.Column("tekstbron", _TEXT, nullable=True),
        sa.Column("extractor", _TEXT, nullable=True),
        sa.Column("seconden", sa.Double(), nullable=False),
        sa.Column("waarschuwingen", _JSON, nullable=False),
        sa.Column("ingetrokken_op", sa.DateTime(timezone=True), nullable=True),
        sa.Column("intrekking_reden", _TEXT, nullable=True),
        sa.Column("herkomst", _JSON, nullable=False),
        sa.CheckConstraint(
            "leesstatus IN ('wacht', 'gelezen', 'deels', 'geen_tekst', 'quarantaine', 'overgeslagen')",
            name=op.f("ck_document_leesstatus"),
        ),
        sa.CheckConstraint(
            "(bestand_digest IS NULL) = (bestand_naam IS NULL) AND (bestand_digest IS NULL) = (bestand_mime IS NULL) AND (bestand_digest IS NULL) = (bestand_grootte IS NULL)",
            name=op.f("ck_document_bestand"),
        ),
        sa.CheckConstraint(
            "(ingetrokken_op IS NULL) = (intrekking_reden IS NULL)", name=op.f("ck_document_intrekking")
        ),
        sa.CheckConstraint("bestand_grootte >= 0", name=op.f("ck_document_bestand_grootte")),
        sa.CheckConstraint("length(bestand_digest) = 64", name=op.f("ck_document_bestand_digest")),
        sa.CheckConstraint("paginas >= 0 AND onleesbaar >= 0", name=op.f("ck_document_paginas")),
        sa.CheckConstraint("versie >= 1", name=op.f("ck_document_versie")),
        sa.CheckConstraint("volgnummer >= 1", name=op.f("ck_document_volgnummer")),
        sa.ForeignKeyConstraint(["publicatie_id"], ["publicatie.id"], name=op.f("fk_document_publicatie_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("publicatie_id", "volgnummer", name=op.f("uq_document_publicatie_id_volgnummer")),
    )
    op.create_index(op.f("ix_document_leesstatus"), "document", ["leesstatus"], unique=False)
    op.create_index(
        "uq_document_publicatie_id_bestand_digest",
        "document",
        ["publicatie_id", "bestand_digest"],
        unique=True,
        sqlite_where=sa.text("ingetrokken_op IS NULL"),
        postgresql_where=sa.text("ingetrokken_op IS NULL"),
    )


def _bestandsversie() -> None:
    op.create_table(
        "bestandsversie",
        sa.Column("document_id", _TEXT, autoincrement=False, nullable=False),
        sa.Column("versie", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("digest", _TEXT, nullable=False),
        sa.Column("naam", _TEXT, nullable=False),
        sa.Column("mime", _TEXT, nullable=False),
        sa.Column("grootte", sa.BigInteger(), nullable=False),
        sa.Column("vanaf", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_bestandsversie_digest")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_bestandsversie_document_id")),
        sa.PrimaryKeyConstraint("document_id", "versie", name=op.f("pk_bestandsversie")),
    )
    op.create_index(op.f("ix_bestandsversie_digest"), "bestandsversie", ["digest"], unique=False)


def _pagina() -> None:
    op.create_table(
        "pagina",
        sa.Column("document_id", _TEXT, autoincrement=False, nullable=False),
        sa.Column("nummer", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("tekst", _TEXT, nullable=False),
        sa.Column("tekstbron", _TEXT, nullable=False),
        sa.Column("leesbaar", sa.Boolean(), nullable=False),
        sa.Column("zekerheid", sa.Double(), nullable=True),
        sa.Column("fout", _TEXT, nullable=True),
        sa.CheckConstraint("nummer >= 1", name=op.f("ck_pagina_nummer")),
        sa.CheckConstraint("zekerheid BETWEEN 0 AND 1", name=op.f("ck_pagina_zekerheid")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_pagina_document_id")),
        sa.PrimaryKeyConstraint("document_id", "nummer", name=op.f("pk_pagina")),
    )


def _item() -> None:
    op.create_table(
        "item",
        sa.Column("sleutel", _TEXT, nullable=False),
        sa.Column("pad", _TEXT, nullable=False),
        sa.Column("gezien_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("publicatie_id", _TEXT, autoincrement=False, nullable=True),
        sa.Column("document_id", _TEXT, autoincrement=False, nullable=True),
        sa.Column("sha256", _TEXT, nullable=True),
        sa.Column("grootte", sa.BigInteger(), nullable=True),
        sa.Column("mtime_ns", sa.BigInteger(), nullable=True),
        sa.Column("staat", _TEXT, nullable=True),
        sa.Column("reden", _TEXT, nullable=True),
        sa.Column("seconden", sa.Double(), nullable=False),
        sa.CheckConstraint(
            "staat IN ('duplicate', 'skipped', 'quarantined', 'unpacked', 'partial', 'withdrawn')",
            name=op.f("ck_item_staat"),
        ),
        sa.CheckConstraint("grootte >= 0", name=op.f("ck_item_grootte")),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_item_sha256")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_item_document_id")),
        sa.ForeignKeyConstraint(["publicatie_id"], ["publicatie.id"], name=op.f("fk_item_publicatie_id")),
        sa.PrimaryKeyConstraint("sleutel", name=op.f("pk_item")),
    )
    op.create_index(op.f("ix_item_document_id"), "item", ["document_id"], unique=False)
    op.create_index(op.f("ix_item_publicatie_id"), "item", ["publicatie_id"], unique=False)


def _getoond() -> None:
    op.create_table(
        "getoond",
        sa.Column("soort", _TEXT, nullable=False),
        sa.Column("id", _TEXT, nullable=False),
        sa.Column("paginas", sa.Integer(), nullable=False),
        sa.Column("vingerafdruk", _TEXT, nullable=False),
        sa.Column("op", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("soort IN ('document', 'publicatie')", name=op.f("ck_getoond_soort")),
        sa.CheckConstraint("paginas >= 0", name=op.f("ck_getoond_paginas")),
        sa.PrimaryKeyConstraint("soort", "id", name=op.f("pk_getoond")),
    )


def _job() -> None:
    op.create_table(
        "job",
        sa.Column("id", _COUNT, nullable=False),
        sa.Column("soort", _TEXT, nullable=False),
        sa.Column("object_id", _TEXT, nullable=False),
        sa.Column("prioriteit", sa.Integer(), nullable=False),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("token", _COUNT, nullable=False),
        sa.Column("due", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease_owner", _TEXT, nullable=True),
        sa.Column("error", _TEXT, nullable=True),
        sa.Column("resting", sa.Boolean(), nullable=False),
        sa.CheckConstraint("(lease_until IS NULL) = (lease_owner IS NULL)", name=op.f("ck_job_lease")),
        sa.CheckConstraint("attempts >= 0", name=op.f("ck_job_attempts")),
        sa.CheckConstraint("wanted >= 1", name=op.f("ck_job_wanted")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sa.UniqueConstraint("soort", "object_id", name=op.f("uq_job_soort_object_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_job_soort_resting_prioriteit_due_id"),
        "job",
        ["soort", "resting", "prioriteit", "due", "id"],
        unique=False,
    )


def _lease() -> None:
    op.create_table(
        "lease",
        sa.Column("naam", _TEXT, nullable=False),
        sa.Column("houder", _TEXT, nullable=False),
        sa.Column("tot", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("naam", name=op.f("pk_lease")),
    )


def _logregel() -> None:
    op.create_table(
        "logregel",
        sa.Column("volgnummer", _COUNT, nullable=False),
        sa.Column("tijd", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", _TEXT, nullable=False),
        sa.Column("rol", _TEXT, nullable=False),
        sa.Column("herkomst", _TEXT, nullable=False),
        sa.Column("object_soort", _TEXT, nullable=False),
        sa.Column("object_id", _TEXT, nullable=False),
        sa.Column("actie", _TEXT, nullable=False),
        sa.Column("uitkomst", _TEXT, nullable=False),
        sa.Column("details", _TEXT, nullable=False),
        sa.Column("positie", _COUNT, nullable=True),
        sa.Column("zegel", _TEXT, nullable=True),
        sa.CheckConstraint(
            "rol IN ('lezer', 'redacteur', 'publiceerder', 'beheerder')", name=op.f("ck_logregel_rol")
        ),
        sa.CheckConstraint("(zegel IS NULL) = (positie IS NULL)", name=op.f("ck_logregel_zegel")),
        sa.PrimaryKeyConstraint("volgnummer", name=op.f("pk_logregel")),
        sa.UniqueConstraint("positie", name=op.f("uq_logregel_positie")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_logregel_object_id_volgnummer"), "logregel", ["object_id", "volgnummer"], unique=False
    )


def _logketen() -> None:
    op.create_table(
        "logketen",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("positie", _COUNT, nullable=False),
        sa.Column("volgnummer", _COUNT, nullable=False),
        sa.Column("zegel", _TEXT, nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_logketen_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logketen")),
    )


def _persoonsgegeven() -> None:
    op.create_table(
        "persoonsgegeven",
        sa.Column("digest", _TEXT, nullable=False),
        sa.Column("waarde", _TEXT, nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_persoonsgegeven")),
    )


def _toegangssleutel() -> None:
    op.create_table(
        "toegangssleutel",
        sa.Column("id", _TEXT, nullable=False),
        sa.Column("naam", _TEXT, nullable=False),
        sa.Column("rol", _TEXT, nullable=False),
        sa.Column("digest", _TEXT, nullable=False),
        sa.Column("aangemaakt_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("vervalt_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ingetrokken_op", sa.DateTime(timezone=True), nullable=True),
        sa.Column("laatst_gebruikt", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "rol IN ('lezer', 'redacteur', 'publiceerder', 'beheerder')", name=op.f("ck_toegangssleutel_rol")
        ),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_toegangssleutel_digest")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_toegangssleutel")),
        sa.UniqueConstraint("digest", name=op.f("uq_toegangssleutel_digest")),
    )


_REFUSAL = "the log is append only"
_GUARD = f"""
CREATE FUNCTION logregel_guard() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{_REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""
_CONTENT = "volgnummer, tijd, actor, rol, herkomst, object_soort, object_id, actie, uitkomst, details"


def _guard_the_log() -> None:
    """Lines are added and sealed once; nothing else. Whoever takes these guards away is shown by the chain."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(_GUARD)
        each, refuse, truncated = "FOR EACH ROW", "EXECUTE FUNCTION logregel_guard()", True
    else:
        each, refuse, truncated = "", f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END", False
    op.execute(f"CREATE TRIGGER logregel_delete BEFORE DELETE ON logregel {each} {refuse}")
    op.execute(f"CREATE TRIGGER logregel_change BEFORE UPDATE OF {_CONTENT} ON logregel {each} {refuse}")
    sealed = "WHEN (OLD.zegel IS NOT NULL)"
    op.execute(
        f"CREATE TRIGGER logregel_reseal BEFORE UPDATE OF zegel, positie ON logregel {each} {sealed} {refuse}"
    )
    if truncated:
        op.execute(f"CREATE TRIGGER logregel_truncate BEFORE TRUNCATE ON logregel {refuse}")
