"""The pages on which a beheerder makes accounts, changes their roles, helps people back in, closes accounts and opens them again."""

from collections.abc import Callable
from functools import partial

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from publisher.account_inputs import GebruikerFormulier, Leeg, RollenFormulier
from publisher.balie import flash
from publisher.balie.deel import Deel, Verwijzing
from publisher.balie.forms import SentForm
from publisher.balie.handling import Invulling, Waarde, handled
from publisher.balie.pages import pages_of
from publisher.desk import AtDesk, Desk, Id
from publisher.entering import at_door
from publisher.problems import refused_input
from woo.diwoo.waardelijsten import OnbekendeWaarde
from woo.domain.account import Account, Roltoekenning
from woo.domain.actor import Recht, Rol
from woo.usecases.rechten import Handeling
from woo.usecases.toegang import accounts
from woo.usecases.toegang.accounts import Uitnodiging
from woo.usecases.toegang.heropenen import reopen_account

router = APIRouter(include_in_schema=False)
EVERY = "elke"
"""In a form: the place of a role that counts at every organisation."""


@router.get("/beheer/gebruikers")
def get_gebruikers(request: Request, desk: AtDesk) -> Response:
    found = accounts.list_accounts(at_door(request).toegang, desk.actor)
    return pages_of(request).render(
        request, "gebruikers.html", gebruikers=[(each, _named(desk, each)) for each in found]
    )


@router.get("/beheer/gebruikers/nieuw")
def get_nieuw(request: Request, desk: AtDesk) -> Response:
    desk.require(Handeling.ACCOUNT_MAKEN, "account")
    return _new(request, desk, Invulling(), 200)


@router.post("/beheer/gebruikers/nieuw")
def post_nieuw(request: Request, desk: AtDesk, form: SentForm) -> Response:
    desk.require(Handeling.ACCOUNT_MAKEN, "account")

    def do(invoer: GebruikerFormulier) -> Response:
        rol = Roltoekenning(invoer.rol, _place(desk, invoer.organisatie))
        toegang = at_door(request).toegang
        account, link = accounts.make_account(
            toegang, desk.actor, naam=invoer.naam, email=invoer.email, rollen=[rol]
        )
        if link is None:
            return flash.after(f"/beheer/gebruikers/{account.id}", "De rol is toegevoegd.")
        return _link(request, account, link, 201)

    return handled(form, GebruikerFormulier, do, partial(_new, request, desk))


@router.get("/beheer/gebruikers/{id}")
def get_gebruiker(id: Id, request: Request, desk: AtDesk) -> Response:
    return _one(request, desk, id, Invulling(), 200)


@router.post("/beheer/gebruikers/{id}/rollen")
def post_rollen(id: Id, request: Request, desk: AtDesk, form: SentForm) -> Response:
    toegang = at_door(request).toegang

    def do(invoer: RollenFormulier) -> Response:
        rollen = [_role(text) for text in invoer.rollen]
        if invoer.rol is not None:
            rollen.append(Roltoekenning(invoer.rol, _place(desk, invoer.organisatie)))
        elif invoer.organisatie is not None:
            raise refused_input("body", "rol", "ontbreekt", "Kies ook een rol voor deze organisatie.")
        accounts.change_roles(toegang, desk.actor, id, rollen, gewijzigd_op=invoer.gewijzigd_op)
        return flash.after(
            f"/beheer/gebruikers/{id}", "De rollen zijn bewaard. Deze gebruiker meldt zich opnieuw aan."
        )

    def stored() -> dict[str, Waarde]:
        account = accounts.read_account(toegang, desk.actor, id)
        return {"rollen": [_written(one) for one in account.rollen], "gewijzigdOp": account.gewijzigd_op}

    show = partial(_one, request, desk, id)
    return handled(form, RollenFormulier, do, show, stored=stored)


@router.post("/beheer/gebruikers/{id}/link")
def post_link(id: Id, request: Request, desk: AtDesk, form: SentForm) -> Response:
    toegang = at_door(request).toegang

    def do(_: Leeg) -> Response:
        made = accounts.make_link(toegang, desk.actor, id)
        return _link(request, accounts.read_account(toegang, desk.actor, id), made, 200)

    return handled(form, Leeg, do, partial(_one, request, desk, id))


@router.post("/beheer/gebruikers/{id}/tweede-stap")
def post_tweede_stap(id: Id, request: Request, desk: AtDesk, form: SentForm) -> Response:
    toegang = at_door(request).toegang
    said = "De tweede stap is gewist. Bij het aanmelden wordt hij zo nodig opnieuw ingesteld."
    return _pressed(
        request, desk, id, form, lambda: accounts.reset_second_step(toegang, desk.actor, id), said
    )


