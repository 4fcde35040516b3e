"""The figures for the openbaarheidsparagraaf of the annual account, as JSON and as CSV."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import StreamingResponse

from publisher import termijn_schemas as schemas
from publisher.desk import AtDesk
from publisher.termijn_inputs import Cijfervraag
from woo.exports.csv_rows import MEDIA_TYPE, PUNTKOMMA, csv_rows
from woo.projection.jaarcijfers import Jaarcijfers
from woo.usecases.jaarcijfers import as_table, count_years

router = APIRouter(tags=["statistieken"])


@router.get("/statistieken", summary="Cijfers voor de openbaarheidsparagraaf")
def get_statistieken(desk: AtDesk, vraag: Annotated[Cijfervraag, Query()]) -> schemas.AlleJaarcijfers:
    """Per jaar en organisatie: verzoeken, uitkomsten, termijnen op beide manieren, duur en pagina's; nieuwste jaar eerst."""
    found = count_years(desk.platform, desk.actor, jaar=vraag.jaar, organisatie=vraag.organisatie)
    lijst = desk.platform.lijsten.organisaties
    return schemas.AlleJaarcijfers(resultaten=[schemas.Jaarcijfers.of(each, lijst) for each in found])


@router.get("/statistieken.csv", summary="Dezelfde cijfers als CSV", response_class=StreamingResponse)
def get_statistieken_csv(desk: AtDesk, vraag: Annotated[Cijfervraag, Query()]) -> StreamingResponse:
    """Met puntkomma's en decimale komma's, zoals een Nederlands rekenblad ze leest."""
    found = count_years(desk.platform, desk.actor, jaar=vraag.jaar, organisatie=vraag.organisatie)
    return csv_of(desk, found)


def csv_of(desk: AtDesk, found: list[Jaarcijfers]) -> StreamingResponse:
    """The figures as a file to download."""
    header, *rows = as_table(desk.platform, found)
    headers = {"Content-Disposition": 'attachment; filename="openbaarheidsparagraaf.csv"'}
    content = csv_rows([str(name) for name in header], rows, scheiding=PUNTKOMMA)
    return StreamingResponse(content, media_type=MEDIA_TYPE, headers=headers)
