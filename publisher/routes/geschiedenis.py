"""What happened: the history of one publicatie or document, and the whole log for who administers."""

from typing import Annotated

from fastapi import APIRouter, Query

from publisher import beheer_schemas as schemas
from publisher.desk import AtDesk, Desk, Id
from publisher.inputs import Bladeren
from publisher.paging import cut, number_of
from woo.domain.actor import Recht

router = APIRouter(tags=["geschiedenis"])


@router.get("/publicaties/{id}/geschiedenis", summary="Wat er met een publicatie is gebeurd")
def list_publicatie_events(id: Id, desk: AtDesk, deel: Annotated[Bladeren, Query()]) -> schemas.Geschiedenis:
    """Oudste eerst. Wat er met haar documenten is gebeurd, staat bij die documenten."""
    desk.require(Recht.READ)
    with desk.platform.registry.read() as reading:
        reading.publicatie(id)
    return _history(desk, id, deel)


@router.get("/documenten/{id}/geschiedenis", summary="Wat er met een document is gebeurd")
def list_document_events(id: Id, desk: AtDesk, deel: Annotated[Bladeren, Query()]) -> schemas.Geschiedenis:
    """Oudste eerst."""
    desk.require(Recht.READ)
    with desk.platform.registry.read() as reading:
        reading.document(id)
    return _history(desk, id, deel)


@router.get("/logboek", summary="Het logboek")
def list_events(desk: AtDesk, deel: Annotated[Bladeren, Query()]) -> schemas.Logboek:
    """Alles wat is gedaan of geweigerd, oudste eerst. Alleen voor de beheerder."""
    desk.require(Recht.ADMINISTER)
    after = number_of("logboek", deel.na)
    with desk.platform.registry.read() as reading:
        found = reading.events(after=after, limit=deel.aantal + 1)
    page, volgende = cut(found, deel.aantal, lijst="logboek", place=lambda row: str(row.volgnummer))
    return schemas.Logboek(
        resultaten=[schemas.Logregel.model_validate(row) for row in page], volgende=volgende
    )


def _history(desk: Desk, id: str, deel: Bladeren) -> schemas.Geschiedenis:
    lijst = f"geschiedenis van {id}"
    after = number_of(lijst, deel.na)
    with desk.platform.registry.read() as reading:
        found = reading.events(object_id=id, after=after, limit=deel.aantal + 1)
    page, volgende = cut(found, deel.aantal, lijst=lijst, place=lambda row: str(row.volgnummer))
    return schemas.Geschiedenis(
        resultaten=[schemas.Gebeurtenis.model_validate(row) for row in page], volgende=volgende
    )
