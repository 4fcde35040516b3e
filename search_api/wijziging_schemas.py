"""The shapes of the feed of changes, for the API description; a test holds the real answers against them."""

from datetime import datetime

from pydantic import Field

from search_api.schemas import Publicatie, Schema, _Document


class GewijzigdDocument(_Document):
    """Een openbaar document, zoals de feed van wijzigingen het noemt."""

    vaste_bestand_url: str | None = Field(
        description="Het bestand op het adres dat blijft, ook als een volgende versie anders heet; null zonder bestand."
    )
    bijlage_van: list[str] = Field(
        description="Ids van openbare documenten van dezelfde publicatie waar dit document een bijlage van is."
    )


class Wijziging(Schema):
    """De laatste wijziging van één document."""

    nummer: int = Field(
        description="Elke wijziging heeft een eigen, hoger nummer dan alle wijzigingen ervoor."
    )
    op: datetime = Field(description="Wanneer de wijziging in de feed kwam, in UTC.")
    document_id: str
    publicatie_id: str
    status: str = Field(
        description="openbaar, ingetrokken, of niet_openbaar: het was openbaar en is dat nu niet, zonder dat het is ingetrokken."
    )
    document: GewijzigdDocument | None = Field(
        default=None, description="De gegevens van het document; alleen als het openbaar is."
    )
    publicatie: Publicatie | None = Field(
        default=None,
        description="De gegevens van de publicatie; alleen als het document openbaar is. null als zij er nog niet staan: dan "
        "volgt een nieuwe wijziging.",
    )
    ingetrokken_op: datetime | None = Field(default=None, description="Alleen als het is ingetrokken.")
    reden: str | None = Field(
        default=None, description="Waarom het is ingetrokken; null als de reden niet bekend is."
    )


class Wijzigingen(Schema):
    """Wijzigingen na een cursor, de oudste eerst."""

    wijzigingen: list[Wijziging]
    volgende: str = Field(
        description="De cursor om mee verder te gaan, nu of later: geef hem mee als `na`. Staat er altijd.",
        examples=["5e0f3c2a91bd-1520"],
    )
    meer: bool = Field(description="True als er nu al meer wijzigingen zijn.")
