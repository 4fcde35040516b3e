"""The page of a leak sheet: made, decided on, and printed."""

from collections.abc import Sequence
from functools import partial

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from publisher.balie import flash
from publisher.balie.deel import Blok, Deel
from publisher.balie.forms import SentForm
from publisher.balie.handling import Invulling, handled
from publisher.balie.intrekken_forms import Melden, Ontdekt, as_local
from publisher.balie.intrekken_pages import Ding, ding_of
from publisher.balie.pages import pages_of
from publisher.desk import AtDesk, Desk, Id
from publisher.routes.intrekken import make_sheet
from woo.domain.actor import Recht
from woo.domain.datalek import Lekblad
from woo.registry import Soort
from woo.usecases import lekblad
from woo.usecases.rechten import Handeling
from woo.views import lekblad as words

router = APIRouter(include_in_schema=False)


@router.get("/publicaties/{id}/lekblad")
@router.get("/documenten/{id}/lekblad")
def get_lekblad(id: Id, request: Request, desk: AtDesk) -> Response:
    return _page(request, desk, ding_of(request, desk, id, Handeling.LEKBLAD_LEZEN), None, 200)


@router.post("/publicaties/{id}/lekblad")
@router.post("/documenten/{id}/lekblad")
def post_lekblad(id: Id, request: Request, desk: AtDesk, form: SentForm) -> Response:
    ding = ding_of(request, desk, id, Handeling.LEKBLAD_MAKEN)

    def do(invoer: Ontdekt) -> Response:
        make_sheet(desk, ding.soort, id, invoer.ontdekt_op)
        return flash.after(f"{ding.href}/lekblad", "Het lekblad is gemaakt.")

    return handled(form, Ontdekt, do, partial(_page, request, desk, ding))


@router.post("/publicaties/{id}/lekblad/besluit")
@router.post("/documenten/{id}/lekblad/besluit")
def post_besluit(id: Id, request: Request, desk: AtDesk, form: SentForm) -> Response:
    ding = ding_of(request, desk, id, Handeling.LEKBLAD_BESLISSEN)

    def do(invoer: Melden) -> Response:
        besluit = lekblad.Besluit(invoer.melden, invoer.reden, invoer.gemeld_op)
        lekblad.decide(desk.platform, desk.actor, ding.soort, id, besluit)
        return flash.after(f"{ding.href}/lekblad", "Het besluit is vastgelegd.")

    return handled(form, Melden, do, partial(_page, request, desk, ding))


def _page(request: Request, desk: Desk, ding: Ding, form: Invulling | None, status: int = 200) -> Response:
    now = desk.platform.now()
    blad = _sheet(desk, ding)
    return pages_of(request).render(
        request,
        "intrekken_lekblad.html",
        status=status,
        ding=ding,
        form=form or _filled(blad),
        blad=blad,
        klok=None if blad is None else words.clock(blad, now),
        raadpleging="" if blad is None else words.asked(blad),
        duur="" if blad is None else words.duration(blad),
        perioden=[] if blad is None else words.periods(blad),
        plekken=[] if blad is None else words.places(blad),
    )


def _sheet(desk: Desk, ding: Ding) -> Lekblad | None:
    return lekblad.find_lekblad(desk.platform, desk.actor, ding.soort, ding.id)


def _filled(blad: Lekblad | None) -> Invulling:
    if blad is None:
        return Invulling()
    melden = "" if blad.melden is None else str(blad.melden).lower()
    return Invulling.of(
        {
            "ontdektOp": as_local(blad.ontdekt_op),
            "melden": melden,
            "reden": blad.besluit_reden,
            "gemeldOp": as_local(blad.gemeld_op),
        }
    )


def _vandaag(desk: Desk) -> Sequence[Blok]:
    """Leaks on which nobody decided yet, or that are still to be reported."""
    if not desk.actor.may(Recht.PUBLISH):
        return []
    now, found = desk.platform.now(), []
    with desk.platform.registry.read() as reading:
        for blad in reading.intrekkingen.lekbladen():
            if blad.melden is False or blad.gemeld_op is not None:
                continue
            soort: Soort = "document" if blad.object_soort == "document" else "publicatie"
            ding = Ding(reading, soort, blad.object_id)
            if desk.actor.may_for(Recht.PUBLISH, ding.publicatie.publisher):
                found.append((ding, blad, words.clock(blad, now).tekst))
    return [Blok("lekken-vandaag", "lekblad_vandaag.html", {"lekken": found}, 5)] if found else []


DEEL = Deel(router, vandaag=_vandaag)
