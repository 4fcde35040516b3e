"""The pages of withdrawing and restoring, and the list of what came back from public."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from publisher.balie import flash
from publisher.balie.deel import Blok, Deel, Verwijzing
from publisher.balie.forms import SentForm
from publisher.balie.handling import Invulling, handled
from publisher.balie.pages import pages_of
from publisher.desk import AtDesk, Desk, Id
from publisher.intrekken_inputs import Herstel, Intrekvraag, NieuweIntrekking, Voorstelreden, soort_of
from publisher.paging import cut, place_of
from woo.domain.actor import Recht
from woo.domain.document import Document
from woo.domain.ingreep import Ingreepstatus
from woo.domain.intrekreden import Herstel as Wie
from woo.domain.publicatie import Publicatie, Publicatiestatus
from woo.registry import Reading, Soort
from woo.usecases import herstel, ingreep, intrekking
from woo.usecases.intrekkingen_lezen import read_ingrepen, read_intrekkingen
from woo.usecases.rechten import Handeling

router = APIRouter(include_in_schema=False)
_LIJST = "balie ingetrokken"
STANDEN = (("ingetrokken", "Ingetrokken"), ("hersteld", "Hersteld"), ("vernietigd", "Vernietigd"))


class Ding:
    """The publicatie or document that a page is about, for its title, its way back and its rights."""

    def __init__(self, reading: Reading, soort: Soort, id: str) -> None:
        self.soort, self.id = soort, id
        self.document: Document | None = None
        if soort == "document":
            self.document, self.publicatie = reading.document_with_publicatie(id)
        else:
            self.publicatie = reading.publicatie(id)

    @property
    def titel(self) -> str:
        return (self.document or self.publicatie).officiele_titel

    @property
    def href(self) -> str:
        return f"/{'documenten' if self.document else 'publicaties'}/{self.id}"

    @property
    def intrekking(self) -> Any:
        return (self.document or self.publicatie).intrekking


def ding_of(request: Request, desk: Desk, id: str, handeling: Handeling) -> Ding:
    """The object that the address names, for who may do this with it; raises NotFound and NotAllowed."""
    soort = soort_of(request.url.path.split("/")[1])
    if soort == "document":
        desk.document_for(handeling, id)
    else:
        desk.publicatie_for(handeling, id)
    with desk.platform.registry.read() as reading:
        return Ding(reading, soort, id)


@router.get("/publicaties/{id}/intrekken")
@router.get("/documenten/{id}/intrekken")
def get_intrekken(id: Id, request: Request, desk: AtDesk) -> Response:
    return _intrekken(request, desk, _to_withdraw(request, desk, id), Invulling())


@router.post("/publicaties/{id}/intrekken")
@router.post("/documenten/{id}/intrekken")
def post_intrekken(id: Id, request: Request, desk: AtDesk, form: SentForm) -> Response:
    ding = _to_withdraw(request, desk, id)

    def do(invoer: NieuweIntrekking) -> Response:
        act = intrekking.withdraw_document if ding.document else intrekking.withdraw_publicatie
        act(desk.platform, desk.actor, id, reden=invoer.reden, code=invoer.code, intern=invoer.intern)
        redenen = desk.platform.intrekregels.redenen.by_code
        if invoer.code is not None and redenen[invoer.code].lekblad:
            told = "Het is ingetrokken en van de site af. Vul nu het lekblad in: de 72 uur lopen."
            return flash.after(f"{ding.href}/lekblad", told)
        return flash.after(ding.href, "Het is ingetrokken en van de site af.")

    return handled(form, NieuweIntrekking, do, partial(_intrekken, request, desk, ding))


def _to_withdraw(request: Request, desk: Desk, id: str) -> Ding:
    whole = request.url.path.startswith("/publicaties/")
    return ding_of(
        request, desk, id, Handeling.PUBLICATIE_INTREKKEN if whole else Handeling.DOCUMENT_INTREKKEN
    )


def _intrekken(request: Request, desk: Desk, ding: Ding, form: Invulling, status: int = 200) -> Response:
    redenen = list(desk.platform.intrekregels.redenen.by_code.values())
    return pages_of(request).render(
        request,
        "intrekken_form.html",
        status=status,
        ding=ding,
        form=form,
        redenen=redenen,
        keuzes=[(reden.code, reden.naam) for reden in redenen],
    )


@router.get("/publicaties/{id}/herstellen")
@router.get("/documenten/{id}/herstellen")
def get_herstellen(id: Id, request: Request, desk: AtDesk) -> Response:
    return _herstellen(request, desk, ding_of(request, desk, id, Handeling.HERSTELLEN), Invulling())


@router.post("/publicaties/{id}/herstellen")
@router.post("/documenten/{id}/herstellen")
def post_herstellen(id: Id, request: Request, desk: AtDesk, form: SentForm) -> Response:
    ding = ding_of(request, desk, id, Handeling.HERSTELLEN)
    show: Callable[[Invulling, int], Response] = partial(_herstellen, request, desk, ding)

    def do(invoer: Herstel) -> Response:
        herstel.restore(desk.platform, desk.actor, ding.soort, id, toelichting=invoer.toelichting)
        return flash.after(ding.href, "Het is hersteld. Binnen enkele ogenblikken staat het weer op de site.")

    def propose(invoer: Voorstelreden) -> Response:
        made = ingreep.propose_restore(desk.platform, desk.actor, ding.soort, id, reden=invoer.reden)
        return flash.after(
            f"/ingetrokken/voorstellen/{made.id}", "Het voorstel ligt klaar voor een tweede persoon."
        )

    if _takes_two(desk, ding):
        return handled(form, Voorstelreden, propose, show)
    return handled(form, Herstel, do, show)


def _herstellen(request: Request, desk: Desk, ding: Ding, form: Invulling, status: int = 200) -> Response:
    with desk.platform.registry.read() as reading:
        destroyed = herstel.is_destroyed(reading, ding.soort, ding.id)
    return pages_of(request).render(
        request,
        "intrekken_herstellen.html",
        status=status,
        ding=ding,
        form=form,
        tweede=_takes_two(desk, ding),
        vernietigd=destroyed,
    )


def _takes_two(desk: Desk, ding: Ding) -> bool:
    if ding.intrekking is None:
        return False
    with desk.platform.registry.read() as reading:
        regel = reading.intrekkingen.regel(ding.id, ding.intrekking.op)
    return desk.platform.intrekregels.redenen.herstel(regel.code if regel else None) is Wie.TWEEDE


@router.get("/ingetrokken")
def get_ingetrokken(request: Request, desk: AtDesk, vraag: Annotated[Intrekvraag, Query()]) -> Response:
    place = place_of(_LIJST, vraag.na)
    found = read_intrekkingen(
        desk.platform, desk.actor, welke=vraag.stand, after=place, limit=vraag.aantal + 1
    )
    page, volgende = cut(
        found, vraag.aantal, lijst=_LIJST, place=lambda row: f"{row.op.isoformat()}|{row.object_id}"
    )
    with desk.platform.registry.read() as reading:
        rows = [(row, Ding(reading, row.object_soort, row.object_id)) for row in page]
    may_decide = desk.actor.may(Recht.PUBLISH)
    return pages_of(request).render(
        request,
        "ingetrokken.html",
        rows=rows,
        redenen=desk.platform.intrekregels.redenen,
        stand=vraag.stand,
        standen=STANDEN,
        volgende=volgende,
        voorstellen=read_ingrepen(desk.platform, desk.actor, status=Ingreepstatus.OPEN) if may_decide else [],
        nu=desk.platform.now(),
    )


def _publicatie_acties(desk: Desk, found: Publicatie) -> Sequence[Verwijzing]:
    if not desk.actor.may_for(Recht.PUBLISH, found.publisher):
        return []
    if found.status is Publicatiestatus.GEPUBLICEERD:
        return [
            _link(
                f"/publicaties/{found.id}/intrekken",
                "Intrekken",
                "Haalt alles van deze publicatie van de site.",
            )
        ]
    return _back(desk, "publicatie", f"/publicaties/{found.id}", found.id) if found.intrekking else []


def _document_acties(desk: Desk, document: Document, publicatie: Publicatie) -> Sequence[Verwijzing]:
    if not desk.actor.may_for(Recht.PUBLISH, publicatie.publisher):
        return []
    href = f"/documenten/{document.id}"
    if document.intrekking is not None:
        return _back(desk, "document", href, document.id)
    if publicatie.status is Publicatiestatus.INGETROKKEN:
        return []
    return [_link(f"{href}/intrekken", "Intrekken", "Haalt dit document van de site.")]


def _back(desk: Desk, soort: Soort, href: str, id: str) -> list[Verwijzing]:
    with desk.platform.registry.read() as reading:
        if herstel.is_destroyed(reading, soort, id):
            return [_link("/ingetrokken?stand=vernietigd", "Vernietigd", "Alleen het feit is bewaard.")]
    return [
        _link(f"{href}/herstellen", "Herstellen", "Maakt het weer openbaar."),
        _link(f"{href}/lekblad", "Lekblad", "Voor de functionaris gegevensbescherming."),
        _link(f"{href}/vernietigen", "Vernietiging voorstellen", "Een tweede persoon keurt het goed."),
    ]


def _link(href: str, tekst: str, uitleg: str) -> Verwijzing:
    return Verwijzing(href, tekst, uitleg, Recht.PUBLISH)


def _vandaag(desk: Desk) -> Sequence[Blok]:
    if not desk.actor.may(Recht.PUBLISH):
        return []
    now = desk.platform.now()
    found = read_ingrepen(desk.platform, desk.actor, status=Ingreepstatus.OPEN)
    open_ = [one for one in found if one.is_open(now)]
    return (
        [Blok("voorstellen-vandaag", "intrekken_vandaag.html", {"voorstellen": open_}, 20)] if open_ else []
    )


DEEL = Deel(router, vandaag=_vandaag, publicatie_acties=_publicatie_acties, document_acties=_document_acties)
