"""The first page: the last concepts that the actor may see, and nothing where there is nothing."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from tests.api.desk import DeskOfTest, open_desk
from woo.domain.actor import Rol


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
    assert "niets dat uw aandacht vraagt" in browser(desk).get("/").text
    for number in range(7):
        desk.publicatie(officieleTitel=f"Concept {number}")
        desk.clock.forward(minutes=1)
    desk.published()
    tree = html.fromstring(browser(desk).get("/").text)
    titles = [a.text_content() for a in tree.cssselect("section .acties a")]
    assert titles == [f"Concept {number}" for number in (6, 5, 4, 3, 2)]
    assert "Alle 7 concepten" in tree.text_content()
