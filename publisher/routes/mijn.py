"""Somebody's own account, for a browser that is logged in: what it is, where it is logged in, password, logging out."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from publisher import account_schemas as schemas
from publisher.account_inputs import EigenCode, EigenWachtwoord, Termijnpost, WachtwoordWijziging
from publisher.desk import AtDesk, Desk, Id
from publisher.entering import Deur, at_door
from publisher.problems import ProblemError
from woo.domain.account import Account
from woo.domain.sessie import Sessie
from woo.usecases.termijnabonnement import my_digest, set_digest
from woo.usecases.toegang import codes, eigen
from woo.views.problems import Problem

router = APIRouter(tags=["mijn"])


@router.get("/mijn", summary="Het eigen account")
def get_mijn_account(request: Request) -> schemas.Mijn:
    """Alleen voor wie met een browser is aangemeld; een sleutel heeft geen account."""
    return _told(*own(request))


@router.post("/mijn/wachtwoord", summary="Wijzig het eigen wachtwoord")
def change_wachtwoord(request: Request, wijziging: WachtwoordWijziging, response: Response) -> schemas.Mijn:
    """Alle aanmeldingen eindigen; dit antwoord zet een nieuw cookie."""
    deur, account, sessie = own(request)
    binnen = eigen.change_password(deur.toegang, sessie, wijziging.oud, wijziging.wachtwoord, deur.vanwaar)
    deur.hand_over(response, binnen.token)
    return _told(deur, account, binnen.sessie)


@router.post("/mijn/tweede-stap", summary="Begin met de tweede stap")
def offer_tweede_stap(request: Request) -> schemas.TweedeStap:
    """Het geheim voor een app. Het telt pas na bevestigen; tot dan geldt wat er was."""
    deur, account, _ = own(request)
    geheim = eigen.offer_second_step(deur.toegang, account.id)
    adres = codes.address(geheim, naam=account.email or account.naam, uitgever=deur.uitgever)
    return schemas.TweedeStap(geheim=geheim, adres=adres)


@router.post("/mijn/tweede-stap/bevestigen", summary="Bevestig de tweede stap")
def confirm_tweede_stap(request: Request, invoer: EigenCode, response: Response) -> schemas.Herstelcodes:
    """Met de eerste code van de app. Alle aanmeldingen eindigen; dit antwoord zet een nieuw cookie."""
    deur, _, sessie = own(request)
    binnen, made = eigen.confirm_second_step(
        deur.toegang, sessie, invoer.code, deur.vanwaar, wachtwoord=invoer.oud
    )
    deur.hand_over(response, binnen.token)
    return schemas.Herstelcodes(herstelcodes=list(made))


@router.post("/mijn/herstelcodes", summary="Maak nieuwe herstelcodes")
def renew_herstelcodes(request: Request, invoer: EigenWachtwoord) -> schemas.Herstelcodes:
    """De oude herstelcodes werken niet meer."""
    deur, _, sessie = own(request)
    made = eigen.renew_recovery_codes(deur.toegang, sessie, invoer.oud, deur.vanwaar)
    return schemas.Herstelcodes(herstelcodes=list(made))


@router.post("/mijn/aanmeldingen/{id}/afmelden", summary="Meld u ergens anders af")
def end_aanmelding(id: Id, request: Request) -> schemas.Mijn:
    """Die aanmelding opent meteen niets meer."""
    deur, account, sessie = own(request)
    eigen.log_out_elsewhere(deur.toegang, sessie, deur.vanwaar, welke=id)
    return _told(deur, account, sessie)


@router.post("/mijn/aanmeldingen/afmelden", summary="Meld u overal anders af")
def end_aanmeldingen(request: Request) -> schemas.Mijn:
    """Alle andere aanmeldingen van dit account openen meteen niets meer."""
    deur, account, sessie = own(request)
    eigen.log_out_elsewhere(deur.toegang, sessie, deur.vanwaar)
    return _told(deur, account, sessie)


@router.get("/mijn/termijnpost", summary="Het eigen overzicht van termijnen per mail")
def get_termijnpost(request: Request, desk: AtDesk) -> schemas.EigenTermijnpost:
    """Hoe vaak u het krijgt."""
    own(request)
    return _post(desk)


@router.put("/mijn/termijnpost", summary="Vraag het overzicht van termijnen per mail, of zeg het op")
def set_termijnpost(request: Request, desk: AtDesk, wens: Termijnpost) -> schemas.EigenTermijnpost:
    """Van de organisaties die u op dat moment mag zien. Er staan geen gegevens van verzoekers in."""
    own(request)
    set_digest(desk.platform, desk.actor, wens.wens)
    return _post(desk)


def _post(desk: Desk) -> schemas.EigenTermijnpost:
    return schemas.EigenTermijnpost.of(my_digest(desk.platform, desk.actor), mail=desk.settings.mail.on)


def own(request: Request) -> tuple[Deur, Account, Sessie]:
    """Whose account this is; raises the 403 for who comes with a key and has none."""
    if request.state.sessie is None:
        detail = "Met een API-sleutel hebt u geen eigen account. Meld u aan met uw e-mailadres."
        raise ProblemError(Problem(403, "U hebt hier geen account", detail))
    return at_door(request), request.state.account, request.state.sessie


def _told(deur: Deur, account: Account, sessie: Sessie) -> schemas.Mijn:
    with deur.toegang.platform.registry.read() as reading:
        over = reading.accounts.herstelcodes_over(account.id)
    return schemas.Mijn(
        gebruiker=schemas.Gebruiker.of(account),
        herstelcodes=over,
        aanmeldingen=[
            schemas.Aanmelding.of(one, deze=sessie.id) for one in eigen.own_sessions(deur.toegang, account.id)
        ],
    )
