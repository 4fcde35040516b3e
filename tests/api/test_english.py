"""Every page of the site in English: no word of ours is left in Dutch, outside what is named as Dutch."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from lxml.html import HtmlElement, fromstring
from starlette.routing import Match, Route

from search_api.addresses import is_api, is_static, page_in
from tests.api.dossiers import add_dossier
from tests.api.site import ENSCHEDE, PublicSite, make_settings
from tests.api.test_dossier import with_versions
from tests.api.test_statistieken import counted
from tests.api.test_talen import ENGLISH, forms
from tests.api.test_volgen import GIVEN, SLEUTEL
from woo.analysis import DutchAnalysis
from woo.diwoo.waardelijsten import Waardelijsten
from woo.domain.document import Pagina, Relatie, Relatiesoort
from woo.domain.errors import Unavailable
from woo.domain.formaat import BY_EXTENSIE
from woo.domain.inventaris import Beoordeling
from woo.sandbox import Sandbox

_ONLY_DUTCH = re.compile(
    r"(?<![\w’'])(de|het|een|niet|wij|uw|u|deze|dit|met|voor|naar|geen|staat|staan|zijn|wordt|worden|kunt|waarop|daarop|bij|uit"
    r"|ook|nog|maar|aan|tot|vanaf|dag|dagen|alle|alleen|binnen|zonder|volgens|nieuwe|meer|zoek|zoeken)(?!\w)",
    re.IGNORECASE,
)
"""Words that no English sentence has, and hardly a Dutch one goes without: what nobody marked for translation has them too."""

_APART = re.compile(r"<[^>]*>|%\(\w+\)s|%s")
_NO_TEXT = re.compile(r"\S*[/@=]\S*|\b[A-Z]{2,}\b")
"""Addresses, and what means something to a program: `OF` and `NIET` are words of the query language."""

_SAID = ("aria-label", "title", "alt", "placeholder", "label")
_UNSEEN = frozenset({"script", "style", "code", "pre", "meta", "textarea"})
NO_PAGES = {
    "/publicaties/{id}/inventaris.pdf",
    "/robots.txt",
    "/sitemaps/{naam}",
    "/.well-known/security.txt",
    "/gezondheid/live",
    "/gezondheid/gereed",
}


def constants(text: str) -> list[str]:
    """The words of a text between its fields and tags, where there is enough to know it by."""
    return [part for each in _APART.split(text) if len(part := each.strip(" .,:;()")) > 4]


@pytest.fixture(scope="module")
def dutch_texts() -> re.Pattern[str]:
    """Finds every Dutch text of the catalogue that is said otherwise in English and that no English text has in it."""
    said = ENGLISH.vertalingen._catalog.items()  # type: ignore[attr-defined]  # gettext has no other way to list them
    pairs = [(key[0] if isinstance(key, tuple) else key, each) for key, each in said if key]
    english = "\n".join(each for _, each in pairs)
    found = {one for key, each in pairs if key != each for text in forms(key) for one in constants(text)}
    kept = {one for one in found if not re.search(rf"(?<!\w){re.escape(one)}(?!\w)", english)}
    assert len(kept) > 200
    return re.compile(rf"(?<!\w)({'|'.join(map(re.escape, sorted(kept, key=len, reverse=True)))})(?!\w)")


def spoken_in(page: HtmlElement, language: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text that a visitor sees or hears, with its language."""
    here = page.get("lang") or language
    if isinstance(page.tag, str) and page.tag not in _UNSEEN:
        yield from ((here, page.get(name, "")) for name in _SAID)
        yield here, page.text or ""
        for child in page:
            yield from spoken_in(child, here)
            yield here, child.tail or ""


def left_in_dutch(html: str, texts: re.Pattern[str]) -> list[str]:
    page = fromstring(html)
    assert page.get("lang") == "en"
    told = [_NO_TEXT.sub("", text) for language, text in spoken_in(page) if language == "en"]
    return [text.strip() for text in told if _ONLY_DUTCH.search(text) or texts.search(text)]


