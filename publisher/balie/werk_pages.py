"""What the processing left lying, on the page Vandaag and the page on which it is tried again."""

from fastapi import APIRouter
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from publisher.balie import flash
from publisher.balie.deel import Blok, Deel
from publisher.balie.forms import SentForm
from publisher.balie.handling import Invulling, handled
from publisher.balie.pages import pages_of
from publisher.desk import AtDesk, Desk
from publisher.inputs import BodyInput, Code
from woo.domain.actor import Recht
from woo.usecases.opnieuw import retry

router = APIRouter(include_in_schema=False)
_SHOWN = 50
_WORK = {
    "extract": "een bestand lezen",
    "sync_document": "een document openbaar maken of weghalen",
    "sync_publicatie": "een publicatie openbaar maken of weghalen",
    "sync_documenten": "de documenten van een publicatie nalopen",
    "sync_regel": "een regel van een inventaris bijwerken",
    "reindex": "de index opnieuw maken",
}


class Opnieuw(BodyInput):
    """What is tried again: one piece of work, or a document that could not be read; all when none is named."""

    id: Code | None = Field(default=None, title="Werk")


@router.get("/werk")
def get_werk(request: Request, desk: AtDesk) -> Response:
    return _page(request, desk)


@router.post("/werk/opnieuw")
def post_opnieuw(request: Request, desk: AtDesk, form: SentForm) -> Response:
    _require_all(desk)

    def do(invoer: Opnieuw) -> Response:
        jobs, documents, _ = retry(desk.platform, desk.actor, None if invoer.id is None else [invoer.id])
        told = "Het wordt opnieuw geprobeerd." if jobs + documents else "Er was niets om opnieuw te proberen."
        return flash.after("/werk", told)

    return handled(form, Opnieuw, do, lambda filled, status: _page(request, desk, filled, status))


def _page(request: Request, desk: Desk, form: Invulling | None = None, status: int = 200) -> Response:
    _require_all(desk)
    with desk.platform.registry.read() as reading:
        documents = reading.quarantined(limit=_SHOWN + 1)
    resting = desk.platform.registry.jobs.resting()
    return pages_of(request).render(
        request,
        "werk.html",
        status=status,
        form=form or Invulling(),
        documents=documents[:_SHOWN],
        more_documents=len(documents) > _SHOWN,
        resting=[(job, _WORK.get(job.soort.value, job.soort.value)) for job in resting[:_SHOWN]],
        total=len(resting),
    )


def _require_all(desk: Desk) -> None:
    """The work is of every organisation together: it is for who may edit at each of them."""
    desk.actor.require_for(Recht.EDIT, None, "pagina", "werk")


def _vandaag(desk: Desk) -> list[Blok]:
    if not desk.actor.may_for(Recht.EDIT, None):
        return []
    with desk.platform.registry.read() as reading:
        documents = len(reading.quarantined(limit=_SHOWN + 1))
    resting = len(desk.platform.registry.jobs.resting())
    if not documents and not resting:
        return []
    velden = {"documents": min(documents, _SHOWN), "more": documents > _SHOWN, "resting": resting}
    return [Blok("blijven-liggen", "vandaag_werk.html", velden, volgorde=20)]


DEEL = Deel(router, vandaag=_vandaag)
