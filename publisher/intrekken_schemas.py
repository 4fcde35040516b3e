"""What the desk answers about withdrawals, proposals, leak sheets and terms."""

from datetime import date, datetime
from typing import Self

from publisher.schemas import Answer
from woo.domain import datalek, ingreep
from woo.domain.intrekreden import Intrekreden, Intrekredenen
from woo.registry import Intrekkingsregel
from woo.usecases.bewaring import Bewaring
from woo.views import lekblad as words


class Reden(Answer):
    """Een reden om in te trekken."""

    code: str
    naam: str
    zin: str
    lekblad: bool
    herstel: str
    diwoo: str | None

    @classmethod
    def of(cls, reden: Intrekreden) -> Self:
        return cls(
            code=reden.code,
            naam=reden.naam,
            zin=reden.zin,
            lekblad=reden.lekblad,
            herstel=reden.herstel.value,
            diwoo=reden.diwoo,
        )


class Redenen(Answer):
    """De redenen om in te trekken."""

    resultaten: list[Reden]


class IngetrokkenObject(Answer):
    """Eén intrekking; ook als die is hersteld of het ingetrokkene is vernietigd."""

    soort: str
    id: str
    publicatie: str
    op: datetime
    stand: str
    code: str | None
    naam: str
    reden: str
    intern: str | None
    hersteld_op: datetime | None
    vernietigd_op: datetime | None

    @classmethod
    def of(cls, regel: Intrekkingsregel, redenen: Intrekredenen, *, intern: bool) -> Self:
        """`intern` tells whether the reader may see what stays inside."""
        return cls(
            soort=regel.object_soort,
            id=regel.object_id,
            publicatie=regel.publicatie_id,
            op=regel.op,
            stand=regel.stand,
            code=regel.code,
            naam=redenen.naam(regel.code),
            reden=regel.openbaar,
            intern=regel.toelichting if intern else None,
            hersteld_op=regel.hersteld_op,
            vernietigd_op=regel.vernietigd_op,
        )


class Intrekkingen(Answer):
    """Intrekkingen, de laatste eerst."""

    resultaten: list[IngetrokkenObject]
    volgende: str | None


class Ander(Answer):
    """Een ander document met hetzelfde bestand, en wat daarover is besloten."""

    document: str
    lot: str
    reden: str


class Ingreep(Answer):
    """Een voorstel waarover een tweede persoon beslist."""

    id: str
    soort: str
    object_soort: str
    object_id: str
    aanleiding: str | None
    reden: str
    status: str
    voorgesteld_op: datetime
    voorgesteld_door: str
    geldig_tot: datetime
    beslist_op: datetime | None
    beslist_door: str | None
    toelichting: str | None
    uitgevoerd_op: datetime | None
    andere: list[Ander]
    opslag_bewaart_versies: bool

    @classmethod
    def of(cls, one: ingreep.Ingreep) -> Self:
        return cls(
            id=one.id,
            soort=one.soort.value,
            object_soort=one.object_soort,
            object_id=one.object_id,
            aanleiding=one.aanleiding.value if one.aanleiding else None,
            reden=one.reden,
            status=one.status.value,
            voorgesteld_op=one.voorgesteld_op,
            voorgesteld_door=one.voorgesteld_door.naam,
            geldig_tot=one.geldig_tot,
            beslist_op=one.beslist_op,
            beslist_door=one.beslist_door.naam if one.beslist_door else None,
            toelichting=one.toelichting,
            uitgevoerd_op=one.uitgevoerd_op,
            andere=[Ander(document=id, lot=lot.value, reden=why) for id, (lot, why) in one.andere.items()],
            opslag_bewaart_versies=bool(one.gegevens.get("opslag_bewaart_versies")),
        )


class Ingrepen(Answer):
    """Voorstellen, het laatste eerst."""

    resultaten: list[Ingreep]


class Plek(Answer):
    """Een plek waar het nog kan staan."""

    naam: str
    bekend: str
    doen: str


class Lekblad(Answer):
    """Wat de functionaris gegevensbescherming over een lek moet weten."""

    soort: str
    id: str
    ingetrokken_op: datetime
    ontdekt_op: datetime
    melden_voor: datetime
    klok: str
    gemaakt_op: datetime
    perioden: list[tuple[datetime, datetime]]
    duur: str
    raadpleging: str
    weergaven: int
    downloads: int
    geteld_vanaf: date | None
    plekken: list[Plek]
    melden: bool | None
    reden: str | None
    besloten_op: datetime | None
    gemeld_op: datetime | None

    @classmethod
    def of(cls, blad: datalek.Lekblad, nu: datetime) -> Self:
        known = blad.vastgelegd
        return cls(
            soort=blad.object_soort,
            id=blad.object_id,
            ingetrokken_op=blad.ingetrokken_op,
            ontdekt_op=blad.ontdekt_op,
            melden_voor=blad.melden_voor,
            klok=words.clock(blad, nu).tekst,
            gemaakt_op=blad.gemaakt_op,
            perioden=known["perioden"],
            duur=words.duration(blad),
            raadpleging=words.asked(blad),
            weergaven=known["weergaven"],
            downloads=known["downloads"],
            geteld_vanaf=known["geteld_vanaf"],
            plekken=[Plek.model_validate(plek) for plek in words.places(blad)],
            melden=blad.melden,
            reden=blad.besluit_reden,
            besloten_op=blad.besloten_op,
            gemeld_op=blad.gemeld_op,
        )


class Bewaartermijn(Answer):
    """Hoe lang een publicatie openbaar blijft."""

    publicatie: str
    categorie: str
    waardering: str
    bron: str
    begin: date
    einde: date | None
    offline_op: date | None
    afwijkend: bool
    jaren: int | None
    reden: str | None
    aangekondigd_op: datetime | None

    @classmethod
    def of(cls, term: Bewaring) -> Self:
        own = term.termijn
        return cls(
            publicatie=term.publicatie.id,
            categorie=term.regel.categorie,
            waardering=term.regel.waardering.value,
            bron=term.regel.bron,
            begin=term.begin,
            einde=term.einde,
            offline_op=term.offline_op,
            afwijkend=own.afwijkend,
            jaren=own.jaren if own.afwijkend else term.regel.jaren,
            reden=own.reden,
            aangekondigd_op=own.aangekondigd_op,
        )


class Termijnen(Answer):
    """Publicaties waarvan de termijn afloopt."""

    selectielijst: str
    werkt: bool
    resultaten: list[Bewaartermijn]