@dataclass
class Shown:
    """A site with something for every page, and where those pages are: by a name, the path and what is posted there."""

    site: PublicSite
    paths: dict[str, tuple[str, dict[str, str] | None]] = field(default_factory=dict)

    def page(self, naam: str, path: str, posted: dict[str, str] | None = None) -> None:
        self.paths[naam] = (path, posted)


@pytest.fixture(scope="module")
def shown(
    tmp_path_factory: pytest.TempPathFactory,
    analysis: DutchAnalysis,
    lijsten: Waardelijsten,
    sandbox: Sandbox,
) -> Shown:
    folder = tmp_path_factory.mktemp("engels")
    mail = {"WOO_MAIL__HOST": "mail.zuiderveld.example", "WOO_MAIL__SENDER": "woo@zuiderveld.example"}
    shown = Shown(PublicSite(folder, make_settings(folder, **mail), analysis, lijsten, sandbox))
    counted(shown.site, ENSCHEDE, "gm0363")
    _searching(shown)
    _reading(shown)
    _following(shown)
    return shown


def _searching(shown: Shown) -> None:
    site = shown.site
    zwembad = site.add_publicatie("Woo-verzoek zwembad", kenmerk="2024-7", omschrijving="Over het zwembad.")
    for number in range(25):
        site.add_document(
            zwembad, f"Zwembadnota {number}", [f"stikstof badwater {number}"] * (number < 2) * 4
        )
    vaag = [Pagina(1, "badwater", "ocr", zekerheid=0.4), Pagina(2, "", "geen", leesbaar=False)]
    site.add_parts(zwembad, "Vage scan", vaag, naam="scan.pdf", mime="application/pdf")
    delen = [Pagina(1, "badwater", "xlsx", label="Blad Kosten van het jaar")]
    site.add_parts(zwembad, "Begroting", delen, naam="begroting.xlsx", mime=BY_EXTENSIE[".xlsx"].mime)
    site.add_row(zwembad, "9", "Badmeesterrooster", Beoordeling.NIET_OPENBAAR, gronden=("5.1.2.e", "5.1.1.c"))
    shown.page("start", "/")
    shown.page("zoeken", "/?zoek=badwater&jaar=2024")
    shown.page("volgende pagina", "/?vanaf=21&sorteer=titel")
    shown.page("regels", "/?beschikbaar=nee&grond=5.1.2.e&beoordeling=niet_openbaar")
    shown.page("filters", "/?creatiedatumVan=2023-01-01&publicatiedatumTot=2030-01-01&moeilijkLeesbaar=true")
    shown.page("binnen", f"/?zoek=badwater&publicatie={zwembad.id}&publisher={ENSCHEDE}&formaat=pdf")
    shown.page("binnen iets dat er niet is", "/?publicatie=00000000-0000-4000-8000-00000000ffff")
    shown.page("niets", '/?zoek=badwater+zonnewijzer+)+("&jaar=2024')
    shown.page("niets binnen filters", "/?zoek=badwater+stikstof&jaar=2019")
    shown.page("niets meer", "/?zoek=zonnewijzer&na=W10&vanaf=21")
    shown.page("niet te vragen", '/?zoek=w*+"badwater stikstof"~900+datum:gisteren+%3F%3F+' + "x~+" * 21)
    shown.page(
        "verkeerde vraag", "/?jaar=20&creatiedatumVan=x&grond=9.9.9&beoordeling=x&beschikbaar=x&formaat=%21"
    )
    shown.page("publicaties", "/publicaties?zoek=zwembad")
    shown.page("alle publicaties", "/publicaties")
    shown.page("geen publicaties", "/publicaties?zoek=zonnewijzer")
    shown.page("zoekhulp", "/zoekhulp")
    shown.page("zoekreeks", "/zoekreeks")
    shown.page("zoekreeks met uitkomst", "/zoekreeks", {"vragen": "badwater\nzonnewijzer\n(badwater\nx*"})
    shown.page("zoekreeks met fout", "/zoekreeks", {"vragen": "zoek,jaar\nbadwater,20\nbadwater,2024,1,2\n,"})
    shown.page("lege zoekreeks", "/zoekreeks", {"vragen": " "})
    shown.page("statistieken", "/statistieken")
    shown.page("statistieken van één", f"/statistieken?publisher={ENSCHEDE}")
    shown.page("statistieken van niemand", "/statistieken?publisher=gm0001x")
    shown.page("statistieken zonder iets", "/statistieken?publisher=gm0014")
    shown.page("toegankelijkheid", "/toegankelijkheid")
    shown.page("api", "/api")
    shown.page("niet gevonden", "/bestaat-niet")


