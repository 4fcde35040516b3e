"""The frame of the desk's pages: look, menu, errors, forms that keep what was typed, the message after a redirect."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import APIRouter
from lxml import html
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from publisher.balie import flash
from publisher.balie.forms import CSRF, SentForm
from publisher.balie.handling import Invulling, handled
from publisher.balie.pages import Pages, pages_of
from publisher.balie.register import DELEN
from publisher.desk import AtDesk
from publisher.inputs import BodyInput, Dag, Titel
from tests.api.desk import DeskOfTest, open_desk
from woo.domain.actor import Rol
from woo.domain.errors import InvalidValue, NotFound, Refused, Unavailable

TEMPLATE = """{% extends "basis.html" %}{% import "_velden.html" as velden with context %}
{% block titel %}Proef{% endblock %}
{% block inhoud %}<h1>Proef</h1>{{ velden.fouten(form) }}
<form method="post">{{ csrf() }}{{ velden.stand(form) }}
{{ velden.text(form, "officieleTitel", "Titel", hint="Kort.", nodig=true) }}
{{ velden.datum(form, "dag", "Dag") }}
{{ velden.keuze(form, "soorten", "Soorten", [("a", "A"), ("b", "B")], soort="checkbox") }}
</form>{% endblock %}"""


class Invoer(BodyInput):
    officiele_titel: Titel = Field(title="Titel")
    dag: Dag | None = Field(default=None, title="Dag")
    soorten: list[str] = Field(default_factory=list, title="Soorten")
    gewijzigd_op: str | None = None


proef = APIRouter(include_in_schema=False)


@proef.get("/proef")
def get_proef(request: Request, desk: AtDesk) -> Response:
    return _form(request, Invulling.of({"officieleTitel": "<b>oud</b>", "soorten": ["b"]}))


@proef.post("/proef")
def post_proef(request: Request, desk: AtDesk, form: SentForm) -> Response:
    def do(invoer: Invoer) -> Response:
        match invoer.officiele_titel:
            case "code":
                raise InvalidValue("officiele_titel", "code", "no", accepted=["cade"])
            case "later":
                raise Refused("save", "proef", "the registry holds a later state")
            case "weg":
                raise NotFound("publicatie", "weg")
            case "kwijt":
                raise Unavailable("the registry", "it is away")
        return flash.after("/proef", f"Bewaard: {invoer.officiele_titel} {','.join(invoer.soorten)} <i>")

    stored: Any = lambda: {"officieleTitel": "van een ander", "gewijzigdOp": "nu"}  # noqa: E731
    return handled(form, Invoer, do, lambda filled, status: _form(request, filled, status), stored=stored)


def _form(request: Request, form: Invulling, status: int = 200) -> Response:
    return pages_of(request).render(request, "proef.html", status=status, form=form)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[DeskOfTest]:
    with open_desk(tmp_path) as opened:
        pages: Pages = opened.app.state.pages
        loader = pages._environment.loader
        assert loader is not None
        original = loader.get_source
        loader.get_source = lambda env, name: (  # type: ignore[method-assign]
            (TEMPLATE, None, None) if name == "proef.html" else original(env, name)
        )
        opened.app.include_router(proef)
        yield opened


def browser(desk: DeskOfTest, rol: Rol | None = Rol.REDACTEUR) -> Any:
    client = desk.client(None) if rol is None else desk.by(rol)
    client.base_url = "http://balie"
    client.follow_redirects = False
    return client


def test_every_template_compiles(desk: DeskOfTest) -> None:
    desk.app.state.pages.compile()


def test_a_page_has_the_shared_look_and_its_headers(desk: DeskOfTest) -> None:
    page = browser(desk).get("/")
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert page.headers["cache-control"] == "no-store"
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "form-action 'self'" in policy
    tree = html.fromstring(page.text)
    assert not tree.cssselect("script:not([src]), style, [style], [onclick]")
    for link in tree.cssselect('link[rel="stylesheet"], script[src]'):
        address = link.get("href") or link.get("src")
        sheet = browser(desk, None).get(address)
        assert sheet.status_code == 200
        assert "immutable" in sheet.headers["cache-control"]
    assert tree.cssselect("a.skip-link")[0].get("href") == "#inhoud"


def test_the_menu_shows_what_the_actor_may_use(desk: DeskOfTest) -> None:
    seen = {
        rol: [a.get("href") for a in html.fromstring(browser(desk, rol).get("/").text).cssselect("nav a")]
        for rol in (Rol.LEZER, Rol.BEHEERDER)
    }
    assert "/beheer" in seen[Rol.BEHEERDER]
    assert "/beheer" not in seen[Rol.LEZER]
    assert browser(desk, Rol.LEZER).get("/beheer").status_code == 403


@pytest.mark.parametrize(
    ("rol", "path", "status"),
    [
        (Rol.LEZER, "/nergens", 404),
        (Rol.LEZER, "/?x=1", 400),
        (Rol.LEZER, "/static/x", 404),
    ],
)
def test_what_goes_wrong_is_a_page_and_json_under_v1(
    desk: DeskOfTest, rol: Rol, path: str, status: int
) -> None:
    page = browser(desk, rol).get(path)
    assert (page.status_code, page.headers["content-type"]) == (status, "text/html; charset=utf-8")
    assert f"Foutcode {status}" in page.text
    assert page.headers["cache-control"] == "no-store"
    problem = browser(desk, rol).get("/v1/nergens")
    assert problem.headers["content-type"] == "application/problem+json"


def test_a_form_shows_what_is_stored_escaped(desk: DeskOfTest) -> None:
    tree = html.fromstring(browser(desk).get("/proef").text)
    assert tree.cssselect("#officieleTitel")[0].get("value") == "<b>oud</b>"
    assert [box.get("value") for box in tree.cssselect("input[checked]")] == ["b"]


def test_everything_wrong_is_told_at_once_and_what_was_typed_stays(desk: DeskOfTest) -> None:
    sent = {"dag": "31-2-2026", "soorten": ["a", "b"], "vreemd": "1"}
    page = browser(desk).post("/proef", data=sent)
    assert page.status_code == 400
    tree = html.fromstring(page.text)
    alert = tree.cssselect('[role="alert"]')[0].text_content()
    assert "Het veld 'Titel' ontbreekt" in alert
    assert "Het veld 'Dag' moet een dag zijn" in alert
    assert "vreemd" in alert
    field = tree.cssselect("#dag")[0]
    assert (field.get("value"), field.get("aria-invalid")) == ("31-2-2026", "true")
    described = tree.cssselect("#officieleTitel")[0].get("aria-describedby").split()
    assert [tree.get_element_by_id(id) is not None for id in described] == [True, True]
    assert len(tree.cssselect("input[checked]")) == 2


def test_a_refused_value_stands_beside_its_field(desk: DeskOfTest) -> None:
    page = browser(desk).post("/proef", data={"officieleTitel": "code"})
    assert page.status_code == 400
    error = html.fromstring(page.text).get_element_by_id("fout-officieleTitel").text_content()
    assert error == "De waarde 'code' van 'Titel' kan niet. Bedoelt u cade?"


def test_a_conflict_shows_both_versions_and_the_new_state(desk: DeskOfTest) -> None:
    page = browser(desk).post("/proef", data={"officieleTitel": "later", "gewijzigdOp": "toen"})
    assert page.status_code == 409
    tree = html.fromstring(page.text)
    assert [cell.text_content() for cell in tree.cssselect("td")] == ["van een ander", "later"]
    assert tree.cssselect('[name="gewijzigdOp"]')[0].get("value") == "nu"
    assert tree.cssselect("#officieleTitel")[0].get("value") == "later"


@pytest.mark.parametrize(("titel", "status"), [("weg", 404), ("kwijt", 503)])
def test_what_is_away_is_told(desk: DeskOfTest, titel: str, status: int) -> None:
    page = browser(desk).post("/proef", data={"officieleTitel": titel})
    assert page.status_code == status
    assert ('value="kwijt"' in page.text) == (status == 503)


def test_after_saving_the_message_is_shown_once(desk: DeskOfTest) -> None:
    client = browser(desk)
    saved = client.post("/proef", data={"officieleTitel": "nieuw", "soorten": ["a", "b"]})
    assert (saved.status_code, saved.headers["location"]) == (303, "/proef")
    first, second = client.get("/proef").text, client.get("/proef").text
    assert "Bewaard: nieuw a,b &lt;i&gt;" in first
    assert "Bewaard" not in second


def test_a_message_that_we_did_not_write_is_nothing(desk: DeskOfTest) -> None:
    page = browser(desk).get("/proef", headers={"Cookie": "balie-melding=%%%"})
    assert page.status_code == 200


@pytest.mark.parametrize("sent", [{}, {CSRF: "ander"}, {CSRF: ["geheim", "geheim"]}])
def test_a_form_without_the_token_of_the_session_is_refused(
    desk: DeskOfTest, sent: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = with_token(desk, monkeypatch)
    assert client.post("/proef", data={"officieleTitel": "x", **sent}).status_code == 403
    assert client.post("/proef", data={"officieleTitel": "x", CSRF: "geheim"}).status_code == 303


def with_token(desk: DeskOfTest, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A browser whose session has the token `geheim`."""

    class Tokened:
        def __init__(self, app: Any) -> None:
            self.app = app

        async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
            if scope["type"] == "http":
                scope["state"]["csrf"] = "geheim"
            await self.app(scope, receive, send)

    desk.app.user_middleware.append(__import__("starlette.middleware").middleware.Middleware(Tokened))
    client = browser(desk)
    assert 'name="csrf" value="geheim"' in client.get("/proef").text
    return client


def test_a_body_that_is_no_form_is_refused(desk: DeskOfTest) -> None:
    assert browser(desk).post("/proef", json={"officieleTitel": "x"}).status_code == 400


def test_a_form_that_is_too_large_is_refused(desk: DeskOfTest) -> None:
    page = browser(desk).post("/proef", data={"officieleTitel": "x" * 300_000})
    assert (page.status_code, "256 kB" in page.text or "262 kB" in page.text) == (413, True)


def routes_of(router: APIRouter) -> Iterator[Route]:
    """The routes of a part, also those of the modules that it is made of, and those that answer for themselves."""
    for route in router.routes:
        if isinstance(route, Route):
            yield route
        else:
            yield from routes_of(route.original_router)  # type: ignore[attr-defined]


def test_no_two_parts_serve_the_same_address() -> None:
    served = [
        (route.path, method)
        for deel in DELEN
        for route in routes_of(deel.router)
        for method in route.methods or ()
    ]
    assert len(served) == len(set(served)), [each for each in served if served.count(each) > 1]
