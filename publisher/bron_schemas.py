"""What the desk answers about checks of other publishers."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Self

from pydantic import Field

from publisher.schemas import Answer
from woo.domain.broncontrole import Broncontrole as Controle


class Broncontrole(Answer):
    """Eén keer nakijken van een website."""

    id: str
    adres: str
    gevraagd_op: datetime
    klaar_op: datetime | None = Field(description="Leeg zolang er op de verwerking wordt gewacht.")
    fout: str | None = Field(description="Waarom nakijken niet lukte.")
    openbaar_op: datetime | None = Field(description="Wanneer het verslag openbaar is gemaakt.")
    verslag: Mapping[str, Any] | None = Field(
        description="Wat de landelijke index tegenkomt: `oordeel` (goed, fouten, niets), `bekeken` en `bevindingen`."
    )

    @classmethod
    def of(cls, controle: Controle) -> Self:
        return cls(**{naam: getattr(controle, naam) for naam in cls.model_fields})


class Broncontroles(Answer):
    """De laatste honderd keer, nieuwste eerst."""

    resultaten: list[Broncontrole]
