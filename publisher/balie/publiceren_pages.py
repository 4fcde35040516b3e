"""The pages of publishing: see everything that is wrong, publish now or at a chosen minute, cancel; and what is planned."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Annotated

from fastapi import APIRouter
from pydantic import Field, StringConstraints
from starlette.requests import Request
from starlette.responses import Response

from publisher.balie import flash
from publisher.balie.deel import Blok, Deel, Verwijzing
from publisher.balie.forms import SentForm
from publisher.balie.handling import Invulling, Waarde, handled
from publisher.balie.pages import pages_of
from publisher.desk import AtDesk, Desk, Id
from publisher.inputs import BodyInput, Omschrijving
from woo.domain.actor import Recht
from woo.domain.bevinding import blocking
from woo.domain.errors import InvalidValue
from woo.domain.planning import AMSTERDAM, Planstaat, Publicatieplan, dutch_moment
from woo.domain.publicatie import Publicatie, Publicatiestatus
from woo.usecases.controle import validate_publication
from woo.usecases.inzage import read_publicatie
from woo.usecases.planning import cancel_plan, plan_publication, plans_of
from woo.usecases.publicatie import publish

router = APIRouter(include_in_schema=False)
_RECENT = timedelta(days=7)
_VANDAAG = 10


class Niets(BodyInput):
    """A form without fields: only its button."""


class Planning(BodyInput):
    """When a publicatie becomes public, as clocks in the Netherlands show it."""

    publiceer_op: Annotated[str, StringConstraints(max_length=30)] = Field(title="Dag en tijd")
    embargo: str | None = Field(default=None, title="Embargo", pattern="^ja$")
    notitie: Omschrijving | None = Field(default=None, title="Notitie")

    def moment(self) -> datetime:
        """The moment in UTC; raises InvalidValue for a text that is none."""
        try:
            local = datetime.fromisoformat(self.publiceer_op)
        except ValueError:
            raise InvalidValue("publiceer_op", self.publiceer_op, "it is not a day and time") from None
        if local.tzinfo is not None:
            return local
        return dutch_moment(local.date(), local.time())


@router.get("/publicaties/{id}/publiceren")
def get_publiceren(id: Id, request: Request, desk: AtDesk) -> Response:
    return _page(request, desk, id, Invulling.of(_stored(_plan(desk, id))))


@router.post("/publicaties/{id}/publiceren")
def post_publiceren(id: Id, request: Request, desk: AtDesk, form: SentForm) -> Response:
    def do(_: Niets) -> Response:
        publish(desk.platform, desk.actor, id)
        return flash.after(
            f"/publicaties/{id}",
            "De publicatie is openbaar. De documenten volgen vanzelf, zodra ze gelezen zijn.",
        )

    return handled(form, Niets, do, partial(_page, request, desk, id))


@router.post("/publicaties/{id}/plannen")
def post_plannen(id: Id, request: Request, desk: AtDesk, form: SentForm) -> Response:
    def do(invoer: Planning) -> Response:
        embargo = invoer.embargo is not None
        plan_publication(
            desk.platform, desk.actor, id, op=invoer.moment(), embargo=embargo, notitie=invoer.notitie
        )
        return flash.after(
            f"/publicaties/{id}", "De publicatie is gepland. Tot dat moment ziet niemand er iets van."
        )

    return handled(form, Planning, do, partial(_page, request, desk, id))


@router.post("/publicaties/{id}/plan-annuleren")
def post_annuleren(id: Id, request: Request, desk: AtDesk, form: SentForm) -> Response:
    def do(_: Niets) -> Response:
        cancel_plan(desk.platform, desk.actor, id)
        return flash.after(f"/publicaties/{id}", "Het plan is geannuleerd. De publicatie blijft een concept.")

    return handled(form, Niets, do, partial(_page, request, desk, id))


def _page(request: Request, desk: Desk, id: str, form: Invulling, status: int = 200) -> Response:
    publicatie = read_publicatie(desk.platform, desk.actor, id)
    with desk.platform.registry.read() as reading:
        found = validate_publication(desk.platform, reading, publicatie)
        plan = reading.publiceren.plan(id)
    stops = blocking(found)
    return pages_of(request).render(
        request,
        "publiceren.html",
        status=status,
        publicatie=publicatie,
        form=form,
        stops=stops,
        warnings=[each for each in found if not each.blokkeert],
        plan=plan,
        mag=desk.actor.may_for(Recht.PUBLISH, publicatie.publisher),
        concept=publicatie.status is Publicatiestatus.CONCEPT,
    )


def _plan(desk: Desk, id: str) -> Publicatieplan | None:
    with desk.platform.registry.read() as reading:
        return reading.publiceren.plan(id)


def _stored(plan: Publicatieplan | None) -> Mapping[str, Waarde]:
    if plan is None or not plan.wacht:
        return {}
    return {
        "publiceerOp": f"{plan.op.astimezone(AMSTERDAM):%Y-%m-%dT%H:%M}",
        "embargo": plan.embargo,
        "notitie": plan.notitie,
    }


def _acties(_: Desk, found: Publicatie) -> list[Verwijzing]:
    if found.status is not Publicatiestatus.CONCEPT:
        return []
    return [
        Verwijzing(
            f"/publicaties/{found.id}/publiceren",
            "Controleren en publiceren",
            "Zie wat er nog niet klopt, en maak de publicatie nu of later openbaar.",
        )
    ]


def _blokken(desk: Desk, found: Publicatie) -> Sequence[Blok]:
    plan = _plan(desk, found.id)
    if (
        plan is None
        or plan.staat is Planstaat.GEANNULEERD
        or (plan.staat is Planstaat.UITGEVOERD and plan.te_laat is None)
    ):
        return ()
    return [Blok("planning", "publiceren_blok.html", {"plan": plan, "id": found.id}, volgorde=10)]


def _vandaag(desk: Desk) -> Sequence[Blok]:
    since = desk.platform.now() - _RECENT
    waits, failed, late = plans_of(desk.platform, desk.actor, since=since)
    if not (waits or failed or late):
        return ()
    with desk.platform.registry.read() as reading:
        shown = [*failed[:_VANDAAG], *late[:_VANDAAG], *waits[:_VANDAAG]]
        titles = {
            plan.publicatie_id: reading.publicatie(plan.publicatie_id).officiele_titel for plan in shown
        }
    velden = {"gepland": waits, "mislukt": failed, "laat": late, "titels": titles, "most": _VANDAAG}
    return [Blok("gepland", "publiceren_vandaag.html", velden, volgorde=20)]


DEEL = Deel(router, vandaag=_vandaag, publicatie_acties=_acties, publicatie_blokken=_blokken)
