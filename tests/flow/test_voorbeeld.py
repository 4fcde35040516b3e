"""The example at the desk is the page that the public gets, and a link for the requester shows what it names and nothing else."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from publisher.app import create_app
from tests.api.desk import TestClient
from tests.api.pdfs import write_pdf
from tests.flow.installation import TESTER, Installation
from woo.domain.actor import Rol
from woo.domain.document import Bestand, Bestemming
from woo.domain.events import Actie
from woo.storage.port import ORGANISATIES
from woo.usecases.document import NieuwDocument, add_document
from woo.usecases.publicatie import publish
from woo.usecases.verzoekerslink import create_inzage, revoke_inzage

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT[\d:]+Z")
_BANNER = re.compile(r'<p class="panel note" role="note">.*?</p>\n', re.DOTALL)


@dataclass
class Bureau:
    """An installation with a concept of three documents, and the desk on it, with a key and without; one document is for the requester alone."""

    installation: Installation
    client: TestClient
    stranger: TestClient
    id: str
    documents: dict[str, str]

    def get(self, path: str = "") -> httpx.Response:
        return self.client.get(f"/publicaties/{self.id}/voorbeeld{path}")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("voorbeeld")
    for name in ("dossier", "home"):
        (root / name).mkdir()
    write_pdf(root / "dossier" / "besluit.pdf", ["Besluit\nHet college besluit over kwartelwei.", "Tweede."])
    write_pdf(root / "dossier" / "advies.pdf", ["Advies\nOver de zilverreiger."])
    write_pdf(root / "eigen.pdf", ["Eigen stuk\nOver het dossier van de verzoeker zelf."])
    with Installation(root / "home") as installation:
        installation.ingest(root / "dossier", publish=False)
        platform = installation.platform
        stored = platform.archive.put(root / "eigen.pdf")
        own = NieuwDocument(
            "Eigen stuk",
            Bestand(stored.digest, "eigen.pdf", "application/pdf", stored.grootte),
            bestemming=Bestemming.ALLEEN_VERZOEKER,
        )
        with platform.registry.read() as reading:
            id = reading.publicaties()[0].id
        add_document(platform, TESTER, id, own)
        installation.work()
    return root


@pytest.fixture(scope="module")
def bureau(template: Path) -> Iterator[Bureau]:
    """One for all tests that leave the concept a concept."""
    with _bureau(template / "home") as bureau:
        yield bureau


@contextmanager
def _bureau(home: Path) -> Iterator[Bureau]:
    with Installation(home) as installation:
        platform = installation.platform
        app = create_app(platform, installation.settings)
        now = platform.now()
        _, secret = platform.registry.keys.create(
            "balie", Rol.PUBLICEERDER, now=now, vervalt_op=now + timedelta(days=1)
        )
        with platform.registry.read() as reading:
            documents = {d.bestand.naam: d.id for d in reading.documents() if d.bestand}
            id = reading.publicaties()[0].id
        client = TestClient(app, base_url="http://balie", headers={"Authorization": f"Bearer {secret}"})
        yield Bureau(installation, client, TestClient(app, base_url="http://balie"), id, documents)
        app.state.etalage.close()


def led_away(html: str, prefix: str) -> str:
    return _BANNER.sub("", html).replace(f'"{prefix}/', '"/').replace(f" {prefix}/", " /")


def comparable(html: str) -> str:
    """A page without what differs in time, and without what the example leaves out."""
    html = re.sub(r'\s*<link rel="(?:alternate|canonical)"[^>]*>', "", _MOMENT.sub("", html))
    return re.sub(r'"dateModified": "[^"]*"|"datePublished": "[^"]*"', "", html)


def test_the_example_is_the_page_that_the_public_gets(template: Path, tmp_path: Path) -> None:
    with _bureau(shutil.copytree(template / "home", tmp_path / "home")) as bureau:
        examples = examples_of(bureau)
        publish(bureau.installation.platform, TESTER, bureau.id)
        bureau.installation.work()
        visitor = bureau.installation.public()
        for path, example in examples.items():
            assert example == comparable(visitor.get(path).text)


def examples_of(bureau: Bureau) -> dict[str, str]:
    """What is comparable of the example's pages, by the path at which the public will find each."""
    document = f"/documenten/{bureau.documents['besluit.pdf']}"
    examples = {}
    for path in ("", document, f"{document}?pagina=2"):
        page = bureau.get(path)
        assert page.status_code == 200, page.text
        assert "Voorbeeld, nog niet openbaar" in page.text
        assert page.headers["cache-control"] == "no-store"
        assert page.headers["x-robots-tag"] == "noindex, nofollow"
        public = path or f"/publicaties/{bureau.id}"
        examples[public] = comparable(led_away(page.text, f"/publicaties/{bureau.id}/voorbeeld"))
    return examples


