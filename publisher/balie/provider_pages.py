"""The way over the OpenID provider: there, back, and out."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from publisher.balie.aanmelden_pages import Heen, next_of
from publisher.balie.pages import pages_of
from publisher.entering import at_door
from publisher.gate import safe_path
from publisher.inputs import any_query
from publisher.oidc import ProviderRefused
from publisher.woorden import accounts
from woo.domain.errors import NotFound, Unavailable
from woo.usecases.toegang.onderdelen import AanmeldingGeweigerd
from woo.usecases.toegang.provider import Persoon, log_in_from_provider, refuse_from_provider
from woo.views.problems import Problem

router = APIRouter(include_in_schema=False)


@router.get("/aanmelden/provider")
def get_provider(request: Request, vraag: Annotated[Heen, Query()]) -> Response:
    deur = at_door(request)
    if deur.provider is None:
        raise NotFound("pagina", "provider")
    try:
        there, browser = deur.provider.send(safe_path(vraag.naar), address=deur.address)
    except Unavailable:
        return _problem(request, _away(deur.toegang.settings.wachtwoorden))
    response = RedirectResponse(there, 303)
    deur.cookies.set_provider(response, browser)
    return response


@router.get("/aanmelden/terug")
@any_query
def get_terug(request: Request) -> Response:
    deur = at_door(request)
    if deur.provider is None:
        raise NotFound("pagina", "terug")
    browser = request.cookies.get(deur.cookies.provider, "")
    try:
        claims, naar = deur.provider.back(dict(request.query_params), browser=browser, address=deur.address)
        binnen = log_in_from_provider(deur.toegang, Persoon.of(deur.toegang, claims), deur.vanwaar)
    except ProviderRefused as refused:
        refuse_from_provider(deur.toegang, refused.why, deur.vanwaar)
        response = _problem(request, _refused())
    except AanmeldingGeweigerd as refused:
        response = _problem(request, accounts.problem(refused))
    except Unavailable:
        response = _problem(request, _away(deur.toegang.settings.wachtwoorden))
    else:
        response = deur.let_in(next_of(binnen, safe_path(naar)), binnen.token)
    deur.cookies.drop_provider(response)
    return response


@router.get("/aanmelden/afgemeld")
def get_afgemeld(request: Request) -> Response:
    deur = at_door(request)
    if deur.provider is None:
        raise NotFound("pagina", "afgemeld")
    there = deur.provider.way_out(back=f"{deur.address}/aanmelden?reden=afgemeld")
    return pages_of(request).render(
        request, "aanmelden_afgemeld.html", daar=there, naam=deur.toegang.settings.oidc_naam
    )


def _problem(request: Request, problem: Problem) -> Response:
    return pages_of(request).problem(request, problem)


def _away(wachtwoorden: bool) -> Problem:
    detail = "Het aanmelden met uw werkaccount werkt nu niet. Probeer het over een paar minuten opnieuw."
    if wachtwoorden:
        detail += " Hebt u een wachtwoord voor de balie, dan kunt u daarmee aanmelden."
    return Problem(503, "Uw werkaccount is even niet bereikbaar", detail, headers={"Retry-After": "60"})


def _refused() -> Problem:
    detail = "Het aanmelden met uw werkaccount is niet gelukt of duurde te lang. Ga naar 'Aanmelden' en begin opnieuw."
    return Problem(403, "U bent niet aangemeld", detail)
