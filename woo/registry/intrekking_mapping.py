"""Between withdrawals, proposals, leak sheets and terms, and rows of the registry, both ways; beside `mapping`."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.engine import Row

from woo.domain.bewaring import Bewaartermijn
from woo.domain.datalek import Lekblad
from woo.domain.ingreep import Aanleiding, Ingreep, Ingreepsoort, Ingreepstatus, Lot, Persoon
from woo.registry.mapping import Values
from woo.registry.records import Soort


@dataclass(frozen=True, slots=True)
class Intrekkingsregel:
    """One withdrawal: of what, when, for which reason of our list, what the public reads and what it does not.

    `code` is None for one in free words. `hersteld_op` is when it was undone, `vernietigd_op` when what it held was destroyed.
    """

    object_soort: Soort
    object_id: str
    publicatie_id: str
    op: datetime
    code: str | None
    openbaar: str
    toelichting: str | None = None
    hersteld_op: datetime | None = None
    hersteld_toelichting: str | None = None
    vernietigd_op: datetime | None = None

    @property
    def stand(self) -> str:
        """Where it stands now: ingetrokken, hersteld or vernietigd."""
        if self.vernietigd_op is not None:
            return "vernietigd"
        return "ingetrokken" if self.hersteld_op is None else "hersteld"


def regel_values(regel: Intrekkingsregel) -> Values:
    return asdict(regel)


def to_regel(row: Row[Any]) -> Intrekkingsregel:
    return Intrekkingsregel(**row._mapping)


def ingreep_values(one: Ingreep) -> Values:
    return {
        "id": one.id,
        "soort": one.soort.value,
        "object_soort": one.object_soort,
        "object_id": one.object_id,
        "reden": one.reden,
        "voorgesteld_op": one.voorgesteld_op,
        "voorgesteld_door": one.voorgesteld_door.id,
        "voorgesteld_naam": one.voorgesteld_door.naam,
        "geldig_tot": one.geldig_tot,
        "organisatie": one.organisatie,
        "aanleiding": one.aanleiding.value if one.aanleiding else None,
        "andere": {id: [lot.value, why] for id, (lot, why) in one.andere.items()},
        "status": one.status.value,
        "beslist_op": one.beslist_op,
        "beslist_door": one.beslist_door.id if one.beslist_door else None,
        "beslist_naam": one.beslist_door.naam if one.beslist_door else None,
        "toelichting": one.toelichting,
        "zegels": list(one.zegels),
        "te_wissen": list(one.te_wissen),
        "uitgevoerd_op": one.uitgevoerd_op,
        "gegevens": dict(one.gegevens),
    }


def to_ingreep(row: Row[Any]) -> Ingreep:
    return Ingreep(
        id=row.id,
        soort=Ingreepsoort(row.soort),
        object_soort=row.object_soort,
        object_id=row.object_id,
        reden=row.reden,
        voorgesteld_op=row.voorgesteld_op,
        voorgesteld_door=Persoon(row.voorgesteld_door, row.voorgesteld_naam),
        geldig_tot=row.geldig_tot,
        organisatie=row.organisatie,
        aanleiding=Aanleiding(row.aanleiding) if row.aanleiding else None,
        andere={id: (Lot(lot), why) for id, (lot, why) in row.andere.items()},
        status=Ingreepstatus(row.status),
        beslist_op=row.beslist_op,
        beslist_door=Persoon(row.beslist_door, row.beslist_naam) if row.beslist_door else None,
        toelichting=row.toelichting,
        zegels=tuple(row.zegels),
        te_wissen=tuple(row.te_wissen),
        uitgevoerd_op=row.uitgevoerd_op,
        gegevens=row.gegevens,
    )


def lekblad_values(blad: Lekblad) -> Values:
    return {**asdict(blad), "vastgelegd": dict(blad.vastgelegd)}


def to_lekblad(row: Row[Any]) -> Lekblad:
    return Lekblad(**row._mapping)


def bewaartermijn_values(termijn: Bewaartermijn) -> Values:
    return asdict(termijn)
