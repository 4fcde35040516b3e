"""API keys: list, make, revoke; for who administers."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from publisher import beheer_schemas as schemas
from publisher import keys
from publisher.account_inputs import NieuweSleutel
from publisher.desk import AtDesk, Id
from publisher.inputs import Bladeren
from publisher.paging import cut, number_of

router = APIRouter(tags=["sleutels"])


@router.get("/sleutels", summary="Alle sleutels")
def list_sleutels(desk: AtDesk, deel: Annotated[Bladeren, Query()]) -> schemas.Sleutels:
    """Ook de vervallen en ingetrokken sleutels, oudste eerst."""
    after = number_of("sleutels", deel.na)
    found = list(enumerate(keys.list_keys(desk.platform, desk.actor), 1))[after : after + deel.aantal + 1]
    page, volgende = cut(found, deel.aantal, lijst="sleutels", place=lambda row: str(row[0]))
    now = desk.platform.now()
    return schemas.Sleutels(resultaten=[schemas.Sleutel.of(key, now) for _, key in page], volgende=volgende)


@router.post("/sleutels", status_code=201, summary="Maak een sleutel")
def create_sleutel(desk: AtDesk, nieuw: NieuweSleutel, response: Response) -> schemas.GemaakteSleutel:
    """Het geheim staat alleen in dit antwoord."""
    key, geheim = keys.create_key(
        desk.platform,
        desk.actor,
        nieuw.naam,
        rol=nieuw.rol,
        dagen=nieuw.dagen,
        organisaties=nieuw.organisaties,
        handelingen=nieuw.handelingen,
    )
    response.headers["Location"] = "/v1/sleutels"
    return schemas.GemaakteSleutel.made(key, geheim, desk.platform.now())


@router.post("/sleutels/{id}/intrekken", summary="Trek een sleutel in")
def revoke_sleutel(id: Id, desk: AtDesk) -> schemas.Sleutel:
    """De sleutel werkt meteen niet meer. Nog een keer intrekken verandert niets."""
    return schemas.Sleutel.of(keys.revoke_key(desk.platform, desk.actor, id), desk.platform.now())
