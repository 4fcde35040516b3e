"""The shapes of what a list of searches gives, in the API's description."""

from pydantic import Field

from search_api.schemas import GevondenDocument, Probleem, Schema


class Reeksregel(Schema):
    """De uitkomst van één zoekvraag van een reeks."""

    nummer: int = Field(description="De hoeveelste zoekvraag van de reeks dit is.")
    vraag: dict[str, list[str]] = Field(description="De zoekvraag zoals gegeven, per parameter.")
    totaal: int | None = Field(
        default=None, description="Het exacte aantal resultaten; ontbreekt bij een fout."
    )
    opgevat_als: str | None = Field(default=None, description="Hoe wij de zoekvraag hebben begrepen.")
    hints: list[str] = Field(default=[], description="Wat wij anders hebben gelezen dan het er staat.")
    url: str | None = Field(default=None, description="De resultaten op de site.")
    resultaten: list[GevondenDocument] | None = Field(
        default=None, description="Alleen met eerste=1 of meer."
    )
    fout: Probleem | None = Field(default=None, description="Waarom deze zoekvraag niet is uitgevoerd.")


class Reeksuitkomst(Schema):
    """De uitkomsten van een reeks zoekvragen, in de volgorde waarin ze zijn gegeven."""

    aantal: int
    gelukt: int
    mislukt: int
    resultaten: list[Reeksregel]
