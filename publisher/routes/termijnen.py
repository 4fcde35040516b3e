"""Legal terms: what runs, the terms of one request, the facts noted for them, and the calendars that show them."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request

from publisher import termijn_schemas as schemas
from publisher.agenda import feed_address
from publisher.desk import AtDesk, Desk, Id
from publisher.paging import cut, number_of
from publisher.termijn_inputs import NieuweAgenda, NieuwFeit, Termijnvraag
from woo.usecases import agenda, termijnen

router = APIRouter(tags=["termijnen"])


@router.get("/termijnen", summary="Alle lopende termijnen")
def list_termijnen(desk: AtDesk, vraag: Annotated[Termijnvraag, Query()]) -> schemas.LopendeTermijnen:
    """Van de organisaties die u mag zien; wat het eerst eindigt staat vooraan, wat stilstaat achteraan."""
    organisaties = None if vraag.organisatie is None else {vraag.organisatie}
    after = number_of("termijnen", vraag.na)
    found = termijnen.open_termijnen(desk.platform, desk.actor, voor=vraag.voor, organisaties=organisaties)
    some = list(enumerate(found, 1))[after : after + vraag.aantal + 1]
    page, volgende = cut(some, vraag.aantal, lijst="termijnen", place=lambda row: str(row[0]))
    lijst = desk.platform.lijsten.organisaties
    return schemas.LopendeTermijnen(
        resultaten=[schemas.LopendeTermijn.running(one, lijst) for _, one in page], volgende=volgende
    )


@router.get("/verzoeken/{id}/termijnen", summary="Alle termijnen van een verzoek")
def list_verzoektermijnen(id: Id, desk: AtDesk) -> schemas.Verzoektermijnen:
    """Ook wat klaar is, stilstaat of niet meer telt. Geen juridisch advies: bij elke termijn staat haar artikel."""
    found = termijnen.termijnen_van(desk.platform, desk.actor, id)
    return schemas.Verzoektermijnen(resultaten=[schemas.Termijn.of(klok) for klok in found])


@router.get("/verzoeken/{id}/termijnfeiten", summary="Wat voor de termijnen van een verzoek is genoteerd")
def list_termijnfeiten(id: Id, desk: AtDesk) -> schemas.Termijnfeiten:
    """Oudste eerst."""
    found = termijnen.genoteerde_feiten(desk.platform, desk.actor, id)
    return schemas.Termijnfeiten(resultaten=[schemas.Termijnfeit.of(feit) for feit in found])


@router.post(
    "/verzoeken/{id}/termijnfeiten",
    status_code=201,
    summary="Noteer een feit voor een termijn van een verzoek",
)
def create_verzoekfeit(id: Id, desk: AtDesk, nieuw: NieuwFeit) -> schemas.Termijnfeit:
    """Voor wat niet al uit het verzoek, het besluit of de procedure volgt."""
    return _noted(id, desk, nieuw)


@router.post(
    "/publicaties/{id}/termijnfeiten",
    status_code=201,
    summary="Noteer een feit voor de termijn van een publicatie",
)
def create_publicatiefeit(id: Id, desk: AtDesk, nieuw: NieuwFeit) -> schemas.Termijnfeit:
    """De dag waarop het stuk is vastgesteld of ontvangen, voor de termijn van actieve openbaarmaking."""
    return _noted(id, desk, nieuw)


@router.post("/termijnfeiten/{id}/schrappen", summary="Schrap een genoteerd feit")
def remove_termijnfeit(id: Id, desk: AtDesk) -> schemas.Termijnfeit:
    """Voor een feit dat per vergissing is genoteerd; het logboek houdt het."""
    return schemas.Termijnfeit.of(termijnen.remove_feit(desk.platform, desk.actor, id))


@router.get("/agendas", summary="Uw agenda's met termijnen")
def list_agendas(desk: AtDesk) -> schemas.Agendas:
    """Ook de vervallen en ingetrokken agenda's. Een beheerder van alle organisaties ziet die van iedereen."""
    now = desk.platform.now()
    found = agenda.list_agendasleutels(desk.platform, desk.actor)
    return schemas.Agendas(resultaten=[schemas.Agenda.of(key, now) for key in found])


@router.post("/agendas", status_code=201, summary="Maak een agenda met uw termijnen")
def create_agenda(desk: AtDesk, nieuw: NieuweAgenda, request: Request) -> schemas.GemaakteAgenda:
    """Het adres (iCalendar) staat alleen in dit antwoord. Er staan geen gegevens van verzoekers in."""
    key, secret = agenda.create_agendasleutel(
        desk.platform, desk.actor, nieuw.naam, dagen=nieuw.dagen, organisaties=nieuw.organisaties
    )
    return schemas.GemaakteAgenda.made(key, desk.platform.now(), feed_address(desk.settings, request, secret))


@router.post("/agendas/{id}/intrekken", summary="Trek een agenda in")
def revoke_agenda(id: Id, desk: AtDesk) -> schemas.Agenda:
    """Het adres werkt meteen niet meer. Nog een keer intrekken verandert niets."""
    key = agenda.revoke_agendasleutel(desk.platform, desk.actor, id)
    return schemas.Agenda.of(key, desk.platform.now())


def _noted(id: str, desk: Desk, nieuw: NieuwFeit) -> schemas.Termijnfeit:
    feit = termijnen.note_feit(
        desk.platform,
        desk.actor,
        soort=nieuw.soort,
        over=nieuw.over or id,
        op=nieuw.op,
        tot=nieuw.tot,
        bij=id,
    )
    return schemas.Termijnfeit.of(feit)
