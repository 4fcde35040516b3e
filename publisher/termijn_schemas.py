"""What the desk answers about legal terms: clocks, noted facts, keys of calendars, the figures of the annual account."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Self

from pydantic import Field

from publisher.schemas import Answer, Waarde
from woo.diwoo.waardelijsten import Waardelijst
from woo.domain import termijnfeit
from woo.domain.besluit import Uitkomst
from woo.domain.klok import Klok, Klokstand
from woo.domain.termijnregel import Feitsoort, Termijnsoort
from woo.projection import jaarcijfers
from woo.registry import Agendasleutel
from woo.usecases.termijnen import Lopend
from woo.views import termijnen as told


class Termijn(Answer):
    """Eén wettelijke termijn, geteld met en zonder opschorting. Geen juridisch advies: het artikel staat erbij."""

    sleutel: str = Field(
        description="Blijft gelijk zolang de termijn bestaat, ook als haar dagen veranderen."
    )
    code: str
    naam: str
    artikel: str
    bron: str
    soort: Termijnsoort
    streef: bool = Field(description="De wet zegt 'zo spoedig mogelijk'; de lengte is een eigen streven.")
    zin: str
    over: str = Field(description="Id van waar de termijn over gaat.")
    begin: date = Field(description="De dag waarvan de termijn telt.")
    uiterste_datum: date | None = Field(description="Leeg zolang de termijn stilstaat.")
    uiterste_datum_zonder_opschorting: date | None
    stand: Klokstand
    dagen_over: int | None = Field(description="Onder nul: zoveel dagen te laat.")
    dagen_over_zonder_opschorting: int | None
    te_laat: int
    gedaan_op: date | None
    zeker: bool = Field(
        description="Onwaar als van dat jaar de met feestdagen gelijkgestelde dagen hier niet bekend zijn."
    )

    @classmethod
    def of(cls, klok: Klok) -> Self:
        return cls(**cls._values(klok))

    @staticmethod
    def _values(klok: Klok) -> Mapping[str, Any]:
        return {
            "sleutel": klok.sleutel,
            "code": klok.regel.code,
            "naam": klok.regel.naam,
            "artikel": klok.regel.artikel,
            "bron": klok.regel.bron,
            "soort": klok.regel.soort,
            "streef": klok.regel.streef,
            "zin": told.sentence(klok),
            "over": klok.over,
            "begin": klok.begin,
            "uiterste_datum": klok.einde,
            "uiterste_datum_zonder_opschorting": klok.einde_zonder,
            "stand": klok.stand,
            "dagen_over": klok.dagen_over,
            "dagen_over_zonder_opschorting": klok.dagen_over_zonder,
            "te_laat": klok.te_laat,
            "gedaan_op": klok.gedaan_op,
            "zeker": klok.zeker,
        }


class LopendeTermijn(Termijn):
    """Een termijn waar iemand op wacht, en van welk dossier zij is."""

    verzoek: str | None
    publicatie: str | None
    kenmerk: str
    organisatie: Waarde | None

    @classmethod
    def running(cls, lopend: Lopend, lijst: Waardelijst) -> Self:
        return cls(
            **cls._values(lopend.klok),
            verzoek=None if lopend.verzoek is None else lopend.verzoek.id,
            publicatie=None if lopend.publicatie is None else lopend.publicatie.id,
            kenmerk=lopend.kenmerk,
            organisatie=Waarde.maybe(lijst, lopend.organisatie),
        )


class LopendeTermijnen(Answer):
    """Eén pagina van de lopende termijnen; wat het eerst eindigt staat vooraan."""

    resultaten: list[LopendeTermijn]
    volgende: str | None


class Verzoektermijnen(Answer):
    """Alle termijnen van één verzoek."""

    resultaten: list[Termijn]


class Termijnfeit(Answer):
    """Een feit dat de balie voor een termijn heeft genoteerd."""

    id: str
    soort: Feitsoort
    naam: str
    op: date
    tot: date | None
    over: str
    verzoek: str | None
    publicatie: str | None

    @classmethod
    def of(cls, feit: termijnfeit.Termijnfeit) -> Self:
        return cls(
            id=feit.id,
            soort=feit.soort,
            naam=termijnfeit.NOTEERBAAR[feit.soort].naam,
            op=feit.op,
            tot=feit.tot,
            over=feit.over,
            verzoek=feit.verzoek_id,
            publicatie=feit.publicatie_id,
        )


class Termijnfeiten(Answer):
    """De genoteerde feiten van één verzoek, oudste eerst."""

    resultaten: list[Termijnfeit]


class Agenda(Answer):
    """Een agenda, zonder haar adres."""

    id: str
    naam: str
    organisaties: list[str] | None = Field(description="Leeg: alle organisaties.")
    aangemaakt_op: datetime
    vervalt_op: datetime
    ingetrokken_op: datetime | None
    geldig: bool

    @classmethod
    def of(cls, key: Agendasleutel, now: datetime) -> Self:
        return cls(**cls._values(key, now))

    @staticmethod
    def _values(key: Agendasleutel, now: datetime) -> Mapping[str, Any]:
        return {
            "id": key.id,
            "naam": key.naam,
            "organisaties": None if key.organisaties is None else sorted(key.organisaties),
            "aangemaakt_op": key.aangemaakt_op,
            "vervalt_op": key.vervalt_op,
            "ingetrokken_op": key.ingetrokken_op,
            "geldig": key.is_valid(now),
        }


class GemaakteAgenda(Agenda):
    """Een nieuwe agenda; het adres staat alleen in dit antwoord."""

    adres: str = Field(description="Zet dit adres in uw agenda. Wie het heeft, ziet uw termijnen.")

    @classmethod
    def made(cls, key: Agendasleutel, now: datetime, adres: str) -> Self:
        return cls(**cls._values(key, now), adres=adres)


class Agendas(Answer):
    """Agenda's, oudste eerst."""

    resultaten: list[Agenda]


