"""Logging in with a password and a second step; each refusal says what to do and nothing about which accounts there are."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from publisher.backoff import BackOff
from tests.api.desk import BEHEER, DeskOfTest, open_desk
from tests.api.people import ANNA, HIER, WACHTWOORD, Browser, browser, person, said, toegang_of, tree_of
from woo.domain.account import Roltoekenning
from woo.domain.actor import Rol
from woo.domain.events import Actie
from woo.usecases.toegang import accounts


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[DeskOfTest]:
    with open_desk(tmp_path) as opened:
        yield opened


def test_who_is_not_logged_in_is_sent_to_the_page_for_it_and_comes_back_where_they_were_going(
    desk: DeskOfTest,
) -> None:
    person(desk)
    anna = browser(desk)
    sent = anna.get("/beheer?x=1")
    assert (sent.status_code, sent.headers["location"]) == (303, "/aanmelden?naar=%2Fbeheer%3Fx%3D1")
    page = anna.get(sent.headers["location"])
    assert tree_of(page).cssselect('[name="naar"]')[0].get("value") == "/beheer?x=1"
    assert anna.log_in(naar="/mijn").headers["location"] == "/mijn"
    assert "Anna de Vries" in anna.get("/mijn").text


def test_after_logging_in_nobody_is_sent_to_another_site(desk: DeskOfTest) -> None:
    person(desk)
    for naar in (
        "//kwaad.example",
        "https://kwaad.example",
        "/\\kwaad.example",
        "javascript:x",
        "/aanmelden",
    ):
        assert browser(desk).log_in(naar=naar).headers["location"] == "/", naar


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(desk: DeskOfTest, tmp_path: Path) -> None:
    person(desk)
    plain = browser(desk).log_in().headers["set-cookie"]
    assert plain.startswith("woo=")
    assert "HttpOnly" in plain
    assert "SameSite=lax" in plain
    assert "Secure" not in plain
    with open_desk(tmp_path / "tls", environ={"WOO_AANMELDEN__URL": "https://balie.example"}) as tls:
        person(tls)
        anna = browser(tls)
        sent = anna.client.post(
            "/aanmelden",
            data={"email": ANNA, "wachtwoord": WACHTWOORD},
            headers={"Origin": "https://balie.example"},
        )
        cookie = sent.headers["set-cookie"]
        assert cookie.startswith("__Host-woo=")
        assert "Secure" in cookie
        assert "Path=/" in cookie
        assert "Domain" not in cookie


def test_wrong_password_unknown_account_and_closed_account_look_the_same(desk: DeskOfTest) -> None:
    person(desk)
    gone = person(desk, email="bas@zuiderveld.example")
    accounts.close_account(toegang_of(desk), BEHEER, gone.id)
    pages = [
        browser(desk).log_in(email, wachtwoord)
        for email, wachtwoord in (
            (ANNA, "iets heel anders dan dat"),
            ("niemand@zuiderveld.example", WACHTWOORD),
            ("bas@zuiderveld.example", WACHTWOORD),
            ("geen adres", WACHTWOORD),
        )
    ]
    assert {page.status_code for page in pages} == {400}
    assert {said(page) for page in pages} == {said(pages[0])}
    assert "klopt niet" in said(pages[0])
    assert not any(WACHTWOORD in page.text or "set-cookie" in page.headers for page in pages)


def test_as_much_work_is_done_for_an_account_that_is_not_there(
    desk: DeskOfTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    person(desk)
    hasher, checked = toegang_of(desk).wachtwoorden._hasher, []
    verify = type(hasher).verify
    monkeypatch.setattr(
        type(hasher), "verify", lambda self, *given: (checked.append(1), verify(self, *given))[1]
    )
    for email in (ANNA, "niemand@zuiderveld.example"):
        browser(desk).log_in(email, "iets heel anders dan dat")
    assert len(checked) == 2


def test_an_address_is_one_however_it_is_written(desk: DeskOfTest) -> None:
    person(desk)
    assert browser(desk).log_in(f"  {ANNA.upper()} ").status_code == 303


def test_after_five_attempts_an_account_waits_longer_and_longer_whether_it_is_there_or_not(
    tmp_path: Path,
) -> None:
    with open_desk(tmp_path) as desk:
        desk.app.state.login_backoff = BackOff(free=1_000)
        account = person(desk)
        for email in (ANNA, "niemand@zuiderveld.example"):
            tries = [browser(desk).log_in(email, "iets heel anders") for _ in range(6)]
            assert [page.status_code for page in tries] == [400] * 5 + [429]
            assert "Wacht 1 seconde" in said(tries[-1])
        assert browser(desk).log_in().status_code == 429
        desk.clock.forward(seconds=1)
        assert browser(desk).log_in("niemand@zuiderveld.example", "x").status_code == 400
        assert "Wacht 2 seconden" in said(browser(desk).log_in("niemand@zuiderveld.example", "x"))
        assert browser(desk).log_in().status_code == 303
        assert browser(desk).log_in(wachtwoord="weer fout").status_code == 400
        assert desk.actions(account.id)[2:] == [
            *[Actie.LOGIN_REFUSED] * 5,
            Actie.LOGIN_LOCKED,
            Actie.LOGGED_IN,
            Actie.LOGIN_REFUSED,
        ]


def test_an_address_that_tries_many_accounts_has_to_wait(desk: DeskOfTest) -> None:
    desk.app.state.login_backoff = BackOff(free=3, clock=lambda: 0.0)
    tries = [browser(desk, address="192.0.2.7").log_in(f"{n}@zuiderveld.example", "x") for n in range(4)]
    assert [page.status_code for page in tries] == [400, 400, 400, 429]
    person(desk)
    assert browser(desk, address="192.0.2.8").log_in().status_code == 303


def test_what_was_typed_stands_in_no_line_of_the_log(desk: DeskOfTest) -> None:
    person(desk)
    browser(desk).log_in(wachtwoord="geheim dat niemand weet")
    browser(desk).log_in("geheim@zuiderveld.example", "geheim dat niemand weet")
    lines = [event for event in desk.events() if event.actie is Actie.LOGIN_REFUSED]
    assert [event.details["reden"] for event in lines] == ["wachtwoord", "onbekend account"]
    assert not any("geheim" in repr(event) for event in lines)


def test_a_publiceerder_sets_up_the_second_step_before_the_desk_opens(desk: DeskOfTest) -> None:
    person(desk, Rol.PUBLICEERDER)
    anna = browser(desk)
    assert anna.log_in(naar="/mijn").headers["location"] == "/aanmelden/instellen?naar=%2Fmijn"
    assert anna.get("/mijn").status_code == 303
    before = anna.client.cookies["woo"]
    page = anna.get("/aanmelden/instellen")
    assert tree_of(page).cssselect("svg")
    assert "style=" not in page.text
    secret, codes = anna.set_up()
    assert len(set(codes)) == 10
    assert anna.get("/mijn").status_code == 200
    assert anna.client.cookies["woo"] != before
    other = browser(desk)
    desk.clock.forward(seconds=30)
    assert other.log_in(naar="/mijn").headers["location"] == "/aanmelden/code?naar=%2Fmijn"
    assert other.get("/mijn").status_code == 303
    done = other.post("/aanmelden/code", {"code": other.code(secret), "naar": "/mijn"})
    assert (done.status_code, done.headers["location"]) == (303, "/mijn")
    assert other.get("/mijn").status_code == 200


def in_with_second_step(desk: DeskOfTest) -> tuple[Browser, str, list[str]]:
    """A publiceerder who set up the second step, and is at it again in another browser."""
    person(desk, Rol.PUBLICEERDER)
    first = browser(desk)
    first.log_in()
    secret, codes = first.set_up()
    anna = browser(desk)
    anna.log_in()
    return anna, secret, codes


def test_a_code_works_once(desk: DeskOfTest) -> None:
    anna, secret, _ = in_with_second_step(desk)
    again = anna.post("/aanmelden/code", {"code": anna.code(secret)})
    assert again.status_code == 400
    assert "al gebruikt" in said(again)
    desk.clock.forward(seconds=30)
    assert anna.post("/aanmelden/code", {"code": anna.code(secret)}).status_code == 303


def test_a_clock_may_be_off_by_one_step(desk: DeskOfTest) -> None:
    anna, secret, _ = in_with_second_step(desk)
    desk.clock.forward(minutes=2)
    for steps, status in ((-2, 400), (2, 400), (-1, 303), (0, 303), (1, 303)):
        code = anna.code(secret, steps=steps)
        sent = anna.post("/aanmelden/code", {"code": f"{code[:3]} {code[3:]}"})
        assert sent.status_code == status, steps
        if status == 303:
            anna.client.cookies.clear()
            anna.log_in()


def test_the_code_of_another_does_not_work(desk: DeskOfTest) -> None:
    anna, _, codes = in_with_second_step(desk)
    person(desk, Rol.PUBLICEERDER, email="bas@zuiderveld.example")
    bas = browser(desk)
    bas.log_in("bas@zuiderveld.example")
    secret, others = bas.set_up()
    desk.clock.forward(seconds=30)
    for wrong in (bas.code(secret), others[0], "000000", "onzin", codes[0][:-1]):
        assert anna.post("/aanmelden/code", {"code": wrong}).status_code == 400


def test_guessing_codes_has_to_wait_and_the_password_does_not_start_the_count_again(desk: DeskOfTest) -> None:
    anna, secret, _ = in_with_second_step(desk)
    desk.clock.forward(seconds=30)
    for _ in range(3):
        anna.post("/aanmelden/code", {"code": "000000"})
    anna.log_in()
    tries = [anna.post("/aanmelden/code", {"code": "000000"}).status_code for _ in range(3)]
    assert tries == [400, 400, 429]
    assert anna.post("/aanmelden/code", {"code": anna.code(secret)}).status_code == 429


def test_a_recovery_code_works_once_however_it_is_typed(desk: DeskOfTest) -> None:
    anna, _, codes = in_with_second_step(desk)
    assert anna.post("/aanmelden/code", {"code": codes[3].lower().replace("-", " ")}).status_code == 303
    assert "9 herstelcodes over" in anna.get("/mijn").text
    other = browser(desk)
    other.log_in()
    assert other.post("/aanmelden/code", {"code": codes[3]}).status_code == 400


def test_who_takes_too_long_over_the_second_step_begins_again(desk: DeskOfTest) -> None:
    anna, secret, _ = in_with_second_step(desk)
    desk.clock.forward(minutes=16)
    done = anna.post("/aanmelden/code", {"code": anna.code(secret)})
    assert (done.status_code, done.headers["location"]) == (303, "/aanmelden?reden=verlopen")


def test_secrets_and_passwords_are_not_readable_at_rest(desk: DeskOfTest, tmp_path: Path) -> None:
    anna, secret, codes = in_with_second_step(desk)
    token = anna.client.cookies["woo"]
    kept = b"".join(path.read_bytes() for path in (tmp_path / "var").rglob("*") if path.is_file())
    for hidden in (secret, WACHTWOORD, token, *codes, *(code.replace("-", "") for code in codes)):
        assert hidden.encode() not in kept
    assert b"$argon2id$" in kept


def test_a_password_is_hashed_again_when_the_parameters_change(desk: DeskOfTest, tmp_path: Path) -> None:
    account = person(desk)
    with desk.platform.registry.read() as reading:
        before = reading.accounts.geheimen(account.id).wachtwoord
    with open_desk(tmp_path, environ={"WOO_AANMELDEN__HASH_RONDES": "2"}) as later:
        assert browser(later).log_in().status_code == 303
        with later.platform.registry.read() as reading:
            after = reading.accounts.geheimen(account.id).wachtwoord
        assert before != after
        assert after is not None
        assert ",t=2," in after
        assert browser(later).log_in().status_code == 303


def test_a_page_of_the_second_step_is_of_who_gave_a_password_alone(desk: DeskOfTest) -> None:
    for path in ("/aanmelden/code", "/aanmelden/instellen"):
        assert browser(desk).get(path).headers["location"].startswith("/aanmelden?")
    person(desk)
    anna = browser(desk)
    anna.log_in()
    assert anna.get("/aanmelden/instellen").headers["location"].startswith("/aanmelden?")
    assert anna.get("/aanmelden?naar=/mijn").headers["location"] == "/mijn"


def test_roles_come_from_the_account(desk: DeskOfTest) -> None:
    account = person(desk, Rol.LEZER, organisatie="gm0153")
    anna = browser(desk)
    anna.log_in()
    assert anna.get("/beheer").status_code == 403
    actor = account.actor("x")
    assert (actor.per_organisatie, actor.account) == ({"gm0153": Rol.LEZER}, account.id)
    assert Roltoekenning(Rol.LEZER, "gm0153") in account.rollen
    assert HIER.herkomst == "test"
