"""The list of all inventories as the desk answers it, and its pages."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Self, cast

from pydantic import Field

from publisher.desk import Desk
from publisher.paging import cut, place_of
from publisher.schemas import Answer
from woo.domain.publicatie import Publicatiestatus
from woo.registry import inventarissen
from woo.registry.finding import Plaats
from woo.usecases.inventarisoverzicht import list_inventarissen


class Inventarisstand(Answer):
    """Hoe één inventaris ervoor staat."""

    publicatie: str
    officiele_titel: str
    publisher: str | None
    status: Publicatiestatus
    regels: int
    zonder_document: int = Field(
        description="Rijen die (deels) openbaar zijn en waar geen document bij hoort."
    )
    zonder_regel: int = Field(
        description="Documenten waar geen rij over gaat; besluitbrief, verzoek, inventaris en bijlagen daarbij tellen niet mee."
    )
    voorstellen: int = Field(description="Lijsten die zijn vergeleken en nog niet overgenomen.")
    foutrijen: int = Field(description="Rijen met fouten in die lijsten.")
    overgenomen_op: datetime | None = Field(description="Wanneer het laatst een lijst is overgenomen.")

    @classmethod
    def of(cls, stand: inventarissen.Inventarisstand) -> Self:
        return cls(
            publicatie=stand.publicatie.id,
            officiele_titel=stand.publicatie.officiele_titel,
            publisher=stand.publicatie.publisher,
            status=stand.publicatie.status,
            regels=stand.regels,
            zonder_document=stand.zonder_document,
            zonder_regel=stand.zonder_regel,
            voorstellen=stand.voorstellen,
            foutrijen=stand.foutrijen,
            overgenomen_op=stand.overgenomen_op,
        )


class Inventarissen(Answer):
    """Eén pagina van de inventarissen."""

    resultaten: list[Inventarisstand]
    volgende: str | None


def page_of(
    desk: Desk, lijst: str, na: str | None, aantal: int
) -> tuple[Sequence[inventarissen.Inventarisstand], str | None]:
    """One page of the list, with the cursor of the next; raises the 400 for a cursor of another list."""
    after = _place(lijst, na)
    found = list_inventarissen(desk.platform, desk.actor, after=after, limit=aantal + 1)
    return cut(found, aantal, lijst=lijst, place=_where)


def _where(stand: inventarissen.Inventarisstand) -> str:
    return f"{stand.publicatie.gewijzigd_op.isoformat()}|{stand.publicatie.id}"


def _place(lijst: str, na: str | None) -> Plaats | None:
    place = place_of(lijst, na)
    if place is None:
        return None
    moment, _, id = place.partition("|")
    try:
        return Plaats(datetime.fromisoformat(moment).astimezone(UTC), id)
    except ValueError:
        return cast(None, place_of(lijst, ""))