@router.post("/beheer/gebruikers/{id}/sluiten")
def post_sluiten(id: Id, request: Request, desk: AtDesk, form: SentForm) -> Response:
    toegang = at_door(request).toegang
    said = "Het account is gesloten. Niemand kan er nog mee aanmelden."
    return _pressed(request, desk, id, form, lambda: accounts.close_account(toegang, desk.actor, id), said)


@router.post("/beheer/gebruikers/{id}/heropenen")
def post_heropenen(id: Id, request: Request, desk: AtDesk, form: SentForm) -> Response:
    toegang = at_door(request).toegang

    def do(_: Leeg) -> Response:
        account, link = reopen_account(toegang, desk.actor, id)
        if link is None:
            said = "Het account is weer open. Aanmelden kan met het werkaccount."
            return flash.after(f"/beheer/gebruikers/{id}", said)
        return _link(request, account, link, 200)

    return handled(form, Leeg, do, partial(_one, request, desk, id))


@router.post("/beheer/gebruikers/{id}/wissen")
def post_wissen(id: Id, request: Request, desk: AtDesk, form: SentForm) -> Response:
    toegang = at_door(request).toegang
    said = "Naam en e-mailadres zijn gewist, ook in het logboek."
    return _pressed(request, desk, id, form, lambda: accounts.erase_account(toegang, desk.actor, id), said)


def _pressed(
    request: Request, desk: Desk, id: str, form: SentForm, do: Callable[[], object], said: str
) -> Response:
    """Do what a button asks, and say so on the page of the account."""

    def pressed(_: Leeg) -> Response:
        do()
        return flash.after(f"/beheer/gebruikers/{id}", said)

    return handled(form, Leeg, pressed, partial(_one, request, desk, id))


def _new(request: Request, desk: Desk, form: Invulling, status: int) -> Response:
    return pages_of(request).render(
        request, "gebruikers_nieuw.html", status=status, form=form, **_choices(desk)
    )


def _one(request: Request, desk: Desk, id: str, form: Invulling, status: int) -> Response:
    account = accounts.read_account(at_door(request).toegang, desk.actor, id)
    if not form.velden:
        form = Invulling(
            {"gewijzigdOp": (account.gewijzigd_op.isoformat(),)}, form.fouten, form.algemeen, form.conflict
        )
    return pages_of(request).render(
        request,
        "gebruikers_een.html",
        status=status,
        form=form,
        account=account,
        namen=dict(zip(account.rollen, _named(desk, account), strict=True)),
        beheert=account.may_be_managed_by(desk.actor),
        zelf=desk.actor.account == id,
        waarde=_written,
        wachtwoorden=at_door(request).toegang.settings.wachtwoorden,
        **_choices(desk),
    )


def _link(request: Request, account: Account, link: Uitnodiging, status: int) -> Response:
    address = f"{at_door(request).address}/uitnodiging/{link.token}"
    return pages_of(request).render(
        request, "gebruikers_link.html", status=status, account=account, adres=address, link=link
    )


def _choices(desk: Desk) -> dict[str, object]:
    """What may be chosen: roles, and the organisations of who asks (None: every one, typed as a code)."""
    codes = desk.actor.organisaties(Recht.ADMINISTER)
    names = None if codes is None else sorted((code, _name(desk, code)) for code in codes)
    return {"rolkeuzes": [(rol.value, rol.value) for rol in Rol], "organisaties": names}


def _named(desk: Desk, account: Account) -> list[str]:
    return [
        "elke organisatie" if one.organisatie is None else _name(desk, one.organisatie)
        for one in account.rollen
    ]


def _name(desk: Desk, code: str) -> str:
    try:
        return desk.platform.lijsten.organisaties.get(code).naam
    except OnbekendeWaarde:
        return code


def _place(desk: Desk, given: str | None) -> str | None:
    """Where a role counts: nothing typed means every organisation, for who administers every one."""
    if given is None and desk.actor.organisaties(Recht.ADMINISTER) is not None:
        raise refused_input("body", "organisatie", "ontbreekt", "Kies een organisatie.")
    return given


def _written(one: Roltoekenning) -> str:
    return f"{one.rol.value}@{one.organisatie or EVERY}"


def _role(text: str) -> Roltoekenning:
    rol, _, place = text.partition("@")
    if rol not in tuple(Rol) or not place:
        raise refused_input(
            "body", "rollen", "ongeldige-waarde", "Deze rol bestaat niet. Kies er een uit de lijst."
        )
    return Roltoekenning(Rol(rol), None if place == EVERY else place)


DEEL = Deel(
    router,
    beheer=[
        Verwijzing("/beheer/gebruikers", "Gebruikers", "Accounts, rollen en uitnodigingen.", Recht.ADMINISTER)
    ],
)
