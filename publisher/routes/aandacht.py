"""What asks for attention beside the terms: the accounting of intake, what failed, what was refused."""

from fastapi import APIRouter

from publisher import aandacht_schemas as schemas
from publisher.desk import AtDesk
from woo.usecases import aandacht

router = APIRouter(tags=["werk"])


@router.get("/inlezen", summary="Wat er werd van wat is ingelezen")
def get_inlezen(desk: AtDesk) -> schemas.Inlezen:
    """Van uw organisaties: per publicatie wat er is gevonden en wat ervan werd, wat mislukte en wat is geweigerd."""
    rijen = list(aandacht.intake(desk.platform, desk.actor))
    return schemas.Inlezen.of(rijen, aandacht.stalled(desk.platform, desk.actor))
