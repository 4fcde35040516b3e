"""The pages by which people get in: password, second step, setting it up, an invitation; and the way out."""

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from publisher.account_inputs import Aanmelding, Codeinvoer, Leeg, NieuwWachtwoord
from publisher.balie import flash
from publisher.balie.forms import Form, SentForm, checked
from publisher.balie.handling import Invulling, handled
from publisher.balie.pages import pages_of
from publisher.balie.tweede_stap import qr_code
from publisher.entering import Deur, at_door
from publisher.gate import safe_path
from publisher.inputs import QueryInput
from publisher.problems import refused_input
from publisher.woorden import accounts
from woo.domain.sessie import Fase, Sessie
from woo.usecases.toegang import aanmelden, eigen
from woo.usecases.toegang.aanmelden import Binnen
from woo.usecases.toegang.onderdelen import AanmeldingGeweigerd, Reden

router = APIRouter(include_in_schema=False)
_REASONS = {
    "verlopen": "U bent niet meer aangemeld. Meld u opnieuw aan, dan gaat u verder waar u was.",
    "bewaard": "U bent niet meer aangemeld. Wat u had getypt is bewaard. Meld u opnieuw aan, dan kunt u het versturen.",
    "afgemeld": "U bent afgemeld.",
    "wachtwoord": "Uw wachtwoord is ingesteld. Meld u nu aan.",
}


class Heen(QueryInput):
    """Where somebody was going, and why they are here."""

    naar: str = ""
    reden: str = ""


@router.get("/aanmelden")
def get_aanmelden(request: Request, vraag: Annotated[Heen, Query()]) -> Response:
    sessie: Sessie | None = request.state.sessie
    if sessie is not None and sessie.fase is Fase.VOLLEDIG:
        return RedirectResponse(safe_path(vraag.naar), 303)
    return _login(request, Invulling.of({"naar": vraag.naar}), 200, reden=vraag.reden)


@router.post("/aanmelden")
def post_aanmelden(request: Request, form: SentForm) -> Response:
    deur = at_door(request)

    def do(invoer: Aanmelding) -> Response:
        deur.require_turn()
        try:
            binnen = aanmelden.log_in(deur.toegang, invoer.email, invoer.wachtwoord, deur.vanwaar)
        except AanmeldingGeweigerd as refused:
            deur.failed()
            return _login(request, _said(form, refused), _status(refused))
        return deur.let_in(next_of(binnen, safe_path(invoer.naar)), binnen.token)

    return handled(form, Aanmelding, do, partial(_login, request))


@router.get("/aanmelden/code")
def get_code(request: Request, vraag: Annotated[Heen, Query()]) -> Response:
    if _half(request, Fase.TWEEDE_STAP) is None:
        return _again(vraag.naar)
    return _code(request, Invulling.of({"naar": vraag.naar}), 200)


@router.post("/aanmelden/code")
def post_code(request: Request, form: SentForm) -> Response:
    deur, sessie = at_door(request), _half(request, Fase.TWEEDE_STAP)
    if sessie is None:
        return _again(_field(form, "naar"))

    def do(invoer: Codeinvoer) -> Response:
        try:
            binnen = aanmelden.second_step(deur.toegang, sessie, invoer.code, deur.vanwaar)
        except AanmeldingGeweigerd as refused:
            if refused.reden is Reden.VERLOPEN:
                return _again(invoer.naar)
            return _code(request, _said(form, refused), _status(refused))
        return deur.let_in(safe_path(invoer.naar), binnen.token)

    return handled(form, Codeinvoer, do, partial(_code, request))


@router.get("/aanmelden/instellen")
def get_instellen(request: Request, vraag: Annotated[Heen, Query()]) -> Response:
    if _half(request, Fase.INSTELLEN) is None:
        return _again(vraag.naar)
    return _set_up(request, Invulling.of({"naar": vraag.naar}), 200)


@router.post("/aanmelden/instellen")
def post_instellen(request: Request, form: SentForm) -> Response:
    deur, sessie = at_door(request), _half(request, Fase.INSTELLEN)
    if sessie is None:
        return _again(_field(form, "naar"))

    def do(invoer: Codeinvoer) -> Response:
        try:
            binnen, codes = eigen.confirm_second_step(deur.toegang, sessie, invoer.code, deur.vanwaar)
        except AanmeldingGeweigerd as refused:
            if refused.reden is Reden.VERLOPEN:
                return _again(invoer.naar)
            return _set_up(request, _said(form, refused), _status(refused))
        page = pages_of(request).render(
            request, "aanmelden_codes.html", codes=codes, verder=safe_path(invoer.naar)
        )
        return deur.hand_over(page, binnen.token)

    return handled(form, Codeinvoer, do, partial(_set_up, request))


