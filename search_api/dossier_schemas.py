"""The shapes of the API's answers about dossiers, inventories and versions; beside `schemas`."""

from datetime import date, datetime

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from search_api.schemas import Publicatie


class Schema(BaseModel):
    """What every shape has in common: names in camelCase, and no others."""

    model_config = ConfigDict(alias_generator=to_camel, extra="forbid", populate_by_name=True)


class Verdaging(Schema):
    """Dat het besluit later mocht komen (artikel 4.4, tweede lid, Woo)."""

    op: date
    dagen: int


class Opschorting(Schema):
    """Een periode waarin de termijn stilstond; `tot` is de laatste dag."""

    van: date
    tot: date | None
    grond: str = Field(examples=["zienswijze"])


class Telling(Schema):
    """Eén manier van tellen."""

    uiterste_datum: date | None = Field(
        description="Null als de termijn stilstond op de dag van het besluit."
    )
    dagen: int = Field(description="Dagen die het besluit kostte.")
    over: int | None = Field(description="Dagen na de uiterste datum; onder nul: ervoor.")


class Termijn(Schema):
    """De termijn van een besluit, op beide manieren geteld."""

    opgeschort: int = Field(description="Dagen waarop de termijn stilstond.")
    met_opschorting: Telling
    zonder_opschorting: Telling


class Periode(Schema):
    """De periode waar het verzoek over gaat; zonder `van` of `tot` is die kant open."""

    van: date | None
    tot: date | None


class Doorzending(Schema):
    """Dat het verzoek, of een deel ervan, is doorgestuurd (artikel 4.2 Woo)."""

    aan: str = Field(description="De organisatie die het verder behandelt.")
    op: date
    deel: str | None = Field(description="Welk deel; null als het hele verzoek is doorgestuurd.")


class Procedure(Schema):
    """Een bezwaar, beroep, hoger beroep of verzoek om een voorlopige voorziening."""

    soort: str
    datum: date
    uitkomst: str | None
    beslist_op: date | None
    ecli: str | None = Field(examples=["ECLI:NL:RBOVE:2025:1234"])
    url: str | None = Field(description="De uitspraak op rechtspraak.nl.")


class Besluitpublicatie(Schema):
    """De publicatie die een besluit laat zien."""

    id: str
    titel: str
    url: str


class Besluit(Schema):
    """Een besluit op het verzoek, of een deelbesluit."""

    kenmerk: str
    datum: date
    uitkomst: str
    wet: str
    deelbesluit: int | None
    gronden: list[str] = Field(default_factory=list, description="De weigeringsgronden, als code.")
    ondertekenaar: str | None = Field(default=None, description="De functie die ondertekende.")
    aangemerkt_als: str | None = Field(
        default=None, description="Waarvoor het verzoek is aangezien, als het geen Woo-verzoek is."
    )
    herziet: str | None = Field(
        default=None, description="Het kenmerk van het besluit waarvoor dit besluit in de plaats komt."
    )
    herziening: str | None = Field(default=None, description="bezwaar, rechter of ambtshalve.")
    herzien_door: str | None = Field(
        default=None,
        description="Het kenmerk van het besluit dat hiervoor in de plaats kwam; null als dit besluit geldt.",
    )
    publicatie: Besluitpublicatie | None
    deze_publicatie: bool
    termijn: Termijn
    procedures: list[Procedure]


class Tijdstip(Schema):
    """Een moment op de tijdlijn."""

    soort: str = Field(
        description="ontvangen, doorgezonden, verdaagd, opgeschort, ingetrokken, uiterste_datum, besluit of gepubliceerd."
    )
    datum: date
    tot: date | None
    besluit: str | None = Field(description="Het kenmerk van het besluit.")


