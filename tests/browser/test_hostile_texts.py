"""What others wrote stays text: markup in titles, file names, texts, metadata, inventories and questions does nothing in a browser."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.api.dossiers import VERZOEK, regel, show_dossier
from tests.api.site import PublicSite, load_analysis, load_lijsten, make_settings
from tests.browser.every_page import Shown
from tests.browser.municipality import MAIL
from tests.browser.test_every_page import go
from tests.servers.served import served
from woo.domain.document import Pagina, Relatie, Relatiesoort
from woo.domain.inventaris import Beoordeling
from woo.domain.publicatie import Publicatie
from woo.sandbox import Sandbox

pytestmark = pytest.mark.needs("chromium")

WORD = "zilvermeeuw"
PAYLOADS = (
    "<script>window.geraakt=1</script>",
    '"><img src=x onerror=window.geraakt=1>',
    "'><svg onload=window.geraakt=1>",
    "</script><script>window.geraakt=1</script>",
    "</title></textarea></style><img src=x onerror=window.geraakt=1>",
    "<a href=javascript:window.geraakt=1>klik</a>",
    "{{7*7}}${7*7}<!--",
    "javascript:window.geraakt=1",
)
NASTY = f"{WORD} " + " ".join(PAYLOADS)
FOUND = """() => ({
    geraakt: window.geraakt,
    scripts: [...document.querySelectorAll('script')].filter(e => e.type !== 'application/ld+json' && !(e.src || '').startsWith(location.origin + '/static/')).length,
    made: document.querySelectorAll('[onerror], [onload], [onclick], img[src="x"], svg[onload]').length,
    links: [...document.querySelectorAll('[href], [action], [src]')].map(e => e.getAttribute('href') || e.getAttribute('action') || e.getAttribute('src'))
        .filter(at => /^\\s*(javascript|data|vbscript):/i.test(at)),
    data: [...document.querySelectorAll('script[type="application/ld+json"]')].map(e => typeof JSON.parse(e.textContent)),
    text: document.documentElement.textContent + [...document.querySelectorAll('input, textarea')].map(e => e.value).join(' '),
})"""


@dataclass(frozen=True, slots=True)
class Hostile:
    """A site on which everything that can be written is hostile, and its pages."""

    address: str
    pages: tuple[Shown, ...]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, sandbox: Sandbox) -> Iterator[Hostile]:
    folder = tmp_path_factory.mktemp("vijandig")
    site, pages = _build(folder, sandbox)
    with served(site.app()) as address:
        yield Hostile(address, pages)


def _build(folder: Path, sandbox: Sandbox) -> tuple[PublicSite, tuple[Shown, ...]]:
    site = PublicSite(folder, make_settings(folder, **MAIL), load_analysis(), load_lijsten(), sandbox)
    publicatie = site.add_publicatie(
        NASTY, omschrijving=NASTY, verkorte_titel=f"Kort {NASTY}", kenmerk=NASTY[:80]
    )
    brief = site.add_document(publicatie, NASTY, [f"Blad 1\n{NASTY}"], omschrijving=NASTY, naam=f"{WORD}<img src=x onerror=window.geraakt=1>.pdf")  # fmt: skip
    sheet = site.add_parts(publicatie, f"Blad {NASTY}", [Pagina(1, NASTY, "xlsx", label=NASTY[:100])], naam="'><svg onload=window.geraakt=1>.xlsx", mime="text/plain")  # fmt: skip
    for document in (brief, sheet):
        site.relate(document, Relatie(brief.id, Relatiesoort.HEEFT_BIJLAGE, sheet.id))
    row = site.add_row(
        publicatie, "9<b>", NASTY, Beoordeling.REEDS_OPENBAAR, links=("javascript:window.geraakt=1",)
    )
    _add_dossier(site, publicatie, brief.id)
    taken = site.add_document(publicatie, NASTY)
    site.withdraw(taken, titel=NASTY, reden=NASTY)
    return site, _pages(publicatie.id, brief.id, sheet.id, row.id, taken.id)


def _add_dossier(site: PublicSite, publicatie: Publicatie, brief: str) -> None:
    rows = [
        regel(publicatie, 1, NASTY, Beoordeling.DEELS_OPENBAAR, gronden=("5.1.2.e",), document_id=brief),
        regel(publicatie, 2, NASTY, Beoordeling.REEDS_OPENBAAR, links=("javascript:window.geraakt=1",)),
        regel(publicatie, 3, NASTY, Beoordeling.NIET_OPENBAAR, nummer='3"><b onclick=window.geraakt=1>', datum=date(2023, 1, 2)),
    ]  # fmt: skip
    show_dossier(site, publicatie, rows, verzoeken=[replace(VERZOEK, onderwerp=NASTY, kenmerk=NASTY[:60])])


def _pages(publicatie: str, brief: str, sheet: str, row: str, taken: str) -> tuple[Shown, ...]:
    asked, word = quote(NASTY), f"zoek={WORD}"
    told = {"soort": NASTY, "tekst": NASTY, "pagina": NASTY, "email": NASTY, "versie": NASTY}
    return (
        Shown("resultaten", f"/?{word}"),
        Shown("vraag", f"/?zoek={asked}"),
        Shown("publicaties", f"/publicaties?{word}"),
        Shown("publicatie", f"/publicaties/{publicatie}"),
        Shown("inventaris", f"/publicaties/{publicatie}?woorden={asked}"),
        Shown("viewer", f"/documenten/{brief}?{word}"),
        Shown("blad", f"/documenten/{sheet}?zoek={asked}"),
        Shown("regel", f"/documenten/{row}"),
        Shown("ingetrokken", f"/documenten/{taken}", status=410),
        Shown("melding", f"/documenten/{brief}/melding"),
        Shown("melding met fouten", f"/documenten/{brief}/melding", form=told, status=400),
        Shown("volgen", f"/volgen?zoek={asked}"),
        Shown("volgen met fouten", "/volgen", form={"vraag": f"zoek={asked}", "email": NASTY, "frequentie": NASTY}, status=400),
        Shown("zoekreeks", "/zoekreeks", form={"vragen": NASTY}),
        Shown("verkeerde vraag", f"/?zoek={asked}&jaar={asked}", status=400),
    )  # fmt: skip


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Without the policy that would stop a script, so that it is the escaping that is tested."""
    with browser.new_context(bypass_csp=True) as opened:
        yield opened


