"""What visitors reported about documents: list, and note that one was dealt with."""

from typing import Annotated

from fastapi import APIRouter, Query

from publisher import melding_schemas as schemas
from publisher.desk import AtDesk
from publisher.inputs import Bladeren
from publisher.paging import cut, place_of
from woo.usecases.meldingen import finish_melding as finish
from woo.usecases.meldingen import list_meldingen as list_open
from woo.volgers import open_volgers

router = APIRouter(tags=["meldingen"])


@router.get("/meldingen", summary="Wat bezoekers over documenten melden")
def list_meldingen(desk: AtDesk, deel: Annotated[Bladeren, Query()]) -> schemas.Meldingen:
    """Alleen wat nog niet is afgehandeld, oudste eerst. Er kunnen persoonsgegevens in staan."""
    after = place_of("meldingen", deel.na) or ""
    with open_volgers(desk.settings) as opslag:
        found = list_open(desk.platform, desk.actor, opslag, after=after, limit=deel.aantal + 1)
    page, volgende = cut(found, deel.aantal, lijst="meldingen", place=lambda row: row.id)
    return schemas.Meldingen(resultaten=[schemas.Melding.of(row) for row in page], volgende=volgende)


@router.post("/meldingen/{id}/afgehandeld", summary="Een melding is afgehandeld")
def finish_melding(id: schemas.MeldingId, desk: AtDesk) -> schemas.Melding:
    """De melding wordt na enkele weken gewist. Nog een keer afhandelen verandert niets."""
    with open_volgers(desk.settings) as opslag:
        return schemas.Melding.of(finish(desk.platform, desk.actor, opslag, id))
