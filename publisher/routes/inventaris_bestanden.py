"""The inventory as a file, as the public gets it: CSV, workbook and accessible PDF, also of a concept."""

from fastapi import APIRouter
from starlette.responses import Response, StreamingResponse

from publisher import inventaris_export as export
from publisher.desk import AtDesk, Id
from woo.exports import csv_rows, typst_pdf, xlsx_rows

router = APIRouter(tags=["inventaris"])


@router.get("/publicaties/{id}/inventaris.csv", summary="De inventaris als CSV", response_class=Response)
def get_inventaris_csv(id: Id, desk: AtDesk) -> Response:
    """Zoals het publiek haar krijgt, met het adres van elk openbaar document."""
    return csv_response(export.blad_of(desk, id))


@router.get(
    "/publicaties/{id}/inventaris.xlsx", summary="De inventaris als rekenblad", response_class=Response
)
def get_inventaris_xlsx(id: Id, desk: AtDesk) -> Response:
    """Dezelfde regels voor Excel."""
    return xlsx_response(export.blad_of(desk, id))


@router.get("/publicaties/{id}/inventaris.pdf", summary="De inventaris als PDF", response_class=Response)
def get_inventaris_pdf(id: Id, desk: AtDesk) -> Response:
    """Toegankelijk (PDF/UA-1); tot het aantal rijen dat de instellingen toestaan."""
    blad = export.blad_of(desk, id)
    made = export.pdf_of(desk, blad)
    return Response(made, media_type=typst_pdf.MEDIA_TYPE, headers=_named(blad, "pdf"))


def csv_response(blad: export.Blad) -> Response:
    """The rows as CSV, sent while it is made."""
    return StreamingResponse(export.csv_of(blad), media_type=csv_rows.MEDIA_TYPE, headers=_named(blad, "csv"))


def xlsx_response(blad: export.Blad) -> Response:
    """The rows as a workbook."""
    return StreamingResponse(
        export.xlsx_of(blad), media_type=xlsx_rows.MEDIA_TYPE, headers=_named(blad, "xlsx")
    )


def _named(blad: export.Blad, ending: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="inventaris-{blad.naam}.{ending}"'}
