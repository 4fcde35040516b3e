"""The pages of the legal terms: what is due on Vandaag, all that runs, and those of one request with what was noted for them."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from publisher.balie import flash, keuzes, klokrijen
from publisher.balie.deel import Blok, Deel
from publisher.balie.forms import SentForm
from publisher.balie.handling import Invulling, handled
from publisher.balie.pages import pages_of
from publisher.desk import AtDesk, Desk, Id
from publisher.inputs import BodyInput, Code, Dag, PaginaVraag
from publisher.paging import cut, number_of
from woo.domain.actor import Recht
from woo.domain.dossierfeiten import Termijndossier
from woo.domain.errors import InvalidValue
from woo.domain.termijnfeit import NOTEERBAAR, Onderwerp, opschorting_id
from woo.domain.termijnregel import Feitsoort
from woo.domain.verzoek import Wooverzoek
from woo.usecases import termijnen
from woo.usecases.termijnen import Lopend
from woo.usecases.termijnoverzicht import overview
from woo.views.dutch import counted, day

router = APIRouter(include_in_schema=False)
SOON_DAYS = 7
_MOST = 10
_PER_PAGE = 50
_LIJST = "balie termijnen"


class Lijstvraag(PaginaVraag):
    """What the list shows."""

    organisatie: Code | None = None
    voor: Dag | None = None
    na: str | None = Field(default=None, max_length=500)


class Notitie(BodyInput):
    """A fact that is noted: its kind and what it is about in one choice (`kind|id`)."""

    feit: Code = Field(title="Wat er gebeurde")
    op: Dag = Field(title="Op welke dag")
    tot: Dag | None = Field(default=None, title="Tot en met welke dag")


@router.get("/termijnen")
def get_termijnen(request: Request, desk: AtDesk, vraag: Annotated[Lijstvraag, Query()]) -> Response:
    organisaties = None if vraag.organisatie is None else {vraag.organisatie}
    found = termijnen.open_termijnen(desk.platform, desk.actor, voor=vraag.voor, organisaties=organisaties)
    own = {each.organisatie for each in termijnen.open_termijnen(desk.platform, desk.actor)}
    after = number_of(_LIJST, vraag.na)
    some = list(enumerate(found, 1))[after : after + _PER_PAGE + 1]
    page, volgende = cut(some, _PER_PAGE, lijst=_LIJST, place=lambda row: str(row[0]))
    given = {"organisatie": vraag.organisatie, "voor": None if vraag.voor is None else vraag.voor.isoformat()}
    chosen = {naam: waarde for naam, waarde in given.items() if waarde is not None}
    return pages_of(request).render(
        request,
        "termijnen.html",
        rijen=[_running(desk, one) for _, one in page],
        totaal=len(found),
        form=Invulling.of(given),
        organisaties=[each for each in keuzes.organisaties(desk, Recht.READ) if each[0] in own],
        further="/termijnen?" + urlencode({**chosen, "na": volgende}) if volgende else "",
        start="/termijnen?" + urlencode(chosen) if vraag.na else "",
    )


@router.get("/verzoeken/{id}/termijnen")
def get_verzoektermijnen(id: Id, request: Request, desk: AtDesk) -> Response:
    return _of_verzoek(request, desk, id, Invulling())


@router.post("/verzoeken/{id}/termijnen")
def post_feit(id: Id, request: Request, desk: AtDesk, form: SentForm) -> Response:
    def do(invoer: Notitie) -> Response:
        soort, _, over = invoer.feit.partition("|")
        if invoer.feit not in {
            code for code, _ in _choices(termijnen.termijndossier(desk.platform, desk.actor, id))
        }:
            raise InvalidValue("feit", soort, "it is not one of the choices")
        termijnen.note_feit(
            desk.platform, desk.actor, soort=Feitsoort(soort), over=over, op=invoer.op, tot=invoer.tot, bij=id
        )
        return flash.after(
            f"/verzoeken/{id}/termijnen", "Het is genoteerd. De termijnen zijn opnieuw uitgerekend."
        )

    return handled(form, Notitie, do, partial(_of_verzoek, request, desk, id))


@router.post("/verzoeken/{id}/termijnen/{feit_id}/schrappen")
def post_schrappen(id: Id, feit_id: Id, desk: AtDesk, _: SentForm) -> Response:
    termijnen.remove_feit(desk.platform, desk.actor, feit_id)
    return flash.after(
        f"/verzoeken/{id}/termijnen", "Het is geschrapt. De termijnen zijn opnieuw uitgerekend."
    )


def _of_verzoek(request: Request, desk: Desk, id: str, form: Invulling, status: int = 200) -> Response:
    dossier = termijnen.termijndossier(desk.platform, desk.actor, id)
    open_, klaar = klokrijen.rows_of(termijnen.clocks_of(dossier, termijnen.vandaag(desk.platform)))
    return pages_of(request).render(
        request,
        "termijnen_verzoek.html",
        status=status,
        id=id,
        kenmerk=dossier.verzoek.kenmerk,
        open=open_,
        klaar=klaar,
        feiten=[
            {"id": each.id, "naam": NOTEERBAAR[each.soort].naam, "op": each.op, "tot": each.tot}
            for each in dossier.feiten
        ],
        keuzes=list(_choices(dossier)),
        mag=desk.actor.may_for(Recht.EDIT, dossier.verzoek.organisatie),
        form=form,
    )


def _choices(dossier: Termijndossier) -> Iterator[tuple[str, str]]:
    """What can be noted for this request: each kind of fact, for each thing that it can be about."""
    verzoek = dossier.verzoek
    about: dict[Onderwerp, Sequence[tuple[str, str]]] = {
        Onderwerp.VERZOEK: [(verzoek.id, "")],
        Onderwerp.OPSCHORTING: [
            (opschorting_id(verzoek.id, each.van), f"opschorting vanaf {day(each.van)}")
            for each in verzoek.opschortingen
        ],
        Onderwerp.BESLUIT: [(each.id, f"besluit {each.kenmerk}") for each in dossier.besluiten],
        Onderwerp.PROCEDURE: [
            (each.id, f"{each.soort.naam.lower()} van {day(each.datum)}")
            for each in dossier.procedures
            if each.soort.value == "bezwaar"
        ],
    }
    for soort, known in NOTEERBAAR.items():
        for id, naam in about.get(known.onderwerp, ()):
            yield f"{soort.value}|{id}", f"{known.naam} ({naam})" if naam else known.naam


def _running(desk: Desk, lopend: Lopend) -> object:
    lijst, code = desk.platform.lijsten.organisaties, lopend.organisatie
    return klokrijen.running(lopend, None if code is None else keuzes.naam(lijst, code))


def _vandaag(desk: Desk) -> Sequence[Blok]:
    found = overview(desk.platform, desk.actor, dagen=SOON_DAYS)
    groepen = [
        ("Te laat", found.te_laat),
        ("Vandaag", found.vandaag),
        (f"Binnen {counted(SOON_DAYS, 'dag', 'dagen')}", found.binnenkort),
        ("Staat stil", found.stil),
    ]
    velden = {
        "groepen": [(titel, [_running(desk, one) for one in rijen]) for titel, rijen in groepen if rijen],
        "dagen": SOON_DAYS,
        "hoogstens": _MOST,
    }
    return [Blok("termijnen", "termijnen_vandaag.html", velden, volgorde=10)]


def _of_request(desk: Desk, verzoek: Wooverzoek) -> Sequence[Blok]:
    open_, klaar = klokrijen.rows_of(termijnen.termijnen_van(desk.platform, desk.actor, verzoek.id))
    velden = {"id": verzoek.id, "open": open_, "klaar": klaar}
    return [Blok("termijnen", "termijnen_blok.html", velden, volgorde=10)]


DEEL = Deel(router, vandaag=_vandaag, verzoek_blokken=_of_request)
