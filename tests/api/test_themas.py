"""What a publicatie is about: said at the desk by the themes of the top list, and searched by everyone."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.api.desk import GEMEENTE, WOO_VERZOEKEN, DeskOfTest, open_desk
from tests.api.site import PublicSite, make_settings
from woo.domain.actor import Rol

AFVAL, ENERGIE = "c_d96f9cd3", "c_f4f1867a"
AFVAL_URI = f"https://identifier.overheid.nl/tooi/def/thes/top/{AFVAL}"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[DeskOfTest]:
    with open_desk(tmp_path) as opened:
        yield opened


def test_themes_are_given_changed_and_taken_away_at_the_desk(desk: DeskOfTest) -> None:
    client = desk.by(Rol.REDACTEUR)
    asked = {"officieleTitel": "Besluit", "informatiecategorieen": [WOO_VERZOEKEN], "publisher": GEMEENTE}
    made = client.post("/publicaties", json={**asked, "themas": [AFVAL_URI, AFVAL]}).json()
    assert [(each["code"], each["naam"]) for each in made["themas"]] == [(AFVAL, "afval")]
    changed = client.patch(f"/publicaties/{made['id']}", json={"kenmerk": "Z-1"}).json()
    assert [each["code"] for each in changed["themas"]] == [AFVAL]
    changed = client.patch(f"/publicaties/{made['id']}", json={"themas": []}).json()
    assert changed["themas"] == []
    changed = client.put(f"/publicaties/{made['id']}", json={**asked, "themas": [ENERGIE]}).json()
    assert [each["naam"] for each in changed["themas"]] == ["energie"]
    assert client.put(f"/publicaties/{made['id']}", json=asked).json()["themas"] == []


def test_a_theme_that_is_not_on_the_list_is_refused_with_the_list_named(desk: DeskOfTest) -> None:
    asked = {"officieleTitel": "Besluit", "informatiecategorieen": [WOO_VERZOEKEN], "themas": ["afvall"]}
    answer = desk.by(Rol.REDACTEUR).post("/publicaties", json=asked)
    assert answer.status_code == 400
    assert "afval" in answer.text
    assert "themas" in answer.text


def test_everyone_filters_and_counts_by_theme(tmp_path, analysis, lijsten, sandbox) -> None:
    site = PublicSite(tmp_path, make_settings(tmp_path), analysis, lijsten, sandbox)
    afval = site.add_publicatie("Besluit over het milieustraatje", themas=(AFVAL,))
    other = site.add_publicatie("Besluit over de marktkraam")
    found = site.add_document(afval, "Brief over het straatje", ["Over het straatje."])
    site.add_document(other, "Brief over de kraam", ["Over de kraam."])
    ask = site.client()
    answer = ask.get(f"/v1/documenten?facetten=true&thema={quote(AFVAL_URI)}").json()
    assert [each["id"] for each in answer["resultaten"]] == [found.id]
    assert answer["resultaten"][0]["themas"] == [{"code": AFVAL, "uri": AFVAL_URI, "naam": "afval"}]
    assert [(each["naam"], each["aantal"]) for each in answer["facetten"]["thema"]] == [("afval", 1)]
    assert ask.get(f"/v1/publicaties?thema={AFVAL}").json()["totaal"] == 1
    assert ask.get("/v1/documenten?thema=afvall").status_code == 400
    page = ask.get(f"/?zoek=straatje&thema={AFVAL}").text
    assert "Thema" in page
