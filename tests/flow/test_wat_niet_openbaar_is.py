"""What is not public is on no surface of the public side: every surface against every reason, from one list of both.

One installation holds a document for each reason, each with a word of its own in its text, title and file name, and one
document that is public: on each surface that one is seen, so that a surface that shows nothing at all is noticed.
"""

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi import FastAPI
from starlette.routing import Route

from tests.api.pdfs import write_pdf
from tests.flow.installation import ENSCHEDE, TESTER, WOO_VERZOEK, Installation, Visitor
from woo.domain.document import Bestand, Bestemming
from woo.usecases.document import NieuwDocument, add_document
from woo.usecases.intrekking import withdraw
from woo.usecases.opschorting import suspend_document
from woo.usecases.planning import plan_publication
from woo.usecases.publicatie import NieuwePublicatie, create_publicatie, publish

ALLE = (
    "openbaar",
    "concept",
    "gepland",
    "embargo",
    "opgeschort",
    "alleen_verzoeker",
    "verzonden",
    "ingetrokken",
    "heel_ingetrokken",
)
REDENEN = ALLE[1:]
WORDS = dict(
    zip(
        ALLE,
        (
            "kwartelwei",
            "zilverreiger",
            "boomklever",
            "roodborst",
            "goudvink",
            "ijsvogel",
            "steenuil",
            "wielewaal",
            "grutto",
        ),
        strict=True,
    )
)
"""A word for each, none the beginning or a compound of another."""


@dataclass(frozen=True)
class Stuk:
    """A document for one reason: its word, its id and that of its publicatie."""

    reden: str
    woord: str
    document: str
    publicatie: str

    @property
    def bestand(self) -> str:
        return f"{self.woord}.pdf"


@dataclass(frozen=True)
class Stand:
    """The public site, and the documents by reason."""

    visitor: Visitor
    stukken: dict[str, Stuk]


def _add(
    installation: Installation, folder: Path, publicatie: str, woord: str, bestemming: Bestemming
) -> str:
    path = write_pdf(folder / f"{woord}.pdf", [f"Dit stuk gaat over {woord} in het park."])
    stored = installation.platform.archive.put(path)
    bestand = Bestand(stored.digest, path.name, "application/pdf", stored.grootte)
    nieuw = NieuwDocument(f"Stuk over {woord}", bestand, kenmerk=f"Z-{woord}", bestemming=bestemming)
    return add_document(installation.platform, TESTER, publicatie, nieuw).id


def _publicatie(installation: Installation, titel: str) -> str:
    nieuw = NieuwePublicatie(ENSCHEDE, titel, (WOO_VERZOEK,), omschrijving=titel, kenmerk=titel)
    return create_publicatie(installation.platform, TESTER, nieuw).id


@pytest.fixture(scope="module")
def stand(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stand]:
    root = tmp_path_factory.mktemp("niet-openbaar")
    (root / "home").mkdir()
    with Installation(root / "home") as installation:
        stukken = _fill(installation, root)
        yield Stand(installation.public(), stukken)


def _fill(installation: Installation, folder: Path) -> dict[str, Stuk]:
    platform = installation.platform
    never = {"alleen_verzoeker": Bestemming.ALLEEN_VERZOEKER, "verzonden": Bestemming.VERZONDEN}
    public = _publicatie(installation, "Openbaar dossier")
    stukken: dict[str, Stuk] = {}
    for reden, woord in WORDS.items():
        own = reden in ("concept", "gepland", "embargo", "heel_ingetrokken")
        publicatie = _publicatie(installation, f"Dossier {woord}") if own else public
        document = _add(installation, folder, publicatie, woord, never.get(reden, Bestemming.OPENBAAR))
        stukken[reden] = Stuk(reden, woord, document, publicatie)
    now = platform.now()
    later = (now + timedelta(days=2)).replace(second=0, microsecond=0)
    plan_publication(platform, TESTER, stukken["gepland"].publicatie, op=later)
    plan_publication(platform, TESTER, stukken["embargo"].publicatie, op=later, embargo=True)
    suspend_document(platform, TESTER, stukken["opgeschort"].document, tot=now.date() + timedelta(days=14))
    for id in (public, stukken["heel_ingetrokken"].publicatie):
        publish(platform, TESTER, id)
    installation.work()
    withdraw(platform, TESTER, stukken["ingetrokken"].document, reden="Er stond een naam in.")
    withdraw(platform, TESTER, stukken["heel_ingetrokken"].publicatie, reden="Er stond een naam in.")
    installation.work()
    return stukken


