"""The feed of changes: every document that is or was public, by the number of its last change, for who keeps a copy."""

import hashlib
import json
from datetime import UTC, datetime

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response

from search_api import answers, params, queries
from search_api.describe import described, offer
from search_api.limits import MAX_AANTAL
from search_api.parts import parts_of
from search_api.problems import invalid
from search_api.queries import Parameter, Values
from search_api.ranges import matches
from search_api.wijziging_schemas import Wijzigingen as Schema
from search_api.wijzigingen import Wijzigingen
from woo.views.problems import InputFault, quoted

_NA = Parameter(
    "na",
    "De cursor waar u gebleven bent: `volgende` uit het vorige antwoord, hoe lang geleden ook. Zonder cursor begint u vooraan.",
    voorbeeld="5e0f3c2a91bd-1520",
)
_SINDS = Parameter(
    "sinds",
    "Alleen wijzigingen vanaf dit moment (datum, of datum en tijd in UTC of met tijdzone). Niet samen met `na`.",
    voorbeeld="2026-03-01T00:00:00Z",
)
_AANTAL = Parameter(
    "aantal",
    "Hoogstens zoveel wijzigingen in één antwoord.",
    {"type": "integer", "minimum": 1, "maximum": MAX_AANTAL, "default": MAX_AANTAL},
)
_PARAMETERS = (_NA, _SINDS, _AANTAL)
_UITLEG = (
    "Elk document dat openbaar is of was, precies één keer, op volgorde van zijn laatste wijziging. Wie steeds verdergaat met "
    "`volgende`, ziet elke nieuwe versie, elke wijziging van gegevens en elke intrekking, en mist er geen. Van wat is ingetrokken staat er "
    "alleen dat, wanneer en waarom: haal het dan ook bij u weg."
)
_OPNIEUW = (
    "De lijst is opnieuw begonnen, bijvoorbeeld nadat een reservekopie is teruggezet; begin zonder `na`."
)


def add_to(app: FastAPI) -> None:
    """Add this route to the application."""
    offer(
        app,
        "/v1/wijzigingen",
        get_wijzigingen,
        described("Wat er is gewijzigd", Schema, _PARAMETERS, gone=_OPNIEUW, uitleg=_UITLEG),
    )


def get_wijzigingen(request: Request) -> Response:
    parts = parts_of(request)
    values = queries.read(request.scope["query_string"], _PARAMETERS)
    aantal = params.whole(values, "aantal", MAX_AANTAL, MAX_AANTAL)
    sinds = _sinds(values)
    feed = Wijzigingen(parts)
    na = feed.nummer(values["na"][0]) if "na" in values else 0
    page = feed.bladzijde(na, aantal, sinds=sinds)
    told = [feed.vertel(regel) for regel in page.regels]
    body = {
        "wijzigingen": [each for each in told if each is not None],
        "volgende": feed.cursor(page.tot),
        "meer": page.meer,
    }
    digest = hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
    headers = {"ETag": f'"{digest[:32]}"', "Cache-Control": "no-cache"}
    if matches(request.headers.get("if-none-match"), headers["ETag"]):
        return Response(status_code=304, headers=headers)
    return answers.json_response(body, headers=headers)


def _sinds(values: Values) -> datetime | None:
    """The moment asked for; a day is its beginning in UTC. Raises the 400 for what is none, and together with a cursor."""
    if "sinds" not in values:
        return None
    given = values["sinds"][0].strip()
    if "na" in values:
        detail = "Geef 'na' of 'sinds', niet allebei: een cursor zegt al vanaf waar."
        raise invalid(InputFault("query", "sinds", "niet-samen", detail))
    try:
        moment = datetime.fromisoformat(given.replace(" ", "+"))
    except ValueError:
        detail = f"{quoted(given)} is geen moment zoals 2026-03-01 of 2026-03-01T09:00:00Z."
        raise invalid(InputFault("query", "sinds", "ongeldig-moment", detail)) from None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
