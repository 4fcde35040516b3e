"""Organisations and the table of openness, for programs."""

from collections.abc import Iterator

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from search_api import answers, organisaties, queries
from search_api.describe import described, offer
from search_api.hoe_open import AANDELEN, MATEN, PARAMETERS, Lijst, Rij, hoe_open
from search_api.organisatie_schemas import HoeOpen, OrganisatieMetCijfers, Organisaties
from search_api.organisaties import AANTAL, FILTERS, VANAF
from search_api.parts import Parts, parts_of
from woo.domain.organisatie import ONBEKEND
from woo.exports import csv_rows

_HEADER = ("plaats", "code", "naam", "soort", "provincie", *MATEN)


def add_to(app: FastAPI) -> None:
    """Add these routes to the application."""
    offer(
        app,
        "/v1/organisaties",
        get_organisaties,
        described(
            "Organisaties",
            Organisaties,
            (*FILTERS, VANAF, AANTAL),
            uitleg="Alle organisaties die wij kennen, ook opgeheven gemeenten en organisaties waarvan hier niets staat.",
        ),
    )
    offer(
        app,
        "/v1/organisaties/{code}",
        get_organisatie,
        described(
            "Eén organisatie",
            OrganisatieMetCijfers,
            uitleg="Wat wij van een organisatie weten, wat zij hier openbaar heeft gemaakt en hoe goed.",
        ),
    )
    offer(
        app,
        "/v1/hoe-open",
        get_hoe_open,
        described(
            "Hoe open organisaties zijn",
            HoeOpen,
            PARAMETERS,
            uitleg="Alle organisaties die hier iets openbaar hebben gemaakt, gerangschikt naar de maat waarop u sorteert. "
            "Alleen wat openbaar is, telt mee.",
        ),
    )
    offer(
        app,
        "/v1/hoe-open.csv",
        get_hoe_open_csv,
        described(
            "Hoe open organisaties zijn, als CSV",
            csv_rows.MEDIA_TYPE,
            PARAMETERS,
            uitleg="Dezelfde lijst; aandelen zijn getallen van 0 tot 1, en wat wij niet weten heet onbekend.",
        ),
    )


def get_organisaties(request: Request) -> Response:
    parts = parts_of(request)
    values = queries.read(request.scope["query_string"], (*FILTERS, VANAF, AANTAL))
    cijfers = organisaties.geteld(parts).cijfers
    page = organisaties.bladzijde(organisaties.gekozen(parts, values, cijfers), values)
    found = [
        {
            **organisaties.kaart(parts, each),
            "aantalPublicaties": cijfers.get(each.code, {}).get("aantalPublicaties", 0),
        }
        for each in page.organisaties
    ]
    return answers.json_response({"totaal": page.gekozen, "volgende": page.volgende, "resultaten": found})


def get_organisatie(request: Request) -> Response:
    parts = parts_of(request)
    queries.read(request.scope["query_string"], ())
    each = organisaties.organisatie(parts, request.path_params["code"])
    counted = organisaties.geteld(parts)
    cijfers = counted.cijfers.get(each.code)
    return answers.json_response(
        {
            **organisaties.kaart(parts, each),
            "bijgewerktOp": counted.op,
            "cijfers": None if cijfers is None else organisaties.blad(parts, cijfers),
        }
    )


def get_hoe_open(request: Request) -> Response:
    parts = parts_of(request)
    table = hoe_open(parts, queries.read(request.scope["query_string"], PARAMETERS))
    return answers.json_response(
        {
            "bijgewerktOp": table.bijgewerkt_op,
            "sorteer": table.sorteer,
            "maat": table.maat,
            "totaal": len(table.rijen),
            "resultaten": [
                {
                    "plaats": row.plaats,
                    "organisatie": organisaties.kaart(parts, row.organisatie),
                    **row.maten,
                }
                for row in table.rijen
            ],
        }
    )


def get_hoe_open_csv(request: Request) -> Response:
    parts = parts_of(request)
    table = hoe_open(parts, queries.read(request.scope["query_string"], PARAMETERS))
    headers = {"Content-Disposition": 'attachment; filename="hoe-open.csv"'}
    if request.method == "HEAD":
        return Response(headers=headers, media_type=csv_rows.MEDIA_TYPE)
    rows = csv_rows.csv_rows(_HEADER, _csv_of(parts, table))
    return StreamingResponse(rows, media_type=csv_rows.MEDIA_TYPE, headers=headers)


def _csv_of(parts: Parts, table: Lijst) -> Iterator[list[str | int | None]]:
    register = parts.lijsten.organisatieregister
    for row in table.rijen:
        each = row.organisatie
        provincie = ONBEKEND if each.provincie is None else register.provincies[each.provincie]
        first = [row.plaats, each.code, each.naam, register.soort(each.code), provincie]
        yield [*first, *(_cell(row, maat) for maat in MATEN)]


def _cell(row: Rij, maat: str) -> str | int | None:
    value = row.maten[maat]
    if value is None:
        return ONBEKEND
    return f"{value:.4f}" if maat in AANDELEN else value if isinstance(value, int) else str(value)
