"""What the figures of openness are counted from: the public publicaties, their documents, and the requests decided in them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from woo.domain.besluit import Woobesluit
from woo.domain.publicatie import Publicatiestatus
from woo.domain.verzoek import Wooverzoek
from woo.registry import dossier_mapping
from woo.registry.dossier_tables import woobesluit, wooverzoek
from woo.registry.tables import document, getoond, publicatie

_PUBLIC = publicatie.c.status == Publicatiestatus.GEPUBLICEERD.value


@dataclass(frozen=True, slots=True)
class Gepubliceerd:
    """One public publicatie: its organisation, its categories, and since when it is public here."""

    publisher: str
    informatiecategorieen: tuple[str, ...]
    sinds: datetime


@dataclass(frozen=True, slots=True)
class Omvang:
    """How much of an organisation is public: documents with a file, their pages, and those that are hard to read."""

    documenten: int = 0
    paginas: int = 0
    moeilijk_leesbaar: int = 0


@dataclass(frozen=True, slots=True)
class Afgehandeld:
    """One request, and the decisions on it that are public here, in the order of their date."""

    publisher: str
    verzoek: Wooverzoek
    besluiten: Sequence[Woobesluit]


def published(connection: Connection) -> Iterator[Gepubliceerd]:
    """Every public publicatie, in no order."""
    of = publicatie.c
    chosen = sa.select(of.publisher, of.informatiecategorieen, of.eerste_publicatie).where(_PUBLIC)
    for row in connection.execute(chosen):
        yield Gepubliceerd(row.publisher, tuple(row.informatiecategorieen), row.eerste_publicatie)


def sizes(connection: Connection) -> dict[str, Omvang]:
    """How much the public side shows, by organisation."""
    of = document.c
    chosen = (
        sa.select(
            publicatie.c.publisher,
            sa.func.count(),
            sa.func.sum(of.paginas),
            sa.func.sum(of.onleesbaar + of.onzeker),
        )
        .select_from(document)
        .join(publicatie, publicatie.c.id == of.publicatie_id)
        .join(getoond, sa.and_(getoond.c.soort == "document", getoond.c.id == of.id))
        .where(_PUBLIC, of.ingetrokken_op.is_(None))
        .group_by(publicatie.c.publisher)
    )
    return {row[0]: Omvang(row[1], int(row[2] or 0), int(row[3] or 0)) for row in connection.execute(chosen)}


def decided(connection: Connection) -> Iterator[Afgehandeld]:
    """Every request with a decision in a public publicatie; partial decisions that are not public yet are left out."""
    chosen = (
        sa.select(woobesluit, publicatie.c.publisher)
        .join(publicatie, publicatie.c.id == woobesluit.c.publicatie_id)
        .where(_PUBLIC)
        .order_by(woobesluit.c.verzoek_id, woobesluit.c.datum, woobesluit.c.id)
    )
    besluiten: dict[str, list[Woobesluit]] = {}
    publishers: dict[str, str] = {}
    for row in connection.execute(chosen):
        besluiten.setdefault(row.verzoek_id, []).append(dossier_mapping.to_besluit(row))
        publishers[row.verzoek_id] = row.publisher
    of_public = sa.select(woobesluit.c.verzoek_id).join(
        publicatie, publicatie.c.id == woobesluit.c.publicatie_id
    )
    wanted = sa.select(wooverzoek).where(wooverzoek.c.id.in_(of_public.where(_PUBLIC)))
    for row in connection.execute(wanted):
        yield Afgehandeld(publishers[row.id], dossier_mapping.to_verzoek(row), besluiten[row.id])
