"""The desk in a real browser: every page of publicaties and documents without a barrier, files sent on after a broken line, order by keyboard."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.api.desk import DeskOfTest, open_desk, pdf
from tests.browser.test_every_page import AXE, RULES, STICKS_OUT
from tests.servers.served import served
from woo.domain.actor import Rol
from woo.domain.document import Relatie, Relatiesoort, Voorstel
from woo.registry import finding

pytestmark = pytest.mark.needs("chromium")
SCREENS = ({"width": 1280, "height": 900}, {"width": 390, "height": 844}, {"width": 320, "height": 256})


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskOfTest]:
    with open_desk(tmp_path_factory.mktemp("desk")) as opened:
        yield opened


@pytest.fixture(scope="module")
def filled(desk: DeskOfTest) -> tuple[str, list[str]]:
    publicatie = desk.publicatie(
        officieleTitel="Besluit over de rondweg", kenmerk="Z-2026-0142", omschrijving="Alle stukken."
    )
    ids = [desk.document(publicatie, str(number)) for number in range(3)]
    with desk.platform.registry.transaction() as tx:
        found = (
            Voorstel("kenmerk", "Z-2026-0142", 0.8, "tekst:kenmerk", 2),
            Voorstel("wet", "Woo", 1.0, "tekst"),
        )
        tx.save_document(replace(tx.document(ids[0]), voorstellen=found))
        tx.save_relatie(Relatie(ids[0], Relatiesoort.HEEFT_BIJLAGE, ids[1]))
    return publicatie, ids


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
def test_no_page_has_a_barrier_or_sticks_out(
    page: Page, address: str, filled: tuple[str, list[str]], proving: bool
) -> None:
    publicatie, (document, *_) = filled
    few = [f"/publicaties/{publicatie}", f"/documenten/{document}"]
    rest = [
        "/",
        "/beheer",
        "/nergens",
        "/publicaties?zoek=rondweg",
        "/publicaties/nieuw",
        *(f"/publicaties/{publicatie}{part}" for part in ("/wijzig", "/toevoegen", "/volgorde")),
        *(f"/documenten/{document}{part}" for part in ("/wijzig", "/relaties", "/bestand")),
    ]
    for path in [*few, *rest] if proving else few:
        page.set_viewport_size(SCREENS[0])  # type: ignore[arg-type]
        page.goto(address + path)
        examine(page)
    page.goto(f"{address}/documenten/{document}/wijzig")
    page.locator("#officieleTitel").fill("")
    page.locator("main form button").click()
    assert page.evaluate("document.activeElement.id") == "fouten"
    examine(page)
    page.goto(f"{address}/publicaties/{publicatie}")
    page.get_by_label("Kies alle documenten").check()
    page.get_by_role("button", name="Wijzig de aangekruiste documenten samen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("3 documenten wijzigen")
    examine(page)


def examine(page: Page) -> None:
    page.evaluate(AXE)
    told = page.evaluate("rules => axe.run(document, rules)", RULES)
    assert [(each["id"], each["nodes"][0]["html"]) for each in told["violations"]] == [], page.url
    for screen in SCREENS:
        page.set_viewport_size(screen)  # type: ignore[arg-type]
        assert page.evaluate(STICKS_OUT, screen["width"]) == [], (page.url, screen)


def test_files_go_on_after_a_broken_line_and_each_says_what_became_of_it(
    page: Page, address: str, desk: DeskOfTest
) -> None:
    publicatie = desk.publicatie()
    broken: list[str] = []

    def once(route: Route) -> None:
        if route.request.method == "PATCH" and not broken:
            broken.append(route.request.url)
            route.abort()
        else:
            route.continue_()

    page.route("**/v1/uploads/*", once)
    page.goto(f"{address}/publicaties/{publicatie}/toevoegen")
    chosen: Any = [
        {"name": name, "mimeType": "application/pdf", "buffer": content}
        for name, content in (("een.pdf", pdf("1")), ("twee.pdf", pdf("2")), ("tekst.pdf", b"tekst"))
    ]
    page.locator("#bestand").set_input_files(chosen)
    page.get_by_role("button", name="Voeg toe").click()
    expect(page.get_by_text("2 van 3 bestanden zijn toegevoegd.")).to_be_visible(timeout=20_000)
    assert "geen PDF" in page.locator(".uploads .refused").inner_text()
    assert broken
    with desk.platform.registry.read() as reading:
        documents = finding.documents_in_order(reading.connection, publicatie)
    assert [each.officiele_titel for each in documents] == ["een", "twee"]


def test_the_order_is_made_with_the_keyboard_alone(
    page: Page, address: str, desk: DeskOfTest, filled: tuple[str, list[str]]
) -> None:
    publicatie, (a, b, c) = filled
    page.goto(f"{address}/publicaties/{publicatie}/volgorde")
    button = page.locator(f'li[data-id="{c}"] [data-stap="-1"]')
    button.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Bewaar de volgorde").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".done")).to_have_text("De volgorde is bewaard.")
    with desk.platform.registry.read() as reading:
        assert list(finding.numbers(reading.connection, publicatie)) == [c, a, b]
