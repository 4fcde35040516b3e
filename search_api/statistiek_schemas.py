"""The shape of the figures of openness in the API's description."""

from datetime import datetime

from pydantic import Field

from search_api.schemas import Schema, Waarde


class AantalPerMaand(Schema):
    """Publicaties in één maand."""

    maand: str = Field(description="De maand van eerste publicatie hier.", examples=["2024-03"])
    aantal: int


class AantalPerMaandEnSoort(Schema):
    """Publicaties van één soort in één maand."""

    maand: str
    informatiecategorie: Waarde
    aantal: int


class Uitkomsten(Schema):
    """Hoe verzoeken afliepen; van een verzoek in delen telt het laatste openbare besluit."""

    openbaar: int
    deels_openbaar: int
    niet_openbaar: int
    reeds_openbaar: int
    geen_documenten: int
    buiten_behandeling: int = 0
    doorgezonden: int = 0
    ingetrokken: int = 0
    geen_woo_verzoek: int = 0


class Termijnen(Schema):
    """Of besluiten binnen de termijn van de Woo (artikel 4.4) waren, in één van de twee manieren van tellen.

    `metOpschorting`: dagen waarop de termijn stilstond, tellen niet mee. `zonderOpschorting`: elke dag telt.
    """

    op_tijd: int
    te_laat: int
    onbekend: int = Field(description="De termijn stond stil op de dag van het besluit.")
    dagen_mediaan: float | None = Field(description="De helft duurde korter, de helft langer.")
    dagen_gemiddeld: float | None


class Verzoekcijfers(Schema):
    """Woo-verzoeken waarvan een besluit hier openbaar is."""

    aantal: int
    uitkomsten: Uitkomsten
    met_opschorting: Termijnen
    zonder_opschorting: Termijnen


class Statistieken(Schema):
    """De cijfers van één organisatie, of van alle samen."""

    bijgewerkt_op: datetime
    publisher: Waarde | None = Field(description="De organisatie, of null voor alle samen.")
    organisaties: list[Waarde] = Field(description="Organisaties die hier iets openbaar hebben gemaakt.")
    aantal_publicaties: int
    maanden: list[AantalPerMaand]
    publicaties: list[AantalPerMaandEnSoort] = Field(
        description="Een publicatie van twee soorten telt bij allebei."
    )
    documenten: int
    paginas: int
    moeilijk_leesbare_paginas: int
    verzoeken: Verzoekcijfers
