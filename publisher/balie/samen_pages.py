"""The pages on which documents of a publicatie are changed together: the same values for those chosen, and the order of all."""

from functools import partial

from fastapi import APIRouter
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from publisher.balie import flash, keuzes
from publisher.balie.deel import Deel, Verwijzing
from publisher.balie.forms import SentForm
from publisher.balie.handling import Invulling, handled
from publisher.balie.pages import pages_of
from publisher.desk import AtDesk, Desk, Id
from publisher.documentbeheer_schemas import SamenWijzigen, Volgorde
from publisher.inputs import BodyInput, Code
from woo.domain.actor import Recht
from woo.domain.publicatie import Publicatie, Publicatiestatus
from woo.registry import finding
from woo.usecases.document_gegevens import MOST, change_many
from woo.usecases.rechten import Handeling
from woo.usecases.volgorde import set_order
from woo.views.dutch import counted

router = APIRouter(include_in_schema=False)
_LISTED = 1_000
"""Documents on the page of the order; more are put in place one by one, or by the API."""


class Keuze(BodyInput):
    """Which documents were ticked."""

    ids: list[Code] = Field(min_length=1, max_length=MOST, title="Documenten")


@router.post("/publicaties/{id}/samen")
def post_samen(id: Id, request: Request, desk: AtDesk, form: SentForm) -> Response:
    """The form for the documents that were ticked on the page of the publicatie."""
    publicatie = _editable(desk, id)

    def do(_: Keuze) -> Response:
        return _form(request, desk, publicatie, Invulling(form.velden))

    def nothing(_: Invulling, __: int) -> Response:
        return flash.after(f"/publicaties/{id}", "Kruis eerst een of meer documenten aan.")

    return handled(form, Keuze, do, nothing)


@router.post("/publicaties/{id}/samen/wijzig")
def post_samen_wijzig(id: Id, request: Request, desk: AtDesk, form: SentForm) -> Response:
    publicatie = _editable(desk, id)

    def do(invoer: SamenWijzigen) -> Response:
        changed = change_many(desk.platform, desk.actor, id, invoer.ids, invoer.changes())
        return flash.after(
            f"/publicaties/{id}", f"{counted(changed, 'document is', 'documenten zijn')} gewijzigd."
        )

    return handled(form, SamenWijzigen, do, partial(_form, request, desk, publicatie))


@router.get("/publicaties/{id}/volgorde")
def get_volgorde(id: Id, request: Request, desk: AtDesk) -> Response:
    return _order(request, desk, id)


@router.post("/publicaties/{id}/volgorde")
def post_volgorde(id: Id, request: Request, desk: AtDesk, form: SentForm) -> Response:
    def do(invoer: Volgorde) -> Response:
        changed = set_order(desk.platform, desk.actor, id, invoer.ids)
        told = "De volgorde is bewaard." if changed else "De volgorde was al zo."
        return flash.after(f"/publicaties/{id}", told)

    return handled(form, Volgorde, do, partial(_order, request, desk, id))


def _form(
    request: Request, desk: Desk, publicatie: Publicatie, form: Invulling, status: int = 200
) -> Response:
    return pages_of(request).render(
        request,
        "samen_wijzigen.html",
        status=status,
        publicatie=publicatie,
        form=form,
        ids=form.waarden("ids"),
        soorten=keuzes.documentsoorten(desk),
        talen=keuzes.talen(desk),
    )


def _order(
    request: Request, desk: Desk, id: str, form: Invulling | None = None, status: int = 200
) -> Response:
    publicatie = _editable(desk, id)
    with desk.platform.registry.read() as snapshot:
        documents = finding.documents_in_order(snapshot.connection, id, limit=_LISTED + 1)
    return pages_of(request).render(
        request,
        "volgorde.html",
        status=status,
        publicatie=publicatie,
        form=form or Invulling(),
        documenten=documents if len(documents) <= _LISTED else [],
        most=_LISTED,
    )


def _editable(desk: Desk, id: str) -> Publicatie:
    return desk.publicatie_for(Handeling.DOCUMENT_WIJZIGEN, id)


def _acties(_: Desk, publicatie: Publicatie) -> list[Verwijzing]:
    if publicatie.status is Publicatiestatus.INGETROKKEN:
        return []
    return [
        Verwijzing(f"/publicaties/{publicatie.id}/volgorde", "Volgorde van de documenten", recht=Recht.EDIT)
    ]


DEEL = Deel(router, publicatie_acties=_acties)
