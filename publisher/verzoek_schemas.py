"""What the desk answers about requests, their decisions and the people behind them."""

from datetime import date, datetime
from typing import Self

from pydantic import Field

from publisher.schemas import Answer
from woo.diwoo.waardelijsten import Waardelijsten
from woo.domain import besluit as besluiten
from woo.domain import betrokkenen
from woo.domain.besluit import Herziening, Uitkomst, Wet, in_force
from woo.domain.betrokkenen import Reactie, Stuksoort
from woo.domain.procedure import Proceduresoort, Procedureuitkomst
from woo.domain.publicatie import Publicatiestatus
from woo.domain.verzoek import Opschortingsgrond
from woo.domain.verzoekstatus import Verzoekstatus
from woo.usecases.verzoekinzage import Verzoekdossier, Verzoekstand


class Periode(Answer):
    """De periode waarover het verzoek gaat."""

    van: date | None
    tot: date | None


class Opschorting(Answer):
    """Een periode waarin de termijn stilstaat; `tot` is de laatste dag."""

    van: date
    tot: date | None
    grond: Opschortingsgrond


class Precisering(Answer):
    """Dat de verzoeker is gevraagd wat precies is bedoeld."""

    gevraagd_op: date
    beantwoord_op: date | None


class Doorzending(Answer):
    """Dat het verzoek, of een deel, is doorgestuurd."""

    aan: str = Field(description="Code van de organisatie, of haar naam.")
    naam: str
    op: date
    deel: str | None


class Verzoek(Answer):
    """Een Woo-verzoek met hoe het ervoor staat."""

    id: str
    kenmerk: str
    onderwerp: str
    organisatie: str | None
    ontvangen_op: date
    periode: Periode | None
    verdaagd_op: date | None
    verdaging_dagen: int
    opschortingen: list[Opschorting]
    preciseringen: list[Precisering]
    doorzendingen: list[Doorzending]
    ingebrekestellingen: list[date]
    ingetrokken_op: date | None
    status: Verzoekstatus
    uiterste_datum: date | None = Field(description="Null zolang de termijn stilstaat.")
    dagen: int | None = Field(description="Dagen die er nog zijn; onder nul: te laat.")
    gewijzigd_op: datetime | None

    @classmethod
    def of(cls, stand: Verzoekstand, lijsten: Waardelijsten) -> Self:
        verzoek, namen = stand.verzoek, lijsten.organisaties
        return cls(
            id=verzoek.id,
            kenmerk=verzoek.kenmerk,
            onderwerp=verzoek.onderwerp,
            organisatie=verzoek.organisatie,
            ontvangen_op=verzoek.ontvangen_op,
            periode=None if verzoek.periode is None else Periode.model_validate(verzoek.periode),
            verdaagd_op=verzoek.verdaagd_op,
            verdaging_dagen=verzoek.verdaging_dagen,
            opschortingen=[Opschorting.model_validate(each) for each in verzoek.opschortingen],
            preciseringen=[Precisering.model_validate(each) for each in verzoek.preciseringen],
            doorzendingen=[
                Doorzending(
                    aan=each.aan,
                    naam=namen.get(each.aan).naam if each.aan in namen else each.aan,
                    op=each.op,
                    deel=each.deel,
                )
                for each in verzoek.doorzendingen
            ],
            ingebrekestellingen=list(verzoek.ingebrekestellingen),
            ingetrokken_op=verzoek.ingetrokken_op,
            status=stand.status,
            uiterste_datum=verzoek.uiterste_datum(),
            dagen=stand.dagen,
            gewijzigd_op=verzoek.gewijzigd_op,
        )


class Procedure(Answer):
    """Een bezwaar of een zaak bij de rechter."""

    id: str
    besluit_id: str
    soort: Proceduresoort
    datum: date
    uitkomst: Procedureuitkomst | None
    beslist_op: date | None
    ecli: str | None


class Besluit(Answer):
    """Een besluit op een Woo-verzoek."""

    id: str
    verzoek_id: str
    kenmerk: str
    datum: date
    uitkomst: Uitkomst
    wet: Wet
    deelbesluit: int | None
    laatste: bool
    gronden: list[str]
    ondertekenaar: str | None
    aangemerkt_als: str | None
    herziet: str | None = Field(description="Id van het besluit waarvoor dit in de plaats komt.")
    herziening: Herziening | None
    geldt: bool = Field(description="False als een later besluit ervoor in de plaats kwam.")
    publicatie: str | None = Field(description="Id van de publicatie die het laat zien.")
    publicatiestatus: Publicatiestatus | None
    procedures: list[Procedure]
    gewijzigd_op: datetime | None

    @classmethod
    def of(cls, besluit: besluiten.Woobesluit, dossier: Verzoekdossier) -> Self:
        shown = dossier.publicaties.get(besluit.publicatie_id or "")
        return cls(
            id=besluit.id,
            verzoek_id=besluit.verzoek_id,
            kenmerk=besluit.kenmerk,
            datum=besluit.datum,
            uitkomst=besluit.uitkomst,
            wet=besluit.wet,
            deelbesluit=besluit.deelbesluit,
            laatste=besluit.laatste,
            gronden=list(besluit.gronden),
            ondertekenaar=besluit.ondertekenaar,
            aangemerkt_als=besluit.aangemerkt_als,
            herziet=besluit.herziet,
            herziening=besluit.herziening,
            geldt=besluit.id in {each.id for each in in_force(dossier.stand.besluiten)},
            publicatie=besluit.publicatie_id,
            publicatiestatus=None if shown is None else shown.status,
            procedures=[
                Procedure.model_validate(each) for each in dossier.procedures if each.besluit_id == besluit.id
            ],
            gewijzigd_op=besluit.gewijzigd_op,
        )


class VerzoekMetBesluiten(Verzoek):
    """Een Woo-verzoek met zijn besluiten; wie het deed en wie het aangaat vraagt u apart op."""

    besluiten: list[Besluit]

    @classmethod
    def whole(cls, dossier: Verzoekdossier, lijsten: Waardelijsten) -> Self:
        known = Verzoek.of(dossier.stand, lijsten)
        shown = [Besluit.of(each, dossier) for each in dossier.stand.besluiten]
        return cls(**dict(known), besluiten=shown)


class Verzoeken(Answer):
    """Eén pagina van de verzoeken; eerst wat het snelst een besluit nodig heeft."""

    resultaten: list[Verzoek]
    volgende: str | None


class Verzoeker(Answer):
    """Wie het verzoek deed; zonder naam als die is gewist."""

    naam: str | None
    namens: str | None
    adres: str | None
    email: str | None
    telefoon: str | None
    gewist_op: date | None


class Zienswijze(Answer):
    """Wat over één document of regel is geantwoord."""

    soort: Stuksoort
    id: str
    reactie: Reactie


class Derde(Answer):
    """Iemand die het verzoek aangaat."""

    id: str
    nummer: int
    naam: str | None
    adres: str | None
    email: str | None
    gevraagd_op: date | None
    reageren_voor: date | None
    reactie: Reactie | None
    gereageerd_op: date | None
    zienswijzen: list[Zienswijze]
    geinformeerd_op: date | None
    gewist_op: date | None
    gewijzigd_op: datetime | None

    @classmethod
    def of(cls, derde: betrokkenen.Belanghebbende) -> Self:
        return cls.model_validate(derde)


class Betrokkenen(Answer):
    """Iedereen achter een verzoek. Dat u dit opvroeg, staat in het logboek."""

    verzoeker: Verzoeker | None
    derden: list[Derde]
