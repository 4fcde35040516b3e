"""The pages of one row of an inventory: add, change, move and remove it, with the grounds explained and its history."""

from collections.abc import Mapping
from functools import partial

from fastapi import APIRouter
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from publisher.balie import flash
from publisher.balie.deel import Deel
from publisher.balie.forms import SentForm, checked
from publisher.balie.handling import Invulling, Waarde, handled
from publisher.balie.inventaris_delen import (
    VELD,
    beoordelingen_of,
    bijzonderheden_of,
    gronden_of,
)
from publisher.balie.pages import pages_of
from publisher.desk import AtDesk, Desk, Id
from publisher.inputs import BodyInput
from publisher.inventaris_inputs import RegelFormulier
from publisher.routes.inventaris import gegevens_of
from woo.domain.inventaris import Inventarisregel
from woo.inventaris.regelgegevens import gronden_van
from woo.inventaris.stand import versie_van
from woo.registry import LoggedEvent
from woo.usecases import inventarisblad, inventarisregel
from woo.usecases.rechten import Handeling

router = APIRouter(include_in_schema=False)
_WAT = {
    "inventarisregel_added": "toegevoegd",
    "inventarisregel_changed": "gewijzigd",
    "inventarisregel_moved": "verplaatst",
    "inventarisregel_removed": "weggehaald",
}


class Plaats(BodyInput):
    """Where a row comes to stand."""

    naar: int = Field(ge=1, le=9_999_999, title="Plaats")


class Weghalen(BodyInput):
    """That a row goes, as it was seen."""

    gewijzigd_op: str | None = Field(default=None, max_length=64)


@router.get("/publicaties/{id}/inventaris/regels/nieuw")
def get_nieuw(id: Id, request: Request, desk: AtDesk) -> Response:
    return _form(request, desk, id, None, Invulling())


@router.post("/publicaties/{id}/inventaris/regels/nieuw")
def post_nieuw(id: Id, request: Request, desk: AtDesk, form: SentForm) -> Response:
    def do(invoer: RegelFormulier) -> Response:
        gegevens = gegevens_of(desk)
        made = inventarisregel.add_regel(desk.platform, desk.actor, id, invoer.changes(), gegevens=gegevens)
        told = " ".join(("De rij is toegevoegd.", *gegevens.let_op(made)))
        return flash.after(f"/publicaties/{id}/inventaris/regels/{made.id}", told)

    return handled(form, RegelFormulier, do, partial(_form, request, desk, id, None))


@router.get("/publicaties/{id}/inventaris/regels/{regel}")
def get_regel(id: Id, regel: Id, request: Request, desk: AtDesk) -> Response:
    found = _found(desk, id, regel)
    return _form(request, desk, id, found, Invulling.of(_stored(found)))


@router.post("/publicaties/{id}/inventaris/regels/{regel}")
def post_regel(id: Id, regel: Id, request: Request, desk: AtDesk, form: SentForm) -> Response:
    found = _found(desk, id, regel)

    def do(invoer: RegelFormulier) -> Response:
        gegevens = gegevens_of(desk)
        saved = inventarisregel.change_regel(
            desk.platform,
            desk.actor,
            id,
            found.sleutel,
            invoer.changes(),
            gegevens=gegevens,
            versie=invoer.gewijzigd_op,
        )
        told = " ".join(("De rij is bewaard.", *gegevens.let_op(saved)))
        return flash.after(f"/publicaties/{id}/inventaris/regels/{saved.id}", told)

    return handled(
        form,
        RegelFormulier,
        do,
        partial(_form, request, desk, id, found),
        stored=lambda: _stored(_found(desk, id, regel)),
    )


@router.post("/publicaties/{id}/inventaris/regels/{regel}/verplaatsen")
def post_verplaatsen(id: Id, regel: Id, request: Request, desk: AtDesk, form: SentForm) -> Response:
    found = _found(desk, id, regel)

    def do(invoer: Plaats) -> Response:
        moved = inventarisregel.move_regel(desk.platform, desk.actor, id, found.sleutel, naar=invoer.naar)
        return flash.after(
            f"/publicaties/{id}/inventaris/regels/{regel}", f"De rij staat nu op plaats {moved.volgorde}."
        )

    def show(filled: Invulling, status: int) -> Response:
        return _form(request, desk, id, found, Invulling.of(_stored(found)), status, plaats=filled)

    return handled(form, Plaats, do, show)


