"""Everything that a search finds, to take away: as CSV, as JSON Lines, or the files themselves as a ZIP."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from search_api import parameters, params, queries
from search_api.describe import described, offer
from search_api.exporting import csv_export, json_export
from search_api.limits import MAX_VALUES
from search_api.parts import Parts, parts_of
from search_api.problems import invalid
from search_api.queries import Parameter, Values
from search_api.walking import Walk
from search_api.zipping import total_bytes, zip_export
from woo.exports import csv_rows, zip_stream
from woo.index.query import Soort
from woo.views.problems import InputFault, quoted

if TYPE_CHECKING:
    from fastapi import FastAPI

FORMATEN = {"csv": csv_rows.MEDIA_TYPE, "jsonl": "application/jsonl", "zip": zip_stream.MEDIA_TYPE}
SCHEIDINGEN = {"komma": csv_rows.KOMMA, "puntkomma": csv_rows.PUNTKOMMA}
MOST = 10_000_000

_FORMAAT = Parameter(
    "formaat",
    "Verplicht. csv (een rij per document), jsonl (een document per regel, zoals de API het geeft) of zip (de bestanden zelf).",
    {"type": "string", "enum": list(FORMATEN)},
    voorbeeld="csv",
)
_OWN = (
    Parameter(
        "bestandsformaat",
        "Alleen documenten met een bestand van deze soort, zoals pdf; bij zoeken heet dit filter formaat.",
        {"type": "array", "items": {"type": "string"}, "maxItems": MAX_VALUES},
        herhaalbaar=True,
    ),
    Parameter(
        "scheiding",
        "Alleen voor csv: komma (RFC 4180) of puntkomma (opent in Nederlandse spreadsheets met een dubbelklik).",
        {"type": "string", "enum": list(SCHEIDINGEN), "default": "komma"},
    ),
    Parameter(
        "aantal",
        "Hoogstens zoveel documenten. Zonder: alles wat de zoekvraag vindt.",
        {"type": "integer", "minimum": 1, "maximum": MOST},
    ),
    Parameter("na", "Verder waar een eerdere uitvoer ophield: de cursor van de laatste rij die u heeft."),
    Parameter(
        "sorteer",
        "Volgorde; zonder: nieuwste eerst. Op relevantie kan een uitvoer niet staan, dat wordt nieuwste eerst.",
        {"type": "string", "enum": list(parameters.SORTERINGEN)},
    ),
)
_NOT = frozenset({"formaat", "aantal", "na", "sorteer", "facetten"})
PARAMETERS = (_FORMAAT, *(p for p in parameters.DOCUMENTEN if p.naam not in _NOT), *_OWN)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a visitor wants to take away: the form, the search as `params.question` reads it, and at most how much."""

    formaat: str
    scheiding: str
    most: int | None
    values: Values


def add_to(app: "FastAPI") -> None:
    """Add this route to the application."""
    offer(
        app,
        "/v1/export",
        get_export,
        described(
            "Alles wat een zoekvraag vindt, om mee te nemen",
            ", ".join(media.partition(";")[0] for media in FORMATEN.values()),
            PARAMETERS,
            uitleg="Elk gevonden document, in één stroom. Elke rij heeft een `cursor`; breekt de verbinding af, dan gaat u "
            "met `na` verder achter de laatste rij die u heeft. De laatste rij heeft geen cursor: dan is alles binnen. "
            "De kop `Woo-Totaal` noemt het aantal aan het begin.",
        ),
    )


def get_export(request: Request) -> Response:
    parts = parts_of(request)
    wanted = read_wanted(queries.read(request.scope["query_string"], PARAMETERS))
    walk = Walk(parts, params.question(wanted.values, Soort.DOCUMENT, parts.lijsten), most=wanted.most)
    headers = _headers(wanted, walk)
    if request.method == "HEAD":
        return Response(headers=headers, media_type=FORMATEN[wanted.formaat])
    return StreamingResponse(
        export(parts, walk, wanted), headers=headers, media_type=FORMATEN[wanted.formaat]
    )


def read_wanted(values: Values) -> Wanted:
    """What is asked for; raises the 400 that names every wrong value, but those that `params.question` reads."""
    faults = [fault for fault in (_fault_of_formaat(values), *_choices(values)) if fault is not None]
    if faults:
        raise invalid(*faults)
    kept = {
        naam: given
        for naam, given in values.items()
        if naam not in ("formaat", "bestandsformaat", "scheiding", "aantal")
    }
    if "bestandsformaat" in values:
        kept["formaat"] = values["bestandsformaat"]
    most = values.get("aantal")
    return Wanted(
        values["formaat"][0],
        SCHEIDINGEN[values.get("scheiding", ("komma",))[0]],
        int(most[0]) if most else None,
        kept,
    )


def export(parts: Parts, walk: Walk, wanted: Wanted, *, header: bool = True) -> Iterator[bytes]:
    """The bytes of an export; `header` False for CSV rows that are put behind earlier ones."""
    match wanted.formaat:
        case "csv":
            return csv_export(walk, parts.site, scheiding=wanted.scheiding, header=header)
        case "jsonl":
            return json_export(walk, parts.site)
        case _:
            return zip_export(parts, walk)


def _fault_of_formaat(values: Values) -> InputFault | None:
    given = values.get("formaat", ())
    if not given:
        detail = f"Zeg met 'formaat' wat u wilt hebben: {', '.join(FORMATEN)}."
        return InputFault("query", "formaat", "verplicht", detail)
    if given[0] in FORMATEN:
        return None
    detail = (
        f"{quoted(given[0])} is geen vorm van uitvoer. Kies uit {', '.join(FORMATEN)}. "
        "Wilt u alleen bestanden van één soort, gebruik dan 'bestandsformaat'."
    )
    return InputFault("query", "formaat", "onbekende-waarde", detail)


def _choices(values: Values) -> Iterator[InputFault]:
    for given in values.get("scheiding", ()):
        if given not in SCHEIDINGEN:
            detail = f"Kies voor 'scheiding' uit {', '.join(SCHEIDINGEN)}."
            yield InputFault("query", "scheiding", "onbekende-waarde", detail)
    for given in values.get("aantal", ()):
        if not (re.fullmatch(r"\d{1,8}", given, re.ASCII) and 1 <= int(given) <= MOST):
            detail = f"'aantal' is een heel getal van 1 tot en met {MOST}, niet {quoted(given)}."
            yield InputFault("query", "aantal", "ongeldig-getal", detail)


def _headers(wanted: Wanted, walk: Walk) -> dict[str, str]:
    naam = f"documenten-{datetime.now(UTC):%Y-%m-%d}-{walk.totaal}.{wanted.formaat}"
    headers = {"Content-Disposition": f'attachment; filename="{naam}"', "Woo-Totaal": str(walk.totaal)}
    size = total_bytes(walk) if wanted.formaat == "zip" else None
    return headers if size is None else {**headers, "Woo-Bytes": str(size)}