class Verzoek(Schema):
    """Het Woo-verzoek; wie het deed staat er niet bij."""

    kenmerk: str
    onderwerp: str
    ontvangen_op: date
    verdaging: Verdaging | None
    opschortingen: list[Opschorting]
    periode: Periode | None = None
    doorzendingen: list[Doorzending] = Field(default_factory=list)
    ingetrokken_op: date | None = Field(
        default=None, description="De dag waarop de verzoeker het verzoek introk."
    )
    uiterste_datum: date | None
    uiterste_datum_zonder_opschorting: date | None
    besluiten: list[Besluit]
    tijdlijn: list[Tijdstip]


class Inventariskop(Schema):
    """Hoeveel regels de inventaris heeft, en waar zij staan."""

    regels: int
    beoordelingen: dict[str, int]
    url: str
    csv_url: str
    xlsx_url: str
    pdf_url: str = Field(
        description="Bestaat tot een aantal regels dat de site bepaalt; daarboven geeft het adres 404."
    )


class Contact(Schema):
    """Wie u helpt (artikel 4.7 Woo)."""

    naam: str
    email: str | None
    telefoon: str | None


class Gebeurtenis(Schema):
    """Een wijziging sinds de publicatie."""

    op: datetime
    soort: str
    titel: str
    toelichting: str | None = Field(description="Waarom het is gewijzigd, als dat is gezegd.")
    document: str | None
    document_url: str | None


class IngetrokkenDocument(Schema):
    """Een document dat niet meer openbaar is."""

    id: str
    ingetrokken_op: datetime
    reden: str
    titel: str | None
    url: str


class Gegeven(Schema):
    """Een gegeven dat bij de soort informatie hoort, zoals de partijen van een convenant."""

    naam: str
    label: str
    waarde: str = Field(description="Een dag is geschreven als 2026-03-02.")


class Mededeling(Schema):
    """Dat een document in zijn geheel niet openbaar is (art. 3.3 lid 8 Woo)."""

    gronden: list[str]
    toelichting: str


class PublicatieMetDossier(Publicatie):
    """Een openbare publicatie met haar dossier."""

    verzoeken: list[Verzoek]
    inventaris: Inventariskop | None
    contact: Contact | None
    gegevens: list[Gegeven]
    mededeling: Mededeling | None = Field(
        description="Alleen bij een publicatie die in de plaats komt van een geheim document."
    )
    geschiedenis: list[Gebeurtenis] = Field(description="De nieuwste eerst.")
    geschiedenis_volledig: bool
    ingetrokken_documenten: list[IngetrokkenDocument]
    zip_url: str


class Inventarisrij(Schema):
    """Een regel van de inventaris; van een ingetrokken document blijven naam, datum, soort en links weg."""

    nummer: str
    naam: str | None
    beoordeling: str
    gronden: list[str]
    wetten: list[str] = Field(
        default=[], description="De andere wet en haar artikel waar grond 8.8 of geheimhouding naar verwijst."
    )
    bijzonderheden: list[str]
    datum: date | None
    soort: str | None
    opgeschort: bool
    links: list[str]
    gerelateerd: list[str]
    zaaknummers: list[str]
    familie: str | None
    draad: str | None
    document: str | None = Field(description="Het id van het document, als dat openbaar of ingetrokken is.")
    document_url: str | None
    bestand_url: str | None
    ingetrokken: bool


class Inventaris(Schema):
    """Een deel van de gekozen regels."""

    totaal: int
    volgende: int | None = Field(description="Waarde voor `vanafRij` om verder te lezen.")
    resultaten: list[Inventarisrij]


class Versie(Schema):
    """Een versie van het bestand die openbaar was."""

    versie: int
    gepubliceerd_op: datetime
    vervangen_op: datetime | None
    sha256: str | None = Field(description="Null als het publiek een door ons gemaakte weergave kreeg.")
    grootte: int | None
    reden: str | None = Field(
        description="Waarom deze versie in de plaats kwam van de vorige, als dat is gezegd."
    )
    huidig: bool
    vervangen_door: int | None
    url: str = Field(description="Het blijvende adres van deze versie.")
    document_url: str
    bestand_url: str | None


class Versies(Schema):
    """Alle versies die openbaar waren, de oudste eerst."""

    versies: list[Versie]
