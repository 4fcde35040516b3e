"""The audit log, for who administers: search, export, and the check of its chain."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import StreamingResponse

from publisher import beheer_schemas as schemas
from publisher.desk import AtDesk
from publisher.logboek_export import MEDIA_TYPES, exported
from publisher.logboek_inputs import LogBladeren, LogUitvoer
from publisher.paging import cut, number_of
from woo.usecases import logboek

router = APIRouter(tags=["logboek"])


@router.get("/logboek", summary="Het logboek")
def list_events(desk: AtDesk, deel: Annotated[LogBladeren, Query()]) -> schemas.Logboek:
    """Alles wat is gedaan of geweigerd, oudste eerst. Alleen voor de beheerder, en alleen over uw organisaties."""
    after = number_of("logboek", deel.na)
    found = logboek.search_log(desk.platform, desk.actor, deel.vraag(), after=after, limit=deel.aantal + 1)
    page, volgende = cut(found.regels, deel.aantal, lijst="logboek", place=lambda row: str(row.volgnummer))
    return schemas.Logboek(
        resultaten=[schemas.Logregel.of(row, found.details(row)) for row in page], volgende=volgende
    )


@router.get("/logboek/uitvoer", summary="Het logboek als bestand", response_class=StreamingResponse)
def export_events(desk: AtDesk, deel: Annotated[LogUitvoer, Query()]) -> StreamingResponse:
    """Alle regels die u vraagt, oudste eerst. Dat u ze hebt meegenomen, staat in het logboek."""
    parts = logboek.export_log(desk.platform, desk.actor, deel.vraag(), vorm=deel.formaat.value)
    return StreamingResponse(
        exported(parts, deel.formaat),
        media_type=MEDIA_TYPES[deel.formaat],
        headers={"Content-Disposition": f'attachment; filename="logboek.{deel.formaat.value}"'},
    )


@router.get("/logboek/keten", summary="De laatste controle van de keten")
def get_chain(desk: AtDesk) -> schemas.Keten:
    """Wanneer voor het laatst is gecontroleerd of er aan het logboek is veranderd, en wat er uitkwam."""
    return schemas.Keten.of(logboek.last_check(desk.platform, desk.actor))


@router.post("/logboek/keten/controleer", summary="Controleer de keten")
def check_chain(desk: AtDesk) -> schemas.Keten:
    """Rekent de hele keten opnieuw na. Bij een groot logboek duurt dat even. Alleen wie voor elke organisatie beheert."""
    return schemas.Keten.of(logboek.check_chain(desk.platform, desk.actor))
