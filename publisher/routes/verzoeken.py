"""Requests under the Woo: list, register, show, put right, and what befalls them."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from publisher import verzoek_inputs as inputs
from publisher import verzoek_schemas as schemas
from publisher.desk import AtDesk, Desk, Id
from publisher.paging import cut, number_of
from woo.domain.verloop import Doorzending
from woo.domain.verzoek import Opschorting
from woo.usecases import verloop, verzoek
from woo.usecases.codes import checked_code
from woo.usecases.verzoekinzage import Verzoekvraag, list_verzoeken, read_verzoek

router = APIRouter(tags=["verzoeken"])


@router.get("/verzoeken", summary="Alle verzoeken")
def get_verzoeken(desk: AtDesk, vraag: Annotated[inputs.Verzoekzoek, Query()]) -> schemas.Verzoeken:
    """De verzoeken aan uw organisaties; eerst wat het snelst een besluit nodig heeft."""
    lijsten = desk.platform.lijsten
    organisatie = vraag.organisatie and checked_code(lijsten.organisaties, "organisatie", vraag.organisatie)
    status = None if vraag.status is None else frozenset(vraag.status)
    wanted = Verzoekvraag(status, organisatie, vraag.zoek or "")
    begin = number_of("verzoeken", vraag.na)
    found = list(enumerate(list_verzoeken(desk.platform, desk.actor, wanted), 1))
    page, volgende = cut(
        found[begin : begin + vraag.aantal + 1],
        vraag.aantal,
        lijst="verzoeken",
        place=lambda row: str(row[0]),
    )
    return schemas.Verzoeken(
        resultaten=[schemas.Verzoek.of(stand, lijsten) for _, stand in page], volgende=volgende
    )


@router.post("/verzoeken", status_code=201, summary="Registreer een verzoek")
def create_verzoek(
    desk: AtDesk, nieuw: inputs.NieuwVerzoek, response: Response
) -> schemas.VerzoekMetBesluiten:
    """Wie het verzoek deed legt u apart vast; dat staat nooit bij wat openbaar is."""
    made = verzoek.register_verzoek(
        desk.platform,
        desk.actor,
        kenmerk=nieuw.kenmerk,
        onderwerp=nieuw.onderwerp,
        ontvangen_op=nieuw.ontvangen_op,
        organisatie=nieuw.organisatie,
        periode=nieuw.periode,
    )
    response.headers["Location"] = f"/v1/verzoeken/{made.id}"
    return _shown(desk, made.id)


@router.get("/verzoeken/{id}", summary="Eén verzoek met zijn besluiten")
def get_verzoek(id: Id, desk: AtDesk) -> schemas.VerzoekMetBesluiten:
    """Alles wat de balie van het verzoek weet, behalve wie het deed en wie het aangaat."""
    return _shown(desk, id)


@router.patch("/verzoeken/{id}", summary="Wijzig een verzoek")
def change_verzoek(id: Id, desk: AtDesk, wijziging: inputs.VerzoekWijziging) -> schemas.VerzoekMetBesluiten:
    """Alleen de velden die u noemt veranderen."""
    verzoek.change_verzoek(desk.platform, desk.actor, id, wijziging.wanted(), seen=wijziging.gewijzigd_op)
    return _shown(desk, id)


@router.post("/verzoeken/{id}/verdaging", summary="Verleng de termijn")
def put_off(id: Id, desk: AtDesk, verdaging: inputs.Verdaging) -> schemas.VerzoekMetBesluiten:
    """Eén keer, met hoogstens twee weken (artikel 4.4, tweede lid, Woo)."""
    verzoek.put_off(
        desk.platform,
        desk.actor,
        id,
        op=verdaging.op,
        dagen=verdaging.dagen,
        seen=verdaging.gewijzigd_op,
    )
    return _shown(desk, id)


@router.post("/verzoeken/{id}/opschortingen", summary="Laat de termijn stilstaan")
def suspend(id: Id, desk: AtDesk, nieuw: inputs.NieuweOpschorting) -> schemas.VerzoekMetBesluiten:
    """De termijn staat stil vanaf de dag nadat u het de verzoeker vertelde."""
    opschorting = Opschorting(nieuw.van, nieuw.tot, nieuw.grond)
    verzoek.suspend(desk.platform, desk.actor, id, opschorting, seen=nieuw.gewijzigd_op)
    return _shown(desk, id)


@router.post("/verzoeken/{id}/opschortingen/hervat", summary="Laat de termijn weer lopen")
def resume(id: Id, desk: AtDesk, dag: inputs.OpDag) -> schemas.VerzoekMetBesluiten:
    """Vertel de verzoeker de nieuwe laatste dag (artikel 4.4, vierde lid, Woo)."""
    verzoek.resume(desk.platform, desk.actor, id, op=dag.op, seen=dag.gewijzigd_op)
    return _shown(desk, id)


@router.post("/verzoeken/{id}/preciseringen", summary="Leg vast dat u vroeg wat is bedoeld")
def ask_precision(id: Id, desk: AtDesk, dag: inputs.OpDag) -> schemas.VerzoekMetBesluiten:
    """Binnen twee weken na ontvangst (artikel 4.1, vijfde lid, Woo)."""
    verloop.ask_precision(desk.platform, desk.actor, id, op=dag.op, seen=dag.gewijzigd_op)
    return _shown(desk, id)


@router.post("/verzoeken/{id}/preciseringen/antwoord", summary="Leg vast dat de verzoeker antwoordde")
def note_precision(id: Id, desk: AtDesk, dag: inputs.OpDag) -> schemas.VerzoekMetBesluiten:
    """Op de vraag die nog openstaat."""
    verloop.note_precision(desk.platform, desk.actor, id, op=dag.op, seen=dag.gewijzigd_op)
    return _shown(desk, id)


@router.post("/verzoeken/{id}/doorzendingen", summary="Leg vast dat u het verzoek doorstuurde")
def send_on(id: Id, desk: AtDesk, nieuw: inputs.NieuweDoorzending) -> schemas.VerzoekMetBesluiten:
    """Het hele verzoek of een deel, naar een andere organisatie (artikel 4.2 Woo)."""
    doorzending = Doorzending(nieuw.aan, nieuw.op, nieuw.deel)
    verloop.send_on(desk.platform, desk.actor, id, doorzending, seen=nieuw.gewijzigd_op)
    return _shown(desk, id)


@router.post("/verzoeken/{id}/ingebrekestellingen", summary="Leg een ingebrekestelling vast")
def note_late(id: Id, desk: AtDesk, dag: inputs.OpDag) -> schemas.VerzoekMetBesluiten:
    """De dag waarop de verzoeker schreef dat het besluit te laat is."""
    verloop.note_late(desk.platform, desk.actor, id, op=dag.op, seen=dag.gewijzigd_op)
    return _shown(desk, id)


@router.post("/verzoeken/{id}/intrekking", summary="Leg vast dat de verzoeker het introk")
def take_back(id: Id, desk: AtDesk, dag: inputs.OpDag) -> schemas.VerzoekMetBesluiten:
    """Er is dan geen besluit meer nodig."""
    verloop.take_back(desk.platform, desk.actor, id, op=dag.op, seen=dag.gewijzigd_op)
    return _shown(desk, id)


@router.post("/verzoeken/{id}/schrappen", summary="Schrap wat bij vergissing is vastgelegd")
def strike_out(id: Id, desk: AtDesk, wat: inputs.Schrapping) -> schemas.VerzoekMetBesluiten:
    """Het logboek houdt bij dat het er stond."""
    verloop.strike_out(desk.platform, desk.actor, id, wat.feit, nummer=wat.nummer, seen=wat.gewijzigd_op)
    return _shown(desk, id)


def _shown(desk: Desk, id: str) -> schemas.VerzoekMetBesluiten:
    return schemas.VerzoekMetBesluiten.whole(
        read_verzoek(desk.platform, desk.actor, id), desk.platform.lijsten
    )
