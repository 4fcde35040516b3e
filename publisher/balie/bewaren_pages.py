"""The pages of terms: what ends soon, an exception for one publicatie, and destroying after the term."""

from collections.abc import Sequence
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from publisher.balie import flash
from publisher.balie.deel import Blok, Deel, Verwijzing
from publisher.balie.forms import SentForm
from publisher.balie.handling import Invulling, handled
from publisher.balie.intrekken_forms import Vernietigen
from publisher.balie.pages import pages_of
from publisher.desk import AtDesk, Desk, Id
from publisher.intrekken_inputs import EigenTermijn, Termijnvraag
from woo.domain.actor import Recht
from woo.domain.publicatie import Publicatie
from woo.usecases import bewaring
from woo.usecases.intrekkingen_lezen import read_termijn, read_termijnen
from woo.usecases.vernietiging import scope

router = APIRouter(include_in_schema=False)


@router.get("/bewaartermijnen")
def get_bewaartermijnen(request: Request, desk: AtDesk, vraag: Annotated[Termijnvraag, Query()]) -> Response:
    return pages_of(request).render(
        request,
        "bewaartermijnen.html",
        termen=read_termijnen(desk.platform, desk.actor, dagen=vraag.dagen),
        dagen=vraag.dagen,
        regels=desk.platform.intrekregels,
    )


@router.get("/publicaties/{id}/bewaartermijn")
def get_bewaartermijn(id: Id, request: Request, desk: AtDesk) -> Response:
    term = read_termijn(desk.platform, desk.actor, id)
    own = term.termijn
    form = Invulling.of({"afwijkend": str(own.afwijkend).lower(), "jaren": own.jaren, "reden": own.reden})
    return _page(request, desk, id, form)


@router.post("/publicaties/{id}/bewaartermijn")
def post_bewaartermijn(id: Id, request: Request, desk: AtDesk, form: SentForm) -> Response:
    def do(invoer: EigenTermijn) -> Response:
        bewaring.change_term(
            desk.platform, desk.actor, id, afwijkend=invoer.afwijkend, jaren=invoer.jaren, reden=invoer.reden
        )
        return flash.after(f"/publicaties/{id}/bewaartermijn", "De bewaartermijn is bewaard.")

    return handled(form, EigenTermijn, do, partial(_page, request, desk, id))


@router.post("/publicaties/{id}/bewaartermijn/vernietigen")
def post_vernietigen(id: Id, request: Request, desk: AtDesk, form: SentForm) -> Response:
    def do(invoer: Vernietigen) -> Response:
        with desk.platform.registry.read() as reading:
            andere = scope(reading, "publicatie", id).andere
        made = bewaring.propose_end(
            desk.platform, desk.actor, id, reden=invoer.reden, andere=invoer.lots(andere)
        )
        return flash.after(
            f"/ingetrokken/voorstellen/{made.id}", "Het voorstel ligt klaar voor een tweede persoon."
        )

    return handled(form, Vernietigen, do, partial(_page, request, desk, id))


def _page(request: Request, desk: Desk, id: str, form: Invulling, status: int = 200) -> Response:
    term = read_termijn(desk.platform, desk.actor, id)
    today = bewaring.day_of(desk.platform.now())
    with desk.platform.registry.read() as reading:
        andere = scope(reading, "publicatie", id).andere
    over = term.is_due(today) and term.publicatie.intrekking is not None
    return pages_of(request).render(
        request,
        "bewaartermijn.html",
        status=status,
        term=term,
        form=form,
        over=over,
        andere=[(each, each) for each in andere],
        regels=desk.platform.intrekregels,
    )


def _vandaag(desk: Desk) -> Sequence[Blok]:
    regels = desk.platform.intrekregels
    if not desk.actor.may(Recht.PUBLISH):
        return []
    found = [
        term
        for term in read_termijnen(desk.platform, desk.actor, dagen=regels.aankondiging_dagen)
        if desk.actor.may_for(Recht.PUBLISH, term.publicatie.publisher)
        and (regels.eigen_selectielijst or term.termijn.afwijkend)
    ]
    return [Blok("termijnen-voorbij", "bewaren_vandaag.html", {"termen": found}, 40)] if found else []


def _acties(desk: Desk, found: Publicatie) -> Sequence[Verwijzing]:
    if found.eerste_publicatie is None or not desk.actor.may_for(Recht.PUBLISH, found.publisher):
        return []
    return [
        Verwijzing(
            f"/publicaties/{found.id}/bewaartermijn",
            "Bewaartermijn",
            "Tot wanneer dit openbaar blijft.",
            Recht.PUBLISH,
        )
    ]


DEEL = Deel(
    router,
    vandaag=_vandaag,
    publicatie_acties=_acties,
    beheer=[Verwijzing("/bewaartermijnen", "Bewaartermijnen", "Welke publicaties binnenkort offline gaan.")],
)
