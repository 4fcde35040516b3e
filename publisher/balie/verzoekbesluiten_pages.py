"""The forms of decisions: register, put right, make the publicatie that shows one; objections and court cases."""

from collections.abc import Mapping
from functools import partial

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from publisher import verzoek_inputs as inputs
from publisher.balie import flash, formulier, verzoekwoorden
from publisher.balie.forms import SentForm
from publisher.balie.formulier import Formulier, Veld
from publisher.balie.handling import Invulling, Waarde, handled
from publisher.desk import AtDesk, Id
from woo.domain.besluit import Woobesluit, in_force
from woo.domain.errors import NotFound
from woo.domain.procedure import Proceduresoort, Procedureuitkomst
from woo.usecases import besluit as besluiten
from woo.usecases import procedure, verzoek
from woo.usecases.rechten import Handeling
from woo.usecases.verzoekinzage import Verzoekdossier

router = APIRouter(include_in_schema=False)


@router.get("/verzoeken/{id}/besluiten/nieuw")
def get_nieuw(id: Id, request: Request, desk: AtDesk) -> Response:
    dossier = verzoekwoorden.editable(desk, id, Handeling.BESLUIT_REGISTREREN)
    return _form(request, dossier, None, Invulling.of({"kenmerk": dossier.stand.verzoek.kenmerk}))


@router.post("/verzoeken/{id}/besluiten/nieuw")
def post_nieuw(id: Id, request: Request, desk: AtDesk, form: SentForm) -> Response:
    dossier = verzoekwoorden.editable(desk, id, Handeling.BESLUIT_REGISTREREN)

    def do(invoer: inputs.NieuwBesluit) -> Response:
        wanted = verzoek.NieuwBesluit(
            kenmerk=invoer.kenmerk,
            datum=invoer.datum,
            uitkomst=invoer.uitkomst,
            deelbesluit=invoer.deelbesluit,
            laatste=invoer.laatste,
            gronden=tuple(invoer.gronden),
            ondertekenaar=invoer.ondertekenaar,
            aangemerkt_als=invoer.aangemerkt_als,
            herziet=invoer.herziet,
            herziening=invoer.herziening,
        )
        made = verzoek.register_besluit(desk.platform, desk.actor, id, wanted)
        return flash.after(
            f"/verzoeken/{id}/besluiten/{made.id}/publicatie",
            "Het besluit is geregistreerd. Maak nu de publicatie die het laat zien.",
        )

    return handled(form, inputs.NieuwBesluit, do, partial(_form, request, dossier, None))


@router.get("/verzoeken/{id}/besluiten/{besluit}/wijzig")
def get_wijzig(id: Id, besluit: Id, request: Request, desk: AtDesk) -> Response:
    dossier = verzoekwoorden.editable(desk, id, Handeling.BESLUIT_REGISTREREN)
    found = _of(dossier, besluit)
    return _form(request, dossier, found, Invulling.of(_stored(found)))


@router.post("/verzoeken/{id}/besluiten/{besluit}/wijzig")
def post_wijzig(id: Id, besluit: Id, request: Request, desk: AtDesk, form: SentForm) -> Response:
    dossier = verzoekwoorden.editable(desk, id, Handeling.BESLUIT_REGISTREREN)
    found = _of(dossier, besluit)

    def do(invoer: inputs.NieuwBesluit) -> Response:
        names = ("kenmerk", "datum", "uitkomst", "deelbesluit", "laatste", "gronden", "ondertekenaar")
        changes = {name: getattr(invoer, name) for name in (*names, "aangemerkt_als")}
        if found.herziet is not None:
            changes["herziening"] = invoer.herziening
        besluiten.change_besluit(desk.platform, desk.actor, besluit, changes, seen=invoer.gewijzigd_op)
        return flash.after(f"/verzoeken/{id}", "De wijziging is bewaard.")

    stored = lambda: _stored(_of(verzoekwoorden.editable(desk, id, Handeling.BESLUIT_REGISTREREN), besluit))  # noqa: E731
    return handled(form, inputs.NieuwBesluit, do, partial(_form, request, dossier, found), stored=stored)


