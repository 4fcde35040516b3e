"""What the desk answers: the shapes of its JSON, each made from an object of the domain or the registry."""

from datetime import date, datetime
from typing import Self

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from woo.diwoo.waardelijsten import Waardelijst, Waardelijsten
from woo.domain import document as documents
from woo.domain import publicatie as publicaties
from woo.domain.document import Bestemming, Documentrol, Leesstatus
from woo.domain.openbaarheid import is_public
from woo.domain.publicatie import Publicatiestatus


class Answer(BaseModel):
    """The base of every answer: Dutch names in camelCase, moments in UTC."""

    model_config = ConfigDict(
        alias_generator=to_camel, populate_by_name=True, extra="forbid", from_attributes=True
    )


class Waarde(Answer):
    """Een waarde van een waardelijst; zonder naam als de lijst haar niet (meer) kent."""

    code: str
    naam: str | None

    @classmethod
    def of(cls, lijst: Waardelijst, code: str) -> Self:
        return cls(code=code, naam=lijst.get(code).naam if code in lijst else None)

    @classmethod
    def maybe(cls, lijst: Waardelijst, code: str | None) -> Self | None:
        return None if code is None else cls.of(lijst, code)


class Intrekking(Answer):
    """Wanneer en waarom iets is ingetrokken."""

    op: datetime
    reden: str


class Publicatie(Answer):
    """Een publicatie, openbaar of niet."""

    id: str
    officiele_titel: str
    verkorte_titel: str | None
    omschrijving: str | None
    kenmerk: str | None
    publisher: Waarde | None
    informatiecategorieen: list[Waarde]
    themas: list[Waarde]
    status: Publicatiestatus
    aangemaakt_op: datetime
    gewijzigd_op: datetime
    eerste_publicatie: datetime | None = Field(
        description="Eerste moment waarop de publicatie hier openbaar was."
    )
    intrekking: Intrekking | None
    bron: str | None = Field(
        description="Waar de publicatie vandaan komt, als zij niet aan de balie is gemaakt."
    )

    @classmethod
    def of(cls, publicatie: publicaties.Publicatie, lijsten: Waardelijsten) -> Self:
        return cls(
            id=publicatie.id,
            officiele_titel=publicatie.officiele_titel,
            verkorte_titel=publicatie.verkorte_titel,
            omschrijving=publicatie.omschrijving,
            kenmerk=publicatie.kenmerk,
            publisher=Waarde.maybe(lijsten.organisaties, publicatie.publisher),
            informatiecategorieen=[
                Waarde.of(lijsten.informatiecategorieen, code) for code in publicatie.informatiecategorieen
            ],
            themas=[Waarde.of(lijsten.themas, code) for code in publicatie.themas],
            status=publicatie.status,
            aangemaakt_op=publicatie.aangemaakt_op,
            gewijzigd_op=publicatie.gewijzigd_op,
            eerste_publicatie=publicatie.eerste_publicatie,
            intrekking=_intrekking(publicatie.intrekking),
            bron=publicatie.bron,
        )


class Bestand(Answer):
    """Het bestand van een document."""

    naam: str
    mime: str
    grootte: int = Field(description="Grootte in bytes.")
    sha256: str = Field(description="SHA-256 van de inhoud, hexadecimaal.")


class Lezing(Answer):
    """Wat het lezen van het bestand opleverde."""

    status: Leesstatus
    reden: str | None
    paginas: int
    onleesbaar: int = Field(description="Aantal pagina's waarvan de tekst niet is gelezen.")
    onzeker: int = Field(description="Aantal pagina's waarvan de tekst is herkend, maar niet zeker.")
    tekstbron: str | None
    waarschuwingen: list[str]


class Document(Answer):
    """Een document van een publicatie, openbaar of niet."""

    id: str
    publicatie_id: str
    volgnummer: int
    officiele_titel: str
    omschrijving: str | None
    kenmerk: str | None
    documentsoort: Waarde | None
    creatiedatum: date | None
    taal: Waarde | None
    bestand: Bestand | None
    versie: int = Field(description="Het hoeveelste bestand dit is.")
    lezing: Lezing
    bestemming: Bestemming = Field(description="Voor wie het document is; dit verandert nooit.")
    rol: Documentrol | None = Field(description="Wat het document is in het dossier.")
    openbaar: bool = Field(description="Of iedereen dit document mag zien.")
    opgeschort_tot: date | None = Field(
        description="Eerste dag waarop het document openbaar mag worden (art. 4.4 lid 5 Woo)."
    )
    intrekking: Intrekking | None
    herkomst: dict[str, str] = Field(description="Waar de waarde van een veld vandaan komt.")
    aangemaakt_op: datetime
    gewijzigd_op: datetime

    @classmethod
    def of(
        cls, document: documents.Document, publicatie: publicaties.Publicatie, lijsten: Waardelijsten
    ) -> Self:
        return cls(
            id=document.id,
            publicatie_id=document.publicatie_id,
            volgnummer=document.volgnummer,
            officiele_titel=document.officiele_titel,
            omschrijving=document.omschrijving,
            kenmerk=document.kenmerk,
            documentsoort=Waarde.maybe(lijsten.documentsoorten, document.documentsoort),
            creatiedatum=document.creatiedatum,
            taal=Waarde.maybe(lijsten.talen, document.taal),
            bestand=_bestand(document.bestand),
            versie=document.versie,
            lezing=Lezing.model_validate(document.lezing),
            bestemming=document.bestemming,
            rol=document.rol,
            openbaar=is_public(document, publicatie),
            opgeschort_tot=document.opgeschort_tot,
            intrekking=_intrekking(document.intrekking),
            herkomst=dict(document.herkomst),
            aangemaakt_op=document.aangemaakt_op,
            gewijzigd_op=document.gewijzigd_op,
        )


class Publicaties(Answer):
    """Eén pagina van de lijst van publicaties."""

    resultaten: list[Publicatie]
    volgende: str | None = Field(
        description="Geef dit mee als `na` voor de volgende pagina; leeg op de laatste."
    )


class Documenten(Answer):
    """Eén pagina van de documenten van een publicatie."""

    resultaten: list[Document]
    volgende: str | None


class PublicatieMetDocumenten(Answer):
    """Een publicatie en haar documenten."""

    publicatie: Publicatie
    documenten: Documenten


def _bestand(bestand: documents.Bestand | None) -> Bestand | None:
    if bestand is None:
        return None
    return Bestand(naam=bestand.naam, mime=bestand.mime, grootte=bestand.grootte, sha256=bestand.digest)


def _intrekking(intrekking: publicaties.Intrekking | None) -> Intrekking | None:
    return None if intrekking is None else Intrekking(op=intrekking.op, reden=intrekking.reden)