def _reading(shown: Shown) -> None:
    site = shown.site
    dossier = add_dossier(site, more=60)
    publicatie = dossier.publicatie.id
    mails = [site.add_document(dossier.publicatie, f"Bericht {n}", [f"Re {n}", "badwater"]) for n in (1, 2)]
    gelijk = Relatie(mails[0].id, Relatiesoort.LIJKT_OP, dossier.advies.id, 0.97)
    site.relate(mails[1], Relatie(mails[1].id, Relatiesoort.REACTIE_OP, mails[0].id))
    site.relate(mails[0], gelijk, Relatie(mails[1].id, Relatiesoort.REACTIE_OP, mails[0].id))
    brief = with_versions(site, dossier).id
    rows = {kaart["officieleTitel"]: id for id, (kaart) in _cards(site) if kaart.get("inventaris")}
    by_title = {document.officiele_titel: document.id for document, _, _ in site.shown.values()}
    weg = site.add_publicatie("Weg")
    site.withdraw(weg)
    shown.page("publicatie", f"/publicaties/{publicatie}")
    shown.page("inventaris", f"/publicaties/{publicatie}?beoordeling=niet_openbaar&sorteer=-naam&vanaf=51")
    shown.page("hele geschiedenis", f"/publicaties/{publicatie}?geschiedenis=alles")
    shown.page("document", f"/documenten/{dossier.advies.id}")
    shown.page("document in versies", f"/documenten/{brief}")
    shown.page("bericht", f"/documenten/{mails[0].id}?pagina=2&zoek=badwater&treffer=1")
    shown.page("vage scan", f"/documenten/{by_title['Vage scan']}?zoek=badwater")
    shown.page("begroting", f"/documenten/{by_title['Begroting']}?zoek=badwater")
    shown.page("zonder bestand", f"/documenten/{by_title['Zwembadnota 9']}")
    shown.page("regel", f"/documenten/{rows['Badmeesterrooster']}")
    shown.page("versie", f"/documenten/{brief}/versies/1")
    shown.page("melding", f"/documenten/{brief}/melding?pagina=1")
    shown.page(
        "melding met fouten", f"/documenten/{brief}/melding", {"soort": "x", "pagina": "x", "email": "x"}
    )
    shown.page(
        "melding gedaan",
        f"/documenten/{brief}/melding",
        {"soort": "privacy", "tekst": "Adres.", "versie": "1"},
    )
    shown.page("ingetrokken", f"/publicaties/{weg.id}")


def _cards(site: PublicSite) -> Iterator[tuple[str, dict[str, object]]]:
    answer = site.client().get("/v1/documenten?beschikbaar=nee&aantal=100").json()
    for each in answer["resultaten"]:
        yield each["id"], each


def _following(shown: Shown) -> None:
    asked = f"/volgen?zoek=stikstof&publisher={ENSCHEDE}&beschikbaar=ja&jaar=2024&jaar=2023&creatiedatumVan=2023-01-01"
    shown.page("volgen", asked)
    shown.page("alles volgen", "/volgen")
    shown.page("volgen binnen filters", "/volgen?moeilijkLeesbaar=true&publicatiedatumTot=2024-01-01")
    shown.page("volgen met fouten", "/volgen", {**GIVEN, "email": "x", "frequentie": "x"})
    shown.page("volgen zonder adres", "/volgen", {**GIVEN, "email": ""})
    shown.page("volgen gevraagd", "/volgen", GIVEN)
    for what in ("bevestig", "stop"):
        shown.page(what, f"/volgen/{what}?sleutel={SLEUTEL}")
        shown.page(f"{what} zonder sleutel", f"/volgen/{what}")
        shown.page(f"{what} gedaan", f"/volgen/{what}?sleutel={SLEUTEL}", {"x": "y"})


