"""All inventories at the desk, as a page and in the API, in pieces."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.api.desk import DeskOfTest, open_desk
from woo.domain.actor import Rol

RIJ = {"documentnaam": "Nota", "beoordeling": "openbaar"}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[DeskOfTest]:
    with open_desk(tmp_path) as opened:
        yield opened


def with_rows(desk: DeskOfTest, titel: str, rows: int, **velden: str) -> str:
    id = desk.publicatie(officieleTitel=titel, **velden)
    for number in range(1, rows + 1):
        made = desk.by(Rol.BEHEERDER).post(
            f"/publicaties/{id}/inventaris/regels", json={**RIJ, "nummer": str(number)}
        )
        assert made.status_code == 201, made.text
    return id


def test_every_inventory_is_listed_in_pieces_with_what_is_left(desk: DeskOfTest) -> None:
    desk.publicatie(officieleTitel="Zonder inventaris")
    ids = [with_rows(desk, f"Dossier {number}", number) for number in (1, 2)]
    api = desk.by(Rol.LEZER)
    first = api.get("/inventarissen", params={"aantal": 1}).json()
    second = api.get("/inventarissen", params={"aantal": 1, "na": first["volgende"]}).json()
    found = [*first["resultaten"], *second["resultaten"]]
    assert {each["publicatie"]: (each["regels"], each["zonderDocument"]) for each in found} == {
        ids[0]: (1, 1),
        ids[1]: (2, 2),
    }
    assert second["volgende"] is None
    assert api.get("/inventarissen", params={"na": "onzin"}).status_code == 400


def test_the_page_stands_in_the_menu_and_shows_the_own_organisations_alone(desk: DeskOfTest) -> None:
    with_rows(desk, "Van hier", 1)
    with_rows(desk, "Van elders", 1, publisher="gm0363")
    only = {"naam": "x", "dagen": 1, "organisaties": {"gm0153": "lezer"}}
    secret = desk.by(Rol.BEHEERDER).post("/sleutels", json=only).json()["geheim"]
    client = desk.client(f"Bearer {secret}")
    client.base_url = "http://balie"  # type: ignore[assignment]
    page = client.get("/inventaris")
    assert page.status_code == 200
    assert "Van hier" in page.text
    assert "Van elders" not in page.text
    assert "1 openbare rij zonder document" in page.text
    assert 'href="/inventaris"' in client.get("/publicaties").text
