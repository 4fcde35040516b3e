"""The pages of publicaties: find one, make one, see one with its documents, change its data."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Annotated, Any, cast
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from publisher.balie import flash, keuzes
from publisher.balie.deel import Blok, Deel, Verwijzing
from publisher.balie.forms import SentForm
from publisher.balie.handling import Invulling, Waarde, handled
from publisher.balie.pages import in_order, pages_of
from publisher.desk import AtDesk, Desk, Id
from publisher.inputs import PaginaVraag
from publisher.paging import cut, number_of, place_of
from publisher.publicatie_inputs import PublicatieGegevens, Zoeken
from woo.domain.actor import Recht
from woo.domain.openbaarheid import is_public
from woo.domain.publicatie import Publicatie, Publicatiestatus
from woo.registry import finding
from woo.usecases import inzage
from woo.usecases import publicatie as making
from woo.usecases.publicatie_gegevens import rewrite_publicatie
from woo.usecases.rechten import Handeling

router = APIRouter(include_in_schema=False)
_LIJST = "balie publicaties"
_PER_PAGE = 25
_ON_VANDAAG = 5
DOCUMENTS_PER_PAGE = 100
_FIELDS = ("zoek", "status", "categorie", "organisatie", "jaar")


class Lijstvraag(PaginaVraag, Zoeken):
    """What the list shows."""


class Bladvraag(PaginaVraag):
    """Which documents of a publicatie the page shows."""

    na: str | None = Field(default=None, max_length=500)


@router.get("/publicaties")
def get_publicaties(request: Request, desk: AtDesk, deel: Annotated[Lijstvraag, Query()]) -> Response:
    after = _place(deel.na)
    rows, total = inzage.latest_publicaties(
        desk.platform, desk.actor, deel.vraag(), after=after, limit=_PER_PAGE + 1
    )
    page, volgende = cut(
        rows, _PER_PAGE, lijst=_LIJST, place=lambda row: f"{row.gewijzigd_op.isoformat()}|{row.id}"
    )
    given = {name: str(getattr(deel, name)) for name in _FIELDS if getattr(deel, name) is not None}
    return pages_of(request).render(
        request,
        "publicaties.html",
        rows=[_row(desk, row) for row in page],
        total=total,
        form=Invulling.of(given),
        filtered=bool(given),
        further="/publicaties?" + urlencode({**given, "na": volgende}) if volgende else "",
        start="/publicaties?" + urlencode(given) if deel.na else "",
        statussen=[(status.value, tekst) for status, tekst in keuzes.STATUS.items()],
        categorieen=keuzes.categorieen(desk),
        organisaties=keuzes.organisaties(desk, Recht.READ),
    )


@router.get("/publicaties/nieuw")
def get_nieuw(request: Request, desk: AtDesk) -> Response:
    desk.require(Handeling.PUBLICATIE_MAKEN, "publicatie")
    organisaties = keuzes.organisaties(desk, Recht.EDIT)
    only = organisaties[0][0] if len(organisaties) == 1 else None
    return _form(request, desk, None, Invulling.of({"publisher": only}))


@router.post("/publicaties/nieuw")
def post_nieuw(request: Request, desk: AtDesk, form: SentForm) -> Response:
    desk.require(Handeling.PUBLICATIE_MAKEN, "publicatie")

    def do(invoer: PublicatieGegevens) -> Response:
        gegevens = invoer.gegevens()
        wanted = making.NieuwePublicatie(
            publisher=gegevens.publisher,
            officiele_titel=gegevens.officiele_titel,
            informatiecategorieen=tuple(dict.fromkeys(gegevens.informatiecategorieen)),
            verkorte_titel=gegevens.verkorte_titel,
            omschrijving=gegevens.omschrijving,
            kenmerk=gegevens.kenmerk,
            themas=gegevens.themas,
        )
        made = making.create_publicatie(desk.platform, desk.actor, wanted)
        return flash.after(f"/publicaties/{made.id}", "Het concept is gemaakt. Voeg nu de documenten toe.")

    return handled(form, PublicatieGegevens, do, partial(_form, request, desk, None))


@router.get("/publicaties/{id}")
def get_publicatie(id: Id, request: Request, desk: AtDesk, deel: Annotated[Bladvraag, Query()]) -> Response:
    lijst = f"balie documenten van {id}"
    after = number_of(lijst, deel.na)
    found = inzage.read_publicatie(desk.platform, desk.actor, id)
    with desk.platform.registry.read() as reading:
        documents = finding.documents_in_order(
            reading.connection, id, after=after, limit=DOCUMENTS_PER_PAGE + 1
        )
        states = finding.states(reading.connection, id)
    page, volgende = cut(documents, DOCUMENTS_PER_PAGE, lijst=lijst, place=lambda row: str(row.volgnummer))
    pages = pages_of(request)
    acties = [link for deel_ in pages.delen for link in deel_.publicatie_acties(desk, found)]
    blokken: list[Blok] = [blok for deel_ in pages.delen for blok in deel_.publicatie_blokken(desk, found)]
    lijsten = desk.platform.lijsten
    return pages.render(
        request,
        "publicatie.html",
        publicatie=found,
        row=_row(desk, found),
        categorieen=[
            keuzes.naam(lijsten.informatiecategorieen, code) for code in found.informatiecategorieen
        ],
        themas=[keuzes.naam(lijsten.themas, code) for code in found.themas],
        acties=[link for link in acties if desk.actor.may_for(link.recht, found.publisher)],
        blokken=in_order(blokken),
        documenten=[
            {
                "document": each,
                "openbaar": is_public(each, found),
                "soort": keuzes.naam(lijsten.documentsoorten, each.documentsoort),
                "lezing": keuzes.LEESSTATUS[each.lezing.status],
            }
            for each in page
        ],
        aantal=sum(states.values()),
        wachtend=states.get("wacht", 0),
        further=f"/publicaties/{id}?" + urlencode({"na": volgende}) if volgende else "",
        start=f"/publicaties/{id}" if deel.na else "",
    )


@router.get("/publicaties/{id}/wijzig")
def get_wijzig(id: Id, request: Request, desk: AtDesk) -> Response:
    found = _changeable(desk, id)
    return _form(request, desk, found, Invulling.of(_stored(found)))


@router.post("/publicaties/{id}/wijzig")
def post_wijzig(id: Id, request: Request, desk: AtDesk, form: SentForm) -> Response:
    found = _changeable(desk, id)

    def do(invoer: PublicatieGegevens) -> Response:
        rewrite_publicatie(
            desk.platform,
            desk.actor,
            id,
            invoer.gegevens(),
            gezien=invoer.gewijzigd_op,
            toelichting=invoer.uitleg(),
        )
        return flash.after(f"/publicaties/{id}", "De wijziging is bewaard.")

    return handled(
        form,
        PublicatieGegevens,
        do,
        partial(_form, request, desk, found),
        stored=lambda: _stored(_changeable(desk, id)),
    )


def _form(
    request: Request, desk: Desk, found: Publicatie | None, form: Invulling, status: int = 200
) -> Response:
    return pages_of(request).render(
        request,
        "publicatie_formulier.html",
        status=status,
        publicatie=found,
        form=form,
        categorieen=keuzes.categorieen(desk),
        themas=keuzes.themas(desk),
        organisaties=keuzes.organisaties(desk, Recht.EDIT),
    )


def _changeable(desk: Desk, id: str) -> Publicatie:
    return desk.publicatie_for(Handeling.PUBLICATIE_WIJZIGEN, id)


def _stored(found: Publicatie) -> Mapping[str, Waarde]:
    return {
        "officieleTitel": found.officiele_titel,
        "informatiecategorieen": found.informatiecategorieen,
        "themas": found.themas,
        "publisher": found.publisher,
        "verkorteTitel": found.verkorte_titel,
        "omschrijving": found.omschrijving,
        "kenmerk": found.kenmerk,
        "gewijzigdOp": found.gewijzigd_op,
    }


def _row(desk: Desk, found: Publicatie) -> Mapping[str, Any]:
    return {
        "publicatie": found,
        "status": keuzes.STATUS[found.status],
        "organisatie": keuzes.naam(desk.platform.lijsten.organisaties, found.publisher),
    }


def _place(na: str | None) -> finding.Plaats | None:
    place = place_of(_LIJST, na)
    if place is None:
        return None
    moment, _, id = place.partition("|")
    try:
        return finding.Plaats(datetime.fromisoformat(moment).astimezone(UTC), id)
    except ValueError:
        return cast(None, place_of(_LIJST, ""))


def _acties(_: Desk, found: Publicatie) -> list[Verwijzing]:
    if found.status is Publicatiestatus.INGETROKKEN:
        return []
    return [
        Verwijzing(
            f"/publicaties/{found.id}/wijzig",
            "Gegevens wijzigen",
            "Titel, organisatie, categorie.",
            Recht.EDIT,
        )
    ]


def _vandaag(desk: Desk) -> list[Blok]:
    """The concepts that were changed last."""
    vraag = finding.Zoekvraag(status=Publicatiestatus.CONCEPT)
    rows, total = inzage.latest_publicaties(desk.platform, desk.actor, vraag, limit=_ON_VANDAAG)
    if not rows:
        return []
    return [Blok("concepten", "vandaag_concepten.html", {"concepten": rows, "aantal": total}, volgorde=80)]


DEEL = Deel(router, vandaag=_vandaag, publicatie_acties=_acties)