@router.get("/uitnodiging/{token}")
def get_uitnodiging(token: str, request: Request) -> Response:
    deur = at_door(request)
    try:
        account = eigen.account_of_link(deur.toegang, token)
    except AanmeldingGeweigerd as refused:
        return pages_of(request).problem(request, accounts.problem(refused))
    return _invited(request, account.naam, Invulling(), 200)


@router.post("/uitnodiging/{token}")
def post_uitnodiging(token: str, request: Request, form: SentForm) -> Response:
    deur = at_door(request)
    try:
        account = eigen.account_of_link(deur.toegang, token)
    except AanmeldingGeweigerd as refused:
        return pages_of(request).problem(request, accounts.problem(refused))

    def do(invoer: NieuwWachtwoord) -> Response:
        if invoer.wachtwoord != invoer.nogmaals:
            raise refused_input(
                "body", "nogmaals", "anders", "Dit is niet hetzelfde wachtwoord. Typ het nog een keer."
            )
        eigen.set_password_by_link(deur.toegang, token, invoer.wachtwoord, deur.vanwaar)
        return RedirectResponse("/aanmelden?reden=wachtwoord", 303)

    return handled(form, NieuwWachtwoord, do, partial(_invited, request, account.naam))


@router.post("/afmelden")
def post_afmelden(request: Request, form: SentForm) -> Response:
    checked(form, Leeg)
    deur, sessie = at_door(request), request.state.sessie
    if sessie is None:  # somebody with a key, who has no session to end
        return flash.after("/", "Een sleutel kunt u niet afmelden.")
    eigen.log_out(deur.toegang, sessie, deur.vanwaar)
    elsewhere = deur.provider is not None and sessie.via_provider and deur.toegang.settings.oidc_afmelden
    return deur.let_out("/aanmelden/afgemeld" if elsewhere else "/aanmelden?reden=afgemeld")


def _login(request: Request, form: Invulling, status: int, *, reden: str = "") -> Response:
    settings = at_door(request).toegang.settings
    return pages_of(request).render(
        request,
        "aanmelden.html",
        status=status,
        form=form,
        uitleg=_REASONS.get(reden, ""),
        wachtwoorden=settings.wachtwoorden,
        provider=settings.oidc_naam if settings.oidc else "",
    )


def _code(request: Request, form: Invulling, status: int) -> Response:
    return pages_of(request).render(request, "aanmelden_code.html", status=status, form=form)


def _set_up(request: Request, form: Invulling, status: int) -> Response:
    deur, account = at_door(request), request.state.account
    secret = eigen.offer_second_step(deur.toegang, account.id)
    qr = qr_code(secret, account, deur.uitgever)
    return pages_of(request).render(
        request, "aanmelden_instellen.html", status=status, form=form, geheim=secret, qr=qr
    )


def _invited(request: Request, naam: str, form: Invulling, status: int) -> Response:
    tekens = at_door(request).toegang.settings.wachtwoord_tekens
    return pages_of(request).render(
        request, "aanmelden_wachtwoord.html", status=status, form=form, naam=naam, tekens=tekens
    )


def next_of(binnen: Binnen, naar: str) -> str:
    """Where somebody goes after the password."""
    match binnen.sessie.fase:
        case Fase.TWEEDE_STAP:
            return Deur.with_naar("/aanmelden/code", naar)
        case Fase.INSTELLEN:
            return Deur.with_naar("/aanmelden/instellen", naar)
    return naar


def _half(request: Request, fase: Fase) -> Sessie | None:
    sessie: Sessie | None = request.state.sessie
    return sessie if sessie is not None and sessie.fase is fase else None


def _again(naar: str) -> Response:
    return RedirectResponse(Deur.with_naar("/aanmelden", safe_path(naar), reden="verlopen"), 303)


def _field(form: Form, naam: str) -> str:
    return next(iter(form.velden.get(naam, ())), "")


def _said(form: Form, refused: AanmeldingGeweigerd) -> Invulling:
    """The form again without the password, with why."""
    kept = {naam: waarden for naam, waarden in form.velden.items() if naam in ("email", "naar")}
    return Invulling(kept, algemeen=[accounts.refused(refused)])


def _status(refused: AanmeldingGeweigerd) -> int:
    return 429 if refused.reden is Reden.WACHTEN else 400
