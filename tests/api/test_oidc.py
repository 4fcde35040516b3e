"""Logging in by way of a real OpenID provider: who gets in, as what; and everything that can be wrong on the way."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.api.desk import BEHEER, DeskOfTest, open_desk
from tests.api.people import ANNA, Browser, browser, person, toegang_of, tree_of
from tests.engines.oidc import CLIENT, SECRET, OpenIdProvider, running
from tests.ports import free_port
from woo.domain.actor import Rol
from woo.domain.events import Actie
from woo.usecases.toegang import accounts

pytestmark = [pytest.mark.needs("npm")]
ANNA_THERE = {"sub": "a-1", "email": ANNA, "email_verified": True, "name": "Anna de Vries"}


@pytest.fixture(scope="module")
def provider() -> Iterator[OpenIdProvider]:
    with running(free_port(), back="http://balie/aanmelden/terug") as started:
        yield started


@contextmanager
def desk_with(provider: OpenIdProvider, folder: Path, **more: str) -> Iterator[DeskOfTest]:
    (folder / "geheim").write_text(SECRET + "\n")
    settings = {
        "OIDC_ISSUER": provider.issuer,
        "OIDC_CLIENT_ID": CLIENT,
        "OIDC_SECRET_FILE": str(folder / "geheim"),
        "OIDC_SCOPES": "openid email profile groups",
        **more,
    }
    with open_desk(
        folder, environ={f"WOO_AANMELDEN__{name}": value for name, value in settings.items()}
    ) as desk:
        yield desk


@pytest.fixture
def desk(provider: OpenIdProvider, tmp_path: Path) -> Iterator[DeskOfTest]:
    with desk_with(provider, tmp_path) as opened:
        yield opened


def back(provider: OpenIdProvider, inside: Browser, naar: str = "/mijn") -> str:
    """Go to the provider; returns the path with which it sends the browser back."""
    sent = inside.get(f"/aanmelden/provider?naar={naar}")
    assert sent.status_code == 303, sent.text
    return provider.visit(sent.headers["location"]).removeprefix("http://balie")


def reasons(desk: DeskOfTest) -> list[str]:
    return [str(event.details["reden"]) for event in desk.events() if event.actie is Actie.LOGIN_REFUSED]


def test_an_account_is_found_by_its_verified_address_and_from_then_on_by_its_subject(
    desk: DeskOfTest, provider: OpenIdProvider
) -> None:
    account = person(desk)
    inside = browser(desk)
    assert "Aanmelden met uw werkaccount" in inside.get("/aanmelden").text
    provider.person(**ANNA_THERE)
    there = inside.get("/aanmelden/provider?naar=/mijn").headers["location"]
    query = parse_qs(urlsplit(there).query)
    assert query["code_challenge_method"] == ["S256"]
    assert {"state", "nonce", "code_challenge"} < set(query)
    entered = inside.get(provider.visit(there).removeprefix("http://balie"))
    assert (entered.status_code, entered.headers["location"]) == (303, "/mijn")
    assert "Anna de Vries" in inside.get("/mijn").text
    provider.person(**ANNA_THERE | {"email": "anna.nieuw@zuiderveld.example"})
    other = browser(desk)
    assert other.get(back(provider, other)).headers["location"] == "/mijn"
    assert desk.events()[-1].object_id == account.id


@pytest.mark.parametrize(
    ("claims", "reden"),
    [
        ({"sub": "b-1", "email": "bas@zuiderveld.example", "email_verified": True}, "geen account"),
        ({"sub": "b-2", "email": ANNA, "email_verified": False}, "e-mailadres niet bevestigd"),
        ({"sub": "b-3", "email": ANNA}, "e-mailadres niet bevestigd"),
        ({"sub": "b-4"}, "geen account"),
    ],
)
def test_who_is_not_known_is_refused_in_words(
    desk: DeskOfTest, provider: OpenIdProvider, claims: dict[str, object], reden: str
) -> None:
    person(desk)
    provider.person(**claims)
    inside = browser(desk)
    page = inside.get(back(provider, inside))
    assert page.status_code == 403
    assert "Vraag" in tree_of(page).text_content()
    assert reasons(desk) == [reden]
    assert inside.get("/mijn").status_code == 303


def test_a_closed_account_stays_closed(desk: DeskOfTest, provider: OpenIdProvider) -> None:
    account = person(desk)
    provider.person(**ANNA_THERE)
    inside = browser(desk)
    inside.get(back(provider, inside))
    accounts.close_account(toegang_of(desk), BEHEER, account.id)
    assert inside.get("/mijn").status_code == 303
    assert inside.get(back(provider, inside)).status_code == 403
    assert reasons(desk) == ["account gesloten"]


def test_another_subject_with_the_address_of_an_account_does_not_take_it_over(
    desk: DeskOfTest, provider: OpenIdProvider
) -> None:
    person(desk)
    for claims, status in ((ANNA_THERE, 303), (ANNA_THERE | {"sub": "a-2"}, 403)):
        provider.person(**claims)
        inside = browser(desk)
        assert inside.get(back(provider, inside)).status_code == status


def test_the_second_step_is_asked_here_unless_the_provider_took_it(
    provider: OpenIdProvider, tmp_path: Path
) -> None:
    with desk_with(provider, tmp_path, OIDC_TWEEDE_STAP="urn:two, mfa") as desk:
        person(desk, Rol.PUBLICEERDER)
        for more, where in (
            ({}, "/aanmelden/instellen?naar=%2Fmijn"),
            ({"acr": "urn:one", "amr": ["pwd"]}, "/aanmelden/instellen?naar=%2Fmijn"),
            ({"acr": "urn:two"}, "/mijn"),
            ({"amr": ["pwd", "mfa"]}, "/mijn"),
        ):
            provider.person(**ANNA_THERE, **more)
            inside = browser(desk)
            assert inside.get(back(provider, inside)).headers["location"] == where, more


def test_groups_become_roles_and_a_changed_group_ends_the_sessions_under_the_old_one(
    provider: OpenIdProvider, tmp_path: Path
) -> None:
    rollen = "woo-r=redacteur@gm0153, woo-p=publiceerder@gm0153, woo-l=lezer@gm0014, woo-alles=redacteur"
    with desk_with(
        provider, tmp_path, OIDC_ROLLEN_CLAIM="groups", OIDC_ROLLEN=rollen, TWEEDE_STAP="nooit"
    ) as desk:
        sessions = []
        for groups, expected in (
            (["woo-r", "anders"], ["redacteur@gm0153"]),
            (["woo-r", "woo-p", "woo-l"], ["lezer@gm0014", "publiceerder@gm0153"]),
            (["woo-alles", "woo-p"], ["redacteur"]),
        ):
            provider.person(**ANNA_THERE, groups=groups)
            inside = browser(desk)
            assert inside.get(back(provider, inside)).status_code == 303
            [account] = accounts.list_accounts(toegang_of(desk), BEHEER)
            assert [str(one) for one in account.rollen] == expected
            assert [one.get("/mijn").status_code for one in sessions] == [303] * len(sessions)
            sessions.append(inside)
        provider.person(**ANNA_THERE, groups=["anders"])
        inside = browser(desk)
        assert inside.get(back(provider, inside)).status_code == 403
        assert reasons(desk) == ["geen rol"]


def test_strangers_become_readers_where_that_is_set(provider: OpenIdProvider, tmp_path: Path) -> None:
    with desk_with(provider, tmp_path, OIDC_ONBEKEND="lezer", OIDC_ONBEKEND_ORGANISATIE="gm0153") as desk:
        provider.person(**ANNA_THERE)
        inside = browser(desk)
        assert inside.get(back(provider, inside)).headers["location"] == "/mijn"
        [account] = accounts.list_accounts(toegang_of(desk), BEHEER)
        assert ([str(one) for one in account.rollen], account.email) == (["lezer@gm0153"], ANNA)
        provider.person(sub="c-1", email="cem@zuiderveld.example", email_verified=False)
        other = browser(desk)
        assert other.get(back(provider, other)).status_code == 403


def test_a_way_back_works_once_and_in_the_browser_that_left_alone(
    desk: DeskOfTest, provider: OpenIdProvider
) -> None:
    person(desk)
    provider.person(**ANNA_THERE)
    inside = browser(desk)
    path = back(provider, inside)
    assert browser(desk).get(path).status_code == 403
    assert inside.get(path).status_code == 403
    again = back(provider, inside)
    assert inside.get(again).status_code == 303
    assert inside.get(again).status_code == 403
    assert set(reasons(desk)) == {"state onbekend of eerder gebruikt"}


def test_what_comes_back_changed_or_late_is_refused(desk: DeskOfTest, provider: OpenIdProvider) -> None:
    person(desk)
    provider.person(**ANNA_THERE)
    for change, reden in (
        (lambda path: path.replace("state=", "state=x"), "state onbekend of eerder gebruikt"),
        (lambda path: path.replace("code=", "code=x"), "code geweigerd"),
        (lambda path: path.replace("iss=http%3A%2F%2F", "iss=http%3A%2F%2Fkwaad."), "andere issuer"),
    ):
        inside = browser(desk)
        page = inside.get(change(back(provider, inside)))
        assert (page.status_code, "opnieuw" in page.text) == (403, True)
        assert reasons(desk)[-1] == reden
    provider.person(**ANNA_THERE, code_seconds=-10)
    expired = browser(desk)
    assert expired.get(back(provider, expired)).status_code == 403
    assert reasons(desk)[-1] == "code geweigerd"
    provider.person(**ANNA_THERE)
    late = browser(desk)
    path = back(provider, late)
    desk.clock.forward(minutes=16)
    assert late.get(path).status_code == 403


def test_a_code_that_was_used_by_another_is_refused(desk: DeskOfTest, provider: OpenIdProvider) -> None:
    """A stolen code is worth nothing without the verifier that stays here (PKCE)."""
    person(desk)
    provider.person(**ANNA_THERE)
    anna, thief = browser(desk), browser(desk)
    stolen = parse_qs(urlsplit(back(provider, anna)).query)["code"][0]
    own = back(provider, thief)
    code = parse_qs(urlsplit(own).query)["code"][0]
    assert thief.get(own.replace(code, stolen)).status_code == 403
    assert reasons(desk) == ["code geweigerd"]


def test_who_says_no_at_the_provider_is_told(desk: DeskOfTest, provider: OpenIdProvider) -> None:
    provider.person(refuse=True, sub="a-1")
    inside = browser(desk)
    path = back(provider, inside)
    assert "error=access_denied" in path
    assert inside.get(path).status_code == 403
    assert reasons(desk) == ["provider weigerde"]


def test_logging_out_goes_on_to_the_provider(desk: DeskOfTest, provider: OpenIdProvider) -> None:
    person(desk)
    provider.person(**ANNA_THERE)
    inside = browser(desk)
    inside.get(back(provider, inside))
    out = inside.post("/afmelden", page="/mijn")
    assert out.headers["location"] == "/aanmelden/afgemeld"
    page = inside.get("/aanmelden/afgemeld")
    refresh = tree_of(page).cssselect('meta[http-equiv="refresh"]')[0].get("content")
    assert refresh.startswith(f"0; url={provider.issuer}/session/end?")
    assert CLIENT in refresh


def test_a_provider_that_is_down_is_told_and_passwords_work(
    desk: DeskOfTest, provider: OpenIdProvider, tmp_path: Path
) -> None:
    away = OpenIdProvider(f"http://127.0.0.1:{free_port()}")
    (tmp_path / "weg").mkdir()
    with desk_with(away, tmp_path / "weg") as lonely:
        person(lonely)
        page = browser(lonely).get("/aanmelden/provider")
        assert (page.status_code, page.headers["retry-after"]) == (503, "60")
        assert "met een wachtwoord" not in page.text
        assert "wachtwoord" in page.text
        assert browser(lonely).log_in().status_code == 303


def test_a_provider_that_calls_itself_otherwise_is_not_believed(
    provider: OpenIdProvider, tmp_path: Path
) -> None:
    other = OpenIdProvider(provider.issuer.replace("127.0.0.1", "localhost"))
    with desk_with(other, tmp_path) as desk:
        assert browser(desk).get("/aanmelden/provider").status_code == 503


def test_without_a_provider_there_is_no_such_page(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        for path in ("/aanmelden/provider", "/aanmelden/terug?code=x&state=y", "/aanmelden/afgemeld"):
            assert browser(desk).get(path).status_code == 404
