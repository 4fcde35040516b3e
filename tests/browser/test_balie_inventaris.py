"""Inventories at the desk in a real browser: a list with wrong rows read in and confirmed, and no barrier on any page."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.api.desk import DeskOfTest, open_desk
from tests.api.lijsten import goed, workbook
from tests.browser.test_balie import SCREENS, examine
from tests.servers.served import served
from woo.domain.actor import Rol

pytestmark = pytest.mark.needs("chromium")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskOfTest]:
    with open_desk(tmp_path_factory.mktemp("desk")) as opened:
        yield opened


@pytest.fixture(scope="module")
def address(desk: DeskOfTest) -> Iterator[str]:
    with served(desk.app) as address:
        yield address


@pytest.fixture
def page(browser: Browser, desk: DeskOfTest) -> Iterator[Page]:
    headers = {"Authorization": f"Bearer {desk.secret(Rol.BEHEERDER)}"}
    context = browser.new_context(extra_http_headers=headers)
    yield context.new_page()
    context.close()


@pytest.mark.prove
def test_a_list_with_wrong_rows_is_confirmed_and_no_page_has_a_barrier(
    page: Page, address: str, desk: DeskOfTest, proving: bool
) -> None:
    id = desk.publicatie(officieleTitel="Besluit over de rondweg")
    desk.document(id)
    base = f"{address}/publicaties/{id}/inventaris"
    rows = [
        goed(1, "deels openbaar", "5.1.2e; 5.1.5"),
        goed(2, "misschien"),
        goed(3, "niet openbaar", "8.8 AWR 67"),
    ]
    page.goto(f"{base}/lijst")
    page.get_by_label("Bestand met de lijst").set_input_files(
        {"name": "lijst.xlsx", "mimeType": "application/octet-stream", "buffer": workbook(*rows)}
    )
    page.get_by_role("button", name="Lees en vergelijk").click()
    expect(page.get_by_role("cell", name="misschien")).to_be_visible()
    examine(page)
    page.get_by_role("button", name="Neem over").click()  # the wrong row was neither mended nor left out
    expect(page.get_by_role("alert")).to_contain_text("Er is 1 rij met fouten")
    examine(page)
    page.get_by_label("Laat 1 rij met fouten weg: 3").check()
    page.get_by_role("button", name="Neem over").click()
    expect(page.get_by_role("status").first).to_contain_text("1 rij overgeslagen")
    examine(page)
    page.set_viewport_size(SCREENS[0])  # type: ignore[arg-type]
    page.get_by_role("link", name="3", exact=True).click()
    page.locator("#documentnaam").fill("")
    page.get_by_role("button", name="Bewaar").click()
    assert page.evaluate("document.activeElement.id") == "fouten"
    examine(page)
    for part in ("/lijst", "/koppelingen", "/regels/nieuw") if proving else ("/koppelingen",):
        page.set_viewport_size(SCREENS[0])  # type: ignore[arg-type]
        page.goto(base + part)
        examine(page)
