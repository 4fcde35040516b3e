"""What is harvested from other publishers: the sources, how their runs went, and what became of each document."""

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from publisher.balie import flash
from publisher.balie.deel import Deel, Verwijzing
from publisher.balie.forms import SentForm
from publisher.balie.handling import Invulling, handled
from publisher.balie.oogstwoorden import (
    BELEID,
    SOORTEN,
    UITKOMSTEN,
    VERSCHILLEN,
    VIER_OGEN,
    reden,
    uitleg,
)
from publisher.balie.pages import pages_of
from publisher.desk import AtDesk, Desk, Id
from publisher.inputs import BodyInput, QueryInput
from publisher.oogst_bronnen import bronnen_of
from woo.domain.actor import Recht
from woo.domain.oogst import Verschil
from woo.usecases import oogst

router = APIRouter(include_in_schema=False)
Naam = Annotated[str, Path(pattern="^[a-z0-9]+(-[a-z0-9]+)*$", max_length=100)]


class Leeg(BodyInput):
    """A form with nothing but its button."""


class Runvraag(QueryInput):
    """Which documents of a run are shown: those with this difference, after this address."""

    verschil: Verschil | Literal[""] = ""
    na: str = Field(default="", max_length=2000)


@router.get("/oogst")
def get_oogst(request: Request, desk: AtDesk) -> Response:
    standen = oogst.read_bronnen(desk.platform, desk.actor, bronnen_of(desk))
    return pages_of(request).render(
        request, "oogst.html", standen=standen, beleid=BELEID, uitkomsten=UITKOMSTEN
    )


@router.get("/oogst/runs/{id}")
def get_run(id: Id, request: Request, desk: AtDesk, vraag: Annotated[Runvraag, Query()]) -> Response:
    blad = oogst.read_run(
        desk.platform,
        desk.actor,
        bronnen_of(desk),
        id,
        verschil=Verschil(vraag.verschil) if vraag.verschil else None,
        na=vraag.na,
    )
    return pages_of(request).render(
        request,
        "oogst_run.html",
        blad=blad,
        run=blad.run,
        verschil=vraag.verschil,
        uitkomsten=UITKOMSTEN,
        verschillen=VERSCHILLEN,
        uitleg=uitleg,
        reden=reden,
    )


@router.get("/oogst/{naam}")
def get_bron(naam: Naam, request: Request, desk: AtDesk) -> Response:
    return _bron(request, desk, naam)


@router.post("/oogst/{naam}/vragen")
def post_vragen(naam: Naam, request: Request, desk: AtDesk, form: SentForm) -> Response:
    def do(_: Leeg) -> Response:
        oogst.vraag_run(desk.platform, desk.actor, bronnen_of(desk), naam)
        return flash.after(f"/oogst/{naam}", "De bron wordt zo snel mogelijk geoogst.")

    return handled(form, Leeg, do, lambda filled, status: _bron(request, desk, naam, filled, status))


@router.post("/oogst/{naam}/vrijgeven")
def post_vrijgeven(naam: Naam, request: Request, desk: AtDesk, form: SentForm) -> Response:
    def do(_: Leeg) -> Response:
        done, refused, changes = oogst.geef_vrij(desk.platform, desk.actor, bronnen_of(desk), naam)
        told = f"Openbaar gemaakt: {done}. Niet gelukt: {refused}. Wijzigingen vrijgegeven: {changes}."
        return flash.after(f"/oogst/{naam}", told)

    return handled(form, Leeg, do, lambda filled, status: _bron(request, desk, naam, filled, status))


def _bron(
    request: Request, desk: Desk, naam: str, form: Invulling | None = None, status: int = 200
) -> Response:
    stand, runs = oogst.read_bron(desk.platform, desk.actor, bronnen_of(desk), naam)
    alles = desk.actor.per_organisatie is None
    return pages_of(request).render(
        request,
        "oogst_bron.html",
        status=status,
        form=form or Invulling(),
        stand=stand,
        bron=stand.bron,
        runs=runs,
        beleid=BELEID,
        soorten=SOORTEN,
        vier_ogen=VIER_OGEN,
        uitkomsten=UITKOMSTEN,
        mag_vragen=alles and desk.actor.may(Recht.EDIT) and stand.bron.active,
        mag_vrijgeven=alles and desk.actor.may(Recht.PUBLISH),
    )


DEEL = Deel(
    router,
    beheer=[
        Verwijzing("/oogst", "Oogsten", "De sites waarvan documenten worden overgenomen, en hoe dat ging.")
    ],
)
