"""Answers an error: problem+json on the API, a page in words on the site."""

import json

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match

from search_api import parameters, problems, queries
from search_api.addresses import is_api
from search_api.limits import MAX_ZOEK
from search_api.portal.pages import pages_of
from search_api.problems import ProblemError, WithdrawnError
from woo.views.problems import MEDIA_TYPE, Problem


def respond(request: Request, error: Exception) -> Response:
    """Answer any error; nothing of its inside is told unless it was raised to be told."""
    if isinstance(error, HTTPException):
        problem = problems.of_status(error.status_code, _allowed(request))
    else:
        problem = problems.of(error)
    if is_api(request.scope["path"]):
        return _problem_json(request, problem)
    entry = error.entry if isinstance(error, WithdrawnError) else None
    response = pages_of(request).render(
        "ingetrokken.html" if entry else "fout.html",
        status=problem.status,
        problem=problem,
        entry=entry,
        zoek=_typed(request),
    )
    response.headers.update(problem.headers)
    return response


def _problem_json(request: Request, problem: Problem) -> Response:
    body = json.dumps(problem.as_json(request.scope["path"]), ensure_ascii=False)
    return Response(
        body.encode("utf-8", "replace"),
        status_code=problem.status,
        media_type=MEDIA_TYPE,
        headers=dict(problem.headers),
    )


def _typed(request: Request) -> str:
    """The words as typed, to put back in the search field; none where the address cannot be read."""
    try:
        values = queries.read(request.scope["query_string"], (parameters.ZOEK,), strict=False)
    except ProblemError:
        return ""
    return values.get("zoek", [""])[0][:MAX_ZOEK]


def _allowed(request: Request) -> list[str]:
    """The methods that the routes at this address take."""
    found: set[str] = set()
    for route in request.app.routes:
        if route.matches(request.scope)[0] is not Match.NONE:
            found |= set(getattr(route, "methods", None) or ())
    return sorted(found)
