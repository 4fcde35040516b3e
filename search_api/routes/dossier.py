"""The dossier of a publicatie: its inventory as JSON, CSV and workbook, and everything as a ZIP."""

from collections.abc import Iterator
from typing import IO

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from search_api import answers, dossier, dossier_schemas, inventaris, inventaris_pdf, queries
from search_api.charging import charge
from search_api.describe import described, offer
from search_api.dossier_zip import cells_of, csv_of, zip_of
from search_api.parts import parts_of
from woo.exports import csv_rows, xlsx_rows, zip_stream
from woo.exports import inventaris as columns
from woo.exports.names import safe_name
from woo.storage.port import PublicPublicatie

_CHUNK = 64 * 1024
_PARAMETERS = (*inventaris.FILTERS, inventaris.VANAF, inventaris.AANTAL)


def add_to(app: FastAPI) -> None:
    """Add these routes to the application."""
    offer(
        app,
        "/v1/publicaties/{id}/inventaris",
        get_inventaris,
        described(
            "De inventaris van een besluit",
            dossier_schemas.Inventaris,
            _PARAMETERS,
            gone=True,
            uitleg="De regels van de inventarislijst, ook die zonder bestand. Lees verder met `vanafRij` uit `volgende`.",
        ),
    )
    offer(
        app,
        "/v1/publicaties/{id}/inventaris.csv",
        get_inventaris_csv,
        described(
            "De inventaris als CSV",
            "text/csv",
            gone=True,
            uitleg="Alle regels, ook die zonder bestand, met het adres van elk openbaar document. UTF-8 met BOM.",
        ),
    )
    offer(
        app,
        "/v1/publicaties/{id}/inventaris.xlsx",
        get_inventaris_xlsx,
        described(
            "De inventaris als rekenblad",
            xlsx_rows.MEDIA_TYPE,
            gone=True,
            uitleg="Dezelfde regels voor Excel.",
        ),
    )
    offer(
        app,
        "/v1/publicaties/{id}/inventaris.pdf",
        get_inventaris_pdf,
        described(
            "De inventaris als PDF",
            inventaris_pdf.MEDIA_TYPE,
            gone=True,
            uitleg="Dezelfde regels als toegankelijke PDF (PDF/UA-1), tot een aantal regels dat de site bepaalt.",
        ),
    )
    offer(
        app,
        "/v1/publicaties/{id}/zip",
        get_zip,
        described(
            "Alles van een publicatie",
            zip_stream.MEDIA_TYPE,
            gone=True,
            uitleg="Alle openbare bestanden met de inventaris, `publicatie.json`, `manifest.jsonl` en `SHA256SUMS`.",
        ),
    )


def get_inventaris(request: Request) -> Response:
    parts = parts_of(request)
    keuze = inventaris.read_keuze(queries.read(request.scope["query_string"], _PARAMETERS))
    regels = parts.gate.inventaris(request.path_params["id"])
    page = inventaris.page_of(inventaris.chosen(regels, keuze, parts.uitleg), keuze)
    documents = dossier.documents_of(parts.gate, page.regels)
    body = {
        "totaal": page.gekozen,
        "volgende": page.volgende,
        "resultaten": dossier.rows(page.regels, documents, parts.site),
    }
    return answers.json_response(body)


def get_inventaris_csv(request: Request) -> Response:
    parts = parts_of(request)
    publicatie = _asked(request)
    regels = parts.gate.inventaris(publicatie.id)
    headers = _headers(publicatie, "csv")
    if request.method == "HEAD":
        return Response(headers=headers, media_type=csv_rows.MEDIA_TYPE)
    return StreamingResponse(csv_of(parts, regels), media_type=csv_rows.MEDIA_TYPE, headers=headers)


def get_inventaris_xlsx(request: Request) -> Response:
    parts = parts_of(request)
    publicatie = _asked(request)
    regels = parts.gate.inventaris(publicatie.id)
    headers = _headers(publicatie, "xlsx")
    if request.method == "HEAD":
        return Response(headers=headers, media_type=xlsx_rows.MEDIA_TYPE)
    rows = (cells_of(parts, regel) for regel in regels)
    file = xlsx_rows.xlsx_rows("Inventaris", columns.HEADER, rows, widths=columns.WIDTHS)
    return StreamingResponse(_sent(file), media_type=xlsx_rows.MEDIA_TYPE, headers=headers)


def get_inventaris_pdf(request: Request) -> Response:
    parts = parts_of(request)
    publicatie = _asked(request)
    regels = parts.gate.inventaris(publicatie.id)
    headers = _headers(publicatie, "pdf")
    if request.method == "HEAD":
        return Response(headers=headers, media_type=inventaris_pdf.MEDIA_TYPE)
    charge(request, inventaris_pdf.points_of(len(regels)))
    made = inventaris_pdf.pdf_of(parts, publicatie, regels)
    return Response(made, media_type=inventaris_pdf.MEDIA_TYPE, headers=headers)


def get_zip(request: Request) -> Response:
    parts = parts_of(request)
    publicatie = _asked(request)
    headers = {"Content-Disposition": f'attachment; filename="publicatie-{_name(publicatie)}.zip"'}
    if request.method == "HEAD":
        return Response(headers=headers, media_type=zip_stream.MEDIA_TYPE)
    return StreamingResponse(zip_of(parts, publicatie), media_type=zip_stream.MEDIA_TYPE, headers=headers)


def _asked(request: Request) -> PublicPublicatie:
    queries.read(request.scope["query_string"], ())
    return parts_of(request).gate.publicatie(request.path_params["id"])


def _headers(publicatie: PublicPublicatie, extension: str) -> dict[str, str]:
    naam = f"inventaris-{_name(publicatie)}.{extension}"
    return {"Content-Disposition": f'attachment; filename="{naam}"'}


def _name(publicatie: PublicPublicatie) -> str:
    """The case number as a file name of plain letters, or else the id."""
    kenmerk = publicatie.kaart.get("kenmerk") or ""
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "-_.") else "-" for c in kenmerk).strip("-.")
    return safe_name(plain) if plain else publicatie.id


def _sent(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while chunk := file.read(_CHUNK):
            yield chunk
