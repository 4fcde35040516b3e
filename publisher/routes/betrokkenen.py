"""The people behind a request: who asked and whom it touches; every reading is logged."""

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from publisher import verzoek_inputs as inputs
from publisher import verzoek_schemas as schemas
from publisher.desk import AtDesk, Id
from woo.domain.betrokkenen import Zienswijze
from woo.usecases import betrokkenen

router = APIRouter(tags=["betrokkenen"])


@router.get("/verzoeken/{id}/betrokkenen", summary="Wie een verzoek deed en wie het aangaat")
def get_betrokkenen(id: Id, desk: AtDesk) -> schemas.Betrokkenen:
    """Dat u dit opvroeg, staat in het logboek."""
    found = betrokkenen.read_betrokkenen(desk.platform, desk.actor, id)
    return schemas.Betrokkenen(
        verzoeker=None if found.verzoeker is None else schemas.Verzoeker.model_validate(found.verzoeker),
        derden=[schemas.Derde.of(each) for each in found.belanghebbenden],
    )


@router.put("/verzoeken/{id}/verzoeker", summary="Leg vast wie het verzoek deed")
def set_verzoeker(id: Id, desk: AtDesk, wie: inputs.NieuweVerzoeker) -> schemas.Verzoeker:
    """In de plaats van wat er stond."""
    made = betrokkenen.set_verzoeker(desk.platform, desk.actor, id, wie.given())
    return schemas.Verzoeker.model_validate(made)


@router.post("/verzoeken/{id}/verzoeker/wissen", summary="Wis wie het verzoek deed")
def erase_verzoeker(id: Id, desk: AtDesk) -> schemas.Verzoeker:
    """Dat er een verzoeker was, blijft staan. Dit is niet terug te draaien."""
    return schemas.Verzoeker.model_validate(betrokkenen.erase_verzoeker(desk.platform, desk.actor, id))


@router.post("/verzoeken/{id}/derden", status_code=201, summary="Leg een derde vast")
def add_derde(id: Id, desk: AtDesk, wie: inputs.Derde, response: Response) -> schemas.Derde:
    """Iemand die het verzoek aangaat en om een zienswijze kan worden gevraagd."""
    made = betrokkenen.add_belanghebbende(desk.platform, desk.actor, id, values(wie))
    response.headers["Location"] = f"/v1/derden/{made.id}"
    return schemas.Derde.of(made)


@router.put("/derden/{id}", summary="Wijzig een derde")
def change_derde(id: Id, desk: AtDesk, wie: inputs.Derde) -> schemas.Derde:
    """Alle velden; wat u leeg laat wordt leeg, behalve `zienswijzen`."""
    whole = {name: getattr(wie, name) for name in type(wie).model_fields} | values(wie)
    whole = {name: value for name, value in whole.items() if name != "gewijzigd_op"}
    if wie.zienswijzen is None:
        del whole["zienswijzen"]
    changed = betrokkenen.change_belanghebbende(desk.platform, desk.actor, id, whole, seen=wie.gewijzigd_op)
    return schemas.Derde.of(changed)


@router.post("/derden/{id}/wissen", summary="Wis wie een derde is")
def erase_derde(id: Id, desk: AtDesk) -> schemas.Derde:
    """Wat is gevraagd en geantwoord blijft staan. Dit is niet terug te draaien."""
    return schemas.Derde.of(betrokkenen.erase_belanghebbende(desk.platform, desk.actor, id))


def values(wie: inputs.Derde) -> dict[str, Any]:
    """What was sent of a third party, as the use cases take it."""
    sent = wie.changes()
    if sent.get("zienswijzen") is None:
        sent.pop("zienswijzen", None)
    else:
        sent["zienswijzen"] = tuple(
            Zienswijze(each.soort, each.id, each.reactie) for each in wie.zienswijzen or ()
        )
    return sent
