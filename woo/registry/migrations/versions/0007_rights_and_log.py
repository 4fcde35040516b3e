"""Rights per organisation: keys that are limited, who prepared a publicatie, accounts in the log, kept answers, checked chains.

Revision: 0007, after 0006.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")  # ordered by code point, as on SQLite
_COUNT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
_MOMENT = sa.DateTime(timezone=True)
_REFUSAL = "the log is append only"
_CONTENT = (
    "volgnummer, tijd, actor, rol, herkomst, object_soort, object_id, actie, uitkomst, details, account"
)


def upgrade() -> None:
    op.add_column("logregel", sa.Column("account", _TEXT, nullable=True))
    _guard_the_account()
    op.add_column("toegangssleutel", sa.Column("organisaties", _JSON, nullable=True))
    op.add_column("toegangssleutel", sa.Column("handelingen", _JSON, nullable=True))
    op.create_table(
        "voorbereider",
        sa.Column("publicatie_id", _TEXT, nullable=False),
        sa.Column("wie", _TEXT, nullable=False),
        sa.Column("op", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["publicatie_id"], ["publicatie.id"], name=op.f("fk_voorbereider_publicatie_id")
        ),
        sa.PrimaryKeyConstraint("publicatie_id", "wie", name=op.f("pk_voorbereider")),
    )
    op.create_table(
        "idempotentie",
        sa.Column("account", _TEXT, nullable=False),
        sa.Column("sleutel", _TEXT, nullable=False),
        sa.Column("vervalt_op", _MOMENT, nullable=False),
        sa.Column("vraag", _TEXT, nullable=True),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("koppen", _TEXT, nullable=True),
        sa.Column("antwoord", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("(vraag IS NULL) = (status IS NULL)", name=op.f("ck_idempotentie_klaar")),
        sa.PrimaryKeyConstraint("account", "sleutel", name=op.f("pk_idempotentie")),
    )
    op.create_index(op.f("ix_idempotentie_vervalt_op"), "idempotentie", ["vervalt_op"], unique=False)
    op.create_table(
        "ketencontrole",
        sa.Column("op", _MOMENT, nullable=False),
        sa.Column("tot", _COUNT, nullable=False),
        sa.Column("breuken", sa.Integer(), nullable=False),
        sa.Column("eerste", _TEXT, nullable=True),
        sa.PrimaryKeyConstraint("op", name=op.f("pk_ketencontrole")),
    )


def _guard_the_account() -> None:
    """The guard against changes covers the new column too."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER logregel_change ON logregel")
        each, refuse = "FOR EACH ROW", "EXECUTE FUNCTION logregel_guard()"
    else:
        op.execute("DROP TRIGGER logregel_change")
        each, refuse = "", f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
    op.execute(f"CREATE TRIGGER logregel_change BEFORE UPDATE OF {_CONTENT} ON logregel {each} {refuse}")
