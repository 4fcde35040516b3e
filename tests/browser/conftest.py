"""A real Chromium on a real server with a public site."""

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, Page, sync_playwright

from tests.api.site import PublicSite, load_analysis, load_lijsten, make_settings
from woo.domain.document import Pagina, Relatie, Relatiesoort
from woo.domain.formaat import BY_EXTENSIE
from woo.sandbox import Limits, Sandbox

_ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NORM = "De provincie hanteert voor stikstof een open norm, waardoor per vergunning moet worden onderbouwd wat mag."
FILLER = (
    "Het college heeft het verzoek beoordeeld aan de hand van de Wet open overheid en gevraagd om advies."
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=_ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PublicSite]:
    """A municipality with two publicaties; the second is withdrawn."""
    folder = tmp_path_factory.mktemp("site")
    with Sandbox(Limits(seconds=60), processes=1) as sandbox:
        site = PublicSite(folder, make_settings(folder), load_analysis(), load_lijsten(), sandbox)
        publicatie = site.add_publicatie(
            "Woo-verzoek 2024-0114: natuurvergunning Biomassacentrale Oostrand",
            kenmerk="2024-0114",
            omschrijving="Iemand vroeg om alle documenten over de vergunning.",
        )
        pages = [
            f"Blad {number}\n{FILLER}\n\n{NORM if number in (2, 4) else FILLER}" for number in range(1, 6)
        ]
        site.add_document(publicatie, "Besluit op Woo-verzoek", pages, volgnummer=1)
        site.add_document(
            publicatie, "E-mailwisseling", [f"Re: model\n{NORM}", ""], volgnummer=2, naam="mail.pdf"
        )
        for number in range(3, 30):
            site.add_document(publicatie, f"Bijlage {number}", volgnummer=number)
        _add_related(site)
        gone = site.add_publicatie("Weggehaald")
        site.withdraw(gone, titel="Zaak aan de Kade")
        yield site


def _add_related(site: PublicSite) -> None:
    """A thread of messages of which the second has a sheet, that looks like another, as attachment; a scan read badly."""
    publicatie = site.add_publicatie("Woo-verzoek over de begroting")
    rijen = [f"Post\tBedrag\nZwaluw {number}\t1.200" for number in range(1, 9)]
    delen = [
        Pagina(number, tekst, "xlsx", label=f"Blad Kosten en baten van het jaar 2023, rijen {number}")
        for number, tekst in enumerate(rijen, 1)
    ]
    sheet = BY_EXTENSIE[".xlsx"].mime
    begroting, kopie = (
        site.add_parts(publicatie, titel, delen, naam="begroting.xlsx", mime=sheet)
        for titel in ("Begroting", "Begroting (kopie)")
    )
    vaag = [Pagina(1, "Zwaluw", "ocr", zekerheid=0.4), Pagina(2, "", "geen", leesbaar=False)]
    site.add_parts(publicatie, "Vage scan", vaag, naam="scan.pdf", mime="application/pdf")
    mails = [site.add_document(publicatie, f"Bericht {number}", [f"Re\n{FILLER}"]) for number in (1, 2, 3)]
    relaties = [
        Relatie(mails[1].id, Relatiesoort.REACTIE_OP, mails[0].id),
        Relatie(mails[2].id, Relatiesoort.REACTIE_OP, mails[1].id),
        Relatie(mails[1].id, Relatiesoort.HEEFT_BIJLAGE, begroting.id),
        Relatie(begroting.id, Relatiesoort.LIJKT_OP, kopie.id, 0.97),
    ]
    for document in (*mails, begroting, kopie):
        site.relate(document, *(each for each in relaties if document.id in (each.van, each.naar)))


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """Serve an application on a free port; gives its address."""
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        if not thread.is_alive():
            pytest.fail("the server did not start")
        thread.join(0.05)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(20)


@pytest.fixture(scope="module")
def address(site: PublicSite) -> Iterator[str]:
    with served(site.app()) as address:
        yield address


Open = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Open]:
    """Open a path of the site; keyword arguments are those of a browser context. Fails on errors in the console."""
    opened = []
    complaints: list[str] = []

    def open_path(path: str, **context: object) -> Page:
        made = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **context})
        opened.append(made)
        page = made.new_page()
        page.on(
            "console", lambda message: complaints.append(message.text) if message.type == "error" else None
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(address + path)
        return page

    yield open_path
    for context in opened:
        context.close()
    policy = [complaint for complaint in complaints if "status of 4" not in complaint]
    assert policy == []
