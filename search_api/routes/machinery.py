"""What machines ask of the site: is it alive, is it ready, who to tell of a leak."""

from datetime import UTC, datetime, timedelta

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from search_api.describe import offer
from search_api.parts import Parts, parts_of
from search_api.problems import RETRY_SECONDS
from woo.domain.errors import NotFound, Unavailable
from woo.index.query import Filters

_SECURITY_TXT_DAYS = 180


def add_to(app: FastAPI) -> None:
    """Add these routes to the application."""
    offer(app, "/gezondheid/live", get_live)
    offer(app, "/gezondheid/gereed", get_gereed)
    offer(app, "/.well-known/security.txt", get_security_txt)


def get_live(request: Request) -> Response:  # noqa: ARG001 - a route takes its request
    return JSONResponse({"status": "ok"})


def get_gereed(request: Request) -> Response:
    parts = parts_of(request)
    working = {"index": _index_works(parts), "opslag": _store_works(parts)}
    ready = all(working.values())
    return JSONResponse(
        {
            "status": "ok" if ready else "niet gereed",
            "onderdelen": {naam: "ok" if works else "onbereikbaar" for naam, works in working.items()},
        },
        status_code=200 if ready else 503,
        headers={} if ready else {"Retry-After": RETRY_SECONDS},
    )


def get_security_txt(request: Request) -> Response:
    parts = parts_of(request)
    contact = parts.settings.site.contact
    if contact is None:
        raise NotFound("security.txt", "")
    expires = datetime.now(UTC) + timedelta(days=_SECURITY_TXT_DAYS)
    lines = (
        f"Contact: mailto:{contact}",
        f"Expires: {expires:%Y-%m-%dT00:00:00Z}",
        "Preferred-Languages: nl, en",
        f"Canonical: {parts.site}/.well-known/security.txt",
    )
    return PlainTextResponse("\n".join(lines) + "\n")


def _index_works(parts: Parts) -> bool:
    try:
        parts.index.count(Filters())
    except Unavailable:
        return False
    return True


def _store_works(parts: Parts) -> bool:
    try:
        parts.gate.excluded()
    except Unavailable:
        return False
    return True
