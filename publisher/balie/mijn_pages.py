"""The pages of somebody's own account: password, second step, recovery codes, and where they are logged in."""

from functools import partial

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from publisher.account_inputs import AnderWachtwoord, EigenCode, EigenWachtwoord, Leeg
from publisher.balie import flash
from publisher.balie.deel import Deel
from publisher.balie.forms import SentForm, checked
from publisher.balie.handling import Invulling, handled
from publisher.balie.pages import pages_of
from publisher.balie.tweede_stap import qr_code
from publisher.desk import Id
from publisher.entering import Deur, at_door
from publisher.problems import refused_input
from publisher.routes.mijn import own
from publisher.woorden import accounts
from woo.domain.account import Account
from woo.usecases.toegang import eigen
from woo.usecases.toegang.onderdelen import AanmeldingGeweigerd, Reden

router = APIRouter(include_in_schema=False)


@router.get("/mijn")
def get_mijn(request: Request) -> Response:
    deur, account, sessie = own(request)
    with deur.toegang.platform.registry.read() as reading:
        over = reading.accounts.herstelcodes_over(account.id)
    return pages_of(request).render(
        request,
        "mijn.html",
        account=account,
        rollen=_named(deur, account),
        sessies=eigen.own_sessions(deur.toegang, account.id),
        deze=sessie.id,
        herstelcodes=over,
        wachtwoorden=deur.toegang.settings.wachtwoorden and account.heeft_wachtwoord,
    )


@router.get("/mijn/wachtwoord")
def get_wachtwoord(request: Request) -> Response:
    own(request)
    return _password(request, Invulling(), 200)


@router.post("/mijn/wachtwoord")
def post_wachtwoord(request: Request, form: SentForm) -> Response:
    deur, _, sessie = own(request)

    def do(invoer: AnderWachtwoord) -> Response:
        if invoer.wachtwoord != invoer.nogmaals:
            raise refused_input(
                "body", "nogmaals", "anders", "Dit is niet hetzelfde wachtwoord. Typ het nog een keer."
            )
        with _of_password():
            binnen = eigen.change_password(deur.toegang, sessie, invoer.oud, invoer.wachtwoord, deur.vanwaar)
        return deur.hand_over(
            flash.after("/mijn", "Uw wachtwoord is gewijzigd. U bent overal anders afgemeld."), binnen.token
        )

    return handled(form, AnderWachtwoord, do, partial(_password, request))


@router.get("/mijn/tweede-stap")
def get_tweede_stap(request: Request) -> Response:
    own(request)
    return _second(request, Invulling(), 200)


@router.post("/mijn/tweede-stap")
def post_tweede_stap(request: Request, form: SentForm) -> Response:
    deur, _, sessie = own(request)

    def do(invoer: EigenCode) -> Response:
        with _of_password():
            binnen, codes = eigen.confirm_second_step(
                deur.toegang, sessie, invoer.code, deur.vanwaar, wachtwoord=invoer.oud
            )
        page = pages_of(request).render(request, "aanmelden_codes.html", codes=codes, verder="/mijn")
        return deur.hand_over(page, binnen.token)

    return handled(form, EigenCode, do, partial(_second, request))


@router.get("/mijn/herstelcodes")
def get_herstelcodes(request: Request) -> Response:
    own(request)
    return _codes(request, Invulling(), 200)


@router.post("/mijn/herstelcodes")
def post_herstelcodes(request: Request, form: SentForm) -> Response:
    deur, _, sessie = own(request)

    def do(invoer: EigenWachtwoord) -> Response:
        with _of_password():
            codes = eigen.renew_recovery_codes(deur.toegang, sessie, invoer.oud, deur.vanwaar)
        return pages_of(request).render(request, "aanmelden_codes.html", codes=codes, verder="/mijn")

    return handled(form, EigenWachtwoord, do, partial(_codes, request))


@router.post("/mijn/sessies/afmelden")
def post_overal_afmelden(request: Request, form: SentForm) -> Response:
    deur, _, sessie = own(request)
    checked(form, Leeg)
    ended = eigen.log_out_elsewhere(deur.toegang, sessie, deur.vanwaar)
    return flash.after(
        "/mijn", "U bent overal anders afgemeld." if ended else "U was nergens anders aangemeld."
    )


@router.post("/mijn/sessies/{id}/afmelden")
def post_sessie_afmelden(id: Id, request: Request, form: SentForm) -> Response:
    deur, _, sessie = own(request)
    checked(form, Leeg)
    eigen.log_out_elsewhere(deur.toegang, sessie, deur.vanwaar, welke=id)
    return flash.after("/mijn", "U bent daar afgemeld.")


class _of_password:  # noqa: N801  # reads as a phrase: with _of_password()
    """Puts a refused password or code beside its field."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if not isinstance(error, AanmeldingGeweigerd):
            return
        if error.reden is Reden.ONJUIST:
            raise refused_input("body", "oud", "onjuist", "Dit is niet uw huidige wachtwoord.") from error
        if error.reden in (Reden.CODE_ONJUIST, Reden.CODE_GEBRUIKT):
            raise refused_input("body", "code", "onjuist", accounts.refused(error)) from error
        if error.reden is Reden.WACHTEN:
            raise refused_input("body", "", "wachten", accounts.refused(error)) from error


def _password(request: Request, form: Invulling, status: int) -> Response:
    tekens = at_door(request).toegang.settings.wachtwoord_tekens
    return pages_of(request).render(request, "mijn_wachtwoord.html", status=status, form=form, tekens=tekens)


def _second(request: Request, form: Invulling, status: int) -> Response:
    deur, account, _ = own(request)
    secret = eigen.offer_second_step(deur.toegang, account.id)
    return pages_of(request).render(
        request,
        "mijn_tweede_stap.html",
        status=status,
        form=form,
        geheim=secret,
        qr=qr_code(secret, account, deur.uitgever),
        account=account,
    )


def _codes(request: Request, form: Invulling, status: int) -> Response:
    _, account, _ = own(request)
    return pages_of(request).render(
        request, "mijn_herstelcodes.html", status=status, form=form, account=account
    )


def _named(deur: Deur, account: Account) -> list[tuple[str, str]]:
    """Each role with the name of its organisation."""
    lijst = deur.toegang.platform.lijsten.organisaties
    return [
        (one.rol.value, "elke organisatie" if one.organisatie is None else lijst.get(one.organisatie).naam)
        for one in account.rollen
    ]


DEEL = Deel(router)
