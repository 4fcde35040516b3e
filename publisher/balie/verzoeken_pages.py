"""The pages of requests: find one, register one, see its whole dossier, put it right."""

from collections.abc import Mapping
from functools import partial
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from publisher.balie import (
    flash,
    formulier,
    keuzes,
    verzoekbesluiten_pages,
    verzoekfeiten_pages,
    verzoekmensen_pages,
    verzoekstukken_pages,
    verzoekwoorden,
)
from publisher.balie.deel import Blok, Deel
from publisher.balie.forms import SentForm
from publisher.balie.formulier import Formulier, Veld
from publisher.balie.handling import Invulling, Waarde, handled
from publisher.balie.pages import in_order, pages_of
from publisher.desk import AtDesk, Desk, Id
from publisher.inputs import PaginaVraag
from publisher.paging import cut, number_of
from publisher.verzoek_inputs import NieuwVerzoek, Verzoekzoek
from woo.domain.actor import Recht
from woo.domain.besluit import in_force
from woo.domain.publicatie import Publicatie
from woo.domain.termijn import termijnstand
from woo.domain.verzoek import Wooverzoek
from woo.domain.verzoekstatus import Verzoekstatus
from woo.usecases import verzoek as usecases
from woo.usecases.rechten import Handeling
from woo.usecases.verzoekinzage import (
    Verzoekdossier,
    Verzoekstand,
    Verzoekvraag,
    list_verzoeken,
    read_verzoek,
)

router = APIRouter(include_in_schema=False)
_LIJST = "balie verzoeken"
_PER_PAGE = 25
_FIELDS = ("zoek", "status", "organisatie")


class Lijstvraag(PaginaVraag, Verzoekzoek):
    """What the list shows."""


@router.get("/verzoeken")
def get_verzoeken(request: Request, desk: AtDesk, deel: Annotated[Lijstvraag, Query()]) -> Response:
    vraag = Verzoekvraag(
        None if deel.status is None else frozenset(deel.status), deel.organisatie, deel.zoek or ""
    )
    found = list(enumerate(list_verzoeken(desk.platform, desk.actor, vraag), 1))
    begin = number_of(_LIJST, deel.na)
    page, volgende = cut(
        found[begin : begin + _PER_PAGE + 1], _PER_PAGE, lijst=_LIJST, place=lambda row: str(row[0])
    )
    given: dict[str, str | list[str]] = {}
    if deel.zoek:
        given["zoek"] = deel.zoek
    if deel.organisatie:
        given["organisatie"] = deel.organisatie
    if deel.status:
        given["status"] = [each.value for each in deel.status]
    return pages_of(request).render(
        request,
        "verzoeken.html",
        rows=[_row(desk, stand) for _, stand in page],
        total=len(found),
        form=Invulling.of(given),
        filtered=bool(given),
        further=_address({**given, "na": volgende}) if volgende else "",
        start=_address(given) if deel.na else "",
        statussen=[(each.value, each.naam) for each in Verzoekstatus],
        organisaties=keuzes.organisaties(desk, Recht.READ) if _works_for_few(desk) else [],
    )


def _address(given: Mapping[str, Any]) -> str:
    return "/verzoeken?" + urlencode(given, doseq=True)


def _works_for_few(desk: Desk) -> bool:
    """Whether the organisations of the actor are few enough to choose from, and more than one."""
    own = desk.actor.organisaties(Recht.READ)
    return own is not None and len(own) > 1


def _row(desk: Desk, stand: Verzoekstand) -> Mapping[str, Any]:
    return {
        "stand": stand,
        "organisatie": keuzes.naam(desk.platform.lijsten.organisaties, stand.verzoek.organisatie),
        "nog": verzoekwoorden.time_left(stand),
    }


@router.get("/verzoeken/nieuw")
def get_nieuw(request: Request, desk: AtDesk) -> Response:
    desk.require(Handeling.VERZOEK_REGISTREREN, "wooverzoek")
    organisaties = keuzes.organisaties(desk, Recht.EDIT)
    only = organisaties[0][0] if len(organisaties) == 1 else None
    return _form(request, desk, None, Invulling.of({"organisatie": only}))


@router.post("/verzoeken/nieuw")
def post_nieuw(request: Request, desk: AtDesk, form: SentForm) -> Response:
    desk.require(Handeling.VERZOEK_REGISTREREN, "wooverzoek")

    def do(invoer: NieuwVerzoek) -> Response:
        made = usecases.register_verzoek(
            desk.platform,
            desk.actor,
            kenmerk=invoer.kenmerk,
            onderwerp=invoer.onderwerp,
            ontvangen_op=invoer.ontvangen_op,
            organisatie=invoer.organisatie,
            periode=invoer.periode,
        )
        return flash.after(f"/verzoeken/{made.id}", "Het verzoek is geregistreerd. Leg nu vast wie het deed.")

    return handled(form, NieuwVerzoek, do, partial(_form, request, desk, None))


@router.get("/verzoeken/{id}/wijzig")
def get_wijzig(id: Id, request: Request, desk: AtDesk) -> Response:
    found = verzoekwoorden.editable(desk, id).stand.verzoek
    return _form(request, desk, found, Invulling.of(_stored(found)))