def _form(
    request: Request, dossier: Verzoekdossier, found: Woobesluit | None, form: Invulling, status: int = 200
) -> Response:
    earlier = [(each.id, each.kenmerk) for each in in_force(dossier.stand.besluiten)]
    velden = [
        Veld("text", "kenmerk", "Kenmerk van het besluit", nodig=True),
        Veld("datum", "datum", "Datum van het besluit", nodig=True),
        Veld("select", "uitkomst", "Uitkomst", nodig=True, keuzes=verzoekwoorden.uitkomsten()),
        Veld(
            "text",
            "aangemerktAls",
            "Aangemerkt als",
            "Alleen bij 'Geen Woo-verzoek', zoals: een verzoek om eigen gegevens. Dit wordt openbaar.",
        ),
        Veld("text", "gronden", "Weigeringsgronden", "Zoals 5.1.2.e; zet een puntkomma tussen de gronden."),
        Veld("text", "ondertekenaar", "Ondertekend door", "De functie, nooit een naam. Dit wordt openbaar."),
        Veld(
            "text", "deelbesluit", "Nummer van het deelbesluit", "Alleen als u in delen besluit; begin bij 1."
        ),
        Veld("vinkje", "laatste", "Dit is het laatste deelbesluit: op het hele verzoek is nu besloten"),
    ]
    why = Veld("select", "herziening", "Waarom herzien", keuzes=verzoekwoorden.herzieningen())
    if found is None and earlier:
        hint = "Alleen voor een herzien besluit. Het krijgt hetzelfde deelnummer."
        velden += [Veld("select", "herziet", "Komt in de plaats van", hint, keuzes=earlier), why]
    elif found is not None and found.herziet is not None:
        velden.append(why)
    of = dossier.stand.verzoek
    shown = Formulier(
        titel="Besluit registreren" if found is None else f"{verzoekwoorden.besluitnaam(found)} wijzigen",
        knop="Registreer het besluit" if found is None else "Bewaar",
        terug=f"/verzoeken/{of.id}",
        velden=velden,
        uitleg=""
        if found is None
        else "Herstel hier een fout. Neemt u een ander besluit? Registreer dan een herzien besluit.",
        kruimels=_way(dossier),
    )
    return formulier.show(request, shown, form, status)


def _stored(found: Woobesluit) -> Mapping[str, Waarde]:
    return {
        "kenmerk": found.kenmerk,
        "datum": found.datum,
        "uitkomst": found.uitkomst.value,
        "deelbesluit": found.deelbesluit,
        "laatste": found.laatste,
        "gronden": "; ".join(found.gronden),
        "ondertekenaar": found.ondertekenaar,
        "aangemerktAls": found.aangemerkt_als,
        "herziening": None if found.herziening is None else found.herziening.value,
        "gewijzigdOp": found.gewijzigd_op,
    }


@router.get("/verzoeken/{id}/besluiten/{besluit}/publicatie")
def get_publicatie(id: Id, besluit: Id, request: Request, desk: AtDesk) -> Response:
    dossier = verzoekwoorden.editable(desk, id, Handeling.BESLUIT_REGISTREREN)
    found = _of(dossier, besluit)
    titel = besluiten.suggested_title(found, dossier.stand.verzoek.onderwerp)
    return _publicatie(request, dossier, Invulling.of({"officieleTitel": titel}))


@router.post("/verzoeken/{id}/besluiten/{besluit}/publicatie")
def post_publicatie(id: Id, besluit: Id, request: Request, desk: AtDesk, form: SentForm) -> Response:
    dossier = verzoekwoorden.editable(desk, id, Handeling.BESLUIT_REGISTREREN)
    _of(dossier, besluit)

    def do(invoer: inputs.PublicatieVanBesluit) -> Response:
        if invoer.publicatie is not None:
            verzoek.show_besluit_in(desk.platform, desk.actor, besluit, invoer.publicatie)
            return flash.after(f"/verzoeken/{id}", "De publicatie laat dit besluit nu zien.")
        made = besluiten.make_publicatie(
            desk.platform, desk.actor, besluit, officiele_titel=invoer.officiele_titel
        )
        return flash.after(f"/publicaties/{made.id}", "Het concept is gemaakt. Voeg nu de documenten toe.")

    return handled(form, inputs.PublicatieVanBesluit, do, partial(_publicatie, request, dossier))


def _publicatie(request: Request, dossier: Verzoekdossier, form: Invulling, status: int = 200) -> Response:
    shown = Formulier(
        titel="Publicatie bij het besluit",
        knop="Verder",
        terug=f"/verzoeken/{dossier.stand.verzoek.id}",
        velden=(
            Veld(
                "text",
                "officieleTitel",
                "Titel van een nieuwe publicatie",
                "Zij begint als concept; niemand buiten de balie ziet haar.",
            ),
            Veld(
                "text",
                "publicatie",
                "Of: id van een publicatie die er al is",
                "Vult u dit in, dan wordt er geen nieuwe gemaakt.",
            ),
        ),
        uitleg="Een publicatie laat het besluit met zijn documenten aan iedereen zien.",
        kruimels=_way(dossier),
    )
    return formulier.show(request, shown, form, status)


