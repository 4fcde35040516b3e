"""The digest of the terms by mail, asked for and ended by somebody for themselves, as a page and in the API."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.api.desk import DeskOfTest, open_desk
from tests.api.people import ANNA, browser, person
from woo.domain.actor import Rol
from woo.domain.events import Actie
from woo.domain.termijnpost import Hoevaak
from woo.usecases.termijnabonnement import subscribers


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[DeskOfTest]:
    with open_desk(tmp_path) as opened:
        yield opened


def test_somebody_asks_for_it_and_ends_it(desk: DeskOfTest) -> None:
    account = person(desk, Rol.LEZER)
    anna = browser(desk)
    anna.log_in(ANNA)
    page = anna.get("/mijn/termijnpost")
    assert page.status_code == 200
    assert "verstuurt nog geen mail" in page.text
    done = anna.post("/mijn/termijnpost", {"hoeVaak": "wekelijks"})
    assert (done.status_code, done.headers["location"].partition("?")[0]) == (303, "/mijn")
    [(who, how)] = subscribers(desk.platform)
    assert (who.id, how) == (account.id, Hoevaak.WEKELIJKS)
    assert anna.get("/v1/mijn/termijnpost").json() == {"hoeVaak": "wekelijks", "mail": False}
    token = {"X-CSRF-Token": anna.csrf("/mijn/termijnpost"), "Origin": "http://balie"}
    changed = anna.client.put("/v1/mijn/termijnpost", json={"hoeVaak": "nooit"}, headers=token)
    assert (changed.status_code, changed.json()["hoeVaak"]) == (200, "nooit")
    assert list(subscribers(desk.platform)) == []
    assert anna.post("/mijn/termijnpost", {"hoeVaak": "elk uur"}).status_code == 400
    lines = [line for line in desk.events(account.id) if line.actie is Actie.TERMIJNPOST_CHANGED]
    assert [line.details["hoe_vaak"] for line in lines] == ["wekelijks", "nooit"]
    assert ANNA not in str([line.details for line in lines])


def test_a_key_has_no_mail_of_its_own(desk: DeskOfTest) -> None:
    assert desk.by(Rol.BEHEERDER).get("/mijn/termijnpost").status_code == 403
    assert desk.by(Rol.BEHEERDER).put("/mijn/termijnpost", json={"hoeVaak": "nooit"}).status_code == 403
