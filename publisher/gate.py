"""Lets a request in by an API key or by the session of a browser, and sends everybody else to the page for logging in."""

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from publisher.answering import is_api, respond_to
from publisher.auth import Authentication
from publisher.cookies import Cookies
from publisher.middleware import OPEN_TO_ALL
from publisher.problems import of
from publisher.proof import SAFE, Body, from_here, header_has, says_from_here
from woo.domain.account import Account
from woo.domain.errors import NotFound, WooError
from woo.domain.sessie import Fase, Sessie
from woo.usecases.toegang.formulieren import Formulier, keep
from woo.usecases.toegang.onderdelen import Toegang
from woo.views.problems import Problem

LOGIN = "/aanmelden"
BEFORE_LOGIN = (*OPEN_TO_ALL, f"{LOGIN}/", "/uitnodiging/")
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
_NEVER_KEPT = ("/mijn", LOGIN, "/uitnodiging", "/afmelden", "/hervat")
"""Paths whose forms hold passwords or codes, or nothing to lose."""

_MOST_FIELDS, _MOST_FILES, _MOST_PART = 5_000, 1_000, 64 * 1024


@dataclass(frozen=True, slots=True)
class Found:
    """What the cookie of a request says: its token, its session (open or not) and whose it is."""

    token: str
    sessie: Sessie
    account: Account
    is_open: bool

    @property
    def is_in(self) -> bool:
        """Whether it opens the desk."""
        return self.is_open and self.sessie.fase is Fase.VOLLEDIG