@router.get("/verzoeken/{id}/besluiten/{besluit}/procedures/nieuw")
def get_procedure(id: Id, besluit: Id, request: Request, desk: AtDesk) -> Response:
    dossier = verzoekwoorden.editable(desk, id, Handeling.PROCEDURE_REGISTREREN)
    _of(dossier, besluit)
    return _procedure(request, dossier, Invulling())


@router.post("/verzoeken/{id}/besluiten/{besluit}/procedures/nieuw")
def post_procedure(id: Id, besluit: Id, request: Request, desk: AtDesk, form: SentForm) -> Response:
    dossier = verzoekwoorden.editable(desk, id, Handeling.PROCEDURE_REGISTREREN)
    _of(dossier, besluit)

    def do(invoer: inputs.NieuweProcedure) -> Response:
        procedure.register_procedure(
            desk.platform, desk.actor, besluit, soort=invoer.soort, datum=invoer.datum
        )
        return flash.after(f"/verzoeken/{id}", f"{invoer.soort.naam} is vastgelegd.")

    return handled(form, inputs.NieuweProcedure, do, partial(_procedure, request, dossier))


def _procedure(request: Request, dossier: Verzoekdossier, form: Invulling, status: int = 200) -> Response:
    shown = Formulier(
        titel="Bezwaar of beroep vastleggen",
        knop="Leg vast",
        terug=f"/verzoeken/{dossier.stand.verzoek.id}",
        velden=(
            Veld(
                "select",
                "soort",
                "Wat is er ingediend",
                nodig=True,
                keuzes=[(each.value, each.naam) for each in Proceduresoort],
            ),
            Veld("datum", "datum", "Dag van indiening", nodig=True),
        ),
        uitleg="Dit staat ook op de openbare pagina van het besluit. Leg nooit vast wie het indiende.",
        kruimels=_way(dossier),
    )
    return formulier.show(request, shown, form, status)


@router.get("/verzoeken/{id}/procedures/{procedure_id}/afloop")
def get_afloop(id: Id, procedure_id: Id, request: Request, desk: AtDesk) -> Response:
    dossier = verzoekwoorden.editable(desk, id, Handeling.PROCEDURE_REGISTREREN)
    return _afloop(request, dossier, procedure_id, Invulling())


@router.post("/verzoeken/{id}/procedures/{procedure_id}/afloop")
def post_afloop(id: Id, procedure_id: Id, request: Request, desk: AtDesk, form: SentForm) -> Response:
    dossier = verzoekwoorden.editable(desk, id, Handeling.PROCEDURE_REGISTREREN)

    def do(invoer: inputs.Procedureafloop) -> Response:
        procedure.decide_procedure(
            desk.platform, desk.actor, procedure_id, uitkomst=invoer.uitkomst, op=invoer.op, ecli=invoer.ecli
        )
        return flash.after(f"/verzoeken/{id}", "De afloop is vastgelegd.")

    return handled(form, inputs.Procedureafloop, do, partial(_afloop, request, dossier, procedure_id))


def _afloop(
    request: Request, dossier: Verzoekdossier, procedure_id: str, form: Invulling, status: int = 200
) -> Response:
    if procedure_id not in {each.id for each in dossier.procedures}:
        raise NotFound("procedure", procedure_id)
    shown = Formulier(
        titel="Afloop vastleggen",
        knop="Leg vast",
        terug=f"/verzoeken/{dossier.stand.verzoek.id}",
        velden=(
            Veld(
                "select",
                "uitkomst",
                "Uitkomst",
                nodig=True,
                keuzes=[(each.value, each.naam.capitalize()) for each in Procedureuitkomst],
            ),
            Veld("datum", "op", "Dag van de uitkomst", nodig=True),
            Veld("text", "ecli", "ECLI", "Alleen van een uitspraak van de rechter."),
        ),
        uitleg="Wordt het besluit herzien? Registreer daarna het herziene besluit.",
        kruimels=_way(dossier),
    )
    return formulier.show(request, shown, form, status)


def _of(dossier: Verzoekdossier, besluit: str) -> Woobesluit:
    found = next((each for each in dossier.stand.besluiten if each.id == besluit), None)
    if found is None:
        raise NotFound("woobesluit", besluit)
    return found


def _way(dossier: Verzoekdossier) -> list[tuple[str, str]]:
    of = dossier.stand.verzoek
    return [("/verzoeken", "Verzoeken"), (f"/verzoeken/{of.id}", of.kenmerk)]
