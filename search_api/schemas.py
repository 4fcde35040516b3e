"""The shapes of the API's answers, for its description; a test holds the real answers against them."""

from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

_LABEL = "De naam van een deel van een bestand zonder pagina's, zoals `Blad Kosten, rijen 1-200` of `Dia 3`."


class Schema(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, extra="forbid", populate_by_name=True)


class Waarde(Schema):
    """Een waarde van een waardelijst."""

    code: str = Field(description="Korte code; hiermee filtert u.", examples=["c_3baef532"])
    uri: str = Field(description="Officiële URI.")
    naam: str = Field(description="Naam om te tonen.")


class PublicatieVerwijzing(Schema):
    """De publicatie waar een document bij hoort."""

    id: str
    titel: str
    kenmerk: str | None = None


class Bestand(Schema):
    """Het bestand van een document."""

    naam: str
    mime: str
    grootte: int = Field(description="Grootte in bytes.")
    sha256: str = Field(
        description="SHA-256 van de inhoud, hexadecimaal; gelijk aan de ETag van het bestand."
    )


class Grond(Schema):
    """Een uitzonderingsgrond die de inventaris noemt."""

    code: str = Field(
        description="Code van de waardelijst weigeringsgronden of wob_gronden.", examples=["5.1.2.e"]
    )
    uri: str | None = Field(description="Het artikel op wetten.overheid.nl.")
    naam: str
    artikel: str | None = Field(examples=["artikel 5.1, lid 2, onder e, Woo"])


class Inventarisregel(Schema):
    """Wat de inventaris van het besluit over dit document zegt."""

    nummer: str = Field(description="Het nummer van het document in de inventaris.")
    beoordeling: str = Field(description="openbaar, deels_openbaar, niet_openbaar of reeds_openbaar.")
    gronden: list[Grond]
    bijzonderheden: list[str] = Field(description="dubbel, buiten_verzoek of alleen_aan_verzoeker.")
    opgeschort: bool = Field(
        description="True als de openbaarmaking nog wacht (artikel 4.4, vijfde lid, Woo)."
    )
    links: list[str] = Field(description="Waar het document al openbaar is.")
    ingetrokken: bool = Field(description="True als het document hier stond en is ingetrokken.")


class _Document(Schema):
    id: str
    officiele_titel: str
    omschrijving: str | None
    kenmerk: str | None
    volgnummer: int = Field(description="Plaats binnen de publicatie.")
    publisher: Waarde
    informatiecategorieen: list[Waarde]
    themas: list[Waarde] = []
    documentsoort: Waarde | None
    publicatie: PublicatieVerwijzing
    creatiedatum: date | None = Field(description="Datum van het document.")
    publicatiedatum: datetime = Field(
        description="Eerste moment waarop het document hier openbaar was, in UTC.",
    )
    gewijzigd_op: datetime = Field(description="Laatste wijziging van document of gegevens, in UTC.")
    formaat: str | None = Field(examples=["pdf"])
    taal: str | None = Field(examples=["nl"])
    paginas: int = Field(description="Aantal pagina's.")
    onleesbare_paginas: int = Field(description="Aantal pagina's waarvan wij de tekst niet konden lezen.")
    onzekere_paginas: int = Field(
        default=0,
        description="Aantal pagina's waarvan de tekst is herkend, maar niet zeker: zoeken kan er woorden missen.",
    )
    bestand: Bestand | None
    versie: int = Field(default=1, description="De hoeveelste versie van het bestand dit is.")
    metadata_herkomst: dict[str, str] = Field(description="Per veld waar de waarde vandaan komt.")
    rol: str | None = Field(
        default=None,
        description="Wat het document is in het dossier: besluitbrief, verzoek, inventaris of bijlage.",
    )
    beschikbaar: bool = Field(
        default=True,
        description="False als dit een regel van een inventaris is waarvan het document hier niet te lezen is.",
    )
    inventaris: Inventarisregel | None = Field(
        default=None,
        description="Wat de inventaris over dit document zegt; null als er geen regel bij hoort.",
    )
    url: str = Field(description="De pagina van dit document op de site.")
    bestand_url: str | None = Field(description="Het bestand zelf.")


class Documentverwijzing(Schema):
    """Een ander openbaar document."""

    id: str
    officiele_titel: str
    creatiedatum: date | None
    formaat: str | None
    url: str


class Relatie(Schema):
    """Hoe dit document bij een ander hoort."""

    soort: str = Field(
        description="Code van de waardelijst documentrelaties, of lijkt_op (bijna dezelfde tekst).",
        examples=["c_05f4a5f3"],
    )
    omgekeerd: bool = Field(
        description="True als het andere document deze relatie met dit document heeft; lijkt_op geldt twee kanten op."
    )
    naam: str = Field(description="Naam om te tonen.", examples=["Bijlagen"])
    gelijkenis: float | None = Field(
        description="Bij lijkt_op: welk deel (0 tot 1) van de tekst hetzelfde is, naar schatting."
    )
    document: Documentverwijzing


class Document(_Document):
    """Een openbaar document."""

    relaties: list[Relatie] = Field(
        description="Andere openbare documenten waar dit document bij hoort; hoogstens 50 per soort."
    )


class Treffer(Schema):
    """Een pagina met een treffer."""

    pagina: int
    label: str | None = Field(description=_LABEL)
    fragment: str = Field(description="Een stuk van de tekst rond de treffer.")
    markeringen: list[Annotated[list[int], Field(min_length=2, max_length=2)]] = Field(
        description="Begin en einde van elk gevonden woord in `fragment`, geteld in Unicode-tekens; het einde telt niet mee."
    )
    url: str = Field(description="De pagina op de site, met de woorden gemarkeerd.")