class Termijncijfers(Answer):
    """Hoeveel er op tijd was, op één manier geteld."""

    op_tijd: int
    te_laat: int
    onbekend: int = Field(description="De termijn stond stil op de dag waarop het verzoek was afgehandeld.")
    gemiddeld: float | None = Field(description="Dagen.")
    mediaan: float | None = Field(description="Dagen.")


class Jaarcijfers(Answer):
    """De cijfers van één jaar van één organisatie, voor de openbaarheidsparagraaf."""

    jaar: int
    organisatie: Waarde | None
    ontvangen: int
    afgehandeld: int
    nog_open: int
    uitkomsten: dict[str, int]
    verdaagd: int
    opgeschort: int
    ingebrekestellingen: int
    bezwaren: int
    beroepen: int
    paginas: int
    met_opschorting: Termijncijfers = Field(description="De wachttijd telt niet mee.")
    zonder_opschorting: Termijncijfers = Field(description="De wachttijd telt mee.")

    @classmethod
    def of(cls, cijfers: jaarcijfers.Jaarcijfers, lijst: Waardelijst) -> Self:
        return cls(
            jaar=cijfers.jaar,
            organisatie=Waarde.maybe(lijst, cijfers.organisatie),
            ontvangen=cijfers.ontvangen,
            afgehandeld=cijfers.afgehandeld,
            nog_open=cijfers.nog_open,
            uitkomsten={each.value: cijfers.uitkomsten.get(each, 0) for each in Uitkomst},
            verdaagd=cijfers.verdaagd,
            opgeschort=cijfers.opgeschort,
            ingebrekestellingen=cijfers.ingebrekestellingen,
            bezwaren=cijfers.bezwaren,
            beroepen=cijfers.beroepen,
            paginas=cijfers.paginas,
            met_opschorting=Termijncijfers.model_validate(cijfers.met_opschorting),
            zonder_opschorting=Termijncijfers.model_validate(cijfers.zonder_opschorting),
        )


class AlleJaarcijfers(Answer):
    """De cijfers, nieuwste jaar eerst."""

    resultaten: list[Jaarcijfers]
