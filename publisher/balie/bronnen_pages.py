"""What other publishers show: a beheerder has a website checked, reads the report, and makes it public or not."""

from functools import partial

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from publisher.balie import flash
from publisher.balie.deel import Deel, Verwijzing
from publisher.balie.forms import SentForm
from publisher.balie.handling import Invulling, handled
from publisher.balie.pages import pages_of
from publisher.bron_inputs import Controlevraag, Openbaarheid
from publisher.desk import AtDesk, Desk, Id
from woo.domain.actor import Recht
from woo.usecases import broncontrole
from woo.views.bronverslag import OORDELEN, groups

router = APIRouter(include_in_schema=False)


@router.get("/bronnen")
def get_bronnen(request: Request, desk: AtDesk) -> Response:
    return _list(request, desk, Invulling())


@router.post("/bronnen")
def post_controle(request: Request, desk: AtDesk, form: SentForm) -> Response:
    def do(vraag: Controlevraag) -> Response:
        made = broncontrole.request_check(desk.platform, desk.actor, vraag.adres)
        return flash.after(f"/bronnen/{made.id}", "De website wordt nagekeken. Dat duurt enkele minuten.")

    return handled(form, Controlevraag, do, partial(_list, request, desk))


@router.get("/bronnen/{id}")
def get_controle(id: Id, request: Request, desk: AtDesk) -> Response:
    return _one(request, desk, id, Invulling())


@router.post("/bronnen/{id}/openbaarheid")
def post_openbaarheid(id: Id, request: Request, desk: AtDesk, form: SentForm) -> Response:
    def do(invoer: Openbaarheid) -> Response:
        broncontrole.show_check(desk.platform, desk.actor, id, openbaar=invoer.openbaar)
        told = "Het verslag is openbaar." if invoer.openbaar else "Het verslag is niet meer openbaar."
        return flash.after(f"/bronnen/{id}", told)

    return handled(form, Openbaarheid, do, partial(_one, request, desk, id))


def _list(request: Request, desk: Desk, form: Invulling, status: int = 200) -> Response:
    return pages_of(request).render(
        request,
        "bronnen.html",
        status=status,
        form=form,
        controles=broncontrole.read_checks(desk.platform, desk.actor),
        oordelen=OORDELEN,
    )


def _one(request: Request, desk: Desk, id: str, form: Invulling, status: int = 200) -> Response:
    controle = broncontrole.read_check(desk.platform, desk.actor, id)
    return pages_of(request).render(
        request,
        "bronnen_controle.html",
        status=status,
        form=form,
        controle=controle,
        verslag=controle.verslag,
        groepen=() if controle.verslag is None else groups(controle.verslag),
        oordelen=OORDELEN,
    )


DEEL = Deel(
    router,
    beheer=[
        Verwijzing(
            "/bronnen",
            "Websites nakijken",
            "Waar de landelijke index over struikelt bij een website die Woo-documenten publiceert.",
            Recht.ADMINISTER,
        )
    ],
)
