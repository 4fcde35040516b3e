"""What the desk answers about inventories: rows, proposals and what each row would change, what is left over."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Self

from pydantic import Field

from publisher.schemas import Answer
from woo.domain import inventaris, inventarisvoorstel
from woo.domain.inventaris import Beoordeling, Bijzonderheid
from woo.domain.inventarisvoorstel import Rijsoort
from woo.inventaris.stand import versie_van
from woo.registry import LoggedEvent
from woo.usecases.inventarisblad import Resten


class Regel(Answer):
    """Een rij van de inventaris, met alles wat de balie ervan weet."""

    id: str
    volgorde: int
    nummer: str
    documentnaam: str
    beoordeling: Beoordeling
    gronden: list[str]
    wetten: list[str] = Field(description="De andere wet en haar artikel, bij grond 8.8 en geheimhouding.")
    bijzonderheden: list[Bijzonderheid]
    datum: date | None
    soort: str | None
    toelichting: str | None
    opgeschort: bool
    links: list[str]
    gerelateerd: list[str]
    zaaknummers: list[str]
    familie: str | None
    draad: str | None
    overig: dict[str, str] = Field(description="De andere kolommen van de lijst; nooit openbaar.")
    document: str | None
    mag_openbaar: bool
    versie: str = Field(
        description="Stuur dit mee met een wijziging: dan wordt niets van een ander overschreven."
    )

    @classmethod
    def of(cls, regel: inventaris.Inventarisregel) -> Self:
        return cls(
            id=regel.id,
            volgorde=regel.volgorde,
            nummer=regel.nummer,
            documentnaam=regel.documentnaam,
            beoordeling=regel.beoordeling,
            gronden=list(regel.gronden),
            wetten=list(regel.wetten),
            bijzonderheden=list(regel.bijzonderheden),
            datum=regel.datum,
            soort=regel.soort,
            toelichting=regel.toelichting,
            opgeschort=regel.opgeschort,
            links=list(regel.links),
            gerelateerd=list(regel.gerelateerd),
            zaaknummers=list(regel.zaaknummers),
            familie=regel.familie,
            draad=regel.draad,
            overig=dict(regel.overig),
            document=regel.document_id,
            mag_openbaar=regel.mag_openbaar,
            versie=versie_van(regel),
        )

    @classmethod
    def maybe(cls, regel: inventaris.Inventarisregel | None) -> Self | None:
        return None if regel is None else cls.of(regel)


class Regels(Answer):
    """Eén pagina van de rijen die passen."""

    totaal: int
    resultaten: list[Regel]
    volgende: str | None


class OpgeslagenRegel(Answer):
    """De rij zoals zij nu is, en wat zelden klopt en toch mag."""

    regel: Regel
    let_op: list[str]


class Rijmelding(Answer):
    """Een opmerking bij een rij van het blad."""

    is_fout: bool
    kolom: str
    waarde: str
    uitleg: str


class Voorstelrij(Answer):
    """Wat er met een rij gebeurt als het voorstel wordt overgenomen."""

    soort: Rijsoort
    rij: int | None = Field(
        description="De rij in het blad; leeg bij een rij die alleen in de inventaris staat."
    )
    nummer: str | None
    velden: list[str] = Field(description="Wat er verandert.")
    oud: Regel | None
    nieuw: Regel | None
    meldingen: list[Rijmelding]

    @classmethod
    def of(cls, rij: inventarisvoorstel.Voorstelrij) -> Self:
        return cls(
            soort=rij.soort,
            rij=rij.rij,
            nummer=rij.nummer,
            velden=list(rij.velden),
            oud=Regel.maybe(rij.oud),
            nieuw=Regel.maybe(rij.nieuw),
            meldingen=[Rijmelding.model_validate(each) for each in rij.meldingen],
        )


class Koppelvraag(Answer):
    """Een rij en de documenten waar zij bij kan horen."""

    nummer: str
    documenten: list[str]


class Inventarisvergelijking(Answer):
    """Een vergeleken lijst die wacht op bevestiging."""

    id: str
    publicatie: str
    sha256: str
    bestandsnaam: str
    grootte: int
    gemaakt_door: str
    gemaakt_op: datetime
    vervalt_op: datetime
    overgenomen_op: datetime | None
    open: bool = Field(description="Of het nog kan worden overgenomen.")
    rijen: int
    tellingen: dict[Rijsoort, int]
    verplaatst: int
    foutrijen: list[int] = Field(description="De rijen van het blad met fouten.")
    opmerkingen: list[str]
    geblokkeerd: list[Koppelvraag] = Field(
        description="Rijen die niet openbaar mogen zijn, bij een document dat het is. Trek dat eerst in."
    )
    straks: list[Koppelvraag] = Field(description="Hetzelfde bij een concept: trek ze in voor u publiceert.")
    dubbelzinnig: list[Koppelvraag]
    zonder_document: int
    zonder_regel: int

    @classmethod
    def of(cls, voorstel: inventarisvoorstel.Inventarisvoorstel, foutrijen: list[int], now: datetime) -> Self:
        found = voorstel.bevindingen
        return cls(
            id=voorstel.id,
            publicatie=voorstel.publicatie_id,
            sha256=voorstel.sha256,
            bestandsnaam=voorstel.bestandsnaam,
            grootte=voorstel.grootte,
            gemaakt_door=voorstel.gemaakt_door,
            gemaakt_op=voorstel.gemaakt_op,
            vervalt_op=voorstel.vervalt_op,
            overgenomen_op=voorstel.overgenomen_op,
            open=voorstel.is_open(now),
            rijen=voorstel.rijen,
            tellingen={soort: voorstel.tellingen.get(soort, 0) for soort in Rijsoort},
            verplaatst=found.verplaatst,
            foutrijen=foutrijen,
            opmerkingen=list(voorstel.opmerkingen),
            geblokkeerd=[Koppelvraag(nummer=n, documenten=[id]) for n, id in found.geblokkeerd],
            straks=[Koppelvraag(nummer=n, documenten=[id]) for n, id in found.straks],
            dubbelzinnig=[Koppelvraag(nummer=n, documenten=list(ids)) for n, ids in found.dubbelzinnig],
            zonder_document=found.zonder_document,
            zonder_regel=found.zonder_regel,
        )


class Voorstelrijen(Answer):
    """Eén pagina van de rijen van een voorstel."""

    resultaten: list[Voorstelrij]
    volgende: str | None


class RijZonderDocument(Answer):
    """Een rij zonder document, met de documenten waar zij bij kan horen."""

    regel: Regel
    mogelijk: list[str]


class Koppelingen(Answer):
    """Wat er aan beide kanten overblijft; van elk hoogstens duizend."""

    gekoppeld: int
    zonder_document: list[RijZonderDocument]
    zonder_regel: list[str] = Field(
        description="Id's van documenten waar geen rij over gaat; zonder besluitbrief, verzoek, inventaris en bijlagen daarbij."
    )

    @classmethod
    def of(cls, resten: Resten, *, most: int) -> Self:
        return cls(
            gekoppeld=resten.gekoppeld,
            zonder_document=[
                RijZonderDocument(regel=Regel.of(regel), mogelijk=[each.id for each in documenten])
                for regel, documenten in resten.zonder_document[:most]
            ],
            zonder_regel=[each.id for each in resten.zonder_regel[:most]],
        )


class Gekoppeld(Answer):
    """Hoeveel rijen hun document kregen."""

    gekoppeld: int


class Regelgebeurtenis(Answer):
    """Wat er met een rij gebeurde."""

    tijd: datetime
    actie: str
    door: str | None
    details: dict[str, Any]

    @classmethod
    def of(cls, event: LoggedEvent) -> Self:
        details: Mapping[str, Any] = event.details
        return cls(tijd=event.tijd, actie=event.actie.value, door=event.actor, details=dict(details))


class Regelgeschiedenis(Answer):
    """De geschiedenis van een rij, het nieuwste eerst."""

    resultaten: list[Regelgebeurtenis]