def test_no_address_of_the_example_leads_out_of_it_and_all_that_it_names_is_there(bureau: Bureau) -> None:
    prefix = f"/publicaties/{bureau.id}/voorbeeld"
    page = bureau.get(f"/documenten/{bureau.documents['besluit.pdf']}").text
    own = set(re.findall(r'(?:href|src|action)="(/[^"]*)"', page))
    own |= {
        source.split()[0] for found in re.findall(r'srcset="([^"]*)"', page) for source in found.split(",")
    }
    assert own
    assert {path for path in own if not path.startswith(prefix)} == {f"/publicaties/{bureau.id}"}
    wanted = [path for path in own if "/afbeelding" in path or "/bestand/" in path or "/static/" in path]
    assert len(wanted) >= 4
    for path in wanted[:6]:
        assert bureau.client.get(path.replace("&amp;", "&")).status_code == 200, path


def test_who_publishes_has_its_page_in_the_example(bureau: Bureau) -> None:
    own = re.findall(r'href="(/publicaties/[^"]*/organisaties/[^"]*)"', bureau.get().text)
    assert own
    bureau.installation.platform.public.show_site(
        ORGANISATIES, {"bijgewerktOp": "2024-04-01T08:00:00Z", "organisaties": {}}
    )
    for path in own:
        page = bureau.client.get(path)
        assert page.status_code == 200
        assert "Voorbeeld, nog niet openbaar" in page.text
    code = own[0].rpartition("/")[2]
    assert bureau.get(f"/v1/organisaties/{code}").json()["code"] == code
    for path in ("/organisaties", "/hoe-open", "/v1/organisaties"):
        assert bureau.get(path).status_code == 404


def test_what_never_becomes_public_is_not_in_the_example(bureau: Bureau) -> None:
    own = bureau.documents["eigen.pdf"]
    assert own not in bureau.get().text
    for path in (f"/documenten/{own}", f"/v1/documenten/{own}", f"/v1/documenten/{own}/bestand/eigen.pdf"):
        assert bureau.get(path).status_code == 404


@pytest.mark.parametrize(
    "path", ["/", "/publicaties", "/v1/documenten?zoek=kwartelwei", "/v1/export", "/zoekreeks"]
)
def test_of_the_public_site_only_what_is_about_this_publicatie_is_reached(bureau: Bureau, path: str) -> None:
    assert bureau.get(path).status_code == 404


def test_who_looked_is_written_down_and_who_may_not_read_sees_nothing(bureau: Bureau) -> None:
    bureau.get()
    bureau.get(f"/documenten/{bureau.documents['besluit.pdf']}")
    with bureau.installation.platform.registry.read() as reading:
        seen = [
            event for event in reading.events(object_id=bureau.id) if event.actie is Actie.CONCEPT_GELEZEN
        ]
    assert [event.actor for event in seen] == ["balie"]
    page = bureau.stranger.get(f"/publicaties/{bureau.id}/voorbeeld", follow_redirects=False)
    assert page.status_code in (303, 401)


def test_a_link_shows_what_it_names_without_a_key_is_counted_and_ends(bureau: Bureau) -> None:
    platform = bureau.installation.platform
    chosen = [bureau.documents["eigen.pdf"], bureau.documents["besluit.pdf"]]
    made, secret = create_inzage(
        platform, TESTER, bureau.id, naam="Verzoeker", dagen=7, most_days=30, documenten=chosen
    )
    page = bureau.stranger.get(f"/inzage/{secret}")
    assert page.status_code == 200
    assert "Alleen voor u" in page.text
    assert (page.headers["referrer-policy"], page.headers["x-robots-tag"]) == (
        "no-referrer",
        "noindex, nofollow",
    )
    assert bureau.documents["advies.pdf"] not in page.text
    inside = f"/inzage/{secret}"
    assert bureau.stranger.get(f"{inside}/documenten/{chosen[0]}").status_code == 200
    file = bureau.stranger.get(f"{inside}/v1/documenten/{chosen[0]}/bestand/eigen.pdf")
    assert (file.status_code, file.content[:5]) == (200, b"%PDF-")
    assert bureau.stranger.get(f"{inside}/v1/documenten/{bureau.documents['advies.pdf']}").status_code == 404
    assert bureau.stranger.get(f"{inside}/v1/publicaties/{bureau.id}/zip").status_code == 200
    for path in ("/publicaties", f"/publicaties/{bureau.id}", "/v1/status"):
        assert bureau.stranger.get(path, follow_redirects=False).status_code in (303, 401)
    with platform.registry.read() as reading:
        assert reading.publiceren.inzage(made.id).gebruikt == 1
        assert [e.actie for e in reading.events(object_id=bureau.id)][-1] is Actie.INZAGE_USED
    revoke_inzage(platform, TESTER, made.id)
    assert bureau.stranger.get(inside).status_code == 404
    assert bureau.stranger.get(f"{inside}/v1/documenten/{chosen[0]}/bestand/eigen.pdf").status_code == 404


def test_an_address_that_tries_links_has_to_wait(bureau: Bureau) -> None:
    answers = [bureau.stranger.get(f"/inzage/geraden-{n}").status_code for n in range(8)]
    assert answers[0] == 404
    assert answers[-1] == 429
