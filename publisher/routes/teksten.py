"""Words in the text of concepts."""

from typing import Annotated

from fastapi import APIRouter, Query

from publisher import tekst_schemas as schemas
from publisher.desk import AtDesk
from woo.usecases.tekstzoeken import search_concepts

router = APIRouter(tags=["documenten"])


@router.get("/teksten", summary="Zoek in de tekst van concepten")
def search_teksten(desk: AtDesk, vraag: Annotated[schemas.Woorden, Query()]) -> schemas.Tekstvondsten:
    """Van uw organisaties, hoogstens 20 documenten, in de 2.000 die het laatst zijn gewijzigd. Wat u vindt, staat in het logboek als gelezen."""
    return schemas.Tekstvondsten.of(search_concepts(desk.platform, desk.actor, vraag.zoek), vraag.zoek)
