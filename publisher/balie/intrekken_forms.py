"""What the pages of withdrawing, restoring, destroying, leak sheets and terms take in, where that differs from the API."""

import re
from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AwareDatetime, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from publisher.inputs import BodyInput, Code, Reden
from woo.domain.ingreep import Lot

_AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_LOCAL = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?")


def _local(value: object) -> object:
    """A moment as a browser sends it, on the clock of the Netherlands."""
    if value is None or not isinstance(value, str) or not _LOCAL.fullmatch(value):
        raise PydanticCustomError("geen_moment", "geen moment")
    try:
        return datetime.fromisoformat(value).replace(tzinfo=_AMSTERDAM)
    except ValueError:
        raise PydanticCustomError("geen_moment", "geen moment") from None


def as_local(moment: datetime | None) -> str:
    """A moment as the field of a browser shows it."""
    return "" if moment is None else moment.astimezone(_AMSTERDAM).strftime("%Y-%m-%dT%H:%M")


Kloktijd = Annotated[AwareDatetime, BeforeValidator(_local)]


class Ontdekt(BodyInput):
    """When a leak was discovered."""

    ontdekt_op: Kloktijd = Field(title="Ontdekt op")


class Melden(BodyInput):
    """Whether a leak is reported."""

    melden: bool = Field(title="Melden")
    reden: Reden = Field(title="Reden van het besluit")
    gemeld_op: Kloktijd | None = Field(default=None, title="Gemeld op")


class Vernietigen(BodyInput):
    """A proposal to destroy; `mee` are the other documents with the same file that go too, the others are kept."""

    reden: Reden = Field(title="Reden")
    mee: list[Code] = Field(default_factory=list, title="Ook vernietigen")
    reden_bewaren: Reden | None = Field(default=None, title="Waarom de andere blijven")

    def lots(self, andere: tuple[str, ...]) -> dict[str, tuple[Lot, str]]:
        """The decision on each of the other documents."""
        why = self.reden_bewaren or ""
        return {id: (Lot.VERNIETIGEN, "") if id in self.mee else (Lot.BEWAREN, why) for id in andere}


class Leeg(BodyInput):
    """A form that is only a button."""
