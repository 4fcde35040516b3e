"""Webhooks for case systems and DMS: list, make, resume, remove; for who administers."""

from fastapi import APIRouter
from starlette.responses import Response

from publisher import webhook_schemas as schemas
from publisher.desk import AtDesk, Id
from woo.usecases import webhooks
from woo.volgers import open_volgers

router = APIRouter(tags=["webhooks"])


@router.get("/webhooks", summary="Uw webhooks")
def get_webhooks(desk: AtDesk) -> schemas.Webhooks:
    """Met hoe het versturen gaat; nooit met hun geheim."""
    with open_volgers(desk.settings) as opslag:
        laatste = opslag.stroom.laatste()
        found = webhooks.list_webhooks(desk.platform, desk.actor, opslag)
    return schemas.Webhooks(resultaten=[schemas.Webhook.of(haak, laatste) for haak in found])


@router.post("/webhooks", status_code=201, summary="Maak een webhook")
def create_webhook(desk: AtDesk, nieuw: schemas.NieuweWebhook, response: Response) -> schemas.GemaakteWebhook:
    """Het geheim staat alleen in dit antwoord. Bericht komt van wat vanaf nu openbaar wordt, verandert of verdwijnt."""
    with open_volgers(desk.settings) as opslag:
        made = webhooks.make_webhook(
            desk.platform,
            desk.actor,
            opslag,
            naam=nieuw.naam,
            url=nieuw.url,
            organisaties=nieuw.organisaties,
            private=desk.settings.volgen.webhook_private,
        )
        laatste = opslag.stroom.laatste()
    response.headers["Location"] = "/v1/webhooks"
    return schemas.GemaakteWebhook.made(made, laatste)


@router.post("/webhooks/{id}/hervat", summary="Stuur weer naar een webhook die rust")
def resume_webhook(id: Id, desk: AtDesk) -> schemas.Webhook:
    """Wat wachtte gaat eerst, zo ver terug als gebeurtenissen bewaard zijn (30 dagen)."""
    with open_volgers(desk.settings) as opslag:
        haak = webhooks.resume_webhook(desk.platform, desk.actor, opslag, id)
        return schemas.Webhook.of(haak, opslag.stroom.laatste())


@router.delete("/webhooks/{id}", status_code=204, summary="Haal een webhook weg")
def remove_webhook(id: Id, desk: AtDesk) -> Response:
    """Er wordt meteen niets meer heen gestuurd. Terughalen kan niet: maak dan een nieuwe."""
    with open_volgers(desk.settings) as opslag:
        webhooks.remove_webhook(desk.platform, desk.actor, opslag, id)
    return Response(status_code=204)
