"""Takes in what a visitor sends: bounded in size and time, read before the route runs; forms and bodies for sync routes."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Message

from search_api.describe import Description, described_route
from search_api.problems import ProblemError, not_a_form, too_large, too_slow

FORM_BYTES = 64 * 1024
"""Bytes of a form without a file."""

SECONDS = 30
"""Longest time that sending may take."""

_FIELDS = 50
_FILES = 1
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file of a form: the name that the visitor's browser gave it, and its bytes."""

    naam: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Form:
    """A form as sent: the text fields (each value as typed), and at most one file per name."""

    velden: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    bestanden: Mapping[str, SentFile] = field(default_factory=dict)

    def text(self, naam: str) -> str:
        """The first value of a field without spaces around it; empty when it was not sent."""
        return self.velden.get(naam, ("",))[0].strip()


FormHandler = Callable[[Request, Form], Response]
BodyHandler = Callable[[Request, bytes], Response]


def accept_form(app: FastAPI, path: str, handler: FormHandler, *, limit: int = FORM_BYTES) -> None:
    """Add a POST route for a form (urlencoded or multipart) of at most `limit` bytes.

    More gives 413, what is no form 415, who sends too slowly 408; the route then does not run.
    """

    async def endpoint(request: Request) -> Response:
        form = await _form(request, await _body(request, limit))
        return await run_in_threadpool(handler, request, form)

    app.add_api_route(path, endpoint, methods=["POST"], include_in_schema=False, response_model=None)


def accept_body(
    app: FastAPI,
    path: str,
    handler: BodyHandler,
    description: Description,
    *,
    limit: int,
    content: Mapping[str, Any],
) -> None:
    """Add a POST route of the API for a body of at most `limit` bytes; `content` describes it, by media type."""

    async def endpoint(request: Request) -> Response:
        return await run_in_threadpool(handler, request, await _body(request, limit))

    described_route(app, path, endpoint, description, method="POST", naam=handler.__name__, content=content)


async def _body(request: Request, limit: int) -> bytes:
    """Read what is sent; what the client announces is believed only to refuse."""
    announced = request.headers.get("content-length", "")
    if announced.isascii() and announced.isdigit() and int(announced[:20]) > limit:
        raise ProblemError(too_large(limit))
    read = bytearray()
    try:
        async with asyncio.timeout(SECONDS):
            async for chunk in request.stream():
                read += chunk
                if len(read) > limit:
                    raise ProblemError(too_large(limit))
    except TimeoutError:
        raise ProblemError(too_slow(SECONDS)) from None
    except ClientDisconnect:
        raise HTTPException(400) from None
    return bytes(read)


async def _form(request: Request, body: bytes) -> Form:
    media = request.headers.get("content-type", "").partition(";")[0].strip().casefold()
    if media not in _FORMS:
        raise ProblemError(not_a_form())

    async def replay() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    try:
        async with Request(request.scope, replay).form(
            max_files=_FILES, max_fields=_FIELDS, max_part_size=max(len(body), 1)
        ) as sent:
            velden: dict[str, tuple[str, ...]] = {}
            bestanden: dict[str, SentFile] = {}
            for naam, value in sent.multi_items():
                if isinstance(value, UploadFile):
                    bestanden[naam] = SentFile(value.filename or "", await value.read())
                else:
                    velden[naam] = (*velden.get(naam, ()), value)
    except (HTTPException, MultiPartException):
        raise ProblemError(not_a_form()) from None
    return Form(velden, bestanden)
