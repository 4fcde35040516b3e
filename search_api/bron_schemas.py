"""The shape of reports about other publishers in the API's description."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from search_api.schemas import Schema


class Plaats(Schema):
    """Waar een bevinding is gezien."""

    url: str
    regel: int | None = Field(description="De regel in het bestand, als het om een bestand gaat.")


class Bevinding(Schema):
    """Iets waar de landelijke index over struikelt."""

    code: str
    zwaarte: Literal["niets", "documenten", "opmerking"] = Field(
        description="niets: er wordt niets opgehaald. documenten: de index mist documenten of gegevens. opmerking: dit kan beter."
    )
    wat: str
    waarom: str
    doe: str = Field(description="Wat de organisatie kan doen.")
    aantal: int
    plaatsen: list[Plaats] = Field(description="De eerste vijf.")


class Bekeken(Schema):
    """Hoeveel er is bekeken."""

    indexen: int
    sitemaps: int
    sitemaps_genoemd: int
    vermeldingen: int
    bestanden: int
    verzoeken: int
    bytes: int


class Bronverslag(Schema):
    """Het verslag over één website."""

    adres: str
    gecontroleerd_op: datetime
    oordeel: Literal["goed", "fouten", "niets"]
    onvolledig: bool = Field(description="Of er meer te bekijken was dan in één keer past.")
    bekeken: Bekeken
    bevindingen: list[Bevinding] = Field(description="De ernstigste eerst.")


class Bronverslagen(Schema):
    """De openbare verslagen, nieuwste eerst."""

    bijgewerkt_op: datetime
    resultaten: list[Bronverslag]
