"""The pages of a document, a publication, a row and a report in English: no Dutch of ours, and Dutch of others named so."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from lxml import html
from lxml.html import HtmlElement

from search_api.talen import load_talen
from tests.api.dossiers import add_dossier, show_dossier
from tests.api.site import PublicSite
from tests.fake_storage import FakeInbox
from woo.diwoo.uitleg import Uitlegboek
from woo.domain.document import Pagina, Relatie, Relatiesoort
from woo.domain.errors import Unavailable
from woo.domain.inventaris import Beoordeling, Bijzonderheid
from woo.domain.procedure import Proceduresoort, Procedureuitkomst
from woo.settings import config_folder
from woo.taal import spoken
from woo.views.geschiedenis import Verteld, told

ENGLISH = load_talen()["en"]
DUTCH = re.compile(
    r"\b(de|het|een|van|niet|deze|dit|wij|uw|u|bij|voor|zijn|wordt|worden|naar|geen|ook|dagen|maart|mei|regel|versie|"
    r"bestand|pagina|documenten|openbaar|ingetrokken|besluit|verzoek)\b",
    re.IGNORECASE,
)
SAID = (
    "aria-label",
    "alt",
    "title",
    "placeholder",
    "data-document",
    "data-pagina",
    "data-kopieer",
    "data-zelf",
)


def texts(element: HtmlElement) -> Iterator[str]:
    """Every text that is read as English: what is marked as Dutch, and what programs read, is left out."""
    if element.get("lang") == "nl" or not isinstance(element.tag, str) or element.tag in ("script", "svg"):
        return
    yield from (element.get(name) for name in SAID if element.get(name))
    yield element.text or ""
    for child in element:
        yield from texts(child)
        yield child.tail or ""


def shown(site: PublicSite, path: str, status: int = 200) -> HtmlElement:
    answer = site.visitor.get(path)
    assert answer.status_code == status, answer.text[:500]
    return html.fromstring(answer.text)


def dutch_in(page: HtmlElement) -> list[str]:
    """The texts with a Dutch word in them; code is for programs, and a citation holds a title."""
    for element in page.cssselect("code, textarea, .permalink, .languages"):
        element.drop_tree()
    [body] = page.cssselect("body")
    return [text.strip() for text in texts(body) if DUTCH.search(text)]


@pytest.fixture
def pages(site: PublicSite) -> dict[str, str]:
    """One of everything that these pages can tell."""
    dossier = add_dossier(site, more=60)
    norm = site.add_document(
        dossier.publicatie, "Nota over de norm", ["niets", "de norm, de norm"], naam="nota.pdf"
    )
    site.relate(
        norm,
        Relatie(norm.id, Relatiesoort.REACTIE_OP, dossier.brief.id),
        Relatie(norm.id, Relatiesoort.LIJKT_OP, dossier.advies.id, 0.9),
    )
    scan = site.add_parts(
        dossier.publicatie,
        "Scan van de brief",
        [
            Pagina(1, "brief van de norm", "ocr", zekerheid=0.5),
            Pagina(2, "", "geen", leesbaar=False),
            Pagina(3, "", "pdf"),
        ],
        naam="scan.pdf",
        mime="application/pdf",
    )
    blad = site.add_parts(
        dossier.publicatie,
        "Blad met de norm",
        [Pagina(1, "de norm", "office", label="Blad van de norm"), Pagina(2, "", "geen", leesbaar=False)],
        naam="blad.xlsx",
        mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    leeg = site.add_document(dossier.publicatie, "Brief zonder bestand")
    gone = site.add_document(dossier.publicatie, "Verkeerde brief", ["weg"])
    site.withdraw(gone, titel="Verkeerde brief van de dienst")
    refused = site.add_row(dossier.publicatie, "70", "Verslag van de dienst", gronden=("5.1.2.e",))
    elsewhere = site.add_row(
        dossier.publicatie,
        "71",
        "Brief van het college",
        Beoordeling.REEDS_OPENBAAR,
        links=("https://voorbeeld.example/brief",),
        bijzonderheden=(Bijzonderheid.DUBBEL,),
    )
    known = site.store.document(norm.id)
    assert known is not None
    versies = [
        {"versie": 1, "gepubliceerdOp": "2024-03-21T08:00:00Z", "vervangenOp": "2024-04-02T08:00:00Z", "sha256": "a" * 64, "grootte": 1},
        {"versie": 2, "gepubliceerdOp": "2024-04-02T08:00:00Z", "vervangenOp": None, "sha256": "b" * 64, "grootte": 1},
    ]  # fmt: skip
    versioned = replace(known, kaart={**known.kaart, "versie": 2, "versies": versies})
    site.store.show(versioned, list(site.store.pages(norm.id)), site.archive)
    return {
        "norm": f"/documenten/{norm.id}?zoek=norm",
        "norm zonder treffer": f"/documenten/{norm.id}?zoek=zonnewijzer",
        "scan": f"/documenten/{scan.id}?zoek=norm",
        "onleesbaar": f"/documenten/{scan.id}?pagina=2",
        "lege pagina": f"/documenten/{scan.id}?pagina=3",
        "blad": f"/documenten/{blad.id}?zoek=norm",
        "leeg": f"/documenten/{leeg.id}",
        "versie": f"/documenten/{norm.id}/versies/1",
        "melding": f"/documenten/{norm.id}/melding",
        "publicatie": f"/publicaties/{dossier.publicatie.id}",
        "gekozen": f"/publicaties/{dossier.publicatie.id}?grond=5.1.2.e&sorteer=-naam",
        "niets gekozen": f"/publicaties/{dossier.publicatie.id}?woorden=zonnewijzer",
        "geweigerd": f"/documenten/{refused.id}",
        "elders": f"/documenten/{elsewhere.id}",
    }


def test_no_page_holds_dutch_that_is_not_named_as_dutch(site: PublicSite, pages: dict[str, str]):
    assert {
        name: found for name, path in pages.items() if (found := dutch_in(shown(site, f"/en{path}")))
    } == {}
