"""What asks for attention beside the terms: blocks on Vandaag, and the page with the accounting of what was taken in."""

from collections.abc import Sequence

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from publisher.balie import flash, oogstwoorden
from publisher.balie.deel import Blok, Deel
from publisher.balie.forms import SentForm
from publisher.balie.pages import pages_of
from publisher.desk import AtDesk, Desk
from publisher.melding_schemas import MeldingId
from woo.domain.actor import Recht
from woo.domain.volgen import Meldingsoort
from woo.usecases import aandacht, meldingen
from woo.volgers import open_volgers

router = APIRouter(include_in_schema=False)

STATEN = {
    "indexed": "openbaar vindbaar",
    "ready": "klaar, niet openbaar",
    "partial": "deels gelezen",
    "no_text": "zonder tekst",
    "withdrawn": "ingetrokken",
    "waiting": "wacht op lezen",
    "duplicate": "dubbel",
    "skipped": "overgeslagen",
    "quarantined": "niet te lezen",
    "unpacked": "uitgepakt",
}
"""What the states of an item are called on the pages."""

_MOST = 50
_SOORTEN = {
    Meldingsoort.PRIVACY: "Privacyprobleem",
    Meldingsoort.LEESBAARHEID: "Niet te lezen",
    Meldingsoort.ONJUIST: "Klopt niet",
    Meldingsoort.ANDERS: "Iets anders",
}


@router.get("/inlezen")
def get_inlezen(request: Request, desk: AtDesk) -> Response:
    return pages_of(request).render(
        request,
        "inlezen.html",
        rijen=aandacht.intake(desk.platform, desk.actor),
        stil=aandacht.stalled(desk.platform, desk.actor),
        namen=STATEN,
        reden=oogstwoorden.reden,
    )


@router.post("/meldingen/{id}/afgehandeld")
def post_afgehandeld(id: MeldingId, desk: AtDesk, _: SentForm) -> Response:
    with open_volgers(desk.settings) as opslag:
        meldingen.finish_melding(desk.platform, desk.actor, opslag, id)
    return flash.after("/", "De melding is afgehandeld.")


def _vandaag(desk: Desk) -> Sequence[Blok]:
    blokken = []
    stil = aandacht.stalled(desk.platform, desk.actor)
    if stil.opnieuw and desk.actor.may(Recht.EDIT):
        velden = {"onleesbaar": len(stil.onleesbaar), "rustend": len(stil.rustend)}
        blokken.append(Blok("blijven-liggen", "vandaag_werk.html", velden, volgorde=40))
    if stil.geweigerd:
        velden = {"aantal": len(stil.geweigerd)}
        blokken.append(Blok("geweigerd", "aandacht_geweigerd.html", velden, volgorde=45))
    reported = _reported(desk)
    if reported:
        blokken.append(Blok("meldingen", "aandacht_meldingen.html", {"meldingen": reported}, volgorde=20))
    return blokken


def _reported(desk: Desk) -> list[dict[str, object]]:
    if not desk.actor.may(Recht.EDIT):
        return []
    with open_volgers(desk.settings) as opslag:
        found = meldingen.list_meldingen(desk.platform, desk.actor, opslag, limit=_MOST)
    return [
        {
            "id": each.id,
            "op": each.op,
            "soort": _SOORTEN[each.soort],
            "document_id": each.document_id,
            "pagina": each.pagina,
            "tekst": each.tekst,
        }
        for each in found
    ]


DEEL = Deel(router, vandaag=_vandaag)