def test_nothing_of_ours_is_left_in_dutch(shown: Shown, dutch_texts: re.Pattern[str]):
    client, left = shown.site.client(), {}
    for naam, (path, posted) in shown.paths.items():
        there = page_in("en", path)
        answer = client.get(there) if posted is None else client.post(there, posted)
        assert answer.status_code < 500, naam
        if found := left_in_dutch(answer.text, dutch_texts):
            left[naam] = found
    assert left == {}


def test_when_something_does_not_answer_that_is_told_in_english(shown: Shown, dutch_texts: re.Pattern[str]):
    class Full:
        def add(self, soort: str, told: object) -> str:
            raise Unavailable("the inbox", "the disk is full")

    client = shown.site.client(inbox=Full())
    for path in ("/en/volgen", f"/en/volgen/stop?sleutel={SLEUTEL}"):
        answer = client.post(path, GIVEN)
        assert answer.status_code == 503
        assert left_in_dutch(answer.text, dutch_texts) == []


def test_links_and_forms_of_an_english_page_stay_in_english(shown: Shown):
    client, left = shown.site.client(), {}
    for naam, (path, posted) in shown.paths.items():
        there = page_in("en", path)
        page = fromstring((client.get(there) if posted is None else client.post(there, posted)).text)
        went = [
            target
            for each in page.cssselect("a[href], form[action], link[type*=xml]")
            if (target := each.get("href") or each.get("action", "")).startswith("/")
            if each.get("hreflang") is None and not target.startswith(("/en/", "/en?", "/v1/", "/static/"))
            if target != "/en"
        ]
        if went:
            left[naam] = went
    assert left == {}


def test_every_page_is_in_the_list(shown: Shown):
    asked = [path.partition("?")[0] for path, _ in shown.paths.values()]
    routes = [
        route
        for route in shown.site.app().routes
        if isinstance(route, Route) and {"GET", "POST"} & (route.methods or set())
    ]
    missing = [
        route.path
        for route in routes
        if not is_api(route.path) and not is_static(route.path) and "/feed." not in route.path
        if route.path not in NO_PAGES and not any(_leads_to(route, path) for path in asked)
    ]
    assert missing == []


def _leads_to(route: Route, path: str) -> bool:
    method = next(iter(route.methods or ()))
    match, _ = route.matches({"type": "http", "method": method, "path": path, "root_path": ""})
    return match is Match.FULL


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("<p>Er is geen document.</p>", ["Er is geen document."]),
        ("<p>Publicaties</p>", ["Publicaties"]),
        ('<p aria-label="Volgorde">x</p>', ["Volgorde"]),
        ('<p lang="nl">Er is <b>geen</b> document</p>. Zoek', [". Zoek"]),
        ('<div lang="nl"><p lang="en">het</p></div>', ["het"]),
        ('<code>zoek</code><p lang="nl">het</p><script>het</script>No document is here.', []),
    ],
)
def test_a_text_left_in_dutch_is_seen(body: str, found: list[str], dutch_texts: re.Pattern[str]):
    assert left_in_dutch(f'<html lang="en"><body>{body}</body></html>', dutch_texts) == found


def test_a_feed_is_in_the_language_of_its_page_and_so_are_its_next_pages(shown: Shown):
    client, site = shown.site.client(), shown.site.settings.site.url.rstrip("/")
    feed = client.get("/en/feed.json?zoek=badwater").json()
    assert "made public last" in feed["description"]
    assert feed["home_page_url"].startswith(f"{site}/en?")
    dossier = shown.paths["publicatie"][0]
    first = client.get(f"/en{dossier}/feed.json").json()
    assert first["home_page_url"] == f"{site}/en{dossier}"
    again = client.get(f"/en{dossier}/feed.json?vanaf=2").json()
    assert again["feed_url"] == f"{site}/en{dossier}/feed.json?vanaf=2"
