"""The page on which people say what a document belongs to, and take that away."""

from functools import partial

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from publisher.balie import flash
from publisher.balie.deel import Deel
from publisher.balie.forms import SentForm
from publisher.balie.handling import Invulling, handled
from publisher.balie.pages import pages_of
from publisher.balie.verwant import told
from publisher.desk import AtDesk, Desk, Id
from publisher.documentbeheer_schemas import NieuweRelatie
from publisher.inputs import BodyInput, Code
from woo.domain.document import Relatiesoort
from woo.domain.errors import NotFound
from woo.usecases.rechten import Handeling
from woo.usecases.relaties import BY_HAND, relate, unrelate

router = APIRouter(include_in_schema=False)
_KINDS = {
    Relatiesoort.HEEFT_BIJLAGE: "heeft als bijlage",
    Relatiesoort.REACTIE_OP: "is een reactie op",
}
_MOST_OTHERS = 500


class WegTeHalen(BodyInput):
    """Which relation is taken away, and from which end it was seen."""

    van: Code
    soort: Code
    naar: Code


@router.get("/documenten/{id}/relaties")
def get_relaties(id: Id, request: Request, desk: AtDesk) -> Response:
    return _relations(request, desk, id)


@router.post("/documenten/{id}/relaties")
def post_relaties(id: Id, request: Request, desk: AtDesk, form: SentForm) -> Response:
    def do(invoer: NieuweRelatie) -> Response:
        relate(desk.platform, desk.actor, id, invoer.soort, invoer.naar)
        return flash.after(f"/documenten/{id}/relaties", "De relatie is gelegd.")

    return handled(form, NieuweRelatie, do, partial(_relations, request, desk, id))


@router.post("/documenten/{id}/relaties/weg")
def post_relatie_weg(id: Id, request: Request, desk: AtDesk, form: SentForm) -> Response:
    def do(invoer: WegTeHalen) -> Response:
        soort = next((each for each in BY_HAND if each.value == invoer.soort), None)
        if soort is None or id not in (invoer.van, invoer.naar):
            raise NotFound("relatie", invoer.soort)
        unrelate(desk.platform, desk.actor, invoer.van, soort, invoer.naar)
        return flash.after(f"/documenten/{id}/relaties", "De relatie is weggehaald.")

    return handled(form, WegTeHalen, do, partial(_relations, request, desk, id))


def _relations(
    request: Request, desk: Desk, id: str, form: Invulling | None = None, status: int = 200
) -> Response:
    document, publicatie = desk.document_for(Handeling.RELATIE_LEGGEN, id)
    with desk.platform.registry.read() as snapshot:
        relations = told(snapshot, id)
        others = [
            (each.id, f"{each.volgnummer}. {each.officiele_titel}")
            for each in snapshot.documents(publicatie.id, limit=_MOST_OTHERS)
            if each.id != id and each.intrekking is None
        ]
    return pages_of(request).render(
        request,
        "document_relaties.html",
        status=status,
        form=form or Invulling(),
        document=document,
        publicatie=publicatie,
        relations=relations,
        others=others,
        kinds=[(kind.value, _KINDS[kind]) for kind in BY_HAND],
    )


DEEL = Deel(router)
