"""The page with the figures for the openbaarheidsparagraaf of the annual account, and its download."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from publisher.balie import keuzes
from publisher.balie.deel import Deel
from publisher.balie.pages import pages_of
from publisher.desk import AtDesk, Desk
from publisher.routes.statistieken import csv_of
from publisher.termijn_inputs import Cijfervraag
from woo.domain.besluit import Uitkomst
from woo.projection.jaarcijfers import Jaarcijfers, Termijncijfers
from woo.usecases.jaarcijfers import count_years
from woo.views.dossier import UITKOMSTEN

router = APIRouter(include_in_schema=False)


@router.get("/statistieken")
def get_statistieken(request: Request, desk: AtDesk) -> Response:
    jaren = [_year(desk, each) for each in count_years(desk.platform, desk.actor)]
    return pages_of(request).render(request, "statistieken.html", jaren=jaren)


@router.get("/statistieken.csv")
def get_statistieken_csv(desk: AtDesk, vraag: Annotated[Cijfervraag, Query()]) -> StreamingResponse:
    return csv_of(
        desk, count_years(desk.platform, desk.actor, jaar=vraag.jaar, organisatie=vraag.organisatie)
    )


def _year(desk: Desk, cijfers: Jaarcijfers) -> Mapping[str, Any]:
    lijst, code = desk.platform.lijsten.organisaties, cijfers.organisatie
    return {
        "jaar": cijfers.jaar,
        "organisatie": "" if code is None else keuzes.naam(lijst, code),
        "c": cijfers,
        "tellingen": [
            ("Wachttijd telt niet mee", _told(cijfers.met_opschorting)),
            ("Wachttijd telt mee", _told(cijfers.zonder_opschorting)),
        ],
        "uitkomsten": [
            (UITKOMSTEN.get(each.value, each.value.replace("_", " ")).lower(), cijfers.uitkomsten[each])
            for each in Uitkomst
            if cijfers.uitkomsten.get(each)
        ],
    }


def _told(cijfers: Termijncijfers) -> Mapping[str, Any]:
    return {
        "op_tijd": cijfers.op_tijd,
        "te_laat": cijfers.te_laat,
        "onbekend": cijfers.onbekend,
        "gemiddeld": _decimal(cijfers.gemiddeld),
        "mediaan": _decimal(cijfers.mediaan),
    }


def _decimal(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}".replace(".", ",")


DEEL = Deel(router)
