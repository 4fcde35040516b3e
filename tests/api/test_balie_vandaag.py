"""The first page: the last concepts that the actor may see, and what was left lying, which is tried again from its page."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from tests.api.desk import DeskOfTest, open_desk
from woo.domain.actor import Rol
from woo.domain.document import Leesstatus, Lezing


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[DeskOfTest]:
    with open_desk(tmp_path) as opened:
        yield opened


def browser(desk: DeskOfTest, rol: Rol = Rol.REDACTEUR) -> Any:
    client = desk.by(rol)
    client.base_url = "http://balie"
    client.follow_redirects = False
    return client


def test_vandaag_shows_the_last_concepts_and_nothing_when_there_is_nothing(desk: DeskOfTest) -> None:
    assert "concept" not in html.fromstring(browser(desk).get("/").text).cssselect("main")[0].text_content()
    for number in range(7):
        desk.publicatie(officieleTitel=f"Concept {number}")
        desk.clock.forward(minutes=1)
    desk.published()
    tree = html.fromstring(browser(desk).get("/").text)
    titles = [a.text_content() for a in tree.cssselect("section[aria-labelledby=concepten] .acties a")]
    assert titles == [f"Concept {number}" for number in (6, 5, 4, 3, 2)]
    assert "Alle 7 concepten" in tree.text_content()


def test_what_could_not_be_read_is_shown_and_tried_again(desk: DeskOfTest) -> None:
    id = desk.document(desk.publicatie())
    with desk.platform.registry.transaction() as tx:
        lezing = Lezing(Leesstatus.QUARANTAINE, reden="<kapot>")
        tx.save_document(replace(tx.document(id), lezing=lezing))
    client = browser(desk)
    assert "1 document is niet te lezen" in html.fromstring(client.get("/").text).text_content()
    page = client.get("/werk")
    assert "&lt;kapot&gt;" in page.text
    seen = browser(desk, Rol.LEZER).get("/werk")
    assert "&lt;kapot&gt;" in seen.text
    assert "opnieuw" not in seen.text
    assert "niet te lezen" not in browser(desk, Rol.LEZER).get("/").text
    assert client.post("/werk/opnieuw", data={"id": id}).status_code == 303
    assert "Het wordt opnieuw geprobeerd." in client.get("/werk").text
    with desk.platform.registry.read() as reading:
        assert reading.document(id).lezing.status is Leesstatus.WACHT
    assert client.post("/werk/opnieuw", data={"id": id}).status_code == 303
    assert "Er was niets om opnieuw te proberen." in client.get("/werk").text
