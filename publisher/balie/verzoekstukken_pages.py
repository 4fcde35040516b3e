"""The page on which is noted what a third party answered about each document or row of an inventory."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from publisher.balie import flash, verzoekwoorden
from publisher.balie.forms import SentForm, checked
from publisher.balie.pages import pages_of
from publisher.desk import AtDesk, Desk, Id
from publisher.inputs import BodyInput, Code, PaginaVraag
from publisher.paging import cut, number_of
from publisher.problems import refused_input
from woo.domain.betrokkenen import Reactie
from woo.domain.errors import NotFound
from woo.usecases.stukken import Stuk, answer_stukken, read_stukken
from woo.usecases.verzoekinzage import Derdestand, Verzoekdossier

router = APIRouter(include_in_schema=False)
_PER_PAGE = 200


class Stukkenvraag(PaginaVraag):
    """Which part of the list is shown."""

    na: str | None = Field(default=None, max_length=500)


class Antwoorden(BodyInput):
    """For each document or row that was answered about: its place in the list and the answer, as `12:bezwaar`."""

    stukken: list[Code] = Field(default_factory=list, max_length=_PER_PAGE, title="Reactie per stuk")


@router.get("/verzoeken/{id}/derden/{derde}/stukken")
def get_stukken(
    id: Id, derde: Id, request: Request, desk: AtDesk, deel: Annotated[Stukkenvraag, Query()]
) -> Response:
    dossier, stand = _found(desk, id, derde)
    page, volgende = _part(desk, derde, deel.na)
    at = f"/verzoeken/{id}/derden/{derde}/stukken"
    return pages_of(request).render(
        request,
        "verzoek_stukken.html",
        verzoek=dossier.stand.verzoek,
        derde=stand,
        stukken=page,
        reacties=list(Reactie),
        further=f"{at}?" + urlencode({"na": volgende}) if volgende else "",
        start=at if deel.na else "",
    )


@router.post("/verzoeken/{id}/derden/{derde}/stukken")
def post_stukken(
    id: Id, derde: Id, desk: AtDesk, deel: Annotated[Stukkenvraag, Query()], form: SentForm
) -> Response:
    _found(desk, id, derde)
    page, _ = _part(desk, derde, deel.na)
    said = dict(_read(each) for each in checked(form, Antwoorden).stukken)
    by_key = {f"{each.soort.value}|{each.id}": each for each in page}
    if not said.keys() <= by_key.keys():
        detail = "De lijst met stukken is intussen veranderd. Laad de pagina opnieuw."
        raise refused_input("body", "stukken", "onbekend-stuk", detail)
    antwoorden = {(each.soort, each.id): said.get(key) for key, each in by_key.items()}
    answer_stukken(desk.platform, desk.actor, derde, antwoorden)
    return flash.after(f"/verzoeken/{id}", "De reacties per stuk zijn bewaard.")


def _part(desk: Desk, derde: str, na: str | None) -> tuple[list[Stuk], str | None]:
    lijst = f"balie stukken {derde}"
    begin = number_of(lijst, na)
    rows = list(enumerate(read_stukken(desk.platform, desk.actor, derde), 1))
    page, volgende = cut(
        rows[begin : begin + _PER_PAGE + 1], _PER_PAGE, lijst=lijst, place=lambda row: str(row[0])
    )
    return [stuk for _, stuk in page], volgende


def _read(text: str) -> tuple[str, Reactie]:
    key, _, reactie = text.rpartition("|")
    if reactie not in set(Reactie):
        raise refused_input("body", "stukken", "ongeldige-waarde", "Kies een reactie uit de lijst.")
    return key, Reactie(reactie)


def _found(desk: Desk, id: str, derde: str) -> tuple[Verzoekdossier, Derdestand]:
    dossier = verzoekwoorden.editable(desk, id)
    for each in dossier.derden:
        if each.id == derde:
            return dossier, each
    raise NotFound("belanghebbende", derde)
