"""Makes a request that is sent twice do its work once: the answer is kept under its Idempotency-Key for a day.

Source: the IETF draft "The Idempotency-Key HTTP Header Field" (draft-ietf-httpapi-idempotency-key-header-06).
"""

import hashlib
import json
import re
from datetime import timedelta

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from publisher.answering import is_api, respond_to
from publisher.middleware import allow_body
from publisher.problems import BodyTooLarge, of
from woo.domain.actor import Actor
from woo.domain.errors import WooError
from woo.registry.idempotentie import Antwoord, Idempotentie
from woo.registry.voorbereiders import identity
from woo.usecases.platform import Platform
from woo.views.problems import InputFault, Problem, invalid

KEPT = timedelta(hours=24)
MOST_ANSWER = 1024 * 1024
"""Bytes of an answer that is kept; those of the routes that change something are far smaller."""

_HEADER = re.compile(r'"?([\x21\x23-\x7e]{8,255})"?')
_UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})
_KEPT_HEADERS = ("content-type", "location")
_SERVER_ERROR = 500


class Idempotency:
    """Answers a request again that was answered under the same key; lets every other through."""

    def __init__(self, app: ASGIApp, *, platform: Platform, file_bytes: int) -> None:
        self._app = app
        self._platform = platform
        self._file_bytes = file_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        given = [] if scope["type"] != "http" else Headers(scope=scope).getlist("idempotency-key")
        if not given or scope["method"] not in _UNSAFE or not is_api(scope["path"]):
            await self._app(scope, receive, send)
            return
        found = _HEADER.fullmatch(given[0]) if len(given) == 1 else None
        if found is None:
            await respond_to(scope, _unreadable())(scope, receive, send)
            return
        actor: Actor | None = scope["state"].get("actor")
        if actor is None:  # the way to log in: nobody is known yet, and nothing is kept
            await self._app(scope, receive, send)
            return
        await self._once(scope, receive, send, identity(actor, self._platform.log_key), found[1])

    async def _once(self, scope: Scope, receive: Receive, send: Send, account: str, sleutel: str) -> None:
        kept = self._platform.registry.idempotentie
        now = self._platform.now()
        try:
            earlier = await run_in_threadpool(kept.claim, account, sleutel, now=now, vervalt_op=now + KEPT)
        except WooError as error:
            await respond_to(scope, of(error))(scope, receive, send)
            return
        body = _Counted(scope, receive)
        if earlier is None:
            await self._first(scope, send, body, kept, account, sleutel)
        elif earlier.antwoord is None:
            await respond_to(scope, _busy())(scope, receive, send)
        else:
            allow_body(scope, self._file_bytes)
            await body.read_all()
            if body.digest() == earlier.vraag:
                await _again(send, earlier.antwoord)
            else:
                await respond_to(scope, _another())(scope, receive, send)

    async def _first(
        self, scope: Scope, send: Send, body: "_Counted", kept: Idempotentie, account: str, sleutel: str
    ) -> None:
        """Do it, and keep the answer; what failed at our side is forgotten, so that it may be tried again."""
        answer = _Listening(send)
        try:
            await self._app(scope, body.receive, answer.send)
        except BaseException:
            await run_in_threadpool(kept.forget, account, sleutel)
            raise
        try:
            await body.read_all()
        except BodyTooLarge:  # it was answered without reading all, and there is no digest to know it by
            await run_in_threadpool(kept.forget, account, sleutel)
            return
        if answer.status >= _SERVER_ERROR or len(answer.body) > MOST_ANSWER:
            await run_in_threadpool(kept.forget, account, sleutel)
        else:
            told = Antwoord(answer.status, json.dumps(answer.headers), bytes(answer.body))
            await run_in_threadpool(kept.keep, account, sleutel, body.digest(), told)


class _Counted:
    """Passes the body on while it computes the digest of the whole request."""

    def __init__(self, scope: Scope, receive: Receive) -> None:
        self._receive = receive
        self._ended = False
        place = f"{scope['method']} {scope['path']}?{scope['query_string'].decode('latin-1')}"
        self._hash = hashlib.sha256(place.encode("utf-8", "surrogatepass") + b"\n")

    async def receive(self) -> Message:
        message = await self._receive()
        if message["type"] == "http.request":
            self._hash.update(message.get("body", b""))
            self._ended = not message.get("more_body", False)
        else:
            self._ended = True
        return message

    async def read_all(self) -> None:
        while not self._ended:
            await self.receive()

    def digest(self) -> str:
        return self._hash.hexdigest()


class _Listening:
    """Sends an answer on and remembers it."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.status = 0
        self.headers: dict[str, str] = {}
        self.body = bytearray()

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = Headers(raw=message["headers"])
            self.headers = {name: headers[name] for name in _KEPT_HEADERS if name in headers}
        elif message["type"] == "http.response.body" and len(self.body) <= MOST_ANSWER:
            self.body += message.get("body", b"")
        await self._send(message)


async def _again(send: Send, antwoord: Antwoord) -> None:
    headers = {**json.loads(antwoord.koppen), "idempotent-replayed": "true"}
    raw = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": antwoord.status, "headers": raw})
    await send({"type": "http.response.body", "body": antwoord.inhoud})


def _unreadable() -> Problem:
    detail = "De waarde van 'Idempotency-Key' moet 8 tot 255 zichtbare tekens zijn, zoals een UUID, en één keer voorkomen."
    return invalid(InputFault("header", "Idempotency-Key", "ongeldige-waarde", detail))


def _busy() -> Problem:
    detail = (
        "Een vraag met deze 'Idempotency-Key' is nog bezig, of is afgebroken. Kijk eerst of zij is uitgevoerd; "
        "gebruik daarna zo nodig een nieuwe sleutel."
    )
    return Problem(409, "Deze vraag is al gedaan", detail)


def _another() -> Problem:
    detail = (
        "U gebruikte deze 'Idempotency-Key' eerder voor een andere vraag. Maak voor elke vraag een nieuwe."
    )
    return Problem(422, "Deze sleutel hoort bij een andere vraag", detail)
