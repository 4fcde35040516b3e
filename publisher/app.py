"""The application of the desk, from the platform and the settings."""

from collections import Counter

from fastapi import Depends, FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request

from publisher.answering import answer
from publisher.auth import Authentication
from publisher.backoff import BackOff
from publisher.balie.pages import Pages
from publisher.balie.register import DELEN, OPEN
from publisher.inputs import QueryInput, declared
from publisher.middleware import BodyLimit, Envelope, KeyRequired
from publisher.openapi import PREFIX
from publisher.problems import ProblemError
from publisher.routes import (
    description,
    documentbeheer,
    documenten,
    geschiedenis,
    intrekken,
    meldingen,
    publicaties,
    sleutels,
    werk,
)
from publisher.tus import routes as tus_routes
from woo.domain.errors import WooError
from woo.settings import Settings
from woo.usecases.platform import Platform
from woo.views.problems import InputFault, invalid, unknown_name

_ROUTES = (
    description,
    publicaties,
    documenten,
    documentbeheer,
    geschiedenis,
    werk,
    meldingen,
    sleutels,
    intrekken,
)


def create_app(platform: Platform, settings: Settings, *, backoff: BackOff | None = None) -> FastAPI:
    """Make the application; it opens nothing itself, and nothing of it answers without a key."""
    app = FastAPI(
        redirect_slashes=False,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        generate_unique_id_function=lambda route: route.name,
        dependencies=[Depends(only_known_parameters)],
    )
    app.state.platform = platform
    app.state.settings = settings
    app.state.pages = Pages(settings, DELEN)
    for module in _ROUTES:
        app.include_router(module.router, prefix=PREFIX)
    app.include_router(tus_routes.router, prefix=PREFIX)
    for router in (*OPEN, *(deel.router for deel in DELEN)):
        app.include_router(router)
    for kind in (HTTPException, RequestValidationError, WooError):
        app.add_exception_handler(kind, answer)
    app.add_middleware(BodyLimit)
    app.add_middleware(
        KeyRequired, authentication=Authentication(platform, BackOff() if backoff is None else backoff)
    )
    app.add_middleware(Envelope)
    return app


async def only_known_parameters(request: Request) -> None:
    """Refuse parameters that the route does not know, or that stand in the address twice."""
    known = declared(request.scope["endpoint"], QueryInput)
    given = Counter(name for name, _ in request.query_params.multi_items())
    faults = [unknown_name("query", name, known) for name in given if name not in known]
    faults += [
        InputFault("query", name, "dubbel", f"'{name}' mag maar één keer in het adres staan.")
        for name, number in given.items()
        if number > 1 and name in known
    ]
    if faults:
        raise ProblemError(invalid(*faults))