@router.post("/verzoeken/{id}/wijzig")
def post_wijzig(id: Id, request: Request, desk: AtDesk, form: SentForm) -> Response:
    found = verzoekwoorden.editable(desk, id).stand.verzoek

    def do(invoer: NieuwVerzoek) -> Response:
        changes = {
            "kenmerk": invoer.kenmerk,
            "onderwerp": invoer.onderwerp,
            "ontvangen_op": invoer.ontvangen_op,
            "organisatie": invoer.organisatie,
            "periode": invoer.periode,
        }
        usecases.change_verzoek(desk.platform, desk.actor, id, changes, seen=invoer.gewijzigd_op)
        return flash.after(f"/verzoeken/{id}", "De wijziging is bewaard.")

    stored = lambda: _stored(verzoekwoorden.editable(desk, id).stand.verzoek)  # noqa: E731
    return handled(form, NieuwVerzoek, do, partial(_form, request, desk, found), stored=stored)


def _form(
    request: Request, desk: Desk, found: Wooverzoek | None, form: Invulling, status: int = 200
) -> Response:
    op_verzoek = "Wat is er gevraagd? Dit wordt openbaar bij het besluit. Noem nooit wie het vroeg."
    velden = (
        Veld("text", "kenmerk", "Kenmerk", "Het zaaknummer.", nodig=True),
        Veld("text", "onderwerp", "Onderwerp", op_verzoek, nodig=True),
        Veld("datum", "ontvangenOp", "Ontvangen op", "De termijn loopt vanaf de dag hierna.", nodig=True),
        Veld(
            "select",
            "organisatie",
            "Organisatie die besluit",
            nodig=True,
            keuzes=keuzes.organisaties(desk, Recht.EDIT),
        ),
        Veld("datum", "periodeVan", "Gaat over de periode van", "Als de verzoeker een periode noemt."),
        Veld("datum", "periodeTot", "tot en met"),
    )
    kruimels = [("/verzoeken", "Verzoeken")]
    if found is not None:
        kruimels.append((f"/verzoeken/{found.id}", found.kenmerk))
    shown = Formulier(
        titel="Nieuw verzoek" if found is None else "Verzoek wijzigen",
        knop="Registreer het verzoek" if found is None else "Bewaar",
        terug=kruimels[-1][0],
        velden=velden,
        uitleg="Wie het verzoek deed legt u hierna apart vast." if found is None else "",
        kruimels=kruimels,
    )
    return formulier.show(request, shown, form, status)


def _stored(found: Wooverzoek) -> Mapping[str, Waarde]:
    periode = found.periode
    return {
        "kenmerk": found.kenmerk,
        "onderwerp": found.onderwerp,
        "ontvangenOp": found.ontvangen_op,
        "organisatie": found.organisatie,
        "periodeVan": None if periode is None else periode.van,
        "periodeTot": None if periode is None else periode.tot,
        "gewijzigdOp": found.gewijzigd_op,
    }


router.include_router(verzoekfeiten_pages.router)
router.include_router(verzoekbesluiten_pages.router)
router.include_router(verzoekmensen_pages.router)
router.include_router(verzoekstukken_pages.router)


@router.get("/verzoeken/{id}")
def get_verzoek(id: Id, request: Request, desk: AtDesk) -> Response:
    dossier = read_verzoek(desk.platform, desk.actor, id)
    pages = pages_of(request)
    verzoek = dossier.stand.verzoek
    blokken: list[Blok] = [blok for deel in pages.delen for blok in deel.verzoek_blokken(desk, verzoek)]
    return pages.render(
        request,
        "verzoek.html",
        dossier=dossier,
        stand=dossier.stand,
        verzoek=verzoek,
        organisatie=keuzes.naam(desk.platform.lijsten.organisaties, verzoek.organisatie),
        doorzendingen=[
            (each, keuzes.naam(desk.platform.lijsten.organisaties, each.aan))
            for each in verzoek.doorzendingen
        ],
        nog=verzoekwoorden.time_left(dossier.stand),
        zonder=verzoek.uiterste_datum(met_opschorting=False),
        besluiten=_besluiten(dossier),
        feiten=verzoekfeiten_pages.possible(verzoek, dossier.stand.status),
        woorden=verzoekwoorden,
        blokken=in_order(blokken),
    )


def _besluiten(dossier: Verzoekdossier) -> list[Mapping[str, Any]]:
    geldend = {each.id for each in in_force(dossier.stand.besluiten)}
    kenmerken = {each.id: each.kenmerk for each in dossier.stand.besluiten}
    return [
        {
            "besluit": each,
            "geldt": each.id in geldend,
            "vervangt": kenmerken.get(each.herziet or ""),
            "publicatie": dossier.publicaties.get(each.publicatie_id or ""),
            "termijn": None if each.herziet else termijnstand(dossier.stand.verzoek, each),
            "procedures": [one for one in dossier.procedures if one.besluit_id == each.id],
        }
        for each in dossier.stand.besluiten
    ]


def _of_publicatie(desk: Desk, publicatie: Publicatie) -> list[Blok]:
    """The decisions that a publicatie shows, on its page."""
    with desk.platform.registry.read() as reading:
        besluiten = reading.dossier.besluiten(publicatie_id=publicatie.id)
        pairs = [(each, reading.dossier.verzoek(each.verzoek_id)) for each in besluiten]
    shown = [pair for pair in pairs if desk.actor.may_for(Recht.READ, pair[1].organisatie)]
    if not shown:
        return []
    return [Blok("besluit", "verzoek_blok.html", {"paren": shown, "woorden": verzoekwoorden}, volgorde=20)]


DEEL = Deel(router, publicatie_blokken=_of_publicatie)
