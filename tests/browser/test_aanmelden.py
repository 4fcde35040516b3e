"""Logging in with a real browser: with the keyboard, over the second step, and back to the form that was being sent."""

from collections.abc import Iterator

import pyotp
import pytest
from playwright.sync_api import Browser, Page

from tests.api.desk import BEHEER, DeskOfTest, open_desk
from tests.api.people import ANNA, WACHTWOORD, person
from tests.browser.test_balie import examine
from tests.servers.served import served
from woo.domain.actor import Rol
from woo.usecases.toegang.accounts import list_accounts

pytestmark = pytest.mark.needs("chromium")


@pytest.fixture
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskOfTest]:
    with open_desk(tmp_path_factory.mktemp("aanmelden")) as opened:
        yield opened


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


def log_in(page: Page) -> None:
    page.locator("#email").focus()
    page.keyboard.type(ANNA)
    page.keyboard.press("Tab")
    page.keyboard.type(WACHTWOORD)
    page.keyboard.press("Enter")


def test_in_over_the_second_step_out_in_mid_form_and_back_with_everything_typed(
    page: Page, desk: DeskOfTest
) -> None:
    anna = person(desk, Rol.BEHEERDER)
    with served(desk.app) as address:
        page.goto(f"{address}/beheer/gebruikers/nieuw")
        examine(page)
        log_in(page)
        page.wait_for_url("**/aanmelden/instellen**")
        examine(page)
        totp = pyotp.TOTP(page.locator("ol code").inner_text().replace(" ", ""))
        page.fill("#code", totp.at(desk.clock.now))
        page.keyboard.press("Enter")
        page.wait_for_selector(".codes")
        examine(page)
        page.click("text=Ik heb de codes bewaard")
        page.wait_for_url("**/beheer/gebruikers/nieuw")
        examine(page)
        page.fill("#naam", "Dirk\u2019s naam")
        page.fill("#email", "dirk@zuiderveld.example")
        page.select_option("#rol", "lezer")
        desk.platform.registry.sessions.end_all(anna.id, now=desk.clock())
        page.click("text=Maak account")
        page.wait_for_url("**/aanmelden?**")
        log_in(page)
        page.wait_for_url("**/aanmelden/code**")
        examine(page)
        desk.clock.forward(seconds=30)
        page.fill("#code", totp.at(desk.clock.now))
        page.keyboard.press("Enter")
        page.wait_for_url("**/hervat/**")
        examine(page)
        page.click("text=Verstuur opnieuw")
        page.wait_for_selector("main code")
        examine(page)
        for path in ("/mijn", "/beheer/gebruikers", f"/beheer/gebruikers/{anna.id}"):
            page.goto(address + path)
            examine(page)
        page.click("text=Afmelden")
        page.wait_for_url("**/aanmelden?reden=afgemeld")
    names = [one.naam for one in list_accounts(desk.app.state.toegang, BEHEER)]
    assert names == ["Anna de Vries", "Dirk\u2019s naam"]