Look = Callable[[Visitor, Stuk], str]
"""Everything that a surface says when it is asked about a document: its whole answers, as text."""


def _get(*addresses: str) -> Look:
    """Ask addresses, with `{d}`, `{p}`, `{w}`, `{f}` for document, publicatie, word and file; only a 200 counts."""

    def look(visitor: Visitor, stuk: Stuk) -> str:
        fields = {"d": stuk.document, "p": stuk.publicatie, "w": stuk.woord, "f": quote(stuk.bestand)}
        answers = [visitor.get(address.format(**fields)) for address in addresses]
        return "\n".join(answer.text for answer in answers if answer.status_code == 200)

    return look


def _zip(address: str) -> Look:
    def look(visitor: Visitor, stuk: Stuk) -> str:
        answer = visitor.get(address.format(p=stuk.publicatie, w=stuk.woord))
        if answer.status_code != 200:
            return ""
        with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
            names = archive.namelist()
            told = [
                archive.read(name).decode("utf-8", "replace") for name in names if not name.endswith(".pdf")
            ]
        return "\n".join([*names, *told])

    return look


def _reeks(visitor: Visitor, stuk: Stuk) -> str:
    body = json.dumps([stuk.woord])
    answer = visitor.client.post("/v1/_zoek-reeks", body, content_type="application/json")
    assert answer.status_code == 200, answer.text
    return stuk.document if answer.json()["resultaten"][0]["totaal"] else ""


def _without_question(look: Look) -> Look:
    """Leave out an answer in which the word only repeats the question: it names neither document nor publicatie nor file."""

    def wrapped(visitor: Visitor, stuk: Stuk) -> str:
        text = look(visitor, stuk)
        named = (stuk.document, f"Dossier {stuk.woord}", f"Stuk over {stuk.woord}", stuk.bestand)
        return text if any(name in text for name in named) else ""

    return wrapped


SURFACES: dict[str, Look] = {
    "/v1/documenten": _without_question(
        _get("/v1/documenten?zoek={w}", "/v1/documenten?aantal=100&facetten=true")
    ),
    "/v1/documenten/{id}": _get("/v1/documenten/{d}"),
    "/v1/documenten/{id}/paginas/{n}": _get(
        "/v1/documenten/{d}/paginas/1", "/v1/documenten/{d}/paginas/1?woorden=true"
    ),
    "/v1/documenten/{id}/versies": _get("/v1/documenten/{d}/versies"),
    "/v1/documenten/{id}/versies/{versie}": _get("/v1/documenten/{d}/versies/1"),
    "/v1/publicaties": _get("/v1/publicaties"),
    "/v1/publicaties/{id}": _get("/v1/publicaties/{p}"),
    "/v1/publicaties/{id}/zip": _zip("/v1/publicaties/{p}/zip"),
    "/v1/export": _get("/v1/export?formaat=csv", "/v1/export?formaat=jsonl"),
    "/v1/suggesties": _get("/v1/suggesties?zoek={w}"),
    "/": _without_question(_get("/?zoek={w}", "/?zoek=park")),
    "/publicaties": _get("/publicaties"),
    "/publicaties/{id}": _get("/publicaties/{p}", "/publicaties/{p}?geschiedenis=alles"),
    "/documenten/{id}": _get("/documenten/{d}", "/documenten/{d}?zoek={w}"),
    "/feed.atom": _without_question(_get("/feed.atom?zoek=park", "/feed.atom")),
    "/feed.rss": _without_question(_get("/feed.rss?zoek=park")),
    "/feed.json": _without_question(_get("/feed.json?zoek=park")),
    "/publicaties/{id}/feed.atom": _get("/publicaties/{p}/feed.atom"),
    "/publicaties/{id}/feed.rss": _get("/publicaties/{p}/feed.rss"),
    "/publicaties/{id}/feed.json": _get("/publicaties/{p}/feed.json"),
    "/sitemaps/{naam}": _get("/sitemaps/sitemap-diwoo-infocat014-00001.xml"),
    "/v1/wijzigingen": _get("/v1/wijzigingen"),
    "zoek-reeks": _reeks,
}
"""Where the public meets documents, by the route; each shows the one that is public (or its id)."""

