"""The page of the audit log: search it, take it away, check its chain; and the history of one publicatie or document."""

from collections.abc import Mapping
from functools import partial
from typing import Annotated, Any, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from publisher.balie import flash
from publisher.balie.deel import Deel, Verwijzing
from publisher.balie.forms import SentForm
from publisher.balie.handling import Invulling, handled
from publisher.balie.logwoorden import ACTIES, UITKOMSTEN, acties_in_order, told_details
from publisher.balie.pages import pages_of
from publisher.desk import AtDesk, Desk, Id
from publisher.inputs import BodyInput, PaginaVraag
from publisher.logboek_inputs import Logfilter
from publisher.paging import cursor, number_of
from woo.domain.actor import Recht
from woo.domain.document import Document
from woo.domain.publicatie import Publicatie
from woo.registry import LoggedEvent
from woo.usecases import inzage, logboek
from woo.usecases.logboek import Regels, with_words

router = APIRouter(include_in_schema=False)
_LIJST: Final = "balie logboek"
_PER_PAGE: Final = 50
_FIELDS: Final = ("wie", "herkomst", "soort", "object", "actie", "uitkomst", "van", "tot")
_LAST: Final = 2**62


class Bladvraag(PaginaVraag, Logfilter):
    """What part of the log the page shows."""

    na: str | None = Field(default=None, max_length=500)


class Controle(BodyInput):
    """The button that has the chain checked; nothing is filled in."""


class Geschiedenisvraag(PaginaVraag):
    """From where the history of one object is shown."""

    na: str | None = Field(default=None, max_length=500)


@router.get("/logboek")
def get_logboek(request: Request, desk: AtDesk, deel: Annotated[Bladvraag, Query()]) -> Response:
    return _page(request, desk, deel, Invulling())


@router.post("/logboek/controleer")
def post_controleer(request: Request, desk: AtDesk, form: SentForm) -> Response:
    def do(_: Controle) -> Response:
        found = logboek.check_chain(desk.platform, desk.actor)
        told = "De keten is heel." if found.is_heel else "De keten is niet heel. Zie hieronder."
        return flash.after("/logboek", told)

    return handled(form, Controle, do, partial(_page, request, desk, Bladvraag()))


@router.get("/publicaties/{id}/geschiedenis")
def get_history_of_publicatie(
    id: Id, request: Request, desk: AtDesk, deel: Annotated[Geschiedenisvraag, Query()]
) -> Response:
    publicatie = inzage.read_publicatie(desk.platform, desk.actor, id)
    after = number_of(f"balie geschiedenis {id}", deel.na)
    found = inzage.history_of_publicatie(desk.platform, desk.actor, id, after=after, limit=_PER_PAGE + 1)
    return _history(request, desk, "publicaties", id, publicatie.officiele_titel, found, deel)


@router.get("/documenten/{id}/geschiedenis")
def get_history_of_document(
    id: Id, request: Request, desk: AtDesk, deel: Annotated[Geschiedenisvraag, Query()]
) -> Response:
    document, _ = inzage.read_document(desk.platform, desk.actor, id)
    after = number_of(f"balie geschiedenis {id}", deel.na)
    found = inzage.history_of_document(desk.platform, desk.actor, id, after=after, limit=_PER_PAGE + 1)
    return _history(request, desk, "documenten", id, document.officiele_titel, found, deel)


def _page(request: Request, desk: Desk, deel: Bladvraag, form: Invulling, status: int = 200) -> Response:
    before = number_of(_LIJST, deel.na) or _LAST
    found = logboek.search_log(desk.platform, desk.actor, deel.vraag(), before=before, limit=_PER_PAGE + 1)
    rows = found.regels[:_PER_PAGE]
    more = len(found.regels) > _PER_PAGE
    given = {name: str(getattr(deel, name)) for name in _FIELDS if getattr(deel, name) is not None}
    further = {**given, "na": cursor(_LIJST, str(rows[-1].volgnummer))} if more else None
    return pages_of(request).render(
        request,
        "logboek.html",
        status=status,
        rows=[_row(row, found) for row in rows],
        form=Invulling.of(given) if not form.algemeen else form,
        filtered=bool(given),
        start="/logboek?" + urlencode(given) if deel.na else "",
        further="" if further is None else "/logboek?" + urlencode(further),
        uitvoer={
            vorm: "/v1/logboek/uitvoer?" + urlencode({**given, "formaat": vorm}) for vorm in ("csv", "jsonl")
        },
        acties=acties_in_order(),
        uitkomsten=list(UITKOMSTEN.items()),
        controle=logboek.last_check(desk.platform, desk.actor),
        mag_controleren=desk.actor.per_organisatie is None,
    )


def _history(
    request: Request,
    desk: Desk,
    plek: str,
    id: str,
    titel: str,
    found: list[LoggedEvent],
    deel: Geschiedenisvraag,
) -> Response:
    with desk.platform.registry.read() as reading:
        regels = with_words(reading, found[:_PER_PAGE])
    more = len(found) > _PER_PAGE
    na = cursor(f"balie geschiedenis {id}", str(regels.regels[-1].volgnummer)) if more else ""
    here = f"/{plek}/{id}/geschiedenis"
    return pages_of(request).render(
        request,
        "geschiedenis.html",
        titel=titel,
        terug=f"/{plek}/{id}",
        rows=[_row(row, regels) for row in regels.regels],
        start=here if deel.na else "",
        further=f"{here}?" + urlencode({"na": na}) if na else "",
    )


def _row(regel: LoggedEvent, regels: Regels) -> Mapping[str, Any]:
    return {
        "regel": regel,
        "wie": regel.actor or "(naam gewist)",
        "vanwaar": regel.herkomst or "(gewist)",
        "actie": ACTIES.get(regel.actie, regel.actie.value),
        "uitkomst": UITKOMSTEN.get(regel.uitkomst, regel.uitkomst),
        "goed": regel.uitkomst == "ok",
        "href": _href(regel),
        "bijzonderheden": told_details(regels.details(regel)),
    }


def _href(regel: LoggedEvent) -> str:
    places = {"publicatie": "/publicaties/", "document": "/documenten/", "wooverzoek": "/verzoeken/"}
    place = places.get(regel.object_soort)
    return "" if place is None or regel.object_id == "-" else f"{place}{regel.object_id}"


def _link(href: str) -> list[Verwijzing]:
    return [
        Verwijzing(f"{href}/geschiedenis", "Geschiedenis", "Wat er is gebeurd, en wie het deed.", Recht.READ)
    ]


def _of_publicatie(_: Desk, found: Publicatie) -> list[Verwijzing]:
    return _link(f"/publicaties/{found.id}")


def _of_document(_: Desk, found: Document, publicatie: Publicatie) -> list[Verwijzing]:  # noqa: ARG001
    return _link(f"/documenten/{found.id}")


DEEL = Deel(router, publicatie_acties=_of_publicatie, document_acties=_of_document)
