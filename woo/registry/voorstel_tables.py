"""The tables of proposals: inventories that were uploaded and compared, and wait to be confirmed; beside those of `tables`."""

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Table

from woo.domain.inventarisvoorstel import Rijsoort
from woo.registry.columns import Json, Tekst, UtcDateTime, one_of, required
from woo.registry.tables import metadata

inventarisvoorstel = Table(
    "inventarisvoorstel",
    metadata,
    Column("id", Tekst, primary_key=True),
    Column("publicatie_id", Tekst, ForeignKey("publicatie.id"), nullable=False),
    required("sha256", Tekst),
    required("bestandsnaam", Tekst),
    required("grootte", sa.BigInteger),
    required("gemaakt_door", Tekst),
    required("gemaakt_op", UtcDateTime),
    required("vervalt_op", UtcDateTime),
    required("stand", Tekst),
    required("rijen", sa.Integer),
    required("tellingen", Json),
    required("wijze", Json),
    required("opmerkingen", Json),
    required("bevindingen", Json),
    Column("overgenomen_op", UtcDateTime),
    CheckConstraint("rijen >= 0", name="rijen"),
    Index(None, "publicatie_id"),
    Index(None, "vervalt_op"),
)

voorstelrij = Table(
    "voorstelrij",
    metadata,
    Column("voorstel_id", Tekst, ForeignKey("inventarisvoorstel.id"), primary_key=True),
    Column("plaats", sa.Integer, primary_key=True, autoincrement=False),
    required("soort", Tekst),
    Column("rij", sa.Integer),
    required("volgorde", sa.Integer),
    Column("nummer", Tekst),
    Column("nieuw", Json),
    Column("oud", Json),
    required("velden", Json),
    required("meldingen", Json),
    required("let_op", sa.Boolean),
    one_of("soort", Rijsoort),
    CheckConstraint("plaats >= 1", name="plaats"),
    Index(None, "voorstel_id", "soort"),
)