class LogInRequired:
    """Nothing of a request is read, but the token of a form, before it is known who asks.

    It leaves in `request.state`: `actor`; `csrf`, the token that forms carry (empty for who sends a key); and for who has
    a session `sessie` and `account`, also while that waits for its second step (then there is no actor).
    """

    def __init__(self, app: ASGIApp, *, authentication: Authentication, toegang: Toegang) -> None:
        self._app = app
        self._authentication = authentication
        self._toegang = toegang
        self._cookies = Cookies.of(toegang.settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        state = scope.setdefault("state", {})
        state.update(csrf="", sessie=None, account=None)
        try:
            await self._enter(scope, receive, send)
        except WooError as error:
            await respond_to(scope, of(error))(scope, receive, send)

    async def _enter(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers, path = Headers(scope=scope), scope["path"]
        if path.startswith(OPEN_TO_ALL):
            await self._app(scope, receive, send)
            return
        found = None
        if "authorization" not in headers:
            found = await run_in_threadpool(self._find, self._cookies.token(Request(scope)))
        body = Body(receive)
        if path == LOGIN or path.startswith(BEFORE_LOGIN):
            await self._before_login(scope, body, send, headers, found)
        elif found is not None and found.is_in:
            await self._with_session(scope, body, send, headers, found)
        elif found is not None and is_api(path):
            await respond_to(scope, _no_session())(scope, body.receive, send)
        elif is_api(path) or "authorization" in headers:
            await self._with_key(scope, body, send, headers)
        else:
            response = await self._to_login(scope, body, headers, found)
            await response(scope, body.receive, send)

    def _find(self, token: str) -> Found | None:
        if not token:
            return None
        platform = self._toegang.platform
        now = platform.now()
        sessie = platform.registry.sessions.find(token)
        if sessie is None:
            return None
        try:
            with platform.registry.read() as reading:
                account = reading.accounts.account(sessie.account_id)
        except NotFound:
            return None
        is_open = sessie.is_open(now, self._toegang.duur) and account.gesloten_op is None
        if is_open:
            platform.registry.sessions.touch(sessie, now=now)
        return Found(token, sessie, account, is_open)

    async def _before_login(
        self, scope: Scope, body: Body, send: Send, headers: Headers, found: Found | None
    ) -> None:
        """A page for who is not in yet; only the step of a half session needs a token, as only it has one."""
        state = scope["state"]
        if scope["method"] not in SAFE and not from_here(headers, url=self._toegang.settings.url):
            await respond_to(scope, _foreign())(scope, body.receive, send)
            return
        if found is not None and found.is_open:
            state.update(sessie=found.sessie, account=found.account)
            if not found.is_in:
                state["csrf"] = csrf_of(self._toegang, found.token)
        if scope["path"] == LOGIN and scope["method"] not in SAFE:
            state["csrf"] = ""  # the form was made before there was a session
        await self._app(scope, body.receive, send)

    async def _with_session(
        self, scope: Scope, body: Body, send: Send, headers: Headers, found: Found
    ) -> None:
        token = csrf_of(self._toegang, found.token)
        scope["state"].update(
            actor=found.account.actor(f"balie {address_of(scope)}"),
            csrf=token,
            sessie=found.sessie,
            account=found.account,
        )
        if scope["method"] in SAFE:
            await self._app(scope, body.receive, send)
            return
        if not from_here(headers, url=self._toegang.settings.url):
            await respond_to(scope, _foreign())(scope, body.receive, send)
            return
        is_form = _media(headers) in _FORMS and not is_api(scope["path"])
        if header_has(headers, token) or (is_form and await body.has(token)):
            await self._app(scope, body.receive, send)
            return
        response: Response = respond_to(scope, _unproven())
        sure = is_form and says_from_here(headers, url=self._toegang.settings.url)
        if sure and await body.has_any():  # a form from before somebody logged in again, in another tab
            kept = await self._kept(scope, body, found.account.id)
            response = RedirectResponse(f"/hervat/{kept}", 303) if kept else response
        await response(scope, body.receive, send)

    async def _with_key(self, scope: Scope, body: Body, send: Send, headers: Headers) -> None:
        given = headers.getlist("authorization")
        actor = await run_in_threadpool(self._authentication.actor, given, address_of(scope))
        scope["state"]["actor"] = actor
        await self._app(scope, body.receive, send)

    async def _to_login(self, scope: Scope, body: Body, headers: Headers, found: Found | None) -> Response:
        """Send the browser to the page for logging in; a form that it was sending is kept for afterwards."""
        if scope["method"] in ("GET", "HEAD"):
            query = scope["query_string"].decode("latin-1")
            there = quote(scope["path"]) + (f"?{query}" if query else "")
            return _login(there, reden="verlopen" if found is not None else "")
        if _media(headers) not in _FORMS:
            return respond_to(scope, _no_session())
        genuine = found is not None and from_here(headers, url=self._toegang.settings.url)
        if found is None or not genuine or not await body.has(csrf_of(self._toegang, found.token)):
            return _login("/", reden="verlopen")
        kept = await self._kept(scope, body, found.account.id)
        return _login(f"/hervat/{kept}", reden="bewaard") if kept else _login("/", reden="verlopen")

    async def _kept(self, scope: Scope, body: Body, account_id: str) -> str | None:
        """Keep the fields of a form; the content of its files is let go."""
        path, query = scope["path"], scope["query_string"].decode("latin-1")
        if path.startswith(_NEVER_KEPT):
            return None
        request = Request(scope, body.receive)
        try:
            form = await request.form(
                max_fields=_MOST_FIELDS, max_files=_MOST_FILES, max_part_size=_MOST_PART
            )
        except HTTPException:
            return None
        try:
            items = form.multi_items()
            velden = [(name, value) for name, value in items if isinstance(value, str) and name != "csrf"]
            files = tuple(dict.fromkeys(name for name, value in items if isinstance(value, UploadFile)))
        finally:
            await form.close()
        kept = Formulier(quote(path) + (f"?{query}" if query else ""), velden, files)
        return await run_in_threadpool(keep, self._toegang, account_id, kept)


def csrf_of(toegang: Toegang, token: str) -> str:
    """The token that forms of this session carry; it comes from the session's own, so that it need not be kept."""
    return toegang.kluis.digest("csrf", token)


def address_of(scope: Scope) -> str:
    """The address that a request comes from."""
    return str(scope["client"][0]) if scope.get("client") else "unknown"


def safe_path(naar: str) -> str:
    """Where to go after logging in: a path of the desk itself, never an address elsewhere."""
    own = naar.startswith("/") and not naar.startswith(("//", "/\\")) and naar.isprintable()
    return naar if own and "\\" not in naar and not naar.startswith((LOGIN, "/afmelden")) else "/"


def _login(naar: str, *, reden: str = "") -> Response:
    query = {
        name: value for name, value in (("naar", safe_path(naar)), ("reden", reden)) if value not in ("", "/")
    }
    return RedirectResponse(f"{LOGIN}?{urlencode(query)}" if query else LOGIN, 303)


def _media(headers: Headers) -> str:
    return headers.get("content-type", "").partition(";")[0].strip().casefold()


def _foreign() -> Problem:
    detail = "Deze vraag komt van een andere website. Er is niets gedaan. Open de balie zelf en probeer het opnieuw."
    return Problem(403, "Dit komt niet van de balie", detail)


def _unproven() -> Problem:
    detail = (
        "Dit formulier hoort niet bij uw aanmelding. Er is niets gedaan. Ga terug, laad de pagina opnieuw en probeer "
        "het nog eens. Een programma stuurt de waarde mee in de header 'X-CSRF-Token'."
    )
    return Problem(403, "Dit formulier is verlopen", detail)


def _no_session() -> Problem:
    detail = "U bent niet meer aangemeld. Er is niets gedaan. Meld u aan in een ander tabblad en probeer het opnieuw."
    return Problem(401, "U bent niet aangemeld", detail)