def test_nothing_that_was_written_runs_or_becomes_an_element(hostile: Hostile, context: BrowserContext):
    page = context.new_page()
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    for shown in hostile.pages:
        go(page, {"site": hostile.address}, shown)
        found = page.evaluate(FOUND)
        text = found.pop("text")
        assert found.pop("data") in ([], ["object"]), shown.naam
        assert found == {"geraakt": None, "scripts": 0, "made": 0, "links": []}, shown.naam
        assert any(payload in text for payload in PAYLOADS), f"{shown.naam} does not show what was written"
    assert dialogs == []


def test_suggestions_show_what_was_written_as_text(hostile: Hostile, context: BrowserContext):
    page = context.new_page()
    page.goto(hostile.address)
    page.locator("#zoek").press_sequentially(WORD[:6])
    page.get_by_role("listbox").wait_for()
    assert WORD in page.get_by_role("listbox").inner_text()
    assert {key: value for key, value in page.evaluate(FOUND).items() if key in ("geraakt", "made", "links")} == {"geraakt": None, "made": 0, "links": []}  # fmt: skip


def test_the_test_would_see_a_script_that_runs(hostile: Hostile, context: BrowserContext):
    page: Page = context.new_page()
    page.goto(hostile.address)
    page.evaluate("text => document.querySelector('main').innerHTML = text", PAYLOADS[1])
    page.wait_for_function("window.geraakt === 1")
    assert page.evaluate(FOUND)["made"] == 1
