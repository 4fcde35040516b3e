"""The public side from its settings alone: the service as a process, and the command that searches as the public does."""

import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from search_api.learning import learn_words
from tests.api.site import PublicSite, load_analysis
from woo.domain.errors import Unavailable
from woo.index.open import open_house
from woo.settings import load_settings
from woo.storage.open import open_archive, open_public_store


@pytest.fixture
def environ(site: PublicSite, tmp_path: Path, root: Path) -> dict[str, str]:
    """The variables of an installation in folders that holds one public document."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    home = tmp_path / "home"
    environ = {
        **os.environ,
        "WOO_HOME": str(home),
        "WOO_SERVE__PUBLIC_PORT": str(port),
        "PYTHONPATH": str(root),
    }
    settings = load_settings(environ, cwd=tmp_path)
    site.store = open_public_store(settings.storage.public)
    site.archive = open_archive(settings.storage.archive)
    house = open_house(settings.index, load_analysis())
    built = house.build()
    site.index = built.index
    site.add_document(
        site.add_publicatie("Woo-verzoek"), "Besluit", ["Blad\nDe provincie hanteert een open norm."]
    )
    house.make_live(built)
    built.index.close()
    return environ


def woo(environ: dict[str, str], cwd: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "woo", *arguments]
    return subprocess.run(command, env=environ, cwd=cwd, capture_output=True, text=True, timeout=60)


def test_the_service_serves_an_installation_and_ends_when_told(environ: dict[str, str], tmp_path: Path):
    command = [sys.executable, "-m", "woo", "service", "search_api"]
    service = subprocess.Popen(command, env=environ, cwd=tmp_path, stderr=subprocess.PIPE, text=True)
    try:
        address = f"http://127.0.0.1:{environ['WOO_SERVE__PUBLIC_PORT']}"
        deadline = time.monotonic() + 60
        while True:
            try:
                ready = httpx.get(f"{address}/gezondheid/gereed", timeout=5)
                break
            except httpx.TransportError:
                assert service.poll() is None, service.stderr and service.stderr.read()
                assert time.monotonic() < deadline
                time.sleep(0.1)
        assert ready.json()["status"] == "ok"
        found = httpx.get(f"{address}/v1/documenten", params={"zoek": '"open norm"'}, timeout=10)
        assert found.json()["totaal"] == 1
        assert "server" not in found.headers
    finally:
        service.terminate()
        _, told = service.communicate(timeout=30)
    assert "norm" not in told


def test_the_command_gives_the_json_of_the_api(environ: dict[str, str], tmp_path: Path):
    answer = woo(environ, tmp_path, "search", '"open norm"', "--json")
    assert answer.returncode == 0, answer.stderr
    body = json.loads(answer.stdout)
    assert (body["totaal"], body["opgevatAls"]) == (1, '"open norm"')
    assert body["resultaten"][0]["treffers"][0]["pagina"] == 1


def test_the_command_tells_a_reader_pages_and_fragments(environ: dict[str, str], tmp_path: Path):
    answer = woo(environ, tmp_path, "search", "norm")
    assert "1 document\n" in answer.stdout
    assert "p. 1: " in answer.stdout
    refused = woo(environ, tmp_path, "search", "n" * 2001)
    assert refused.returncode == 1
    assert "2.000" in refused.stderr or "2,000" in refused.stderr or "2000" in refused.stderr


def test_words_are_learned_from_the_pages_that_are_public(site: PublicSite):
    publicatie = site.add_publicatie("Woo-verzoek")
    site.add_document(publicatie, "Besluit", ["Blad\nDe open norm van de provincie.", "Blad\nOver de raad."])
    gone = site.add_document(publicatie, "Brief", ["Blad\nDe naam die terug moest."])
    site.withdraw(gone)
    assert learn_words(site.app().state.parts) == 2


def test_a_site_without_an_index_starts_with_nothing_learned(site: PublicSite):
    class Away:
        def search(self, query: object, *, excluded: object) -> None:
            raise Unavailable("index", "it is not there yet")

    assert learn_words(site.app(index=Away()).state.parts) == 0