@router.post("/publicaties/{id}/inventaris/regels/{regel}/weghalen")
def post_weghalen(id: Id, regel: Id, desk: AtDesk, form: SentForm) -> Response:
    found = _found(desk, id, regel)
    seen = checked(form, Weghalen).gewijzigd_op
    inventarisregel.remove_regel(desk.platform, desk.actor, id, found.sleutel, versie=seen)
    return flash.after(f"/publicaties/{id}/inventaris", "De rij is weggehaald. Het document is er nog.")


def _found(desk: Desk, id: str, regel: str) -> Inventarisregel:
    sleutel = inventarisblad.find_sleutel(desk.platform, desk.actor, id, regel)
    return inventarisblad.regel_of(desk.platform, desk.actor, id, sleutel)[1]


def _form(
    request: Request,
    desk: Desk,
    id: str,
    found: Inventarisregel | None,
    form: Invulling,
    status: int = 200,
    *,
    plaats: Invulling | None = None,
) -> Response:
    handeling = Handeling.INVENTARISREGEL_WIJZIGEN if found is None else Handeling.INVENTARIS_LEZEN
    publicatie = desk.publicatie_for(handeling, id)
    woo, wob = gronden_of(desk)
    past = [] if found is None else inventarisblad.history_of(desk.platform, desk.actor, id, found.sleutel)
    document = None
    if found is not None and found.document_id is not None:
        with desk.platform.registry.read() as reading:
            document = reading.document(found.document_id)
    return pages_of(request).render(
        request,
        "inventaris_regel.html",
        status=status,
        publicatie=publicatie,
        base=f"/publicaties/{id}/inventaris",
        regel=found,
        form=form,
        plaats=plaats or Invulling.of({"naar": None if found is None else found.volgorde}),
        beoordelingen=beoordelingen_of(desk),
        bijzonderheden=bijzonderheden_of(desk),
        gronden=[("Wet open overheid", woo), ("Wet openbaarheid van bestuur (oude besluiten)", wob)],
        document=document,
        versie="" if found is None else versie_van(found),
        geschiedenis=[_happened(event) for event in past],
    )


def _stored(regel: Inventarisregel) -> Mapping[str, Waarde]:
    spelled = gronden_van(regel)
    return {
        "nummer": regel.nummer,
        "documentnaam": regel.documentnaam,
        "beoordeling": regel.beoordeling.value,
        "gronden": [each for each in spelled if each in regel.gronden],
        "andereWet": "\n".join(each for each in spelled if each not in regel.gronden),
        "bijzonderheden": [each.value for each in regel.bijzonderheden],
        "datum": regel.datum,
        "soort": regel.soort,
        "toelichting": regel.toelichting,
        "opgeschort": regel.opgeschort,
        "links": "\n".join(regel.links),
        "gerelateerd": "\n".join(regel.gerelateerd),
        "zaaknummers": "\n".join(regel.zaaknummers),
        "familie": regel.familie,
        "draad": regel.draad,
        "gewijzigdOp": versie_van(regel),
    }


def _happened(event: LoggedEvent) -> Mapping[str, object]:
    details = event.details
    velden = [VELD.get(naam, naam) for naam in str(details.get("velden", "")).split(",") if naam]
    changes = [
        (VELD.get(naam, naam), _shown(details.get(f"{naam}_was")), _shown(details.get(f"{naam}_is")))
        for naam in ("beoordeling", "gronden", "opgeschort", "document_id")
        if f"{naam}_was" in details and f"{naam}_is" in details
        if details[f"{naam}_was"] != details[f"{naam}_is"]
    ]
    return {
        "tijd": event.tijd,
        "wat": _WAT.get(event.actie.value, event.actie.value),
        "door": event.actor or "(gewist)",
        "velden": ", ".join(velden),
        "wijzigingen": changes,
    }


def _shown(value: object) -> str:
    match value:
        case None | [] | "":
            return "–"
        case bool():
            return "ja" if value else "nee"
        case list():
            return "; ".join(map(str, value))
    return str(value).replace("_", " ")


DEEL = Deel(router)
