"""The page of the inventory of a publicatie: its rows, what to do with them, and the list as the public gets it."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from publisher.balie.deel import Blok, Deel, Verwijzing
from publisher.balie.handling import Invulling
from publisher.balie.inventaris_delen import beoordelingen_of
from publisher.balie.pages import pages_of
from publisher.desk import AtDesk, Desk, Id
from publisher.inputs import PaginaVraag
from publisher.paging import cut, number_of
from publisher.routes import inventaris_bestanden as bestanden
from publisher.uitleg import book_of
from woo.domain.actor import Recht
from woo.domain.inventaris import Beoordeling
from woo.domain.publicatie import Publicatie, Publicatiestatus
from woo.registry import Regelkeuze
from woo.usecases.inventarisblad import read_inventaris

router = APIRouter(include_in_schema=False)
_PER_PAGE = 100


class Lijstvraag(PaginaVraag):
    """Which rows the page shows."""

    zoek: str | None = Field(default=None, max_length=500)
    beoordeling: Beoordeling | None = None
    zonder_document: str | None = Field(default=None, max_length=3)
    na: str | None = Field(default=None, max_length=500)


@router.get("/publicaties/{id}/inventaris")
def get_inventaris(id: Id, request: Request, desk: AtDesk, vraag: Annotated[Lijstvraag, Query()]) -> Response:
    lijst = f"balie inventaris van {id}"
    keuze = Regelkeuze(vraag.zoek or "", vraag.beoordeling, vraag.zonder_document == "ja")
    publicatie = read_inventaris(desk.platform, desk.actor, id)
    with desk.platform.registry.read() as reading:
        after = number_of(lijst, vraag.na)
        found = reading.dossier.chosen_regels(id, keuze, after=after, limit=_PER_PAGE + 1)
        counts = (
            reading.dossier.count_regels(id),
            reading.dossier.count_regels(id, keuze),
            reading.dossier.count_regels(id, Regelkeuze(zonder_document=True)),
        )
        voorstellen = [
            each for each in reading.voorstellen.voorstellen(id) if each.is_open(desk.platform.now())
        ]
    page, volgende = cut(found, _PER_PAGE, lijst=lijst, place=lambda row: str(row.volgorde))
    given = {
        "zoek": vraag.zoek,
        "beoordeling": vraag.beoordeling and vraag.beoordeling.value,
        "zonderDocument": vraag.zonder_document,
    }
    given = {name: value for name, value in given.items() if value}
    base = f"/publicaties/{id}/inventaris"
    return pages_of(request).render(
        request,
        "inventaris.html",
        publicatie=publicatie,
        base=base,
        regels=page,
        totaal=counts[0],
        gekozen=counts[1],
        zonder=counts[2],
        voorstellen=voorstellen,
        form=Invulling.of(given),
        filtered=bool(given),
        beoordelingen=beoordelingen_of(desk),
        uitleg=book_of(desk),
        pdf=counts[0] <= desk.settings.inventaris.pdf_rijen,
        changeable=_may_change(desk, publicatie),
        further=f"{base}?" + urlencode({**given, "na": volgende}) if volgende else "",
        start=f"{base}?" + urlencode(given) if vraag.na else "",
    )


@router.get("/publicaties/{id}/inventaris.csv")
def get_csv(id: Id, desk: AtDesk) -> Response:
    return bestanden.get_inventaris_csv(id, desk)


@router.get("/publicaties/{id}/inventaris.xlsx")
def get_xlsx(id: Id, desk: AtDesk) -> Response:
    return bestanden.get_inventaris_xlsx(id, desk)


@router.get("/publicaties/{id}/inventaris.pdf")
def get_pdf(id: Id, desk: AtDesk) -> Response:
    return bestanden.get_inventaris_pdf(id, desk)


def _may_change(desk: Desk, publicatie: Publicatie) -> bool:
    needed = Recht.PUBLISH if publicatie.status is Publicatiestatus.GEPUBLICEERD else Recht.EDIT
    gone = publicatie.status is Publicatiestatus.INGETROKKEN
    return not gone and desk.actor.may_for(needed, publicatie.publisher)


def _acties(_: Desk, found: Publicatie) -> list[Verwijzing]:
    base = f"/publicaties/{found.id}/inventaris"
    links = [Verwijzing(base, "Inventaris", "De lijst met wat van elk document is besloten.")]
    if found.status is not Publicatiestatus.INGETROKKEN:
        links.append(
            Verwijzing(
                f"{base}/lijst",
                "Inventarislijst inlezen",
                "U ziet eerst wat er verandert.",
                Recht.EDIT,
            )
        )
    return links


def _blokken(desk: Desk, found: Publicatie) -> list[Blok]:
    with desk.platform.registry.read() as reading:
        total = reading.dossier.count_regels(found.id)
        zonder = reading.dossier.count_regels(found.id, Regelkeuze(zonder_document=True))
        waiting = reading.voorstellen.voorstellen(found.id)
    now = desk.platform.now()
    voorstellen = [each for each in waiting if each.is_open(now)]
    if not total and not voorstellen:
        return []
    velden = {
        "totaal": total,
        "zonder": zonder,
        "voorstellen": voorstellen,
        "base": f"/publicaties/{found.id}/inventaris",
    }
    return [Blok("inventaris", "inventaris_blok.html", velden, volgorde=20)]


DEEL = Deel(router, publicatie_acties=_acties, publicatie_blokken=_blokken)
