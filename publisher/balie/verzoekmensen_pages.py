"""The pages of the people behind a request: who asked, third parties and what they answered; every view is logged."""

from collections.abc import Mapping
from functools import partial
from typing import Literal

from fastapi import APIRouter
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from publisher import verzoek_inputs as inputs
from publisher.balie import flash, formulier, verzoekwoorden
from publisher.balie.forms import SentForm
from publisher.balie.formulier import Formulier, Veld
from publisher.balie.handling import Invulling, Waarde, handled
from publisher.balie.pages import pages_of
from publisher.desk import AtDesk, Desk, Id
from publisher.inputs import BodyInput
from woo.domain.betrokkenen import Belanghebbende, Reactie
from woo.domain.errors import NotFound
from woo.domain.verzoek import Wooverzoek
from woo.usecases import betrokkenen as usecases
from woo.usecases.rechten import Handeling

router = APIRouter(include_in_schema=False)
_VERZOEKER = "verzoeker"


class _Zeker(BodyInput):
    """That somebody is sure."""

    zeker: Literal["ja"] = Field(title="Ja, wis de gegevens voorgoed")


@router.get("/verzoeken/{id}/betrokkenen")
def get_betrokkenen(id: Id, request: Request, desk: AtDesk) -> Response:
    found = usecases.read_betrokkenen(desk.platform, desk.actor, id)
    of = verzoekwoorden.editable(desk, id, Handeling.BETROKKENEN_WIJZIGEN).stand.verzoek
    return pages_of(request).render(request, "verzoek_betrokkenen.html", verzoek=of, betrokkenen=found)


@router.get("/verzoeken/{id}/verzoeker")
def get_verzoeker(id: Id, request: Request, desk: AtDesk) -> Response:
    found = usecases.read_betrokkenen(desk.platform, desk.actor, id).verzoeker
    of = verzoekwoorden.editable(desk, id, Handeling.BETROKKENEN_WIJZIGEN).stand.verzoek
    names = ("naam", "namens", "adres", "email", "telefoon")
    known = {} if found is None else {name: getattr(found, name) for name in names}
    return _verzoeker(request, of, Invulling.of(known))


@router.post("/verzoeken/{id}/verzoeker")
def post_verzoeker(id: Id, request: Request, desk: AtDesk, form: SentForm) -> Response:
    of = verzoekwoorden.editable(desk, id, Handeling.BETROKKENEN_WIJZIGEN).stand.verzoek

    def do(invoer: inputs.NieuweVerzoeker) -> Response:
        usecases.set_verzoeker(desk.platform, desk.actor, id, invoer.given())
        return flash.after(f"/verzoeken/{id}", "Vastgelegd wie het verzoek deed.")

    return handled(form, inputs.NieuweVerzoeker, do, partial(_verzoeker, request, of))


def _verzoeker(request: Request, of: Wooverzoek, form: Invulling, status: int = 200) -> Response:
    shown = Formulier(
        titel="Wie het verzoek deed",
        knop="Bewaar",
        terug=f"/verzoeken/{of.id}",
        velden=(
            Veld("text", "naam", "Naam", nodig=True),
            Veld("text", "namens", "Namens wie"),
            Veld("text", "adres", "Adres"),
            Veld("email", "email", "E-mailadres"),
            Veld("text", "telefoon", "Telefoon"),
        ),
        uitleg="Alleen de balie ziet dit. Het staat nooit bij wat openbaar is.",
        kruimels=_way(of),
    )
    return formulier.show(request, shown, form, status)


@router.get("/verzoeken/{id}/derden/nieuw")
def get_nieuw(id: Id, request: Request, desk: AtDesk) -> Response:
    of = verzoekwoorden.editable(desk, id, Handeling.BETROKKENEN_WIJZIGEN).stand.verzoek
    return _derde(request, of, None, Invulling())


@router.post("/verzoeken/{id}/derden/nieuw")
def post_nieuw(id: Id, request: Request, desk: AtDesk, form: SentForm) -> Response:
    of = verzoekwoorden.editable(desk, id, Handeling.BETROKKENEN_WIJZIGEN).stand.verzoek

    def do(invoer: inputs.Derde) -> Response:
        made = usecases.add_belanghebbende(desk.platform, desk.actor, id, invoer.changes())
        return flash.after(f"/verzoeken/{id}", f"Derde {made.nummer} is vastgelegd.")

    return handled(form, inputs.Derde, do, partial(_derde, request, of, None))


@router.get("/verzoeken/{id}/derden/{derde}")
def get_derde(id: Id, derde: Id, request: Request, desk: AtDesk) -> Response:
    of = verzoekwoorden.editable(desk, id, Handeling.BETROKKENEN_WIJZIGEN).stand.verzoek
    found = _found(desk, id, derde)
    return _derde(request, of, found.nummer, Invulling.of(_stored(found)))


