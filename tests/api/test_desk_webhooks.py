"""Webhooks for case systems, made and removed at the desk: by whom, to where, with a secret that is shown once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.api.desk import DeskOfTest, open_desk
from tests.api.people import ANNA, browser, person, said
from woo.domain.actor import Rol
from woo.domain.events import Actie
from woo.volgers import open_volgers, tables

NIEUW = {"naam": "Zaaksysteem", "url": "https://zaken.voorbeeld.example/woo", "organisaties": ["gm0153"]}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[DeskOfTest]:
    with open_desk(tmp_path) as opened:
        yield opened


def test_a_webhook_is_made_listed_without_its_secret_and_removed(desk: DeskOfTest) -> None:
    api = desk.by(Rol.BEHEERDER)
    made = api.post("/webhooks", json=NIEUW)
    assert made.status_code == 201, made.text
    assert made.json()["geheim"].startswith("whsec_")
    [listed] = api.get("/webhooks").json()["resultaten"]
    assert (listed["naam"], listed["organisaties"], listed["stand"]) == ("Zaaksysteem", ["gm0153"], "actief")
    assert made.json()["geheim"] not in api.get("/webhooks").text
    with open_volgers(desk.settings) as opslag:
        one = opslag.webhooks.get(listed["id"])
        opslag.webhooks.failed(one, "it answered 500", now=desk.clock(), again=None)
    assert api.get("/webhooks").json()["resultaten"][0]["stand"] == "rust"
    resumed = api.post(f"/webhooks/{listed['id']}/hervat")
    assert (resumed.status_code, resumed.json()["stand"]) == (200, "actief")
    assert api.delete(f"/webhooks/{listed['id']}").status_code == 204
    assert api.get("/webhooks").json()["resultaten"] == []
    assert api.delete(f"/webhooks/{listed['id']}").status_code == 404
    assert desk.actions(listed["id"]) == [
        Actie.WEBHOOK_CREATED,
        Actie.WEBHOOK_RESUMED,
        Actie.WEBHOOK_REMOVED,
    ]
    written = str([event.details for event in desk.events(listed["id"])])
    assert "zaken.voorbeeld.example" not in written


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://zaken.voorbeeld.example/", "begint met https://"),
        ("https://a:b@zaken.voorbeeld.example/", "geen gebruikersnaam"),
        ("https://127.0.0.1/", "besloten netwerk"),
        ("https://[::1]/", "besloten netwerk"),
        ("https://169.254.169.254/latest", "besloten netwerk"),
        ("geen adres", "begint met https://"),
    ],
)
def test_an_address_that_may_not_be_sent_to_is_refused_in_words(
    desk: DeskOfTest, url: str, words: str
) -> None:
    answer = desk.by(Rol.BEHEERDER).post("/webhooks", json={**NIEUW, "url": url})
    assert answer.status_code == 400
    [fault] = answer.json()["errors"]
    assert fault["location"] == "url"
    assert words in fault["detail"]
    assert desk.by(Rol.BEHEERDER).get("/webhooks").json()["resultaten"] == []


def test_who_administers_one_organisation_has_webhooks_of_that_one_alone(desk: DeskOfTest) -> None:
    desk.by(Rol.BEHEERDER).post("/webhooks", json={**NIEUW, "organisaties": None})
    other = desk.by(Rol.BEHEERDER).post("/webhooks", json={**NIEUW, "organisaties": ["gm0363"]}).json()["id"]
    ends = {"naam": "x", "dagen": 1, "organisaties": {"gm0153": "beheerder"}}
    secret = desk.by(Rol.BEHEERDER).post("/sleutels", json=ends).json()["geheim"]
    own = desk.client(f"Bearer {secret}")
    assert own.get("/webhooks").json()["resultaten"] == []
    assert own.post("/webhooks", json={**NIEUW, "organisaties": None}).status_code == 403
    assert own.post("/webhooks", json={**NIEUW, "organisaties": ["gm0363"]}).status_code == 403
    assert own.delete(f"/webhooks/{other}").status_code == 404
    assert own.post("/webhooks", json=NIEUW).status_code == 201
    assert len(own.get("/webhooks").json()["resultaten"]) == 1


def test_the_page_makes_one_shows_its_secret_once_and_removes_it(desk: DeskOfTest) -> None:
    person(desk, Rol.BEHEERDER)
    anna = browser(desk)
    anna.log_in(ANNA)
    anna.set_up()
    page = anna.post("/beheer/webhooks", {"naam": "DMS", "url": "https://dms.voorbeeld.example/"})
    assert page.status_code == 201
    assert "whsec_" in page.text
    assert "whsec_" not in anna.get("/beheer/webhooks").text
    wrong = anna.post("/beheer/webhooks", {"naam": "DMS", "url": "https://10.0.0.1/"})
    assert wrong.status_code == 400
    assert "besloten netwerk" in said(wrong)
    with open_volgers(desk.settings) as opslag:
        [haak] = opslag.baliehaken.all()
    removed = anna.post(f"/beheer/webhooks/{haak.id}/weghalen", page="/beheer/webhooks")
    assert removed.status_code == 303
    assert "Er zijn nog geen webhooks" in anna.get("/beheer/webhooks").text


def test_a_store_of_followers_of_the_version_before_gets_the_table_that_it_lacks(desk: DeskOfTest) -> None:
    with open_volgers(desk.settings) as opslag:
        kept = opslag.webhooks.add("https://a.voorbeeld.example/", {}, now=desk.clock())
    engine = sa.create_engine(desk.settings.volgen.url)
    with engine.begin() as connection:
        tables.baliehaak.drop(connection)
        connection.execute(tables.versie.update().values(versie=1))
    engine.dispose()
    with open_volgers(desk.settings) as opslag:
        assert opslag.webhooks.get(kept.id).url == kept.url
        assert (
            opslag.baliehaken.add("https://b.voorbeeld.example/", "B", None, now=desk.clock()).organisaties
            is None
        )
        assert [haak.naam for haak in opslag.baliehaken.all()] == ["B"]
