"""How things stand: counts, work that waits or rests, and trying again what failed."""

from fastapi import APIRouter

from publisher import beheer_schemas as schemas
from publisher.desk import AtDesk
from publisher.publicatie_inputs import Opnieuw
from woo.usecases.inzage import read_status
from woo.usecases.opnieuw import retry

router = APIRouter(tags=["werk"])


@router.get("/status", summary="Hoe het ervoor staat")
def get_status(desk: AtDesk) -> schemas.Status:
    """Aantallen van alles, en het werk dat wacht of is blijven liggen."""
    return schemas.Status.of(*read_status(desk.platform, desk.actor))


@router.post("/jobs/opnieuw", summary="Probeer opnieuw wat is mislukt")
def retry_jobs(desk: AtDesk, opnieuw: Opnieuw | None = None) -> schemas.Herkansing:
    """Maakt werk wakker dat is blijven liggen, en leest documenten in quarantaine nog een keer."""
    ids = None if opnieuw is None else opnieuw.ids
    jobs, documenten, onbekend = retry(desk.platform, desk.actor, ids)
    return schemas.Herkansing(jobs=jobs, documenten=documenten, onbekend=onbekend)
