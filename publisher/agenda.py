"""The calendar feed: opened by the secret in its address, before and beside what asks for a log-in."""

from urllib.parse import urlencode, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from publisher.answering import respond_to
from publisher.backoff import BackOff
from publisher.problems import of
from woo.domain.errors import NotFound, WooError
from woo.domain.termijnregel import Termijnsoort
from woo.exports.agenda import Afspraak, calendar
from woo.logs import get_logger
from woo.settings import Settings
from woo.usecases.agenda import Agendapunt, agenda
from woo.usecases.platform import Platform
from woo.views import termijnen as told

PATH = "/v1/agenda.ics"
_MEDIA_TYPE = "text/calendar; charset=utf-8"
_WARN_DAYS = (7, 1, 0)
_LONGEST = 200
_ADVICE = "Geen juridisch advies"
_log = get_logger(__name__)


def desk_address(settings: Settings, request: Request) -> str:
    """Where the desk is for who asks: as the settings say, or else where the request came in; without a slash at the end."""
    return (settings.aanmelden.url or str(request.base_url)).rstrip("/")


def feed_address(settings: Settings, request: Request, secret: str) -> str:
    """The address of the feed that this secret opens."""
    return f"{desk_address(settings, request)}{PATH}?{urlencode({'sleutel': secret})}"


class AgendaFeed:
    """Answers the one address of the feed, and passes everything else on.

    An unknown, expired or revoked key is a 404, as is none at all: a calendar program then says that the calendar is gone.
    """

    def __init__(
        self, app: ASGIApp, *, platform: Platform, settings: Settings, backoff: BackOff | None = None
    ) -> None:
        self._app = app
        self._platform = platform
        self._settings = settings
        self._backoff = BackOff() if backoff is None else backoff

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] != PATH or scope["method"] not in ("GET", "HEAD"):
            await self._app(scope, receive, send)
            return
        try:
            response = await run_in_threadpool(self._answer, Request(scope))
        except WooError as error:
            response = respond_to(scope, of(error))
        await response(scope, receive, send)

    def _answer(self, request: Request) -> Response:
        address = request.client.host if request.client else "unknown"
        secret = _secret(request.query_params)
        found = agenda(self._platform, secret) if secret else None
        if found is None:
            if not self._backoff.wait(address):
                self._backoff.failed(address)
                _log.warning("agenda_refused")
            raise NotFound("agendasleutel", "(withheld)")
        _, points = found
        desk = desk_address(self._settings, request)
        naam = f"Woo-termijnen {self._settings.site.naam}"
        content = calendar(
            naam,
            urlsplit(desk).hostname or "localhost",
            [_afspraak(point, desk) for point in points],
            now=self._platform.now(),
        )
        return Response(content, media_type=_MEDIA_TYPE)


def _secret(params: QueryParams) -> str:
    given = params.getlist("sleutel")
    return given[0] if len(given) == 1 and len(given[0]) <= _LONGEST else ""


def _afspraak(point: Agendapunt, desk: str) -> Afspraak:
    lopend, klok = point.lopend, point.lopend.klok
    assert klok.einde is not None  # noqa: S101 - a calendar holds only what has an end
    tekst = "\n".join(
        part for part in (told.due(klok), told.both_ways(klok), f"{klok.regel.artikel}. {_ADVICE}.") if part
    )
    return Afspraak(
        sleutel=klok.sleutel,
        dag=klok.einde,
        titel=f"{lopend.kenmerk}: {told.what(klok)}",
        tekst=tekst,
        url=f"{desk}{lopend.pad}",
        volgnummer=point.wijzigingen,
        gewijzigd_op=point.gewijzigd_op,
        waarschuw=_WARN_DAYS if klok.regel.soort is Termijnsoort.PLICHT else (),
    )
