"""Accounts of people: list, make, roles, a way back in, close, open again, erase; for who administers."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from publisher import account_schemas as schemas
from publisher.account_inputs import NieuweGebruiker, RollenWijziging
from publisher.desk import AtDesk, Id
from publisher.entering import at_door
from publisher.inputs import Bladeren
from publisher.paging import cut, number_of
from woo.usecases.toegang import accounts
from woo.usecases.toegang.heropenen import reopen_account

router = APIRouter(tags=["gebruikers"])


@router.get("/gebruikers", summary="Alle gebruikers")
def list_gebruikers(request: Request, desk: AtDesk, deel: Annotated[Bladeren, Query()]) -> schemas.Gebruikers:
    """De accounts bij uw organisaties, ook de gesloten."""
    after = number_of("gebruikers", deel.na)
    found = list(enumerate(accounts.list_accounts(at_door(request).toegang, desk.actor), 1))
    rows, volgende = cut(
        found[after : after + deel.aantal + 1], deel.aantal, lijst="gebruikers", place=lambda row: str(row[0])
    )
    return schemas.Gebruikers(
        resultaten=[schemas.Gebruiker.of(account) for _, account in rows], volgende=volgende
    )


@router.post("/gebruikers", status_code=201, summary="Maak een account")
def create_gebruiker(
    request: Request, desk: AtDesk, nieuw: NieuweGebruiker, response: Response
) -> schemas.GemaakteGebruiker:
    """Wie bij een andere organisatie al een account heeft, krijgt de rollen erbij."""
    deur = at_door(request)
    account, link = accounts.make_account(
        deur.toegang,
        desk.actor,
        naam=nieuw.naam,
        email=nieuw.email,
        rollen=[one.toekenning() for one in nieuw.rollen],
    )
    response.headers["Location"] = f"/v1/gebruikers/{account.id}"
    return schemas.GemaakteGebruiker(
        gebruiker=schemas.Gebruiker.of(account),
        link=None if link is None else schemas.Link.made(link, deur.address),
    )


@router.get("/gebruikers/{id}", summary="Eén gebruiker")
def get_gebruiker(id: Id, request: Request, desk: AtDesk) -> schemas.Gebruiker:
    """U ziet de rollen bij de organisaties die u beheert."""
    return schemas.Gebruiker.of(accounts.read_account(at_door(request).toegang, desk.actor, id))


@router.put("/gebruikers/{id}/rollen", summary="Wijzig de rollen")
def put_rollen(id: Id, request: Request, desk: AtDesk, wijziging: RollenWijziging) -> schemas.Gebruiker:
    """In plaats van de rollen bij uw organisaties; die bij andere blijven. De gebruiker meldt zich opnieuw aan."""
    account = accounts.change_roles(
        at_door(request).toegang,
        desk.actor,
        id,
        [one.toekenning() for one in wijziging.rollen],
        gewijzigd_op=wijziging.gewijzigd_op,
    )
    return schemas.Gebruiker.of(account)


@router.post("/gebruikers/{id}/link", summary="Maak een link voor een nieuw wachtwoord")
def create_link(id: Id, request: Request, desk: AtDesk) -> schemas.Link:
    """Eerdere links werken niet meer."""
    deur = at_door(request)
    return schemas.Link.made(accounts.make_link(deur.toegang, desk.actor, id), deur.address)


@router.post("/gebruikers/{id}/tweede-stap/wissen", summary="Wis de tweede stap")
def reset_tweede_stap(id: Id, request: Request, desk: AtDesk) -> schemas.Gebruiker:
    """Voor wie zijn telefoon kwijt is. De gebruiker meldt zich opnieuw aan."""
    toegang = at_door(request).toegang
    accounts.reset_second_step(toegang, desk.actor, id)
    return schemas.Gebruiker.of(accounts.read_account(toegang, desk.actor, id))


@router.post("/gebruikers/{id}/sluiten", summary="Sluit een account")
def close_gebruiker(id: Id, request: Request, desk: AtDesk) -> schemas.Gebruiker:
    """Het account opent meteen niets meer. Nog een keer sluiten verandert niets."""
    toegang = at_door(request).toegang
    accounts.close_account(toegang, desk.actor, id)
    return schemas.Gebruiker.of(accounts.read_account(toegang, desk.actor, id))


@router.post("/gebruikers/{id}/heropenen", summary="Open een gesloten account weer")
def reopen_gebruiker(id: Id, request: Request, desk: AtDesk) -> schemas.GemaakteGebruiker:
    """Het account heeft de rollen die het had. Wachtwoord en tweede stap zijn weg: de link werkt als bij een nieuw account."""
    deur = at_door(request)
    account, link = reopen_account(deur.toegang, desk.actor, id)
    return schemas.GemaakteGebruiker(
        gebruiker=schemas.Gebruiker.of(account),
        link=None if link is None else schemas.Link.made(link, deur.address),
    )


@router.post("/gebruikers/{id}/wissen", summary="Wis de persoonsgegevens")
def erase_gebruiker(id: Id, request: Request, desk: AtDesk) -> schemas.Gebruiker:
    """Haalt naam en e-mailadres weg, ook uit het logboek (AVG art. 17). Sluit het account eerst."""
    toegang = at_door(request).toegang
    accounts.erase_account(toegang, desk.actor, id)
    return schemas.Gebruiker.of(accounts.read_account(toegang, desk.actor, id))
