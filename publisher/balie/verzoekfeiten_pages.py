"""The forms for what befalls a request: its term put off or standing still, made clearer, sent on, called late, taken back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from publisher import verzoek_inputs as inputs
from publisher.balie import flash, formulier, verzoekwoorden
from publisher.balie.forms import SentForm, checked
from publisher.balie.formulier import Formulier, Veld
from publisher.balie.handling import Invulling, Waarde, handled
from publisher.desk import AtDesk, Desk, Id
from woo.domain.errors import NotFound
from woo.domain.verloop import Doorzending
from woo.domain.verzoek import VERDAGING_DAGEN, Opschorting, Wooverzoek
from woo.domain.verzoekstatus import Verzoekstatus
from woo.usecases import verloop, verzoek

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Feit:
    """One form: what the link says, what it explains and asks, the model that checks it, and what it does."""

    titel: str
    uitleg: str
    model: type[inputs.Gezien]
    velden: Sequence[Veld]
    doe: Callable[[Desk, str, Any], object]
    gedaan: str
    begin: Mapping[str, Waarde]


def _put_off(desk: Desk, id: str, wat: inputs.Verdaging) -> object:
    return verzoek.put_off(desk.platform, desk.actor, id, op=wat.op, dagen=wat.dagen, seen=wat.gewijzigd_op)


def _suspend(desk: Desk, id: str, wat: inputs.NieuweOpschorting) -> object:
    opschorting = Opschorting(wat.van, wat.tot, wat.grond)
    return verzoek.suspend(desk.platform, desk.actor, id, opschorting, seen=wat.gewijzigd_op)


def _send_on(desk: Desk, id: str, wat: inputs.NieuweDoorzending) -> object:
    doorzending = Doorzending(wat.aan, wat.op, wat.deel)
    return verloop.send_on(desk.platform, desk.actor, id, doorzending, seen=wat.gewijzigd_op)


def _on_day(usecase: Callable[..., Wooverzoek]) -> Callable[[Desk, str, Any], object]:
    def doe(desk: Desk, id: str, wat: inputs.OpDag) -> object:
        return usecase(desk.platform, desk.actor, id, op=wat.op, seen=wat.gewijzigd_op)

    return doe


def _dag(label: str, hint: str = "") -> tuple[Veld, ...]:
    return (Veld("datum", "op", label, hint, nodig=True),)


FEITEN: Mapping[str, Feit] = {
    "verdaging": Feit(
        "Termijn verlengen",
        "Dit kan één keer, met hoogstens twee weken, en voordat de eerste termijn voorbij is (artikel 4.4, tweede lid, Woo).",
        inputs.Verdaging,
        (
            Veld("datum", "op", "Dag waarop u het de verzoeker vertelde", nodig=True),
            Veld("text", "dagen", "Met hoeveel dagen", f"Hoogstens {VERDAGING_DAGEN}.", nodig=True),
        ),
        _put_off,
        "De termijn is verlengd.",
        {"dagen": VERDAGING_DAGEN},
    ),
    "opschorting": Feit(
        "Termijn stilzetten",
        "De termijn staat stil vanaf de dag nadat u het de verzoeker vertelde.",
        inputs.NieuweOpschorting,
        (
            Veld("select", "grond", "Waarom", nodig=True, keuzes=verzoekwoorden.gronden()),
            Veld("datum", "van", "Eerste dag die niet meetelt", nodig=True),
            Veld("datum", "tot", "Laatste dag die niet meetelt", "Leeg zolang u die nog niet weet."),
        ),
        _suspend,
        "De termijn staat stil.",
        {},
    ),
    "hervatting": Feit(
        "Termijn laten doorlopen",
        "Vertel de verzoeker ook de nieuwe laatste dag (artikel 4.4, vierde lid, Woo).",
        inputs.OpDag,
        _dag("Eerste dag die weer meetelt"),
        _on_day(verzoek.resume),
        "De termijn loopt weer. Vertel de verzoeker de nieuwe laatste dag.",
        {},
    ),
    "precisering": Feit(
        "Om uitleg vragen",
        "Is het verzoek te algemeen? Vraag dan binnen twee weken na ontvangst wat precies is bedoeld (artikel 4.1, vijfde lid, Woo).",
        inputs.OpDag,
        _dag("Dag waarop u het vroeg"),
        _on_day(verloop.ask_precision),
        "De vraag aan de verzoeker is vastgelegd.",
        {},
    ),
    "antwoord": Feit(
        "Uitleg ontvangen",
        "De verzoeker antwoordde op uw vraag.",
        inputs.OpDag,
        _dag("Dag van het antwoord"),
        _on_day(verloop.note_precision),
        "Het antwoord van de verzoeker is vastgelegd.",
        {},
    ),
    "doorzending": Feit(
        "Doorsturen",
        "Heeft een andere organisatie de documenten? Stuur het verzoek, of dat deel, meteen door en vertel het de verzoeker (artikel 4.2 Woo). Dit wordt openbaar bij het besluit.",
        inputs.NieuweDoorzending,
        (
            Veld("text", "aan", "Naar welke organisatie", "Naam of code van de waardelijst.", nodig=True),
            Veld("datum", "op", "Dag van doorsturen", nodig=True),
            Veld("text", "deel", "Welk deel", "Leeg als u het hele verzoek doorstuurde. Noem geen namen."),
        ),
        _send_on,
        "Het doorsturen is vastgelegd.",
        {},
    ),
    "ingebrekestelling": Feit(
        "Ingebrekestelling ontvangen",
        "De verzoeker schrijft dat het besluit te laat is. Na twee weken kan de verzoeker naar de rechter (artikel 8.3 Woo en 6:12 Awb).",
        inputs.OpDag,
        _dag("Dag van ontvangst"),
        _on_day(verloop.note_late),
        "De ingebrekestelling is vastgelegd.",
        {},
    ),
    "intrekking": Feit(
        "Verzoek ingetrokken",
        "De verzoeker trok het verzoek in. Er is dan geen besluit meer nodig.",
        inputs.OpDag,
        _dag("Dag waarop het is ingetrokken"),
        _on_day(verloop.take_back),
        "Vastgelegd dat de verzoeker het verzoek introk.",
        {},
    ),
}
"""The forms, by their place in the address."""


def possible(of: Wooverzoek, status: Verzoekstatus) -> list[tuple[str, str]]:
    """The forms that make sense for this request now: their place and title."""
    runs = all(each.tot is not None for each in of.opschortingen)
    asked = any(each.beantwoord_op is None for each in of.preciseringen)
    left_out = {"hervatting"} if runs else {"opschorting"}
    left_out |= {"precisering"} if asked else {"antwoord"}
    if of.verdaagd_op is not None:
        left_out.add("verdaging")
    if of.doorgezonden_op is not None:
        left_out.add("doorzending")
    if not status.open:
        left_out |= FEITEN.keys() - {"ingebrekestelling"}
    return [(plek, feit.titel) for plek, feit in FEITEN.items() if plek not in left_out]


@router.get("/verzoeken/{id}/feiten/{feit}")
def get_feit(id: Id, feit: Id, request: Request, desk: AtDesk) -> Response:
    of = verzoekwoorden.editable(desk, id).stand.verzoek
    begin = {**_known(feit).begin, "gewijzigdOp": of.gewijzigd_op}
    return _form(request, feit, of, Invulling.of(begin))


@router.post("/verzoeken/{id}/feiten/{feit}")
def post_feit(id: Id, feit: Id, request: Request, desk: AtDesk, form: SentForm) -> Response:
    known = _known(feit)
    of = verzoekwoorden.editable(desk, id).stand.verzoek

    def do(invoer: inputs.Gezien) -> Response:
        known.doe(desk, id, invoer)
        return flash.after(f"/verzoeken/{id}", known.gedaan)

    stored = lambda: {"gewijzigdOp": verzoekwoorden.editable(desk, id).stand.verzoek.gewijzigd_op}  # noqa: E731
    return handled(form, known.model, do, partial(_form, request, feit, of), stored=stored)


@router.post("/verzoeken/{id}/schrappen")
def post_schrappen(id: Id, desk: AtDesk, form: SentForm) -> Response:
    wat = checked(form, inputs.Schrapping)
    verloop.strike_out(desk.platform, desk.actor, id, wat.feit, nummer=wat.nummer, seen=wat.gewijzigd_op)
    return flash.after(f"/verzoeken/{id}", "Het is geschrapt. Het logboek houdt bij dat het er stond.")


def _known(feit: str) -> Feit:
    if feit not in FEITEN:
        raise NotFound("formulier", feit)
    return FEITEN[feit]


def _form(request: Request, feit: str, of: Wooverzoek, form: Invulling, status: int = 200) -> Response:
    known = FEITEN[feit]
    shown = Formulier(
        titel=known.titel,
        knop="Leg vast",
        terug=f"/verzoeken/{of.id}",
        velden=known.velden,
        uitleg=known.uitleg,
        kruimels=[("/verzoeken", "Verzoeken"), (f"/verzoeken/{of.id}", of.kenmerk)],
    )
    return formulier.show(request, shown, form, status)