@router.post("/verzoeken/{id}/derden/{derde}")
def post_derde(id: Id, derde: Id, request: Request, desk: AtDesk, form: SentForm) -> Response:
    dossier = verzoekwoorden.editable(desk, id, Handeling.BETROKKENEN_WIJZIGEN)
    nummer = _number(desk, id, derde)

    def do(invoer: inputs.Derde) -> Response:
        names = type(invoer).model_fields.keys() - {"gewijzigd_op", "zienswijzen"}
        values = {name: getattr(invoer, name) for name in names}
        usecases.change_belanghebbende(desk.platform, desk.actor, derde, values, seen=invoer.gewijzigd_op)
        return flash.after(f"/verzoeken/{id}", "De wijziging is bewaard.")

    return handled(
        form,
        inputs.Derde,
        do,
        partial(_derde, request, dossier.stand.verzoek, nummer),
        stored=lambda: _stored(_found(desk, id, derde)),
    )


def _derde(
    request: Request, of: Wooverzoek, nummer: int | None, form: Invulling, status: int = 200
) -> Response:
    shown = Formulier(
        titel="Nieuwe derde" if nummer is None else f"Derde {nummer}",
        knop="Bewaar",
        terug=f"/verzoeken/{of.id}",
        velden=(
            Veld(
                "text", "naam", "Naam", "Van de persoon of organisatie die het verzoek aangaat.", nodig=True
            ),
            Veld("text", "adres", "Adres"),
            Veld("email", "email", "E-mailadres"),
            Veld("datum", "gevraagdOp", "Om een reactie gevraagd op"),
            Veld("datum", "reagerenVoor", "Laatste dag om te reageren"),
            Veld("select", "reactie", "Reactie", keuzes=[(each.value, each.naam) for each in Reactie]),
            Veld("datum", "gereageerdOp", "Gereageerd op", "Leeg bij 'Geen reactie'."),
            Veld(
                "datum",
                "geinformeerdOp",
                "Verteld van het besluit op",
                "Tegelijk met de verzoeker (artikel 4.4, zesde lid, Woo).",
            ),
        ),
        uitleg="Alleen de balie ziet dit. Het staat nooit bij wat openbaar is.",
        kruimels=_way(of),
    )
    return formulier.show(request, shown, form, status)


def _stored(found: Belanghebbende) -> Mapping[str, Waarde]:
    return {
        "naam": found.naam,
        "adres": found.adres,
        "email": found.email,
        "gevraagdOp": found.gevraagd_op,
        "reagerenVoor": found.reageren_voor,
        "reactie": None if found.reactie is None else found.reactie.value,
        "gereageerdOp": found.gereageerd_op,
        "geinformeerdOp": found.geinformeerd_op,
        "gewijzigdOp": found.gewijzigd_op,
    }


@router.get("/verzoeken/{id}/wissen/{wie}")
def get_wissen(id: Id, wie: Id, request: Request, desk: AtDesk) -> Response:
    return _wissen(request, desk, id, wie, Invulling())


@router.post("/verzoeken/{id}/wissen/{wie}")
def post_wissen(id: Id, wie: Id, request: Request, desk: AtDesk, form: SentForm) -> Response:
    def do(_: _Zeker) -> Response:
        if wie == _VERZOEKER:
            usecases.erase_verzoeker(desk.platform, desk.actor, id)
        else:
            _number(desk, id, wie)
            usecases.erase_belanghebbende(desk.platform, desk.actor, wie)
        return flash.after(f"/verzoeken/{id}", "De gegevens zijn gewist.")

    return handled(form, _Zeker, do, partial(_wissen, request, desk, id, wie))


def _wissen(request: Request, desk: Desk, id: str, wie: str, form: Invulling, status: int = 200) -> Response:
    of = _erasable(desk, id)
    who = "de verzoeker" if wie == _VERZOEKER else f"derde {_number(desk, id, wie)}"
    shown = Formulier(
        titel=f"Gegevens van {who} wissen",
        knop="Wis de gegevens",
        terug=f"/verzoeken/{id}/betrokkenen",
        velden=(Veld("vinkje", "zeker", "Ja, wis de gegevens voorgoed"),),
        uitleg="Naam, adres en e-mailadres gaan voorgoed weg. Dat er iemand was, wat is gevraagd en geantwoord, blijft staan. Dit is niet terug te draaien.",
        kruimels=_way(of),
        gevaar=True,
    )
    return formulier.show(request, shown, form, status)


def _erasable(desk: Desk, id: str) -> Wooverzoek:
    return verzoekwoorden.editable(desk, id, Handeling.BETROKKENEN_WISSEN).stand.verzoek


def _number(desk: Desk, id: str, derde: str) -> int:
    """The number of a third party of this request; raises NotFound for one of another."""
    for each in verzoekwoorden.editable(desk, id, Handeling.BETROKKENEN_WIJZIGEN).derden:
        if each.id == derde:
            return each.nummer
    raise NotFound("belanghebbende", derde)


def _found(desk: Desk, id: str, derde: str) -> Belanghebbende:
    for each in usecases.read_betrokkenen(desk.platform, desk.actor, id).belanghebbenden:
        if each.id == derde:
            return each
    raise NotFound("belanghebbende", derde)


def _way(of: Wooverzoek) -> list[tuple[str, str]]:
    return [("/verzoeken", "Verzoeken"), (f"/verzoeken/{of.id}", of.kenmerk)]
