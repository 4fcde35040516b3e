"""The pages of destroying, and of proposals on which a second person decides."""

from functools import partial

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from publisher.balie import flash
from publisher.balie.deel import Deel
from publisher.balie.forms import SentForm
from publisher.balie.handling import Invulling, handled
from publisher.balie.intrekken_forms import Leeg, Vernietigen
from publisher.balie.intrekken_pages import Ding, ding_of
from publisher.balie.pages import pages_of
from publisher.desk import AtDesk, Desk, Id
from publisher.intrekken_inputs import Afwijzing
from publisher.routes.intrekken import statement_response
from woo.domain.ingreep import Ingreepsoort, Persoon
from woo.registry import Soort
from woo.usecases import ingreep
from woo.usecases.intrekkingen_lezen import read_ingreep
from woo.usecases.rechten import Handeling
from woo.usecases.vernietiging import scope

router = APIRouter(include_in_schema=False)


@router.get("/publicaties/{id}/vernietigen")
@router.get("/documenten/{id}/vernietigen")
def get_vernietigen(id: Id, request: Request, desk: AtDesk) -> Response:
    return _vernietigen(
        request, desk, ding_of(request, desk, id, Handeling.VERNIETIGING_VOORSTELLEN), Invulling()
    )


@router.post("/publicaties/{id}/vernietigen")
@router.post("/documenten/{id}/vernietigen")
def post_vernietigen(id: Id, request: Request, desk: AtDesk, form: SentForm) -> Response:
    ding = ding_of(request, desk, id, Handeling.VERNIETIGING_VOORSTELLEN)

    def do(invoer: Vernietigen) -> Response:
        with desk.platform.registry.read() as reading:
            andere = scope(reading, ding.soort, id).andere
        made = ingreep.propose_destruction(
            desk.platform, desk.actor, ding.soort, id, reden=invoer.reden, andere=invoer.lots(andere)
        )
        return flash.after(
            f"/ingetrokken/voorstellen/{made.id}", "Het voorstel ligt klaar voor een tweede persoon."
        )

    return handled(form, Vernietigen, do, partial(_vernietigen, request, desk, ding))


def _vernietigen(request: Request, desk: Desk, ding: Ding, form: Invulling, status: int = 200) -> Response:
    with desk.platform.registry.read() as reading:
        omvang = scope(reading, ding.soort, ding.id)
        andere = [Ding(reading, "document", each) for each in omvang.andere]
    return pages_of(request).render(
        request,
        "intrekken_vernietigen.html",
        status=status,
        ding=ding,
        form=form,
        omvang=omvang,
        andere=[(each.id, f"{each.titel} (in: {each.publicatie.officiele_titel})") for each in andere],
    )


@router.get("/ingetrokken/voorstellen/{id}")
def get_voorstel(id: Id, request: Request, desk: AtDesk) -> Response:
    return _voorstel(request, desk, id, Invulling())


@router.post("/ingetrokken/voorstellen/{id}/goedkeuren")
def post_goedkeuren(id: Id, request: Request, desk: AtDesk, form: SentForm) -> Response:
    def do(_: Leeg) -> Response:
        done = ingreep.approve(desk.platform, desk.actor, id)
        if done.soort is Ingreepsoort.VERNIETIGING:
            told = "Het is goedgekeurd. Het bestand is weg; de verwerker rondt het af en maakt de verklaring."
        else:
            told = "Het is goedgekeurd. Binnen enkele ogenblikken staat het weer op de site."
        return flash.after(f"/ingetrokken/voorstellen/{id}", told)

    return handled(form, Leeg, do, partial(_voorstel, request, desk, id))


@router.post("/ingetrokken/voorstellen/{id}/afwijzen")
def post_afwijzen(id: Id, request: Request, desk: AtDesk, form: SentForm) -> Response:
    def do(invoer: Afwijzing) -> Response:
        ingreep.reject(desk.platform, desk.actor, id, toelichting=invoer.toelichting)
        return flash.after(f"/ingetrokken/voorstellen/{id}", "Het voorstel is afgewezen.")

    return handled(form, Afwijzing, do, partial(_voorstel, request, desk, id))


@router.get("/ingetrokken/voorstellen/{id}/verklaring")
def get_verklaring(id: Id, desk: AtDesk) -> Response:
    return statement_response(desk, id)


def _voorstel(request: Request, desk: Desk, id: str, form: Invulling, status: int = 200) -> Response:
    one = read_ingreep(desk.platform, desk.actor, id)
    soort: Soort = "document" if one.object_soort == "document" else "publicatie"
    with desk.platform.registry.read() as reading:
        ding = Ding(reading, soort, one.object_id)
    return pages_of(request).render(
        request,
        "intrekken_voorstel.html",
        status=status,
        one=one,
        ding=ding,
        form=form,
        open=one.is_open(desk.platform.now()),
        eigen=Persoon.of(desk.actor).id == one.voorgesteld_door.id,
    )


DEEL = Deel(router)
