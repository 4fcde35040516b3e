"""What may be sent to the desk about withdrawing, restoring, destroying, leak sheets and terms."""

from typing import Annotated, Literal, Self

from fastapi import Path
from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from publisher.inputs import BodyInput, Code, Moment, QueryInput, Reden
from woo.domain.ingreep import Ingreepstatus, Lot
from woo.registry import Soort

Soortpad = Annotated[
    Literal["publicaties", "documenten"], Path(description="Of het om een publicatie of een document gaat.")
]


def soort_of(pad: str) -> Soort:
    """The kind of object that a part of an address names."""
    return "publicatie" if pad == "publicaties" else "document"


class Herstel(BodyInput):
    """Waarom iets weer openbaar mag zijn."""

    toelichting: Reden | None = Field(
        default=None, title="Toelichting", description="Voor intern gebruik; hoeft niet."
    )


class Voorstelreden(BodyInput):
    """Waarom een voorstel wordt gedaan."""

    reden: Reden = Field(title="Reden", description="Voor wie erover beslist.")


class Ander(BodyInput):
    """Wat er gebeurt met een ander document dat hetzelfde bestand heeft."""

    document: Code
    lot: Lot
    reden: Reden | None = Field(default=None, description="Nodig als het bewaard blijft.")


class Vernietiging(Voorstelreden):
    """Een voorstel om iets te vernietigen."""

    andere: list[Ander] = Field(
        default_factory=list,
        max_length=1_000,
        description="Een besluit over elk ander document met hetzelfde bestand.",
    )

    def lots(self) -> dict[str, tuple[Lot, str]]:
        """The decisions by document."""
        return {each.document: (each.lot, each.reden or "") for each in self.andere}


class Afwijzing(BodyInput):
    """Waarom een voorstel niet doorgaat."""

    toelichting: Reden = Field(title="Toelichting")


class Ontdekking(BodyInput):
    """Wanneer het lek is ontdekt."""

    ontdekt_op: Moment = Field(
        title="Ontdekt op",
        description="Vanaf dit moment lopen de 72 uur (art. 33 AVG).",
        examples=["2026-03-02T09:00:00Z"],
    )


class Meldbesluit(BodyInput):
    """Of het lek aan de Autoriteit Persoonsgegevens wordt gemeld, en waarom."""

    melden: bool = Field(title="Melden")
    reden: Reden = Field(title="Reden van het besluit")
    gemeld_op: Moment | None = Field(default=None, title="Gemeld op")


class EigenTermijn(BodyInput):
    """Hoe lang deze publicatie blijft, als dat anders is dan in de selectielijst."""

    afwijkend: bool = Field(title="Eigen termijn", description="Onwaar: weer volgens de selectielijst.")
    jaren: int | None = Field(
        default=None, ge=1, le=200, title="Jaren", description="Leeg bij een eigen termijn: altijd bewaren."
    )
    reden: Reden | None = Field(default=None, title="Reden", description="Nodig bij een eigen termijn.")


class Intrekvraag(QueryInput):
    """Welke intrekkingen worden getoond."""

    stand: Literal["ingetrokken", "hersteld", "vernietigd", "alle"] = "alle"
    aantal: int = Field(default=20, ge=1, le=100)
    na: str | None = Field(default=None, max_length=500)


class Ingreepvraag(QueryInput):
    """Welke voorstellen worden getoond."""

    status: Ingreepstatus | None = None


class Termijnvraag(QueryInput):
    """Welke aflopende termijnen worden getoond."""

    dagen: int = Field(default=90, ge=0, le=3_660, description="Binnen hoeveel dagen de termijn afloopt.")


class NieuweIntrekking(BodyInput):
    """Waarom iets wordt ingetrokken: met de code van een reden, in eigen woorden, of beide."""

    code: Code | None = Field(
        default=None,
        title="Reden",
        description="Code van een reden uit `/v1/intrekredenen`.",
        examples=["privacy"],
    )
    reden: Reden | None = Field(
        default=None,
        title="Toelichting voor iedereen",
        description="Iedereen kan dit lezen. Met een code is het de toelichting daarop. Hoogstens 2.000 tekens.",
    )
    intern: Reden | None = Field(
        default=None,
        title="Toelichting voor intern gebruik",
        description="Staat alleen in het register, nooit op de site.",
    )

    @model_validator(mode="after")
    def _said(self) -> Self:
        if self.code is None and self.reden is None:
            raise PydanticCustomError("geen_reden", "geen reden", {"veld": "reden"})
        return self
