"""How things stand: counts, work that waits or rests, and trying again what failed."""

from fastapi import APIRouter

from publisher import beheer_schemas as schemas
from publisher.desk import AtDesk
from publisher.inputs import Opnieuw
from woo.domain.actor import Recht
from woo.usecases.opnieuw import retry

router = APIRouter(tags=["werk"])


@router.get("/status", summary="Hoe het ervoor staat")
def get_status(desk: AtDesk) -> schemas.Status:
    """Aantallen van alles, en het werk dat wacht of is blijven liggen."""
    desk.require(Recht.READ)
    with desk.platform.registry.read() as reading:
        counts = reading.counts()
    return schemas.Status.of(counts, desk.platform.registry.jobs.resting())


@router.post("/jobs/opnieuw", summary="Probeer opnieuw wat is mislukt")
def retry_jobs(desk: AtDesk, opnieuw: Opnieuw | None = None) -> schemas.Herkansing:
    """Maakt werk wakker dat is blijven liggen, en leest documenten in quarantaine nog een keer."""
    ids = None if opnieuw is None else opnieuw.ids
    jobs, documenten, onbekend = retry(desk.platform, desk.actor, ids)
    return schemas.Herkansing(jobs=jobs, documenten=documenten, onbekend=onbekend)
