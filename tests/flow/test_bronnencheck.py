"""What this platform publishes itself is what its own check of publishers finds nothing wrong with."""

import io
import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ingest.bronnen.controle import Controle
from ingest.bronnen.ophalen import Antwoord
from ingest.bronnen.verslag import verslag
from tests.flow.commands import run, told
from tests.flow.installation import Installation


class Own:
    """A Bron that asks the public site of an installation, whatever address it is said to have."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self.verzoeken = 0
        self.bytes = 0

    def haal(self, url: str, *, limiet: int) -> Antwoord:
        self.verzoeken += 1
        answer = self._client.get(urlsplit(url).path)
        body = answer.content[:limiet]
        return Antwoord(
            url, answer.status_code, dict(answer.headers), io.BytesIO(body), heel=True, omgeleid=False
        )


def test_our_own_site_is_harvested_without_a_fault(installation: Installation, dossier: Path) -> None:
    installation.ingest(dossier)
    installation.work()
    platform = installation.platform
    controle = Controle(
        Own(installation.public()),
        platform.lijsten,
        now=platform.now,
        sitemaps=5,
        bestanden=5,
    )
    site = installation.settings.site.url
    found = verslag(controle.loop(site))
    assert found["bekeken"]["vermeldingen"] == 2
    wrong = {each["code"] for each in found["bevindingen"] if each["zwaarte"] != "opmerking"}
    assert wrong <= {"site_zonder_https", "geen_https"}, found["bevindingen"]


def test_the_command_ends_with_1_and_says_what_is_wrong(installation: Installation) -> None:
    ended = run(installation, "sources", "check", "http://127.0.0.1:9", "--json")
    assert ended.returncode == 1
    assert json.loads(ended.stdout)["bevindingen"][0]["code"] == "prive"
    ended = run(installation, "sources", "check", "geen adres")
    assert ended.returncode == 2
    assert "open.voorbeeld.nl" in told(ended)
