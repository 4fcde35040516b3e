"""What the desk answers about reports of visitors."""

from datetime import datetime
from typing import Annotated, Self

from fastapi import Path
from pydantic import Field

from publisher.schemas import Answer
from woo import volgers
from woo.domain.volgen import Meldingsoort

MeldingId = Annotated[
    str,
    Path(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$", max_length=128, description="Het id uit de antwoorden."),
]


class Melding(Answer):
    """Wat een bezoeker over een document meldt."""

    id: str
    op: datetime
    soort: Meldingsoort
    document: str = Field(description="Id van het document.")
    pagina: int | None
    versie: int | None = Field(description="Versie van het bestand waar de melding over gaat.")
    tekst: str
    email: str | None = Field(description="Adres van de bezoeker, als die antwoord wil.")
    afgehandeld_op: datetime | None

    @classmethod
    def of(cls, melding: volgers.Melding) -> Self:
        return cls(
            id=melding.id,
            op=melding.op,
            soort=melding.soort,
            document=melding.document_id,
            pagina=melding.pagina,
            versie=melding.versie,
            tekst=melding.tekst,
            email=melding.adres,
            afgehandeld_op=melding.afgehandeld_op,
        )


class Meldingen(Answer):
    """Een deel van de meldingen."""

    resultaten: list[Melding]
    volgende: str | None = Field(description="Waarde voor 'na' om verder te gaan; leeg aan het eind.")
