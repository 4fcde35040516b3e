"""What happened: the history of one publicatie or document."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query

from publisher import beheer_schemas as schemas
from publisher.desk import AtDesk, Id
from publisher.inputs import Bladeren
from publisher.paging import cut, number_of
from woo.registry import LoggedEvent
from woo.usecases import inzage

router = APIRouter(tags=["geschiedenis"])


@router.get("/publicaties/{id}/geschiedenis", summary="Wat er met een publicatie is gebeurd")
def list_publicatie_events(id: Id, desk: AtDesk, deel: Annotated[Bladeren, Query()]) -> schemas.Geschiedenis:
    """Oudste eerst. Wat er met haar documenten is gebeurd, staat bij die documenten."""
    after = number_of(f"geschiedenis van {id}", deel.na)
    limit = deel.aantal + 1
    found = inzage.history_of_publicatie(desk.platform, desk.actor, id, after=after, limit=limit)
    return _told(f"geschiedenis van {id}", found, deel.aantal)


@router.get("/documenten/{id}/geschiedenis", summary="Wat er met een document is gebeurd")
def list_document_events(id: Id, desk: AtDesk, deel: Annotated[Bladeren, Query()]) -> schemas.Geschiedenis:
    """Oudste eerst."""
    after = number_of(f"geschiedenis van {id}", deel.na)
    limit = deel.aantal + 1
    found = inzage.history_of_document(desk.platform, desk.actor, id, after=after, limit=limit)
    return _told(f"geschiedenis van {id}", found, deel.aantal)


def _told(lijst: str, found: Sequence[LoggedEvent], aantal: int) -> schemas.Geschiedenis:
    page, volgende = cut(found, aantal, lijst=lijst, place=lambda row: str(row.volgnummer))
    return schemas.Geschiedenis(
        resultaten=[schemas.Gebeurtenis.model_validate(row) for row in page], volgende=volgende
    )
