"""What comes back from public: withdrawals with our reasons, proposals for two people, leak sheets, terms, counts.

Withdrawals from before get a row without a code: their free words stay readable.

Revision: 0012, after 0011.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")  # ordered by code point, as on SQLite
_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")

_PUBLICATIES = """
    INSERT INTO intrekking (object_soort, object_id, publicatie_id, op, openbaar)
    SELECT 'publicatie', id, id, ingetrokken_op, intrekking_reden FROM publicatie WHERE ingetrokken_op IS NOT NULL
"""
_DOCUMENTEN = """
    INSERT INTO intrekking (object_soort, object_id, publicatie_id, op, openbaar)
    SELECT 'document', id, publicatie_id, ingetrokken_op, intrekking_reden FROM document WHERE ingetrokken_op IS NOT NULL
"""


def upgrade() -> None:
    op.create_table(
        "ingreep",
        sa.Column("id", _TEXT, nullable=False),
        sa.Column("soort", _TEXT, nullable=False),
        sa.Column("object_soort", _TEXT, nullable=False),
        sa.Column("object_id", _TEXT, nullable=False),
        sa.Column("reden", _TEXT, nullable=False),
        sa.Column("voorgesteld_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("voorgesteld_door", _TEXT, nullable=False),
        sa.Column("voorgesteld_naam", _TEXT, nullable=False),
        sa.Column("geldig_tot", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organisatie", _TEXT, nullable=True),
        sa.Column("aanleiding", _TEXT, nullable=True),
        sa.Column("andere", _JSON, nullable=False),
        sa.Column("status", _TEXT, nullable=False),
        sa.Column("beslist_op", sa.DateTime(timezone=True), nullable=True),
        sa.Column("beslist_door", _TEXT, nullable=True),
        sa.Column("beslist_naam", _TEXT, nullable=True),
        sa.Column("toelichting", _TEXT, nullable=True),
        sa.Column("zegels", _JSON, nullable=False),
        sa.Column("te_wissen", _JSON, nullable=False),
        sa.Column("uitgevoerd_op", sa.DateTime(timezone=True), nullable=True),
        sa.Column("gegevens", _JSON, nullable=False),
        sa.CheckConstraint(
            "(soort = 'vernietiging') = (aanleiding IS NOT NULL)", name=op.f("ck_ingreep_grond")
        ),
        sa.CheckConstraint("(status = 'open') = (beslist_op IS NULL)", name=op.f("ck_ingreep_beslist")),
        sa.CheckConstraint("aanleiding IN ('datalek', 'bewaartermijn')", name=op.f("ck_ingreep_aanleiding")),
        sa.CheckConstraint(
            "object_soort IN ('document', 'publicatie')", name=op.f("ck_ingreep_object_soort")
        ),
        sa.CheckConstraint("soort IN ('herstel', 'vernietiging')", name=op.f("ck_ingreep_soort")),
        sa.CheckConstraint(
            "status IN ('open', 'goedgekeurd', 'afgewezen', 'uitgevoerd')", name=op.f("ck_ingreep_status")
        ),
        sa.CheckConstraint(
            "status NOT IN ('goedgekeurd', 'uitgevoerd') OR beslist_door <> voorgesteld_door",
            name=op.f("ck_ingreep_ander"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ingreep")),
    )
    op.create_index(op.f("ix_ingreep_object_id"), "ingreep", ["object_id"], unique=False)
    op.create_index(op.f("ix_ingreep_status"), "ingreep", ["status"], unique=False)
    op.create_table(
        "intrekking",
        sa.Column("object_id", _TEXT, nullable=False),
        sa.Column("op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("object_soort", _TEXT, nullable=False),
        sa.Column("publicatie_id", _TEXT, nullable=False),
        sa.Column("code", _TEXT, nullable=True),
        sa.Column("openbaar", _TEXT, nullable=False),
        sa.Column("toelichting", _TEXT, nullable=True),
        sa.Column("hersteld_op", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hersteld_toelichting", _TEXT, nullable=True),
        sa.Column("vernietigd_op", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "object_soort IN ('document', 'publicatie')", name=op.f("ck_intrekking_object_soort")
        ),
        sa.CheckConstraint("hersteld_op IS NULL OR hersteld_op >= op", name=op.f("ck_intrekking_hersteld")),
        sa.CheckConstraint(
            "hersteld_op IS NULL OR vernietigd_op IS NULL", name=op.f("ck_intrekking_vernietigd")
        ),
        sa.PrimaryKeyConstraint("object_id", "op", name=op.f("pk_intrekking")),
    )
    op.create_index(op.f("ix_intrekking_op"), "intrekking", ["op"], unique=False)
    op.create_index(op.f("ix_intrekking_publicatie_id"), "intrekking", ["publicatie_id"], unique=False)
    op.create_table(
        "lekblad",
        sa.Column("object_id", _TEXT, nullable=False),
        sa.Column("ingetrokken_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("object_soort", _TEXT, nullable=False),
        sa.Column("ontdekt_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("gemaakt_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("vastgelegd", _JSON, nullable=False),
        sa.Column("melden", sa.Boolean(), nullable=True),
        sa.Column("besluit_reden", _TEXT, nullable=True),
        sa.Column("besloten_op", sa.DateTime(timezone=True), nullable=True),
        sa.Column("gemeld_op", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "object_soort IN ('document', 'publicatie')", name=op.f("ck_lekblad_object_soort")
        ),
        sa.PrimaryKeyConstraint("object_id", "ingetrokken_op", name=op.f("pk_lekblad")),
    )
    op.create_table(
        "raadpleging",
        sa.Column("document_id", _TEXT, nullable=False),
        sa.Column("dag", sa.Date(), nullable=False),
        sa.Column("weergaven", sa.BigInteger(), nullable=False),
        sa.Column("downloads", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("weergaven >= 0 AND downloads >= 0", name=op.f("ck_raadpleging_aantal")),
        sa.PrimaryKeyConstraint("document_id", "dag", name=op.f("pk_raadpleging")),
    )
    op.create_table(
        "bewaartermijn",
        sa.Column("publicatie_id", _TEXT, nullable=False),
        sa.Column("afwijkend", sa.Boolean(), nullable=False),
        sa.Column("jaren", sa.Integer(), nullable=True),
        sa.Column("reden", _TEXT, nullable=True),
        sa.Column("gewijzigd_op", sa.DateTime(timezone=True), nullable=True),
        sa.Column("aangekondigd_op", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("jaren BETWEEN 1 AND 200", name=op.f("ck_bewaartermijn_jaren")),
        sa.ForeignKeyConstraint(
            ["publicatie_id"], ["publicatie.id"], name=op.f("fk_bewaartermijn_publicatie_id")
        ),
        sa.PrimaryKeyConstraint("publicatie_id", name=op.f("pk_bewaartermijn")),
    )
    op.create_table(
        "verklaring",
        sa.Column("ingreep_id", _TEXT, nullable=False),
        sa.Column("op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("inhoud", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["ingreep_id"], ["ingreep.id"], name=op.f("fk_verklaring_ingreep_id")),
        sa.PrimaryKeyConstraint("ingreep_id", name=op.f("pk_verklaring")),
    )
    op.create_table(
        "vernietigd",
        sa.Column("zegel", _TEXT, nullable=False),
        sa.Column("ingreep_id", _TEXT, nullable=True),
        sa.Column("op", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["ingreep_id"], ["ingreep.id"], name=op.f("fk_vernietigd_ingreep_id")),
        sa.PrimaryKeyConstraint("zegel", name=op.f("pk_vernietigd")),
    )
    op.create_index(op.f("ix_vernietigd_ingreep_id"), "vernietigd", ["ingreep_id"], unique=False)
    op.execute(_PUBLICATIES)
    op.execute(_DOCUMENTEN)
