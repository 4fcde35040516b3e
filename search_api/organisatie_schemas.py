"""The shapes of organisations and of the table of openness in the API's description."""

from datetime import date, datetime

from pydantic import Field

from search_api.schemas import Schema, Waarde


class Provincie(Schema):
    """Een provincie."""

    code: str = Field(examples=["pv23"])
    naam: str


class Organisatie(Schema):
    """Wat wij van een organisatie weten. Wat onze bronnen niet vertellen, is null: onbekend."""

    code: str = Field(examples=["gm0153"])
    uri: str
    naam: str
    soort: str | None = Field(description="gemeente, provincie, waterschap, ministerie, …")
    provincie: Provincie | None
    begindatum: date | None
    einddatum: date | None = Field(description="De laatste dag dat de organisatie bestond.")
    opvolger: Waarde | None = Field(description="De organisatie waarin deze opging.")
    voorgangers: list[Waarde] = Field(description="Organisaties die in deze opgingen.")
    in_diwoo: bool = Field(description="Of de standaard DiWoo deze organisatie als publisher toelaat.")
    url: str


class GevondenOrganisatie(Organisatie):
    """Een organisatie in de lijst."""

    aantal_publicaties: int = Field(description="Publicaties van deze organisatie die hier openbaar zijn.")


class Organisaties(Schema):
    """Organisaties: wie het meest publiceert eerst, daarna op naam."""

    totaal: int
    volgende: int | None = Field(description="De `vanafRij` van het volgende deel; null aan het eind.")
    resultaten: list[GevondenOrganisatie]


class AantalPerJaarEnSoort(Schema):
    """Publicaties van één soort in één jaar."""

    jaar: str
    informatiecategorie: Waarde
    aantal: int


class GevuldVeld(Schema):
    """Hoeveel documenten een gegeven hebben."""

    veld: str
    gevuld: int
    aandeel: float | None


class Organisatiecijfers(Schema):
    """Wat de organisatie hier openbaar heeft gemaakt en hoe goed. Aandelen lopen van 0 tot 1; null is onbekend, nooit nul."""

    aantal_publicaties: int
    documenten: int
    paginas: int
    per_jaar: list[AantalPerJaarEnSoort] = Field(
        description="Naar het jaar van eerste publicatie hier; een publicatie van twee soorten telt bij allebei."
    )
    metadata: float | None = Field(
        description="Het deel van de velden dat is ingevuld, over alle documenten."
    )
    velden: list[GevuldVeld]
    leesbare_tekst: float | None = Field(
        description="Het deel van de pagina's waarvan de computer de tekst kan lezen."
    )
    gescande_documenten: int = Field(
        description="Documenten waarvan de tekst (deels) uit een plaatje is gelezen."
    )
    op_tijd: float | None = Field(
        description="Het deel van de besluiten op Woo-verzoeken dat op tijd was; opschorting telt niet mee."
    )
    beslist: int = Field(description="Besluiten waarvan bekend is of zij op tijd waren.")
    laatste_publicatie: datetime | None
    laatste_oogst: datetime | None = Field(
        description="Wanneer wij de website van deze organisatie voor het laatst helemaal hebben nagelopen."
    )


class OrganisatieMetCijfers(Organisatie):
    """Een organisatie met wat zij hier openbaar heeft gemaakt; `cijfers` is null als dat (nog) niets is."""

    bijgewerkt_op: datetime
    cijfers: Organisatiecijfers | None


class RijHoeOpen(Schema):
    """Eén organisatie in de lijst. Wat onbekend is, is null en krijgt geen plaats."""

    plaats: int | None
    organisatie: Organisatie
    metadata: float | None
    leesbare_tekst: float | None
    op_tijd: float | None
    soorten_informatie: int
    publicaties: int
    documenten: int
    laatste_publicatie: datetime | None
    laatste_oogst: datetime | None


class HoeOpen(Schema):
    """Hoe open organisaties zijn, naar één maat gerangschikt."""

    bijgewerkt_op: datetime
    sorteer: str
    maat: str = Field(description="De maat waar `plaats` over gaat.")
    totaal: int
    resultaten: list[RijHoeOpen]
