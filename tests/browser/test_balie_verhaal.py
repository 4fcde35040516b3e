"""A Woo decision from request to publication and back, in a real browser: by one who logged in, seen by the public, unseen by another organisation."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pyotp
import pytest
from playwright.sync_api import Browser, Page, expect

from publisher.app import create_app
from tests.api.desk import LIGHT, Clock, DeskOfTest
from tests.api.lijsten import goed, workbook
from tests.api.pdfs import write_pdf
from tests.api.people import ANNA, WACHTWOORD, person
from tests.flow.installation import ENSCHEDE, Installation, within_promise
from tests.servers.served import served
from woo.domain.actor import Rol

pytestmark = pytest.mark.needs("chromium")
START = datetime(2036, 3, 3, 9, 0, tzinfo=UTC)
PLANNED = "2036-03-03T10:20"  # in the Netherlands, twenty minutes after START: a session lasts
BO = "bo@elders.example"
ELDERS = "gm0363"
WRONG = range(10, 190, 15)
TITEL = "Besluit op Woo-verzoek over De rondweg"


@dataclass
class Huis:
    """The installation, its desk and its public site, each at an address."""

    installation: Installation
    desk: DeskOfTest
    balie: str
    publiek: str

    def public(self, path: str) -> httpx.Response:
        return httpx.get(self.publiek + path)

    def found(self, words: str) -> list[dict[str, Any]]:
        """What the public finds for these words."""
        answer = httpx.get(f"{self.publiek}/v1/documenten", params={"zoek": words})
        assert answer.status_code == 200, answer.text
        return list(answer.json()["resultaten"])


@pytest.fixture
def huis(tmp_path: Path) -> Iterator[Huis]:
    (tmp_path / "home").mkdir()
    with Installation(tmp_path / "home", **LIGHT) as installation:
        clock = Clock(START)
        installation.platform = replace(installation.platform, now=clock)
        app = create_app(installation.platform, installation.settings)
        desk = DeskOfTest(installation.platform, installation.settings, app, clock)
        installation.work()
        site = installation.public().client.app
        with served(app) as balie, served(site) as publiek:
            yield Huis(installation, desk, balie, publiek)
        app.state.etalage.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        yield context.new_page()


def test_from_request_to_publication_and_back(
    huis: Huis, page: Page, browser: Browser, tmp_path: Path
) -> None:
    person(huis.desk, Rol.PUBLICEERDER, organisatie=ENSCHEDE)
    person(huis.desk, Rol.REDACTEUR, organisatie=ELDERS, email=BO, naam="Bo Bakker")
    log_in(huis, page)
    verzoek = register_request(huis, page)
    publicatie = decide(page)
    read_inventory(page, publicatie)
    upload(page, publicatie, tmp_path)
    huis.installation.work()
    document = look_at_example(huis, page, publicatie)
    hidden = [
        *(verzoek, f"{verzoek}/termijnen", publicatie, document, f"{publicatie}/inventaris"),
        *(f"{publicatie}/inventaris.csv", f"{publicatie}/voorbeeld", f"{publicatie}/publiceren"),
    ]
    another_organisation_sees_nothing(huis, browser, hidden)
    plan(huis, page, publicatie)
    public_finds_it(huis, page, publicatie)
    withdraw_and_restore(huis, page, document)


def fill(page: Page, knop: str, **velden: str) -> None:
    """Fill in the form of this page and send it; what is wrong with it is told."""
    for naam, waarde in velden.items():
        field = page.locator(f"#{naam}")
        if field.evaluate("each => each.tagName") == "SELECT":
            field.select_option(waarde)
        else:
            field.fill(waarde)
    page.get_by_role("button", name=knop, exact=True).click()
    assert page.locator("#fouten").count() == 0, page.locator("#fouten").inner_text()


def log_in(huis: Huis, page: Page) -> None:
    """Through the password and the second step, which is set up the first time."""
    page.goto(f"{huis.balie}/verzoeken/nieuw")
    fill(page, "Aanmelden", email=ANNA, wachtwoord=WACHTWOORD)
    secret = page.locator("ol code").inner_text().replace(" ", "")
    page.fill("#code", pyotp.TOTP(secret).at(huis.desk.clock.now))
    page.keyboard.press("Enter")
    page.click("text=Ik heb de codes bewaard")
    page.click("text=Afmelden")
    huis.desk.clock.forward(seconds=30)
    page.goto(f"{huis.balie}/verzoeken/nieuw")
    fill(page, "Aanmelden", email=ANNA, wachtwoord=WACHTWOORD)
    page.fill("#code", pyotp.TOTP(secret).at(huis.desk.clock.now))
    page.keyboard.press("Enter")
    page.wait_for_url("**/verzoeken/nieuw")


def register_request(huis: Huis, page: Page) -> str:
    """Register a request and put its term off; returns its path."""
    velden = {"kenmerk": "Woo-2036/8", "onderwerp": "De rondweg", "ontvangenOp": "2036-02-04"}
    fill(page, "Registreer het verzoek", **velden, organisatie=ENSCHEDE)
    here = page.url.removeprefix(huis.balie)
    expect(page.locator("main .lead").first).to_contain_text("Vandaag de laatste dag")
    page.get_by_role("link", name="Termijn verlengen").click()
    fill(page, "Leg vast", op="2036-02-28")
    expect(page.locator("main .lead").first).to_contain_text("Nog 14 dagen")
    expect(page.locator("main")).to_contain_text("Termijn verlengd met 14 dagen")
    return here


def decide(page: Page) -> str:
    """Register the decision and make the publicatie from it; returns the path of that."""
    page.get_by_role("link", name="Besluit registreren").click()
    velden = {"datum": "2036-03-01", "uitkomst": "deels_openbaar", "gronden": "5.1.2.e"}
    fill(page, "Registreer het besluit", kenmerk="B-2036/8", **velden)
    fill(page, "Verder")
    expect(page.get_by_role("heading", level=1)).to_have_text(TITEL)
    return "/publicaties/" + page.url.rpartition("/publicaties/")[2]


def rows(*, wrong: range | tuple[int, ...] = ()) -> bytes:
    """A list of 200 rows, these of which are wrong in one way or another; number 3 may not be public."""
    made = [goed(number) for number in range(1, 201)]
    made[2] = goed(3, "niet openbaar", "5.1.2.e")
    for place, index in enumerate(wrong):
        column, value = ((3, "misschien"), (4, "9.9"), (2, "31-2-2020"))[place % 3]
        made[index][column] = value
    return workbook(*made)


def choose(page: Page, content: bytes) -> None:
    page.get_by_label("Bestand met de lijst").set_input_files(
        {"name": "lijst.xlsx", "mimeType": "application/octet-stream", "buffer": content}
    )
    page.get_by_role("button", name="Lees en vergelijk").click()


def read_inventory(page: Page, publicatie: str) -> None:
    """A list of which 12 rows are wrong: each is named, nothing is taken over; mended but for one, that one is left out by name."""
    page.goto(f"{page.url.partition('/publicaties/')[0]}{publicatie}/inventaris/lijst")
    choose(page, rows(wrong=WRONG))
    table = page.get_by_role("region", name="Rijen met fouten").locator("tbody tr")
    expect(table).to_have_count(12)
    assert [int(number) for number in table.locator("td:first-child").all_inner_texts()] == [
        index + 2 for index in WRONG
    ]
    assert all(each.strip() for each in table.locator("td:last-child").all_inner_texts())
    page.get_by_role("button", name="Neem over").click()
    expect(page.get_by_role("alert")).to_contain_text("Er zijn 12 rijen met fouten")
    page.goto(page.url.partition("/voorstellen/")[0] + "/lijst")
    choose(page, rows(wrong=(189,)))
    expect(table).to_have_count(1)
    page.get_by_label("Laat 1 rij met fouten weg: 191").check()
    page.get_by_role("button", name="Neem over").click()
    expect(page.get_by_role("status").first).to_contain_text("1 rij overgeslagen")
    expect(page.locator("main")).to_contain_text("199 rijen")


def upload(page: Page, publicatie: str, folder: Path) -> None:
    """Two files that the rows name by their number."""
    page.goto(f"{page.url.partition('/publicaties/')[0]}{publicatie}/toevoegen")
    files = [
        write_pdf(folder / f"{number}.pdf", [f"Brief {number}\nOver de {bird}."])
        for number, bird in ((1, "kwartelwei"), (2, "zilverreiger"))
    ]
    page.locator("#bestand").set_input_files(files)
    page.get_by_role("button", name="Voeg toe").click()
    page.wait_for_url(f"**{publicatie}", timeout=20_000)  # where the script goes when all were added
    expect(page.get_by_role("heading", name="2 documenten")).to_be_visible()
    page.goto(f"{page.url}/inventaris/koppelingen")
    page.get_by_role("button", name="Zoek opnieuw op nummer en naam").click()


def look_at_example(huis: Huis, page: Page, publicatie: str) -> str:
    """As the public will see it, while the public sees nothing; returns the path of the document that will be withdrawn."""
    page.goto(huis.balie + publicatie)
    document = page.get_by_role("region", name="Documenten").get_by_role("link").first.get_attribute("href")
    assert document is not None
    page.get_by_role("link", name="Voorbeeld bekijken").click()
    expect(page.get_by_role("note")).to_contain_text("Voorbeeld, nog niet openbaar")
    expect(page.get_by_role("heading", level=1)).to_have_text(TITEL)
    nothing_is_public(huis, publicatie, document)
    return document


def nothing_is_public(huis: Huis, publicatie: str, document: str) -> None:
    assert huis.found("kwartelwei") == []
    assert (huis.public(publicatie).status_code, huis.public(document).status_code) == (404, 404)


def another_organisation_sees_nothing(huis: Huis, browser: Browser, hidden: list[str]) -> None:
    """Not in a list, not by searching, not by the address itself."""
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{huis.balie}/publicaties")
        fill(page, "Aanmelden", email=BO, wachtwoord=WACHTWOORD)
        for path in ("/publicaties", "/publicaties?zoek=rondweg", "/verzoeken", "/verzoeken?zoek=rondweg",
                     "/", "/termijnen", "/statistieken", "/ingetrokken"):  # fmt: skip
            answer = page.goto(huis.balie + path)
            assert answer is not None
            assert answer.status == 200, path
            text = page.locator("main").inner_html()
            assert "De rondweg" not in text, path
            assert hidden[0] not in text, path
        answers = {path: page.goto(huis.balie + path) for path in hidden}
        assert {path: each.status for path, each in answers.items() if each} == dict.fromkeys(hidden, 404)


def plan(huis: Huis, page: Page, publicatie: str) -> None:
    """For a minute that is still to come: nothing is public before it."""
    page.goto(f"{huis.balie}{publicatie}/publiceren")
    fill(page, "Plan", publiceerOp=PLANNED)
    expect(page.locator("main")).to_contain_text("Wordt openbaar op 3 maart 2036, 10.20 uur")
    huis.desk.clock.forward(minutes=15)
    huis.installation.work()
    assert huis.found("kwartelwei") == []
    assert huis.public(publicatie).status_code == 404
    huis.desk.clock.forward(minutes=5)
    huis.installation.work()


def public_finds_it(huis: Huis, page: Page, publicatie: str) -> None:
    """By searching on the site, with the decision and the inventory on its page; what may not be public is only a row."""
    page.goto(f"{huis.publiek}/?zoek=kwartelwei")
    expect(page.locator("main")).to_contain_text(TITEL)
    page.goto(huis.publiek + publicatie)
    expect(page.get_by_role("heading", level=1)).to_have_text(TITEL)
    assert huis.public(f"/v1{publicatie}/inventaris").json()["totaal"] == 199


def withdraw_and_restore(huis: Huis, page: Page, document: str) -> None:
    """Gone within what is promised, with the reason in its place; back where it was."""
    bird = "over de kwartelwei"
    [before] = [each for each in huis.found(bird) if document.endswith(each["id"])]
    page.goto(huis.balie + document)
    page.get_by_role("link", name="Intrekken").click()
    fill(page, "Trek in", code="vergissing", intern="Verkeerde versie.")
    assert within_promise(lambda: huis.public(document).status_code == 410)
    page.goto(huis.publiek + document)
    expect(page.locator("main")).to_contain_text("Dit is per vergissing openbaar gemaakt.")
    huis.installation.work()
    assert before["id"] not in {each["id"] for each in huis.found(bird)}
    page.goto(f"{huis.balie}{document}/herstellen")
    fill(page, "Maak weer openbaar", toelichting="Toch goed.")
    expect(page.get_by_role("status").first).to_contain_text("Het is hersteld")
    huis.installation.work()
    assert huis.public(document).status_code == 200
    assert before["id"] in {each["id"] for each in huis.found(bird)}
