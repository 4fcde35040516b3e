"""The tables of the store of followers; nothing of them refers to the registry but ids of what is public."""

import sqlalchemy as sa

from woo.domain.volgen import Frequentie, Gebeurtenissoort, Meldingsoort
from woo.registry.columns import Json, Tekst, UtcDateTime, big_integer, one_of, required

VERSION = 2
"""Raise it with a step in `store.py` when a table changes."""

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "pk": "pk_%(table_name)s",
    }
)
_OBJECTS = ("document", "publicatie")

versie = sa.Table("volgen_versie", metadata, sa.Column("versie", sa.Integer, primary_key=True))

stand = sa.Table(
    "volgen_stand",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    required("positie", big_integer()),
    sa.CheckConstraint("id = 1", name="id"),
)
"""How far the log of the registry was followed."""

bekend = sa.Table(
    "volgen_bekend",
    metadata,
    sa.Column("soort", Tekst, primary_key=True),
    sa.Column("id", Tekst, primary_key=True),
    one_of("soort", _OBJECTS),
)
"""What was told to be public, and not taken back since."""

wacht = sa.Table(
    "volgen_wacht",
    metadata,
    sa.Column("soort", Tekst, primary_key=True),
    sa.Column("id", Tekst, primary_key=True),
    required("vervangen", sa.Boolean),
    required("sinds", UtcDateTime),
    required("niet_voor", UtcDateTime),
    one_of("soort", _OBJECTS),
    sa.Index(None, "niet_voor"),
)
"""What changed and is still to be looked at."""

gebeurtenis = sa.Table(
    "volgen_gebeurtenis",
    metadata,
    sa.Column("nummer", big_integer(), primary_key=True),
    required("soort", Tekst),
    required("object_soort", Tekst),
    required("object_id", Tekst),
    required("op", UtcDateTime),
    one_of("soort", Gebeurtenissoort),
    one_of("object_soort", _OBJECTS),
    sqlite_autoincrement=True,
)

volger = sa.Table(
    "volgen_volger",
    metadata,
    sa.Column("id", Tekst, primary_key=True),
    required("adres", Tekst),
    required("vraag", Json),
    required("vraag_digest", Tekst),
    required("frequentie", Tekst),
    required("aangemaakt_op", UtcDateTime),
    sa.Column("inzending", Tekst),
    sa.Column("gevraagd_op", UtcDateTime),
    sa.Column("bevestigd_op", UtcDateTime),
    required("gezien_tot", big_integer()),
    sa.Column("verzendt_tot", big_integer()),
    required("volgende", UtcDateTime),
    required("geweigerd", sa.Integer),
    sa.UniqueConstraint("adres", "vraag_digest", "frequentie"),
    one_of("frequentie", Frequentie),
    sa.Index(None, "volgende"),
)

gevraagd = sa.Table(
    "volgen_gevraagd",
    metadata,
    sa.Column("nummer", big_integer(), primary_key=True),
    required("adres_digest", Tekst),
    required("op", UtcDateTime),
    sa.Index(None, "adres_digest"),
    sqlite_autoincrement=True,
)
"""That some address was asked to confirm, by a keyed digest of it; kept for a day."""

webhook = sa.Table(
    "volgen_webhook",
    metadata,
    sa.Column("id", Tekst, primary_key=True),
    required("url", Tekst),
    required("geheim", Tekst),
    required("vraag", Json),
    required("aangemaakt_op", UtcDateTime),
    required("gezien_tot", big_integer()),
    required("niet_voor", UtcDateTime),
    required("pogingen", sa.Integer),
    sa.Column("mislukt_sinds", UtcDateTime),
    sa.Column("fout", Tekst),
    required("rust", sa.Boolean),
    sa.Column("geleverd_op", UtcDateTime),
)

baliehaak = sa.Table(
    "volgen_baliehaak",
    metadata,
    sa.Column("webhook_id", Tekst, sa.ForeignKey("volgen_webhook.id", ondelete="CASCADE"), primary_key=True),
    required("naam", Tekst),
    required("organisaties", Json),
)
"""Webhooks that were made at the desk: their name and the organisations (codes) that they are told of; an empty list is every one."""

verteld = sa.Table(
    "volgen_verteld",
    metadata,
    sa.Column("webhook_id", Tekst, sa.ForeignKey("volgen_webhook.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("object_id", Tekst, primary_key=True),
)
"""What a webhook with a search was told of, so that it is told of the withdrawal too."""

melding = sa.Table(
    "volgen_melding",
    metadata,
    sa.Column("id", Tekst, primary_key=True),
    required("op", UtcDateTime),
    required("soort", Tekst),
    required("document_id", Tekst),
    sa.Column("pagina", sa.Integer),
    sa.Column("versie", sa.Integer),
    required("tekst", Tekst),
    sa.Column("adres", Tekst),
    sa.Column("afgehandeld_op", UtcDateTime),
    sa.Column("gemaild_op", UtcDateTime),
    one_of("soort", Meldingsoort),
    sa.Index(None, "op"),
)
