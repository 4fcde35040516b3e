"""What the desk answers about intake: the accounting per publicatie, what failed, and which files were refused."""

from datetime import datetime
from typing import Self

from pydantic import Field

from publisher.schemas import Answer
from woo.registry import aandacht
from woo.usecases.aandacht import Stilgevallen


class Verantwoording(Answer):
    """Wat er werd van alles wat voor één publicatie is gevonden; de aantallen tellen op tot `gevonden`."""

    publicatie_id: str | None = Field(description="Leeg: nog bij geen publicatie.")
    titel: str
    laatst: datetime
    gevonden: int
    staten: dict[str, int]


class Mislukt(Answer):
    """Werk dat te vaak is mislukt, of een bestand dat niet te lezen is."""

    titel: str
    reden: str
    publicatie_id: str | None
    document_id: str | None
    job_id: str | None
    soort: str

    @classmethod
    def of(cls, one: aandacht.Mislukt) -> Self:
        return cls(
            titel=one.titel,
            reden=one.reden,
            publicatie_id=one.publicatie_id,
            document_id=one.document_id,
            job_id=None if one.job_id is None else str(one.job_id),
            soort=one.soort,
        )


class Geweigerd(Answer):
    """Een bestand dat is geweigerd of overgeslagen."""

    pad: str
    staat: str
    reden: str
    gezien_op: datetime
    publicatie_id: str | None


class Inlezen(Answer):
    """Hoe het met inlezen en verwerken staat, bij uw organisaties."""

    verantwoording: list[Verantwoording] = Field(description="Per publicatie, de 25 laatste.")
    mislukt: list[Mislukt] = Field(description="Hoogstens 100 van elke soort.")
    geweigerd: list[Geweigerd] = Field(description="Hoogstens 100, nieuwste eerst.")

    @classmethod
    def of(cls, rijen: list[aandacht.Verantwoording], stil: Stilgevallen) -> Self:
        return cls(
            verantwoording=[Verantwoording.model_validate(rij) for rij in rijen],
            mislukt=[Mislukt.of(one) for one in (*stil.rustend, *stil.onleesbaar)],
            geweigerd=[Geweigerd.model_validate(one) for one in stil.geweigerd],
        )
