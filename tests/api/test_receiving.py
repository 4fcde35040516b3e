"""What the public side takes in by POST: forms and bodies, bounded, and refused in words."""

import asyncio
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from search_api import receiving
from search_api.describe import described
from search_api.receiving import Form, accept_body, accept_form
from tests.api.asking import Client
from tests.api.site import PublicSite


@pytest.fixture
def app(site: PublicSite) -> FastAPI:
    app = site.app()

    def take_form(request: Request, form: Form) -> Response:
        files = {naam: (file.naam, len(file.content)) for naam, file in form.bestanden.items()}
        return PlainTextResponse(f"{form.text('naam')}|{dict(form.velden)}|{files}")

    def take_body(request: Request, body: bytes) -> Response:
        return PlainTextResponse(str(len(body)))

    accept_form(app, "/formulier", take_form, limit=2000)
    told = described("Een lijst", "text/plain", uitleg="Neemt een lijst aan.")
    accept_body(app, "/v1/_lijst", take_body, told, limit=100, content={"text/plain": {}})
    return app


def test_a_form_gives_its_fields_as_typed(app: FastAPI):
    answer = Client(app).post("/formulier", {"naam": " Zwaluw é ", "keuze": ["a", "b"]})
    assert answer.status_code == 200
    assert answer.text.startswith("Zwaluw é|")
    assert "('a', 'b')" in answer.text


def test_a_form_may_hold_a_file(app: FastAPI):
    request = httpx.Request(
        "POST", "/formulier", data={"naam": "x"}, files={"lijst": ("vragen.txt", b"12345")}
    )
    assert Client(app).send(request).text.endswith("|{'lijst': ('vragen.txt', 5)}")


@pytest.mark.parametrize(
    ("content", "media", "status"),
    [
        (b"naam=" + b"x" * 2000, "application/x-www-form-urlencoded", 413),
        (b"{}", "application/json", 415),
        (b"naam=x", "", 415),
        (b"geen grens", "multipart/form-data", 415),
        (b"&".join(b"v%d=" % n for n in range(100)), "application/x-www-form-urlencoded", 415),
    ],
)
def test_what_is_too_much_or_no_form_is_refused_in_words(
    app: FastAPI, content: bytes, media: str, status: int
):
    answer = Client(app).post("/formulier", content, content_type=media)
    assert answer.status_code == status
    assert "<h1>" in answer.text


def test_a_body_is_bounded_and_described(app: FastAPI):
    client = Client(app)
    assert client.post("/v1/_lijst", b"x" * 100).text == "100"
    too_much = client.post("/v1/_lijst", b"x" * 101)
    assert too_much.status_code == 413
    assert too_much.headers["content-type"] == "application/problem+json"
    paths: dict[str, Any] = client.get("/v1/openapi.json").json()["paths"]
    assert paths["/_lijst"]["post"]["requestBody"]["content"] == {"text/plain": {}}


def test_another_method_is_refused_with_the_ones_that_are_offered(app: FastAPI):
    answer = Client(app).get("/v1/_lijst")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "POST"
    assert Client(app).post("/v1/documenten").headers["allow"] == "GET, HEAD"


def test_who_sends_too_slowly_is_not_waited_for(app: FastAPI, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(receiving, "SECONDS", 0.05)

    async def slowly() -> Any:
        yield b"x"
        await asyncio.sleep(5)
        yield b"y"

    assert Client(app).post("/v1/_lijst", slowly()).status_code == 408
