"""Decisions on requests, the publicaties that show them, and objections and court cases about them."""

from fastapi import APIRouter
from starlette.responses import Response

from publisher import verzoek_inputs as inputs
from publisher import verzoek_schemas as schemas
from publisher.desk import AtDesk, Desk, Id
from woo.usecases import besluit, procedure, verzoek
from woo.usecases.verzoekinzage import read_besluit

router = APIRouter(tags=["besluiten"])


@router.post("/verzoeken/{id}/besluiten", status_code=201, summary="Registreer een besluit")
def create_besluit(id: Id, desk: AtDesk, nieuw: inputs.NieuwBesluit, response: Response) -> schemas.Besluit:
    """Een besluit, een deelbesluit, of een besluit dat een eerder besluit vervangt (`herziet`)."""
    wanted = verzoek.NieuwBesluit(
        kenmerk=nieuw.kenmerk,
        datum=nieuw.datum,
        uitkomst=nieuw.uitkomst,
        deelbesluit=nieuw.deelbesluit,
        publicatie_id=nieuw.publicatie,
        laatste=nieuw.laatste,
        gronden=tuple(nieuw.gronden),
        ondertekenaar=nieuw.ondertekenaar,
        aangemerkt_als=nieuw.aangemerkt_als,
        herziet=nieuw.herziet,
        herziening=nieuw.herziening,
    )
    made = verzoek.register_besluit(desk.platform, desk.actor, id, wanted)
    response.headers["Location"] = f"/v1/besluiten/{made.id}"
    return _shown(desk, made.id)


@router.get("/besluiten/{id}", summary="Eén besluit")
def get_besluit(id: Id, desk: AtDesk) -> schemas.Besluit:
    """Een besluit met de procedures erover."""
    return _shown(desk, id)


@router.patch("/besluiten/{id}", summary="Wijzig een besluit")
def change_besluit(id: Id, desk: AtDesk, wijziging: inputs.BesluitWijziging) -> schemas.Besluit:
    """Om een fout te herstellen. Neemt u een ander besluit, registreer dat dan als herzien besluit."""
    besluit.change_besluit(desk.platform, desk.actor, id, wijziging.changes(), seen=wijziging.gewijzigd_op)
    return _shown(desk, id)


@router.post("/besluiten/{id}/publicatie", summary="Zeg welke publicatie een besluit laat zien")
def show_besluit(id: Id, desk: AtDesk, wat: inputs.PublicatieVanBesluit) -> schemas.Besluit:
    """Zonder `publicatie` wordt een concept gemaakt, ingevuld met de gegevens van het verzoek."""
    if wat.publicatie is None:
        besluit.make_publicatie(desk.platform, desk.actor, id, officiele_titel=wat.officiele_titel)
    else:
        verzoek.show_besluit_in(desk.platform, desk.actor, id, wat.publicatie)
    return _shown(desk, id)


@router.post("/besluiten/{id}/procedures", status_code=201, summary="Registreer bezwaar of beroep")
def create_procedure(id: Id, desk: AtDesk, nieuw: inputs.NieuweProcedure) -> schemas.Procedure:
    """Nooit wie ermee begon."""
    made = procedure.register_procedure(desk.platform, desk.actor, id, soort=nieuw.soort, datum=nieuw.datum)
    return schemas.Procedure.model_validate(made)


@router.post("/procedures/{id}/afloop", summary="Leg vast hoe een procedure eindigde")
def decide_procedure(id: Id, desk: AtDesk, afloop: inputs.Procedureafloop) -> schemas.Procedure:
    """Alleen een uitspraak van een rechter heeft een ECLI."""
    done = procedure.decide_procedure(
        desk.platform, desk.actor, id, uitkomst=afloop.uitkomst, op=afloop.op, ecli=afloop.ecli
    )
    return schemas.Procedure.model_validate(done)


def _shown(desk: Desk, id: str) -> schemas.Besluit:
    found, dossier = read_besluit(desk.platform, desk.actor, id)
    return schemas.Besluit.of(found, dossier)
