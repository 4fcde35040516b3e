"""What must be known of the documents of a publicatie before it is published: a few columns of each, for thousands of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from woo.domain.document import Bestemming, Documentrol, Leesstatus, Lezing
from woo.domain.inventaris import Beoordeling
from woo.registry.dossier_tables import inventarisregel
from woo.registry.tables import document


@dataclass(frozen=True, slots=True)
class Kort:
    """A document in short, not withdrawn."""

    id: str
    volgnummer: int
    officiele_titel: str
    bestandsnaam: str | None
    leesstatus: Leesstatus
    creatiedatum: date | None
    opgeschort_tot: date | None
    bestemming: Bestemming
    rol: Documentrol | None

    @property
    def gelezen(self) -> bool:
        """Whether its file was read, wholly or in part."""
        return Lezing(self.leesstatus).gelezen

    @property
    def wordt_openbaar(self) -> bool:
        """Whether nothing about itself keeps it from the public (as `openbaarheid.may_become_public`)."""
        return self.bestemming is Bestemming.OPENBAAR and self.opgeschort_tot is None


@dataclass(frozen=True, slots=True)
class Regelkort:
    """A row of an inventory in short."""

    nummer: str
    beoordeling: Beoordeling
    opgeschort: bool
    document_id: str | None


def documenten(connection: Connection, publicatie_id: str) -> list[Kort]:
    """The documents of this publicatie that were not withdrawn, in the order of their numbers."""
    of = document.c
    columns = (
        of.id,
        of.volgnummer,
        of.officiele_titel,
        of.bestand_naam,
        of.leesstatus,
        of.creatiedatum,
        of.opgeschort_tot,
        of.bestemming,
        of.rol,
    )
    chosen = sa.select(*columns).where(of.publicatie_id == publicatie_id, of.ingetrokken_op.is_(None))
    return [
        Kort(
            row.id,
            row.volgnummer,
            row.officiele_titel,
            row.bestand_naam,
            Leesstatus(row.leesstatus),
            row.creatiedatum,
            row.opgeschort_tot,
            Bestemming(row.bestemming),
            None if row.rol is None else Documentrol(row.rol),
        )
        for row in connection.execute(chosen.order_by(of.volgnummer))
    ]


def regels(connection: Connection, publicatie_id: str) -> Iterator[Regelkort]:
    """The rows of the inventory of this publicatie, in the order of the list; to be used up inside the snapshot."""
    of = inventarisregel.c
    columns = (of.nummer, of.beoordeling, of.opgeschort, of.document_id)
    chosen = sa.select(*columns).where(of.publicatie_id == publicatie_id).order_by(of.volgorde)
    for row in connection.execute(chosen):
        yield Regelkort(row.nummer, Beoordeling(row.beoordeling), row.opgeschort, row.document_id)
