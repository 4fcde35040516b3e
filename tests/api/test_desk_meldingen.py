"""What visitors reported, at the desk."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.api.desk import NOW, DeskOfTest, open_desk
from woo.domain.actor import Rol
from woo.domain.volgen import Meldingsoort
from woo.volgers import Melding, open_volgers


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[DeskOfTest]:
    with open_desk(tmp_path) as desk:
        with open_volgers(desk.settings) as opslag:
            for number in range(3):
                opslag.meldingen.add(
                    Melding(
                        id=f"melding.{number:016d}.{'a' * 32}",
                        op=NOW + timedelta(minutes=number),
                        soort=Meldingsoort.PRIVACY,
                        document_id=f"document-{number}",
                        pagina=number or None,
                        versie=1,
                        tekst="Mijn adres staat erin.",
                        adres="lezer@voorbeeld.example" if number else None,
                    )
                )
        yield desk


def test_reports_are_listed_oldest_first_in_pages_and_leave_the_list_when_dealt_with(
    desk: DeskOfTest,
) -> None:
    redacteur = desk.by(Rol.REDACTEUR)
    first = redacteur.get("/meldingen", params={"aantal": 2}).json()
    assert [one["document"] for one in first["resultaten"]] == ["document-0", "document-1"]
    rest = redacteur.get("/meldingen", params={"aantal": 2, "na": first["volgende"]}).json()
    assert [one["email"] for one in rest["resultaten"]] == ["lezer@voorbeeld.example"]
    assert rest["volgende"] is None
    id = first["resultaten"][0]["id"]
    done = redacteur.post(f"/meldingen/{id}/afgehandeld")
    assert done.status_code == 200
    assert done.json()["afgehandeldOp"] == "2026-03-02T09:00:00Z"
    assert redacteur.post(f"/meldingen/{id}/afgehandeld").json() == done.json()
    assert len(redacteur.get("/meldingen").json()["resultaten"]) == 2


def test_who_may_only_read_sees_no_reports_and_an_unknown_one_is_not_there(desk: DeskOfTest) -> None:
    assert desk.by(Rol.LEZER).get("/meldingen").status_code == 403
    assert desk.by(Rol.LEZER).post("/meldingen/x/afgehandeld").status_code == 403
    assert desk.by(Rol.REDACTEUR).post("/meldingen/x/afgehandeld").status_code == 404
    assert desk.client(None).get("/meldingen").status_code == 401
