"""How far an upload in parts is, as the API tells it."""

from datetime import datetime
from typing import Self

from pydantic import Field

from publisher.schemas import Answer
from publisher.tus.opslag import Aanvoer


class Stand(Answer):
    """Hoe ver een upload is, en wat ervan werd."""

    id: str
    lengte: int = Field(description="Zoveel bytes krijgt het bestand.")
    ontvangen: int = Field(description="Zoveel bytes zijn er.")
    vervalt_op: datetime
    document_id: str | None = Field(description="Het document dat het werd.")
    fout: str | None = Field(description="Waarom het bestand niet is aangenomen.")

    @classmethod
    def of(cls, aanvoer: Aanvoer, ontvangen: int) -> Self:
        return cls(
            id=aanvoer.id,
            lengte=aanvoer.lengte,
            ontvangen=ontvangen,
            vervalt_op=aanvoer.vervalt_op,
            document_id=aanvoer.document_id,
            fout=aanvoer.fout,
        )
