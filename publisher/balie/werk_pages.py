"""What the processing left lying, on the page on which it is tried again."""

from fastapi import APIRouter
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from publisher.balie import flash
from publisher.balie.deel import Deel
from publisher.balie.forms import SentForm
from publisher.balie.handling import Invulling, handled
from publisher.balie.pages import pages_of
from publisher.desk import AtDesk, Desk
from publisher.inputs import BodyInput, Code
from woo.domain.actor import Recht
from woo.usecases import aandacht
from woo.usecases.opnieuw import retry

router = APIRouter(include_in_schema=False)
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
    def do(invoer: Opnieuw) -> Response:
        jobs, documents, _ = retry(desk.platform, desk.actor, None if invoer.id is None else [invoer.id])
        told = "Het wordt opnieuw geprobeerd." if jobs + documents else "Er was niets om opnieuw te proberen."
        return flash.after("/werk", told)

    return handled(form, Opnieuw, do, lambda filled, status: _page(request, desk, filled, status))


def _page(request: Request, desk: Desk, form: Invulling | None = None, status: int = 200) -> Response:
    stil = aandacht.stalled(desk.platform, desk.actor)
    return pages_of(request).render(
        request,
        "werk.html",
        status=status,
        form=form or Invulling(),
        onleesbaar=stil.onleesbaar,
        rustend=[(each, _WORK.get(each.soort, each.soort)) for each in stil.rustend],
        mag=desk.actor.may(Recht.EDIT),
    )


DEEL = Deel(router)
