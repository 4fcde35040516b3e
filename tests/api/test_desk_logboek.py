"""The audit log at the desk: found, taken away, checked; what a change was and is, and never the words of what was withdrawn."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.api.desk import REDEN, DeskOfTest, open_desk
from woo.domain.actor import Rol
from woo.domain.events import Actie

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
"""What a browser sends with a form that has no fields."""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[DeskOfTest]:
    with open_desk(tmp_path) as opened:
        yield opened


def _page(desk: DeskOfTest, path: str, rol: Rol = Rol.BEHEERDER) -> str:
    response = desk.by(rol).get(f"http://balie{path}")
    assert response.status_code == 200, response.text
    return response.text


def test_lines_are_found_by_who_what_outcome_origin_and_day(desk: DeskOfTest) -> None:
    id = desk.publicatie()
    desk.by(Rol.LEZER).patch(f"/publicaties/{id}", json={"kenmerk": "x"})
    client = desk.by(Rol.BEHEERDER)

    def found(**asked: str) -> list[tuple[str, str]]:
        lines = client.get("/logboek", params=asked).json()["resultaten"]
        return [(line["actie"], line["uitkomst"]) for line in lines]

    refused = ("handeling_geweigerd", "geweigerd")
    assert found(wie="van lezer") == [refused]
    assert found(uitkomst="geweigerd") == found(actie="handeling_geweigerd") == [refused]
    assert found(object=id, actie="publicatie_created") == [("publicatie_created", "ok")]
    assert found(object="iets") == found(herkomst="10.0.0.1") == found(van="2026-03-03") == []
    assert refused in found(van="2026-03-02", tot="2026-03-02", herkomst="127.0.0")
    assert found(tot="2026-03-01") == []
    account = next(each.account for each in desk.events() if each.uitkomst == "geweigerd")
    assert found(wie=str(account)) == [refused]
    assert client.get("/logboek", params={"actie": "iets"}).status_code == 400


def test_a_change_tells_what_it_was_and_is_until_it_is_withdrawn_or_erased(desk: DeskOfTest) -> None:
    id = desk.publicatie()
    change = {"officieleTitel": "Nieuwe titel", "toelichting": "Typefout van Jan"}
    desk.by(Rol.REDACTEUR).patch(f"/publicaties/{id}", json=change)

    def words() -> str:
        asked = {"object": id, "actie": "publicatie_changed"}
        return desk.by(Rol.BEHEERDER).get("/logboek", params=asked).text

    assert all(word in words() for word in ("Besluit op een verzoek", "Nieuwe titel", "Typefout van Jan"))
    assert "Nieuwe titel" in _page(desk, f"/publicaties/{id}/geschiedenis", Rol.LEZER)
    assert desk.platform.registry.log.erase("Typefout van Jan", desk.platform.log_key)
    assert "Jan" not in words()
    desk.by(Rol.BEHEERDER).post(f"/publicaties/{id}/publiceer")
    desk.by(Rol.BEHEERDER).post(f"/publicaties/{id}/intrekken", json={"reden": REDEN})
    assert not any(word in words() for word in ("Besluit op een verzoek", "Nieuwe titel"))
    told = _page(desk, "/logboek")
    assert "Nieuwe titel" not in told
    assert "(niet te tonen)" in told
    exported = desk.by(Rol.BEHEERDER).get("/logboek/uitvoer", params={"formaat": "jsonl"}).text
    assert "Nieuwe titel" not in exported


def test_the_log_is_taken_away_as_csv_and_as_json_lines(desk: DeskOfTest) -> None:
    id = desk.publicatie()
    client = desk.by(Rol.BEHEERDER)
    sheet = client.get("/logboek/uitvoer", params={"formaat": "csv"})
    rows = list(csv.DictReader(io.StringIO(sheet.content.decode("utf-8-sig"))))
    assert rows[0]["objectId"] == id
    assert rows[-1]["actie"] == "logboek_gelezen"
    lines = client.get("/logboek/uitvoer", params={"formaat": "jsonl", "object": id}).text.splitlines()
    assert [json.loads(line)["actie"] for line in lines] == ["publicatie_created"]
    assert client.get("/logboek/uitvoer").status_code == 400


def test_the_chain_is_checked_on_the_page_and_a_change_shows(desk: DeskOfTest) -> None:
    desk.publicatie()
    registry, key = desk.platform.registry, desk.platform.log_key
    registry.log.seal(key)
    assert "nog niet gecontroleerd" in _page(desk, "/logboek")
    client = desk.by(Rol.BEHEERDER)
    assert client.get("/logboek/keten").json()["heel"] is None
    assert client.post("/logboek/keten/controleer").json()["heel"] is True
    assert "Er is niets veranderd" in _page(desk, "/logboek")
    with registry.transaction() as tx:
        tx.connection.exec_driver_sql("UPDATE persoonsgegeven SET waarde = 'een ander'")
    done = client.post("http://balie/logboek/controleer", headers=FORM)
    assert done.status_code == 200
    assert "niet heel" in done.text
    assert "dit is een incident" in done.text
    assert [each.actie for each in desk.events()].count(Actie.KETEN_GECONTROLEERD) == 2


def test_the_page_finds_turns_over_and_links(desk: DeskOfTest) -> None:
    ids = [desk.publicatie() for _ in range(52)]
    first = _page(desk, "/logboek?actie=publicatie_created&wie=&van=")
    assert f'href="/publicaties/{ids[-1]}"' in first
    assert ids[0] not in first
    further = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    assert ids[0] in _page(desk, further)
    assert desk.by(Rol.PUBLICEERDER).get("http://balie/logboek").status_code == 403


def test_keys_are_made_shown_once_and_ended_on_their_page(desk: DeskOfTest) -> None:
    client = desk.by(Rol.BEHEERDER)
    place = "http://balie/beheer/sleutels"
    form = {"naam": "zaaksysteem", "rol": "redacteur", "organisatie": "gm0153", "dagen": "30"}
    wrong = client.post(place, data={**form, "naam": "", "dagen": "0"})
    assert wrong.status_code == 400
    assert 'value="redacteur" selected' in wrong.text
    made = client.post(place, data={**form, "handelingen": ["publicatie-maken"]})
    assert made.status_code == 201
    secret = made.text.split("<code")[1].split(">")[1].split("<")[0]
    assert secret.startswith("woo_")
    assert secret not in client.get(place).text
    [key] = [each for each in desk.platform.registry.keys.list() if each.naam == "zaaksysteem"]
    assert (key.per_organisatie, key.handelingen) == ({"gm0153": Rol.REDACTEUR}, {"publicatie-maken"})
    assert "werkt niet meer" in client.post(f"{place}/{key.id}/intrekken", headers=FORM).text
    assert desk.client(f"Bearer {secret}").get("/status").status_code == 401
