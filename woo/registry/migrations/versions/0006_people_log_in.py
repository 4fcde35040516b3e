"""People log in: accounts with their roles, recovery codes, links, sessions, and what logging in remembers for a while.

Revision: 0006, after 0005.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")  # ordered by code point, as on SQLite
_MOMENT = sa.DateTime(timezone=True)
_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("id", _TEXT, nullable=False),
        sa.Column("naam", _TEXT, nullable=False),
        sa.Column("email", _TEXT, nullable=True),
        sa.Column("wachtwoord", _TEXT, nullable=True),
        sa.Column("geheim", _TEXT, nullable=True),
        sa.Column("nieuw_geheim", _TEXT, nullable=True),
        sa.Column("laatste_stap", _BIG, nullable=True),
        sa.Column("provider", _TEXT, nullable=True),
        sa.Column("aangemaakt_op", _MOMENT, nullable=False),
        sa.Column("gewijzigd_op", _MOMENT, nullable=False),
        sa.Column("laatst_aangemeld", _MOMENT, nullable=True),
        sa.Column("gesloten_op", _MOMENT, nullable=True),
        sa.CheckConstraint("email IS NOT NULL OR gesloten_op IS NOT NULL", name=op.f("ck_account_email")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("provider", name=op.f("uq_account_provider")),
        sa.UniqueConstraint("email", name=op.f("uq_account_email")),
    )
    op.create_table(
        "accountrol",
        sa.Column("account_id", _TEXT, nullable=False),
        sa.Column("plek", _TEXT, nullable=False),
        sa.Column("organisatie", _TEXT, nullable=True),
        sa.Column("rol", _TEXT, nullable=False),
        sa.CheckConstraint("plek = coalesce(organisatie, '')", name=op.f("ck_accountrol_plek")),
        sa.CheckConstraint(
            "rol IN ('lezer', 'redacteur', 'publiceerder', 'beheerder')",
            name=op.f("ck_accountrol_rol"),
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_accountrol_account_id")),
        sa.PrimaryKeyConstraint("account_id", "plek", name=op.f("pk_accountrol")),
    )
    op.create_index(op.f("ix_accountrol_organisatie"), "accountrol", ["organisatie"], unique=False)
    op.create_table(
        "herstelcode",
        sa.Column("account_id", _TEXT, nullable=False),
        sa.Column("digest", _TEXT, nullable=False),
        sa.Column("gebruikt_op", _MOMENT, nullable=True),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_herstelcode_digest")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_herstelcode_account_id")),
        sa.PrimaryKeyConstraint("account_id", "digest", name=op.f("pk_herstelcode")),
    )
    op.create_table(
        "accountlink",
        sa.Column("digest", _TEXT, nullable=False),
        sa.Column("account_id", _TEXT, nullable=False),
        sa.Column("soort", _TEXT, nullable=False),
        sa.Column("aangemaakt_op", _MOMENT, nullable=False),
        sa.Column("vervalt_op", _MOMENT, nullable=False),
        sa.Column("gebruikt_op", _MOMENT, nullable=True),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_accountlink_digest")),
        sa.CheckConstraint("soort IN ('uitnodiging', 'herstel')", name=op.f("ck_accountlink_soort")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_accountlink_account_id")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_accountlink")),
    )
    op.create_index(op.f("ix_accountlink_account_id"), "accountlink", ["account_id"], unique=False)
    op.create_table(
        "sessie",
        sa.Column("id", _TEXT, nullable=False),
        sa.Column("account_id", _TEXT, nullable=False),
        sa.Column("digest", _TEXT, nullable=False),
        sa.Column("fase", _TEXT, nullable=False),
        sa.Column("aangemaakt_op", _MOMENT, nullable=False),
        sa.Column("gebruikt_op", _MOMENT, nullable=False),
        sa.Column("eindigt_op", _MOMENT, nullable=False),
        sa.Column("herkomst", _TEXT, nullable=False),
        sa.Column("apparaat", _TEXT, nullable=False),
        sa.Column("via_provider", sa.Boolean(), nullable=False),
        sa.Column("beeindigd_op", _MOMENT, nullable=True),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_sessie_digest")),
        sa.CheckConstraint("fase IN ('tweede_stap', 'instellen', 'volledig')", name=op.f("ck_sessie_fase")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_sessie_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessie")),
        sa.UniqueConstraint("digest", name=op.f("uq_sessie_digest")),
    )
    op.create_index(op.f("ix_sessie_account_id"), "sessie", ["account_id"], unique=False)
    op.create_index(op.f("ix_sessie_eindigt_op"), "sessie", ["eindigt_op"], unique=False)
    op.create_table(
        "aanmeldfout",
        sa.Column("sleutel", _TEXT, nullable=False),
        sa.Column("aantal", sa.Integer(), nullable=False),
        sa.Column("laatst", _MOMENT, nullable=False),
        sa.Column("wacht_tot", _MOMENT, nullable=False),
        sa.CheckConstraint("aantal >= 1", name=op.f("ck_aanmeldfout_aantal")),
        sa.PrimaryKeyConstraint("sleutel", name=op.f("pk_aanmeldfout")),
    )
    op.create_index(op.f("ix_aanmeldfout_laatst"), "aanmeldfout", ["laatst"], unique=False)
    op.create_table(
        "oidcpoging",
        sa.Column("digest", _TEXT, nullable=False),
        sa.Column("browser", _TEXT, nullable=False),
        sa.Column("nonce", _TEXT, nullable=False),
        sa.Column("verifier", _TEXT, nullable=False),
        sa.Column("naar", _TEXT, nullable=False),
        sa.Column("vervalt_op", _MOMENT, nullable=False),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_oidcpoging_digest")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_oidcpoging")),
    )
    op.create_index(op.f("ix_oidcpoging_vervalt_op"), "oidcpoging", ["vervalt_op"], unique=False)
    op.create_table(
        "bewaardformulier",
        sa.Column("digest", _TEXT, nullable=False),
        sa.Column("account_id", _TEXT, nullable=False),
        sa.Column("inhoud", sa.LargeBinary(), nullable=False),
        sa.Column("vervalt_op", _MOMENT, nullable=False),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_bewaardformulier_digest")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_bewaardformulier_account_id")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_bewaardformulier")),
    )
    op.create_index(op.f("ix_bewaardformulier_vervalt_op"), "bewaardformulier", ["vervalt_op"], unique=False)
    op.create_index(op.f("ix_bewaardformulier_account_id"), "bewaardformulier", ["account_id"], unique=False)
