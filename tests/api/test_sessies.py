"""Sessions of browsers: they end when they should, prove every change, and lose nothing of what was being typed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from publisher.balie.forms import SentForm, reading
from publisher.desk import AtDesk
from tests.api.desk import BEHEER, DeskOfTest, open_desk
from tests.api.people import ANNA, WACHTWOORD, Browser, browser, person, said, toegang_of, tree_of
from woo.domain.account import Account, Roltoekenning
from woo.domain.actor import Rol
from woo.domain.events import Actie
from woo.usecases.toegang import accounts

ELDERS = {"Origin": "https://kwaad.example", "Sec-Fetch-Site": "cross-site"}
proef = APIRouter(include_in_schema=False)


@proef.get("/proef")
def get_proef(desk: AtDesk) -> Response:
    return Response("<html><body>proef</body></html>", media_type="text/html")


@proef.post("/proef")
def post_proef(request: Request, desk: AtDesk, form: SentForm) -> Response:
    return JSONResponse({"wie": desk.actor.naam, "velden": dict(form.velden)})


@proef.post("/proef/kaal")
def post_kaal(desk: AtDesk) -> Response:
    """A route that forgets to read its form: what comes without proof may not get this far."""
    return JSONResponse({"wie": desk.actor.naam})


@proef.post("/proef/bestand")
async def post_bestand(request: Request, desk: AtDesk) -> Response:
    async with reading(request, files=3, limit=10_000_000) as form:
        sizes = [len(await file.read()) for _, file in form.bestanden]
        return JSONResponse({"velden": dict(form.velden), "bestanden": sizes})


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[DeskOfTest]:
    with open_desk(tmp_path) as opened:
        opened.app.include_router(proef)
        yield opened


@pytest.fixture
def anna(desk: DeskOfTest) -> Browser:
    person(desk)
    inside = browser(desk)
    assert inside.log_in().status_code == 303
    return inside


def proven(anna: Browser) -> dict[str, str]:
    return {"csrf": anna.csrf("/mijn")}


def test_a_session_ends_after_quiet_and_in_any_case_after_its_hours(anna: Browser) -> None:
    clock = anna.desk.clock
    for _ in range(9):
        clock.forward(minutes=59)
        assert anna.get("/mijn").status_code == 200
    clock.forward(minutes=59)
    assert anna.get("/mijn").status_code == 200
    clock.forward(minutes=11)
    ended = anna.get("/mijn")
    assert (ended.status_code, ended.headers["location"]) == (303, "/aanmelden?naar=%2Fmijn&reden=verlopen")


def test_a_quiet_session_ends(anna: Browser) -> None:
    anna.desk.clock.forward(minutes=60)
    assert anna.get("/mijn").status_code == 303


def test_logging_out_ends_the_session_on_the_server(anna: Browser) -> None:
    token = anna.client.cookies["woo"]
    out = anna.post("/afmelden", page="/mijn")
    assert (out.status_code, out.headers["location"]) == (303, "/aanmelden?reden=afgemeld")
    assert 'woo=""' in out.headers["set-cookie"]
    anna.client.cookies.set("woo", token)
    assert anna.get("/mijn").status_code == 303
    assert anna.desk.events()[-1].actie is Actie.LOGGED_OUT


def test_a_session_under_another_token_than_before_the_log_in(desk: DeskOfTest) -> None:
    person(desk)
    anna = browser(desk)
    anna.client.cookies.set("woo", "gekozen-door-een-ander")
    sent = anna.log_in()
    assert "gekozen" not in sent.headers["set-cookie"]
    anna.client.cookies.clear()
    anna.client.cookies.set("woo", "gekozen-door-een-ander")
    assert anna.get("/mijn").status_code == 303


def test_logging_in_again_ends_the_session_before(anna: Browser) -> None:
    before = anna.client.cookies["woo"]
    velden = {"email": ANNA, "wachtwoord": WACHTWOORD}
    assert anna.client.post("/aanmelden", data=velden).status_code == 303
    anna.client.cookies.clear()
    anna.client.cookies.set("woo", before)
    assert anna.get("/mijn").status_code == 303


@pytest.mark.parametrize("what", ["close", "roles", "link", "second"])
def test_sessions_end_at_once_when_the_account_changes(anna: Browser, what: str) -> None:
    toegang = toegang_of(anna.desk)
    id = accounts.list_accounts(toegang, BEHEER)[0].id
    match what:
        case "close":
            accounts.close_account(toegang, BEHEER, id)
        case "roles":
            accounts.change_roles(toegang, BEHEER, id, [Roltoekenning(Rol.LEZER)])
        case "second":
            accounts.reset_second_step(toegang, BEHEER, id)
        case "link":
            token = accounts.make_link(toegang, BEHEER, id).token
            assert anna.get("/mijn").status_code == 200
            new = {"wachtwoord": "een heel ander wachtwoord", "nogmaals": "een heel ander wachtwoord"}
            assert browser(anna.desk).post(f"/uitnodiging/{token}", new).status_code == 303
    assert anna.get("/mijn").status_code == 303


def test_a_change_needs_the_token_of_this_session(anna: Browser) -> None:
    other = browser(anna.desk)
    other.log_in()
    good, foreign = proven(anna), proven(other)
    client = anna.client
    assert client.post("/proef", data={"a": "1", **good}).json()["velden"] == {"a": ["1"]}
    for sent in ({}, {"csrf": ""}, {"csrf": "f" * 64}, foreign, {"csrf": good["csrf"][:-1]}):
        refused = client.post("/proef", data={"a": "1", **sent})
        assert (refused.status_code, "verlopen" in refused.text) == (403, True), sent
        assert client.post("/proef/kaal", data={"a": "1", **sent}).status_code == 403, sent
    assert client.post("/proef/kaal", data=good).status_code == 200
    assert client.post("/proef?csrf=" + good["csrf"], data={"a": "1"}).status_code == 403


def test_a_change_from_another_site_is_refused_even_with_the_token(anna: Browser) -> None:
    good = proven(anna)
    for headers in (
        ELDERS,
        {"Origin": "https://kwaad.example"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "null"},
    ):
        refused = anna.client.post("/proef", data={"a": "1", **good}, headers=headers)
        assert refused.status_code == 403, headers
        assert "andere website" in refused.text
    assert (
        browser(anna.desk)
        .client.post("/aanmelden", data={"email": ANNA, "wachtwoord": WACHTWOORD}, headers=ELDERS)
        .status_code
        == 403
    )


def test_a_large_upload_proves_itself_by_its_first_field(anna: Browser) -> None:
    good = proven(anna)
    file = {"bestand": ("a.pdf", b"x" * 3_000_000)}
    done = anna.client.post("/proef/bestand", data={**good, "titel": "Een"}, files=file)
    assert done.json() == {"velden": {"titel": ["Een"]}, "bestanden": [3_000_000]}
    assert anna.client.post("/proef/bestand", data={"titel": "Een"}, files=file).status_code == 403


def test_the_api_takes_a_session_with_the_token_in_the_header(anna: Browser) -> None:
    assert anna.get("/v1/status").status_code == 200
    body = {"officieleTitel": "Besluit", "informatiecategorieen": ["c_3baef532"], "publisher": "gm0153"}
    assert anna.client.post("/v1/publicaties", json=body).status_code == 403
    made = anna.client.post("/v1/publicaties", json=body, headers={"X-CSRF-Token": proven(anna)["csrf"]})
    assert made.status_code == 201
    with anna.desk.platform.registry.read() as read:
        [line] = read.events(object_id=made.json()["id"])
    assert line.actor == f"Anna de Vries <{ANNA}>"
    assert line.herkomst == "balie 127.0.0.1"


def test_a_key_needs_no_token_and_goes_before_a_cookie(anna: Browser) -> None:
    key = {"Authorization": f"Bearer {anna.desk.secret(Rol.BEHEERDER)}"}
    assert (
        anna.client.post(
            "/v1/sleutels", json={"naam": "x", "rol": "lezer", "dagen": 1}, headers=key
        ).status_code
        == 201
    )
    assert anna.client.get("/v1/status", headers={"Authorization": "Bearer woo_nee"}).status_code == 401


def test_a_program_whose_session_ended_is_told_and_its_address_is_not_blamed(anna: Browser) -> None:
    anna.desk.clock.forward(hours=11)
    for _ in range(8):
        answer = anna.get("/v1/status")
        assert (answer.status_code, answer.headers["content-type"]) == (401, "application/problem+json")
    assert Actie.LOGIN_REFUSED not in [event.actie for event in anna.desk.events()]


def expired_post(anna: Browser, velden: dict[str, Any], **more: Any) -> Any:
    good = proven(anna)
    anna.desk.clock.forward(hours=2)
    headers = {"Origin": "http://balie"}
    return anna.client.post(more.pop("path", "/proef?x=1"), data={**good, **velden}, headers=headers, **more)


def test_nothing_typed_is_lost_when_a_session_ends_in_mid_form(anna: Browser) -> None:
    typed = {
        "titel": 'Één "besluit" & <meer>',
        "tekst": "\n regel 1\r\nregel 2",
        "keuze": ["a", "b"],
        "leeg": "",
    }
    sent = expired_post(anna, typed)
    assert sent.status_code == 303
    there = sent.headers["location"]
    assert there.startswith("/aanmelden?naar=%2Fhervat%2F")
    page = anna.get(there)
    assert "is bewaard" in page.text
    naar = tree_of(page).cssselect('[name="naar"]')[0].get("value")
    assert anna.log_in(naar=naar).headers["location"] == naar
    back = anna.get(naar)
    assert "Uw gegevens zijn er nog" in back.text
    form = tree_of(back).cssselect("main form")[0]
    assert (form.get("action"), form.get("method")) == ("/proef?x=1", "post")
    fields = [(one.get("name"), (one.text or "").removeprefix("\n")) for one in form.cssselect("textarea")]
    assert [name for name, _ in fields] == ["titel", "tekst", "keuze", "keuze", "leeg"]
    assert fields[0][1] == typed["titel"]
    assert fields[1][1] == "\n regel 1\nregel 2"
    again = anna.client.post(
        "/proef", data={"csrf": form.cssselect('[name="csrf"]')[0].get("value"), "titel": fields[0][1]}
    )
    assert again.json()["velden"] == {"titel": [typed["titel"]]}


def test_files_have_to_be_chosen_again(anna: Browser) -> None:
    sent = expired_post(
        anna, {"titel": "Een"}, path="/proef/bestand", files={"bestand": ("a.pdf", b"x" * 900_000)}
    )
    naar = sent.headers["location"]
    anna.log_in()
    page = anna.get("/hervat/" + naar.partition("hervat%2F")[2].partition("&")[0])
    form = tree_of(page).cssselect("main form")[0]
    assert form.get("enctype") == "multipart/form-data"
    assert "Kies ze opnieuw" in page.text
    assert form.cssselect('input[type="file"]')[0].get("name") == "bestand"


def test_what_was_typed_is_shown_to_nobody_else(anna: Browser) -> None:
    there = (
        "/hervat/"
        + expired_post(anna, {"titel": "van Anna"})
        .headers["location"]
        .partition("hervat%2F")[2]
        .partition("&")[0]
    )
    person(anna.desk, email="bas@zuiderveld.example", naam="Bas")
    bas = browser(anna.desk)
    bas.log_in("bas@zuiderveld.example")
    assert bas.get(there).status_code == 404
    anna.log_in()
    assert anna.get(there).status_code == 200
    assert anna.get(there[:-1] + "x").status_code == 404
    anna.desk.clock.forward(minutes=30)
    assert anna.post(f"{there}/weg", page="/mijn").status_code == 303
    assert anna.get(there).status_code == 404


def test_what_was_typed_is_not_readable_at_rest_and_goes_by_itself(anna: Browser, tmp_path: Path) -> None:
    there = (
        "/hervat/"
        + expired_post(anna, {"titel": "heel herkenbaar"})
        .headers["location"]
        .partition("hervat%2F")[2]
        .partition("&")[0]
    )
    kept = b"".join(path.read_bytes() for path in (tmp_path / "var").rglob("*") if path.is_file())
    assert b"heel herkenbaar" not in kept
    anna.desk.clock.forward(hours=5)
    anna.log_in()
    assert anna.get(there).status_code == 404


@pytest.mark.parametrize("sent", [{}, {"csrf": "f" * 64}])
def test_a_form_that_was_not_ours_is_not_kept(anna: Browser, sent: dict[str, str]) -> None:
    anna.desk.clock.forward(hours=2)
    answer = anna.client.post("/proef", data={"titel": "kwaad", **sent}, headers={"Origin": "http://balie"})
    assert answer.headers["location"] == "/aanmelden?reden=verlopen"
    assert (
        browser(anna.desk).client.post("/proef", data={"csrf": "f" * 64}).headers["location"]
        == "/aanmelden?reden=verlopen"
    )


def test_a_password_that_was_typed_is_never_kept(anna: Browser) -> None:
    sent = expired_post(anna, {"oud": WACHTWOORD}, path="/mijn/wachtwoord")
    assert sent.headers["location"] == "/aanmelden?reden=verlopen"


def test_a_form_from_before_a_new_log_in_in_another_tab_can_be_sent_again(anna: Browser) -> None:
    old = proven(anna)
    anna.desk.clock.forward(hours=2)
    anna.log_in()
    here = {"Origin": "http://balie", "Sec-Fetch-Site": "same-origin"}
    sent = anna.client.post("/proef", data={"titel": "oude tab", **old}, headers=here)
    assert sent.status_code == 303
    assert "oude tab" in anna.get(sent.headers["location"]).text


def test_two_sessions_are_listed_and_one_can_be_ended_from_the_other(anna: Browser) -> None:
    other = browser(anna.desk, address="192.0.2.9")
    other.log_in()
    page = tree_of(anna.get("/mijn"))
    rows = [row.text_content() for row in page.cssselect("tbody tr")]
    assert len(rows) == 2
    assert all("Firefox op Linux" in row for row in rows)
    assert any("192.0.2.9" in row for row in rows)
    [button] = page.cssselect("tbody form")
    assert anna.post(button.get("action"), page="/mijn").status_code == 303
    assert (other.get("/mijn").status_code, anna.get("/mijn").status_code) == (303, 200)
    assert anna.post("/mijn/sessies/nee/afmelden", page="/mijn").status_code == 404


def test_logging_out_elsewhere_leaves_this_one(anna: Browser) -> None:
    others = [browser(anna.desk) for _ in range(2)]
    for other in others:
        other.log_in()
    assert anna.post("/mijn/sessies/afmelden", page="/mijn").status_code == 303
    assert [other.get("/mijn").status_code for other in others] == [303, 303]
    assert anna.get("/mijn").status_code == 200


def test_the_own_password_is_changed_with_the_old_one(anna: Browser) -> None:
    other = browser(anna.desk)
    other.log_in()
    new = "weer een ander lang wachtwoord"
    faults = {
        "Dit is niet uw huidige": {"oud": "fout fout fout", "wachtwoord": new, "nogmaals": new},
        "te kort": {"oud": WACHTWOORD, "wachtwoord": "kort", "nogmaals": "kort"},
        "te makkelijk": {"oud": WACHTWOORD, "wachtwoord": ANNA, "nogmaals": ANNA},
        "uw huidige wachtwoord": {"oud": WACHTWOORD, "wachtwoord": WACHTWOORD, "nogmaals": WACHTWOORD},
        "niet hetzelfde": {"oud": WACHTWOORD, "wachtwoord": new, "nogmaals": new + "x"},
    }
    for words, velden in faults.items():
        page = anna.post("/mijn/wachtwoord", velden)
        assert (page.status_code, words in said(page)) == (400, True), said(page)
        assert new not in page.text
    before = anna.client.cookies["woo"]
    assert (
        anna.post("/mijn/wachtwoord", {"oud": WACHTWOORD, "wachtwoord": new, "nogmaals": new}).status_code
        == 303
    )
    assert anna.client.cookies["woo"] != before
    assert (anna.get("/mijn").status_code, other.get("/mijn").status_code) == (200, 303)
    assert browser(anna.desk).log_in(wachtwoord=new).status_code == 303
    assert browser(anna.desk).log_in().status_code == 400


def test_the_second_step_moves_to_another_phone_and_codes_are_renewed(anna: Browser) -> None:
    page = anna.get("/mijn/tweede-stap")
    secret = tree_of(page).cssselect("ol code")[0].text_content().replace(" ", "")
    wrong = anna.post("/mijn/tweede-stap", {"code": "000000", "oud": WACHTWOORD})
    assert "klopt niet" in said(wrong)
    assert "niet uw huidige" in said(
        anna.post("/mijn/tweede-stap", {"code": anna.code(secret), "oud": "fout"})
    )
    done = anna.post("/mijn/tweede-stap", {"code": anna.code(secret), "oud": WACHTWOORD})
    first = [code.text_content() for code in tree_of(done).cssselect(".codes code")]
    assert len(first) == 10
    renewed = anna.post("/mijn/herstelcodes", {"oud": WACHTWOORD})
    second = [code.text_content() for code in tree_of(renewed).cssselect(".codes code")]
    assert not set(first) & set(second)
    other = browser(anna.desk)
    assert other.log_in().headers["location"] == "/aanmelden/code"
    assert other.post("/aanmelden/code", {"code": first[0]}).status_code == 400
    assert other.post("/aanmelden/code", {"code": second[0]}).status_code == 303


def test_an_account_with_a_key_has_no_page_of_its_own(desk: DeskOfTest) -> None:
    client = desk.by(Rol.BEHEERDER)
    client.base_url = "http://balie"  # type: ignore[assignment]
    assert client.get("/mijn").status_code == 403
    assert isinstance(person(desk), Account)
