"""All inventories at once: how far each is, and what is left to do."""

from typing import Annotated

from fastapi import APIRouter, Query

from publisher import inventarissen_schemas as schemas
from publisher.desk import AtDesk
from publisher.inputs import Bladeren

router = APIRouter(tags=["inventaris"])


@router.get("/inventarissen", summary="Alle inventarissen van uw organisaties")
def list_inventarissen(desk: AtDesk, deel: Annotated[Bladeren, Query()]) -> schemas.Inventarissen:
    """Met wat er nog aan ontbreekt. Wat het laatst is gewijzigd staat vooraan."""
    page, volgende = schemas.page_of(desk, "inventarissen", deel.na, deel.aantal)
    return schemas.Inventarissen(
        resultaten=[schemas.Inventarisstand.of(stand) for stand in page], volgende=volgende
    )