BYTES = {
    "/v1/documenten/{id}/bestand/{bestandsnaam:path}": "/v1/documenten/{d}/bestand/{f}",
    "/v1/documenten/{id}/paginas/{n}/afbeelding": "/v1/documenten/{d}/paginas/1/afbeelding",
}
"""Where files and pictures are given out."""


@pytest.mark.parametrize("surface", SURFACES)
def test_the_surface_shows_what_is_public(stand: Stand, surface: str) -> None:
    stuk = stand.stukken["openbaar"]
    seen = SURFACES[surface](stand.visitor, stuk)
    assert stuk.woord in seen or stuk.document in seen or stuk.publicatie in seen, surface


@pytest.mark.parametrize("reden", REDENEN)
@pytest.mark.parametrize("surface", SURFACES)
def test_the_surface_tells_nothing_of_what_is_not(stand: Stand, surface: str, reden: str) -> None:
    stuk = stand.stukken[reden]
    seen = SURFACES[surface](stand.visitor, stuk)
    assert stuk.woord not in seen
    told_as_withdrawn = surface == "/v1/wijzigingen" and reden == "heel_ingetrokken"
    if reden != "ingetrokken" and not told_as_withdrawn:  # of what was withdrawn is told that it was, and why
        assert stuk.document not in seen


@pytest.mark.parametrize("address", BYTES.values(), ids=BYTES)
def test_no_file_or_picture_is_given_out_but_of_what_is_public(stand: Stand, address: str) -> None:
    def status(stuk: Stuk) -> int:
        return stand.visitor.get(address.format(d=stuk.document, f=quote(stuk.bestand))).status_code

    assert status(stand.stukken["openbaar"]) == 200
    assert {
        reden: status(stand.stukken[reden]) for reden in REDENEN if "ingetrokken" not in reden
    } == dict.fromkeys((reden for reden in REDENEN if "ingetrokken" not in reden), 404)
    assert {status(stand.stukken[reden]) for reden in ("ingetrokken", "heel_ingetrokken")} == {410}


def test_counts_are_those_of_what_is_public(stand: Stand) -> None:
    everything = stand.visitor.zoek("")
    assert everything["totaal"] == 1
    assert {count["aantal"] for facet in everything["facetten"].values() for count in facet} <= {1}
    figures = stand.visitor.get("/v1/statistieken").json()
    assert (figures["documenten"], figures["aantalPublicaties"]) == (1, 1)
    of_the_body = stand.visitor.get(f"/v1/organisaties/{ENSCHEDE}").json()
    cijfers = of_the_body["cijfers"]
    assert (cijfers["documenten"], cijfers["aantalPublicaties"]) == (1, 1)


def test_every_address_of_the_public_side_that_may_show_a_document_is_in_this_list(stand: Stand) -> None:
    """A new surface has to come into the list above, or below with the reason why it shows none."""
    shows_none = {
        "/.well-known/security.txt",
        "/api",
        "/gezondheid/gereed",
        "/gezondheid/live",
        "/robots.txt",
        "/static/{naam}",
        "/toegankelijkheid",
        "/v1/waardelijsten/{lijst}",
        "/v1/openapi.json",
        "/zoekhulp",
        "/zoekreeks",
        "/volgen",
        "/volgen/bevestig",
        "/volgen/stop",
        "/statistieken",  # counted above
        "/v1/statistieken",
        "/organisaties",  # counts alone, counted above
        "/organisaties/{code}",
        "/hoe-open",
        "/v1/organisaties",
        "/v1/organisaties/{code}",
        "/v1/hoe-open",
        "/v1/hoe-open.csv",
        "/bronnen",  # what others publish
        "/v1/bronnen",
        "/v1/_zoek-reeks",  # asked by posting
        "/documenten/{id}/versies/{versie}",  # leads to the document, which is asked
        "/documenten/{id}/melding",  # asks the gate as the document does; see test_gate
        "/v1/publicaties/{id}/inventaris",  # rows: tests/flow/test_inventory_rows.py
        "/v1/publicaties/{id}/inventaris.csv",
        "/v1/publicaties/{id}/inventaris.xlsx",
        "/v1/publicaties/{id}/inventaris.pdf",  # the same rows from behind the gate: tests/api/test_dossier.py
        "/publicaties/{id}/inventaris.pdf",
    }
    app = stand.visitor.client.app
    assert isinstance(app, FastAPI)
    served = {
        route.path for route in app.routes if isinstance(route, Route) and "GET" in (route.methods or ())
    }
    assert served - set(SURFACES) - set(BYTES) - shows_none == set()
