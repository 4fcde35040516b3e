"""What may be sent of publicaties, their documents, and work that is tried again."""

from typing import Any, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from publisher.inputs import Bladeren, BodyInput, Code, Dag, Kenmerk, Moment, Omschrijving, Reden, Titel
from woo.domain.document import Bestemming, Documentrol
from woo.domain.publicatie import Publicatiestatus
from woo.registry.finding import Zoekvraag
from woo.usecases.publicatie_gegevens import Gegevens
from woo.usecases.wijziging import Toelichting


class _Uitgelegd(BodyInput):
    """The base of what changes something that is there: seen in which state, and why."""

    gewijzigd_op: Moment | None = Field(
        default=None,
        title="Stand",
        description="De waarde van `gewijzigdOp` die u zag; is er sindsdien iets gewijzigd, dan wordt niets bewaard.",
    )
    toelichting: Omschrijving | None = Field(
        default=None, title="Toelichting voor collega's", description="Waarom; alleen aan de balie te zien."
    )
    publieke_toelichting: Omschrijving | None = Field(
        default=None,
        title="Toelichting voor iedereen",
        description="Waarom; staat op de openbare pagina bij de wijzigingen.",
    )

    def uitleg(self) -> Toelichting:
        """Why, for the use case."""
        return Toelichting(self.toelichting, self.publieke_toelichting)

    def velden(self) -> dict[str, Any]:
        """The fields that were sent but for state and why."""
        return {name: value for name, value in self.given().items() if name not in _Uitgelegd.model_fields}


class _Wijziging(_Uitgelegd):
    """The base of a change: only what is sent changes, and something must be."""

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not self.velden():
            raise PydanticCustomError("niets_te_wijzigen", "niets te wijzigen")
        return self


class Zoeken(Bladeren):
    """Welke publicaties u zoekt; wat u niet noemt doet er niet toe."""

    zoek: str | None = Field(
        default=None,
        max_length=500,
        description="Woorden uit titels, kenmerken, omschrijving of bestandsnamen; elk woord moet voorkomen.",
    )
    status: Publicatiestatus | None = None
    categorie: str | None = Field(
        default=None, max_length=500, description="Code van de informatiecategorie."
    )
    organisatie: str | None = Field(default=None, max_length=500, description="Code van de organisatie.")
    jaar: int | None = Field(
        default=None,
        ge=1900,
        le=9998,
        description="Jaar waarin de publicatie openbaar werd of, zolang dat niet zo is, werd gemaakt.",
    )

    def vraag(self) -> Zoekvraag:
        """The question to the registry, still over every organisation."""
        return Zoekvraag(self.zoek or "", self.status, self.categorie, self.organisatie, self.jaar)


class PublicatieGegevens(_Uitgelegd):
    """Alle gegevens van een publicatie; wat u niet noemt, wordt leeg."""

    officiele_titel: Titel = Field(title="Titel", description="Hoogstens 1.000 tekens.")
    informatiecategorieen: list[Code] = Field(
        title="Informatiecategorie",
        min_length=1,
        max_length=20,
        description="Codes of URI's van de informatiecategorieën.",
    )
    publisher: Code | None = Field(
        default=None, title="Organisatie", description="Code of URI van de organisatie."
    )
    verkorte_titel: Titel | None = Field(default=None, title="Verkorte titel")
    omschrijving: Omschrijving | None = Field(default=None, title="Omschrijving")
    kenmerk: Kenmerk | None = Field(default=None, title="Kenmerk")
    themas: list[Code] = Field(
        default_factory=list, title="Thema's", max_length=20, description="Codes of URI's van de thema's."
    )

    def gegevens(self) -> Gegevens:
        """These data for the use case."""
        return Gegevens(
            officiele_titel=self.officiele_titel,
            informatiecategorieen=tuple(self.informatiecategorieen),
            publisher=self.publisher,
            verkorte_titel=self.verkorte_titel,
            omschrijving=self.omschrijving,
            kenmerk=self.kenmerk,
            themas=tuple(self.themas),
        )


class NieuwePublicatie(BodyInput):
    """Een nieuwe publicatie; zij begint als concept."""

    officiele_titel: Titel = Field(description="Hoogstens 1.000 tekens.")
    informatiecategorieen: list[Code] = Field(
        min_length=1,
        max_length=20,
        description="Codes of URI's van de informatiecategorieën.",
        examples=[["c_3baef532"]],
    )
    publisher: Code | None = Field(
        default=None,
        description="Code of URI van de organisatie; nodig voor u publiceert.",
        examples=["gm0153"],
    )
    verkorte_titel: Titel | None = None
    omschrijving: Omschrijving | None = Field(default=None, description="Hoogstens 10.000 tekens.")
    kenmerk: Kenmerk | None = Field(
        default=None, description="Zaaknummer of ander kenmerk, hoogstens 250 tekens."
    )
    themas: list[Code] = Field(
        default_factory=list,
        max_length=20,
        description="Codes of URI's van de thema's.",
        examples=[["c_d96f9cd3"]],
    )


class PublicatieWijziging(_Wijziging):
    """Wat er aan een publicatie verandert; wat u niet noemt blijft zoals het is."""

    publisher: Code = Field(default_factory=str, description="Code of URI van de organisatie.")
    officiele_titel: Titel = Field(default_factory=str)
    verkorte_titel: Titel = Field(default_factory=str)
    omschrijving: Omschrijving = Field(default_factory=str)
    kenmerk: Kenmerk = Field(default_factory=str)
    themas: list[Code] = Field(
        default_factory=list, max_length=20, description="Codes of URI's van de thema's; [] haalt ze weg."
    )


class NieuwDocument(BodyInput):
    """De gegevens van een nieuw document; het bestand gaat mee als `bestand`."""

    officiele_titel: Titel
    omschrijving: Omschrijving | None = None
    kenmerk: Kenmerk | None = None
    documentsoort: Code | None = Field(default=None, description="Code of URI van de documentsoort.")
    creatiedatum: Dag | None = Field(default=None, description="Datum van het document.")
    taal: Code | None = Field(default=None, description="Code of URI van de taal.", examples=["NLD"])
    bestemming: Bestemming = Field(
        default=Bestemming.OPENBAAR,
        description="Voor wie het document is. Wat 'verzonden' of 'alleen_verzoeker' is, kan nooit openbaar worden.",
    )
    rol: Documentrol | None = Field(default=None, description="Wat het document is in het dossier.")


class LosBestand(BodyInput):
    """Een nieuw bestand, en waarom het er komt."""

    reden: Reden | None = Field(
        default=None,
        title="Waarom is het bestand veranderd?",
        description="Iedereen kan deze reden lezen. Hoogstens 2.000 tekens.",
    )


class DocumentWijziging(_Wijziging):
    """Wat er aan een document verandert; wat u niet noemt blijft zoals het is, `null` maakt een veld leeg."""

    officiele_titel: Titel = Field(default_factory=str, title="Titel")
    omschrijving: Omschrijving | None = Field(default=None, title="Omschrijving")
    kenmerk: Kenmerk | None = Field(default=None, title="Kenmerk")
    documentsoort: Code | None = Field(default=None, title="Documentsoort")
    creatiedatum: Dag | None = Field(default=None, title="Datum")
    taal: Code | None = Field(default=None, title="Taal")
    rol: Documentrol | None = Field(default=None, title="Rol in het dossier")


class Opnieuw(BodyInput):
    """Wat opnieuw wordt geprobeerd."""

    ids: list[Code] | None = Field(
        default=None,
        min_length=1,
        max_length=1_000,
        description="Id's van jobs of documenten; zonder `ids` alles.",
    )