class GevondenDocument(_Document):
    """Een document met de pagina's waarop het gezochte staat."""

    treffers: list[Treffer] = Field(description="De beste pagina's, hoogstens drie.")
    aantal_paginas_met_treffers: int


class Facetwaarde(Schema):
    """Een waarde om op te filteren, met hoeveel er dan te vinden is."""

    waarde: str
    naam: str
    aantal: int


class Hint(Schema):
    """Iets over de zoekvraag: wat wij anders lazen, of een manier om meer te vinden."""

    tekst: str = Field(
        description="In gewoon Nederlands.",
        examples=["Geen treffers met waterstof erbij. Zonder waterstof: 12 documenten."],
    )
    zonder: str | None = Field(
        description="Het deel van de zoekvraag dat is weggelaten; null als het om alle filters gaat, of om hoe wij de vraag lazen."
    )
    zoek: str | None = Field(
        description="De zoekvraag die `aantal` vindt, bij `zonder` null zonder filters; null als de hint zegt hoe wij de vraag lazen."
    )
    aantal: int | None = Field(description="Hoeveel er dan te vinden is.")


class Bedoeld(Schema):
    """De zoekvraag met andere woorden in plaats van woorden die nergens staan."""

    zoek: str = Field(description="Deze zoekvraag vindt wel iets.")
    aantal: int = Field(description="Hoeveel er dan te vinden is.")


class _Resultaat(Schema):
    totaal: int = Field(description="Het exacte aantal resultaten.")
    opgevat_als: str | None = Field(
        description="Hoe wij de zoekvraag hebben begrepen; null zonder zoekwoorden."
    )
    hints: list[Hint] = Field(
        description="Wat wij anders lazen; en bij hoogstens drie resultaten: zonder welk deel, of zonder filters, er meer is."
    )
    bedoeld: list[Bedoeld] = Field(
        description="Bij hoogstens drie resultaten: zoekvragen met een woord dat erop lijkt in plaats van een woord dat nergens staat."
    )
    volgende: str | None = Field(
        description="Waarde voor `na` om verder te lezen; null als dit het laatste antwoord is."
    )
    facetten: dict[str, list[Facetwaarde]] | None = Field(
        default=None, description="Alleen met facetten=true; elk facet telt zonder zijn eigen filter."
    )


class Zoekresultaat(_Resultaat):
    """Het antwoord op een zoekopdracht naar documenten."""

    resultaten: list[GevondenDocument]


class Publicatie(Schema):
    """Een openbare publicatie, met of zonder documenten."""

    id: str
    officiele_titel: str
    verkorte_titel: str | None
    omschrijving: str | None
    kenmerk: str | None
    publisher: Waarde
    informatiecategorieen: list[Waarde]
    themas: list[Waarde] = []
    publicatiedatum: datetime = Field(description="Eerste publicatie hier, in UTC.")
    gewijzigd_op: datetime
    url: str
    documenten_url: str


class Publicatieresultaat(_Resultaat):
    """Het antwoord op een zoekopdracht naar publicaties."""

    resultaten: list[Publicatie]


class Suggestie(Schema):
    """Een aanvulling van wat er getypt is."""

    soort: str = Field(description="woord, organisatie, kenmerk, publicatie of document.", examples=["woord"])
    tekst: str = Field(description="Om te tonen.", examples=["stikstof"])
    zoek: str | None = Field(description="De aangevulde zoekvraag; null als het een pagina is.")
    aantal: int | None = Field(
        description="Hoeveel documenten er dan zijn; null bij één document of publicatie."
    )
    url: str = Field(description="De pagina op de site waar het heen gaat.")


class Suggesties(Schema):
    """Aanvullingen, de beste eerst."""

    suggesties: list[Suggestie]


class Woord(Schema):
    """Een woord met zijn plaats."""

    tekst: str
    van: int = Field(description="Begin in `tekst` van de pagina, in Unicode-tekens.")
    tot: int
    kader: Annotated[
        list[float],
        Field(
            min_length=4,
            max_length=4,
            description="Links, boven, rechts, onder, als deel (0 tot 1) van breedte en hoogte van de pagina.",
        ),
    ]


class Pagina(Schema):
    """De tekst van één pagina."""

    pagina: int
    label: str | None = Field(description=_LABEL)
    tekst: str
    tekstbron: str = Field(
        description="pdf of pdfminer (uit het bestand), ocr (herkend op een scan), geen, of het formaat van een ander "
        "bestand, zoals docx."
    )
    zekerheid: float | None = Field(
        description="Hoe zeker de herkenning is, 0 tot 1; null als dat niet speelt."
    )
    leesbaar: bool = Field(
        description="False als de pagina iets toont waarvan wij de tekst niet konden lezen."
    )
    afbeelding_url: str | None
    woorden: list[Woord] | None = Field(default=None, description="Alleen met woorden=true.")


class Waardelijst(Schema):
    """Een waardelijst."""

    naam: str
    versie: str
    waarden: list[Waarde]


class Invoerfout(Schema):
    """Eén ding dat niet klopt aan een vraag."""

    in_: str = Field(alias="in", description="query, path of header.")
    location: str = Field(description="De naam van de parameter.")
    code: str
    detail: str


class Ingetrokken(Schema):
    """Wat er is ingetrokken, wanneer en waarom."""

    soort: str
    id: str
    ingetrokken_op: datetime
    reden: str
    titel: str | None = None


class Probleem(Schema):
    """Een fout, naar RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    errors: list[Invoerfout] | None = None
    ingetrokken: Ingetrokken | None = None
    bestand_url: str | None = None
