"""The page of webhooks for case systems: which there are and how delivery goes, make one, resume or remove one."""

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
from publisher.inputs import BodyInput, Code, Naam
from publisher.webhook_schemas import stand_of
from woo.domain.actor import Recht
from woo.usecases import webhooks
from woo.volgers import Baliehaak, open_volgers

router = APIRouter(include_in_schema=False)
_PLEK = "/beheer/webhooks"


class Webhookformulier(BodyInput):
    """Een nieuwe webhook, zoals het formulier hem vraagt: van alle organisaties of van één."""

    naam: Naam = Field(title="Naam")
    url: str = Field(title="Adres", max_length=2000)
    organisatie: Code | None = Field(default=None, title="Organisatie")


class Knop(BodyInput):
    """Een knop; er is niets in te vullen."""


@router.get("/beheer/webhooks")
def get_webhooks(request: Request, desk: AtDesk) -> Response:
    return _page(request, desk, Invulling())


@router.post("/beheer/webhooks")
def post_webhook(request: Request, desk: AtDesk, form: SentForm) -> Response:
    def do(invoer: Webhookformulier) -> Response:
        with open_volgers(desk.settings) as opslag:
            made = webhooks.make_webhook(
                desk.platform,
                desk.actor,
                opslag,
                naam=invoer.naam,
                url=invoer.url,
                organisaties=None if invoer.organisatie is None else [invoer.organisatie],
                private=desk.settings.volgen.webhook_private,
            )
        # No redirect: the secret may stand on this one answer alone.
        return _page(request, desk, Invulling(), 201, nieuw=made)

    return handled(form, Webhookformulier, do, partial(_page, request, desk))


@router.post("/beheer/webhooks/{id}/hervat")
def post_hervat(id: Id, request: Request, desk: AtDesk, form: SentForm) -> Response:
    def do(_: Knop) -> Response:
        with open_volgers(desk.settings) as opslag:
            haak = webhooks.resume_webhook(desk.platform, desk.actor, opslag, id)
        return flash.after(_PLEK, f"De webhook “{haak.naam}” krijgt weer berichten.")

    return handled(form, Knop, do, partial(_page, request, desk))


@router.post("/beheer/webhooks/{id}/weghalen")
def post_weghalen(id: Id, request: Request, desk: AtDesk, form: SentForm) -> Response:
    def do(_: Knop) -> Response:
        with open_volgers(desk.settings) as opslag:
            webhooks.remove_webhook(desk.platform, desk.actor, opslag, id)
        return flash.after(_PLEK, "De webhook is weggehaald. Er gaat niets meer heen.")

    return handled(form, Knop, do, partial(_page, request, desk))


def _page(
    request: Request, desk: Desk, form: Invulling, status: int = 200, *, nieuw: Baliehaak | None = None
) -> Response:
    lijst = desk.platform.lijsten.organisaties
    with open_volgers(desk.settings) as opslag:
        found = webhooks.list_webhooks(desk.platform, desk.actor, opslag)
        laatste = opslag.stroom.laatste()
    return pages_of(request).render(
        request,
        "webhooks.html",
        status=status,
        form=form,
        nieuw=nieuw,
        organisaties=keuzes.organisaties(desk, Recht.ADMINISTER),
        overal=desk.actor.per_organisatie is None,
        haken=[
            {
                "haak": haak,
                "stand": stand_of(haak),
                "wachtend": max(laatste - haak.webhook.gezien_tot, 0),
                "waar": "alle organisaties"
                if haak.organisaties is None
                else ", ".join(keuzes.naam(lijst, code) for code in sorted(haak.organisaties)),
            }
            for haak in reversed(found)
        ],
    )


DEEL = Deel(
    router,
    beheer=(
        Verwijzing(
            _PLEK,
            "Webhooks",
            "Laat een zaaksysteem weten wat openbaar is geworden, vervangen, ingetrokken of hersteld.",
            Recht.ADMINISTER,
        ),
    ),
)
