"""The page on which somebody makes and revokes the address of their own calendar."""

from functools import partial

from fastapi import APIRouter
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from publisher.agenda import feed_address
from publisher.balie import flash
from publisher.balie.deel import Deel
from publisher.balie.forms import SentForm
from publisher.balie.handling import Invulling, handled
from publisher.balie.pages import pages_of
from publisher.desk import AtDesk, Desk, Id
from publisher.inputs import BodyInput, Naam
from woo.usecases import agenda

router = APIRouter(include_in_schema=False)


class Agendanaam(BodyInput):
    """What a calendar is for."""

    naam: Naam = Field(title="Waarvoor")


@router.get("/agenda")
def get_agenda(request: Request, desk: AtDesk) -> Response:
    return _page(request, desk, Invulling())


@router.post("/agenda")
def post_agenda(request: Request, desk: AtDesk, form: SentForm) -> Response:
    """Answers with the page itself: the address is shown once, and is kept nowhere, also not in a cookie."""

    def do(invoer: Agendanaam) -> Response:
        _, secret = agenda.create_agendasleutel(desk.platform, desk.actor, invoer.naam)
        return _page(request, desk, Invulling(), adres=feed_address(desk.settings, request, secret))

    return handled(form, Agendanaam, do, partial(_page, request, desk))


@router.post("/agenda/{id}/intrekken")
def post_intrekken(id: Id, desk: AtDesk, _: SentForm) -> Response:
    agenda.revoke_agendasleutel(desk.platform, desk.actor, id)
    return flash.after("/agenda", "Het adres werkt niet meer.")


def _page(request: Request, desk: Desk, form: Invulling, status: int = 200, *, adres: str = "") -> Response:
    now = desk.platform.now()
    rijen = [
        {
            "id": key.id,
            "naam": key.naam,
            "aangemaakt_op": key.aangemaakt_op,
            "vervalt_op": key.vervalt_op,
            "geldig": key.is_valid(now),
        }
        for key in agenda.list_agendasleutels(desk.platform, desk.actor)
    ]
    return pages_of(request).render(
        request, "agenda.html", status=status, rijen=rijen, form=form, adres=adres
    )


DEEL = Deel(router)
