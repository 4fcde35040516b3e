"""The application of the desk, from the platform and the settings."""

from collections import Counter

from fastapi import Depends, FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request

from publisher.agenda import AgendaFeed
from publisher.answering import answer
from publisher.auth import Authentication
from publisher.backoff import BackOff
from publisher.balie.pages import Pages
from publisher.balie.register import DELEN, OPEN
from publisher.gate import LogInRequired
from publisher.idempotency import Idempotency
from publisher.inputs import QueryInput, declared, takes_any_query
from publisher.kraan import Kraan
from publisher.middleware import BodyLimit, Envelope
from publisher.oidc import Provider
from publisher.openapi import PREFIX
from publisher.problems import ProblemError
from publisher.routes import (
    aandacht,
    besluiten,
    betrokkenen,
    bronnen,
    description,
    documentbeheer,
    documenten,
    gebruikers,
    geschiedenis,
    intrekken,
    inventaris,
    inventaris_bestanden,
    inventarissen,
    logboek,
    meldingen,
    mijn,
    oogst,
    publicaties,
    publiceren,
    sleutels,
    statistieken,
    teksten,
    termijnen,
    verzoeken,
    webhooks,
    werk,
)
from publisher.tus import routes as tus_routes
from publisher.voorbeeld import Etalage
from woo.domain.errors import WooError
from woo.settings import Settings
from woo.usecases.platform import Platform
from woo.usecases.toegang.onderdelen import Toegang
from woo.views.problems import InputFault, invalid, unknown_name

_ROUTES = (
    description,
    publicaties,
    documenten,
    documentbeheer,
    inventaris,
    inventaris_bestanden,
    inventarissen,
    teksten,
    publiceren,
    geschiedenis,
    logboek,
    werk,
    bronnen,
    oogst,
    meldingen,
    sleutels,
    verzoeken,
    besluiten,
    betrokkenen,
    termijnen,
    statistieken,
    aandacht,
    gebruikers,
    mijn,
    intrekken,
    webhooks,
)


def create_app(platform: Platform, settings: Settings, *, backoff: BackOff | None = None) -> FastAPI:
    """Make the application; it opens nothing itself, and nothing of it answers without a key or a log-in but the way to log in."""
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
    app.state.login_backoff = BackOff(free=20, longest=60.0)
    app.state.toegang = Toegang.of(platform, settings.aanmelden)
    app.state.provider = Provider(app.state.toegang) if settings.aanmelden.oidc else None
    app.state.pages = Pages(settings, DELEN)
    app.state.etalage = Etalage(settings, platform.lijsten)
    app.state.inzage_kraan = Kraan(settings.publiceren.inzage_per_minuut)
    app.state.inzage_mislukt = BackOff()
    for module in _ROUTES:
        app.include_router(module.router, prefix=PREFIX)
    app.include_router(tus_routes.router, prefix=PREFIX)
    for router in (*OPEN, *(deel.router for deel in DELEN)):
        app.include_router(router)
    for kind in (HTTPException, RequestValidationError, WooError):
        app.add_exception_handler(kind, answer)
    app.add_middleware(Idempotency, platform=platform, file_bytes=settings.limits.file_bytes)
    app.add_middleware(BodyLimit)
    app.add_middleware(
        LogInRequired,
        authentication=Authentication(platform, BackOff() if backoff is None else backoff),
        toegang=app.state.toegang,
    )
    app.add_middleware(AgendaFeed, platform=platform, settings=settings)
    app.add_middleware(Envelope)
    return app


async def only_known_parameters(request: Request) -> None:
    """Refuse parameters that the route does not know, or that stand in the address twice."""
    if takes_any_query(request.scope["endpoint"]):
        return
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
