"""Examples: a publicatie as the public will see it for who works at the desk, and as the requester may see it by a link."""

from functools import partial
from typing import cast
from urllib.parse import quote

from fastapi import APIRouter
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from publisher.backoff import BackOff
from publisher.balie.deel import Deel, Verwijzing
from publisher.desk import Desk
from publisher.kraan import Kraan
from publisher.problems import ProblemError
from publisher.voorbeeld import Etalage, Getoond
from woo.domain.errors import NotFound
from woo.domain.publicatie import Publicatie, Publicatiestatus
from woo.settings import Settings
from woo.usecases.platform import Platform
from woo.usecases.verzoekerslink import use_inzage
from woo.usecases.voorbeeld import Voorbeeld, Voorbeeldlijst
from woo.usecases.voorbeeld_lezen import open_example
from woo.views.dutch import day
from woo.views.problems import Problem

router = APIRouter(include_in_schema=False)
_BANNER = Markup(
    '<p class="panel note" role="note"><strong>Voorbeeld, nog niet openbaar.</strong> {} '
    '<a href="{}">Terug naar de balie</a></p>\n'
)
_BY_LINK = Markup(
    '<p class="panel note" role="note"><strong>Alleen voor u.</strong> Deze documenten zijn nog niet, of niet '
    "voor iedereen, openbaar. Deze link werkt tot en met {}. Geef de link niet door.</p>\n"
)


def get_voorbeeld(request: Request) -> Response:
    """The page of the publicatie, or what it leads to, as the public will see it."""
    id = request.path_params["id"]
    pad = request.path_params.get("pad")
    state = request.app.state
    platform = cast(Platform, state.platform)
    desk = Desk(platform, cast(Settings, state.settings), request.state.actor)
    prefix = f"/publicaties/{quote(id, safe='')}/voorbeeld"
    example = open_example(platform, desk.actor, id)
    uitleg = Markup("Zo ziet iedereen deze publicatie straks. Zoeken en melden werken hier niet.")
    if example.is_public:
        uitleg = Markup("Deze publicatie is al openbaar; dit is hoe zij er nu uitziet.")
    return _shown(
        request,
        example.voorbeeld,
        prefix=prefix,
        path=f"/publicaties/{quote(id, safe='')}" if pad is None else f"/{pad}",
        banner=_BANNER.format(uitleg, f"/publicaties/{id}"),
    )


def get_inzage(request: Request) -> Response:
    """What a link for a requester shows, for whoever has it; how often an address may try is limited."""
    platform, secret = cast(Platform, request.app.state.platform), request.path_params["geheim"]
    address = request.client.host if request.client else "unknown"
    _limit(request, address)
    try:
        inzage = use_inzage(platform, secret, address=address)
    except NotFound:
        cast(BackOff, request.app.state.inzage_mislukt).failed(address)
        raise ProblemError(_ENDED) from None
    pad = request.path_params.get("pad")
    prefix = f"/inzage/{secret}"
    own = f"/publicaties/{quote(inzage.publicatie_id, safe='')}"
    if pad == own.removeprefix("/"):
        return RedirectResponse(prefix, status_code=302)
    return _shown(
        request,
        Voorbeeld(platform, inzage.publicatie_id, inzage.documenten),
        prefix=prefix,
        path=own if pad is None else f"/{pad}",
        banner=_BY_LINK.format(day(inzage.vervalt_op)),
    )


_ENDED = Problem(
    404,
    "Deze link werkt niet (meer)",
    "De link is verlopen, ingetrokken of niet compleet. Vraag de organisatie zo nodig om een nieuwe link.",
)


def _limit(request: Request, address: str) -> None:
    wait = cast(Kraan, request.app.state.inzage_kraan).wait(address)
    wait = max(wait, cast(BackOff, request.app.state.inzage_mislukt).wait(address))
    if wait:
        detail = f"Vanaf uw adres is te veel gevraagd. Wacht {wait} seconden en probeer het dan opnieuw."
        raise ProblemError(Problem(429, "Even wachten", detail, headers={"Retry-After": str(wait)}))


def _shown(request: Request, voorbeeld: Voorbeeld, *, prefix: str, path: str, banner: str) -> Response:
    etalage = cast(Etalage, request.app.state.etalage)
    site, index = etalage.site(), Voorbeeldlijst(voorbeeld)
    return Getoond(site, voorbeeld, index, prefix=prefix, path=path, banner=banner)


def _acties(_: Desk, found: Publicatie) -> list[Verwijzing]:
    if found.status is not Publicatiestatus.CONCEPT or found.publisher is None:
        return []
    return [
        Verwijzing(
            f"/publicaties/{found.id}/voorbeeld", "Voorbeeld bekijken", "Zoals iedereen het straks ziet."
        )
    ]


_get = partial(Route, methods=["GET"])
router.routes += [
    _get("/publicaties/{id}/voorbeeld", get_voorbeeld),
    _get("/publicaties/{id}/voorbeeld/{pad:path}", get_voorbeeld),
    _get("/inzage/{geheim}", get_inzage),
    _get("/inzage/{geheim}/{pad:path}", get_inzage),
]
DEEL = Deel(router, publicatie_acties=_acties)
