"""What may be asked of the log: filters, and the form of an export."""

from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field

from publisher.inputs import Bladeren, QueryInput, Titel, written_day
from woo.domain.events import Actie
from woo.registry import Logvraag

_AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_FIRST, _LAST = date(2000, 1, 1), date(2200, 1, 1)
_Logdag = Annotated[date, Field(ge=_FIRST, le=_LAST), BeforeValidator(written_day)]
_Id = Annotated[str, Field(min_length=1, max_length=200)]


class Logfilter(QueryInput):
    """Welke regels van het logboek u wilt zien; alles wat u noemt moet kloppen."""

    wie: Titel | None = Field(
        default=None, description="Deel van een naam, of het hele id van een account of sleutel."
    )
    herkomst: Titel | None = Field(default=None, description="Deel van de herkomst, zoals een adres.")
    soort: Titel | None = Field(
        default=None, description="Soort object, zoals `publicatie`, `document` of `sleutel`."
    )
    object: _Id | None = Field(default=None, description="Id van het object.")
    actie: Actie | None = None
    uitkomst: Titel | None = Field(
        default=None, description="`ok`, `geweigerd`, `ongeldig` of `mislukt`; leeg is alles."
    )
    van: _Logdag | None = Field(default=None, description="Eerste dag, in Nederlandse tijd.")
    tot: _Logdag | None = Field(
        default=None, description="Laatste dag, in Nederlandse tijd; die dag telt mee."
    )

    def vraag(self) -> Logvraag:
        """The question to the registry."""
        return Logvraag(
            wie=self.wie,
            herkomst=self.herkomst,
            object_soort=self.soort,
            object_id=self.object,
            actie=self.actie,
            uitkomst=self.uitkomst,
            van=None if self.van is None else datetime.combine(self.van, time(), _AMSTERDAM),
            tot=None
            if self.tot is None
            else datetime.combine(self.tot + timedelta(days=1), time(), _AMSTERDAM),
        )


class LogBladeren(Bladeren, Logfilter):
    """Welk deel van het logboek u wilt zien."""


class Logvorm(StrEnum):
    """In welke vorm het logboek wordt uitgevoerd."""

    CSV = "csv"
    JSONL = "jsonl"


class LogUitvoer(Logfilter):
    """Wat er wordt uitgevoerd, en hoe."""

    formaat: Logvorm = Field(description="csv (een rij per regel) of jsonl (een JSON-object per regel).")
