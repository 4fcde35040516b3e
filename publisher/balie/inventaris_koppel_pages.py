"""The page on which rows and documents that are left over find each other, by hand or by looking once more."""

from collections.abc import Sequence
from typing import Literal

from fastapi import APIRouter
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from publisher.balie import flash
from publisher.balie.deel import Deel
from publisher.balie.forms import SentForm
from publisher.balie.handling import Invulling, handled
from publisher.balie.inventaris_delen import publicatie_of
from publisher.balie.pages import pages_of
from publisher.desk import AtDesk, Desk, Id
from publisher.inputs import BodyInput, Code
from publisher.problems import refused_input
from woo.domain.document import Document
from woo.usecases import inventarisblad, inventarisregel

router = APIRouter(include_in_schema=False)
_SHOWN = 50
"""Rows on one page; the others come when these are done."""

_OFFERED = 200
"""Documents to choose from, and to name."""


class Koppeling(BodyInput):
    """Which document a row is about, and the state of the row that was seen."""

    regel: Code
    document: Code | None = Field(default=None, title="Document")
    versie: str | None = Field(default=None, max_length=64)
    los: Literal["ja"] | None = None


class Opnieuw(BodyInput):
    """A form with nothing but its button."""


@router.get("/publicaties/{id}/inventaris/koppelingen")
def get_koppelingen(id: Id, request: Request, desk: AtDesk) -> Response:
    return _page(request, desk, id, Invulling())


@router.post("/publicaties/{id}/inventaris/koppelingen")
def post_koppeling(id: Id, request: Request, desk: AtDesk, form: SentForm) -> Response:
    def do(invoer: Koppeling) -> Response:
        if invoer.document is None and invoer.los is None:
            raise refused_input("body", "document", "missing", "Kies het document dat bij de rij hoort.")
        sleutel = inventarisblad.find_sleutel(desk.platform, desk.actor, id, invoer.regel)
        linked = inventarisregel.link_document(
            desk.platform, desk.actor, id, sleutel, invoer.document, versie=invoer.versie
        )
        told = (
            f"Rij {linked.nummer} is gekoppeld." if invoer.document else f"Rij {linked.nummer} is losgemaakt."
        )
        return flash.after(f"/publicaties/{id}/inventaris/koppelingen", told)

    return handled(form, Koppeling, do, lambda filled, status: _page(request, desk, id, filled, status))


@router.post("/publicaties/{id}/inventaris/koppelingen/opnieuw")
def post_opnieuw(id: Id, request: Request, desk: AtDesk, form: SentForm) -> Response:
    def do(_: Opnieuw) -> Response:
        found = inventarisregel.link_again(desk.platform, desk.actor, id)
        told = "1 rij is gekoppeld." if found == 1 else f"{found} rijen zijn gekoppeld."
        return flash.after(f"/publicaties/{id}/inventaris/koppelingen", told)

    return handled(form, Opnieuw, do, lambda filled, status: _page(request, desk, id, filled, status))


def _page(request: Request, desk: Desk, id: str, form: Invulling, status: int = 200) -> Response:
    publicatie = publicatie_of(desk, id)
    resten = inventarisblad.left_over(desk.platform, desk.actor, id)
    return pages_of(request).render(
        request,
        "inventaris_koppelen.html",
        status=status,
        publicatie=publicatie,
        base=f"/publicaties/{id}/inventaris",
        form=form,
        gekoppeld=resten.gekoppeld,
        aantal_rijen=len(resten.zonder_document),
        aantal_documenten=len(resten.zonder_regel),
        rijen=[
            {"regel": regel, "mogelijk": found, "keuzes": _choices(found, resten.zonder_regel)}
            for regel, found in resten.zonder_document[:_SHOWN]
        ],
        documenten=resten.zonder_regel[:_OFFERED],
        shown=_SHOWN,
    )


def _choices(found: Sequence[Document], rest: Sequence[Document]) -> list[tuple[str, str]]:
    """The documents to choose from: those that fit first, then every one without a row."""
    offered = {each.id: each for each in (*found, *rest[:_OFFERED])}
    return [(each.id, _named(each)) for each in offered.values() if each.intrekking is None]


def _named(document: Document) -> str:
    file = "" if document.bestand is None else f" ({document.bestand.naam})"
    return f"{document.officiele_titel}{file}"


DEEL = Deel(router)
