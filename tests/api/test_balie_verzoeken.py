"""The pages of requests: the whole dossier by forms alone, faults beside their field, names only where they are asked for."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from tests.api.desk import GEMEENTE, DeskOfTest, bestand, open_desk
from tests.api.test_desk_verzoeken import decided, post, registered
from woo.domain.actor import Rol
from woo.domain.events import Actie
from woo.domain.inventaris import Beoordeling, Inventarisregel

NIEUW = {
    "kenmerk": "Woo-2026/8",
    "onderwerp": "De <b>rondweg</b>",
    "ontvangenOp": "2026-02-02",
    "organisatie": GEMEENTE,
    "periodeVan": "",
}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[DeskOfTest]:
    with open_desk(tmp_path) as opened:
        yield opened


def browser(desk: DeskOfTest, rol: Rol = Rol.REDACTEUR) -> Any:
    client = desk.by(rol)
    client.base_url = "http://balie"
    client.follow_redirects = False
    return client


def sent(desk: DeskOfTest, path: str, velden: dict[str, str], *, rol: Rol = Rol.REDACTEUR) -> str:
    """Fill in the form at this path as its page gives it, send it, and return where it leads."""
    client = browser(desk, rol)
    page = client.get(path)
    assert page.status_code == 200, page.text
    [form] = html.fromstring(page.text).cssselect("form.form")
    known = {name: value for name, value in form.form_values() if value} | velden
    answer = client.post(path, data=known)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def shown(desk: DeskOfTest, path: str, rol: Rol = Rol.REDACTEUR) -> str:
    page = browser(desk, rol).get(path)
    assert page.status_code == 200, page.text
    return " ".join(html.fromstring(page.text).cssselect("main")[0].text_content().split())


def test_the_whole_dossier_is_made_by_forms(desk: DeskOfTest) -> None:
    at = sent(desk, "/verzoeken/nieuw", NIEUW)
    sent(desk, f"{at}/feiten/precisering", {"op": "2026-02-03"})
    sent(desk, f"{at}/feiten/antwoord", {"op": "2026-02-05"})
    sent(desk, f"{at}/feiten/opschorting", {"van": "2026-02-10", "grond": "zienswijze"})
    assert "de termijn staat stil" in shown(desk, at)
    sent(desk, f"{at}/feiten/hervatting", {"op": "2026-02-12"})
    sent(desk, f"{at}/feiten/verdaging", {"op": "2026-02-16"})
    sent(
        desk,
        f"{at}/feiten/doorzending",
        {"aan": "Waterschap De Wiel", "op": "2026-02-04", "deel": "de sloten"},
    )
    sent(desk, f"{at}/feiten/ingebrekestelling", {"op": "2026-03-01"})
    sent(desk, f"{at}/derden/nieuw", {"naam": "Bakkerij Nergens", "gevraagdOp": "2026-02-10"})
    besluit = sent(
        desk,
        f"{at}/besluiten/nieuw",
        {"datum": "2026-02-20", "uitkomst": "deels_openbaar", "deelbesluit": "1", "gronden": "5.1.2e; 5.2.1"},
    )
    publicatie = sent(desk, besluit, {})
    told = shown(desk, at)
    for text in (
        "Nog 16 dagen",
        "De <b>rondweg</b>",
        "Doorgestuurd naar Waterschap De Wiel: de sloten",
        "Termijn verlengd met 14 dagen",
        "Deelbesluit 1 van 20 februari 2026",
        "5.1.2.e, 5.2.1",
        "Besluit op Woo-verzoek over De <b>rondweg</b>, deelbesluit 1",
        "1 derde",
        "wacht op reactie",
    ):
        assert text in told, text
    assert publicatie.startswith("/publicaties/")
    assert "Nergens" not in told
    sent(
        desk,
        f"{besluit.removesuffix('/publicatie')}/procedures/nieuw",
        {"soort": "bezwaar", "datum": "2026-02-21"},
    )
    [afloop] = html.fromstring(browser(desk).get(at).text).cssselect('a[href$="/afloop"]')
    sent(desk, str(afloop.get("href")), {"uitkomst": "gegrond", "op": "2026-03-01"})
    assert "Bezwaar van 21 februari 2026: gegrond op 1 maart 2026" in shown(desk, at)


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(desk: DeskOfTest) -> None:
    answer = browser(desk).post("/verzoeken/nieuw", data=NIEUW | {"ontvangenOp": "2026-03-03", "kenmerk": ""})
    assert answer.status_code == 400
    page = html.fromstring(answer.text)
    assert page.cssselect("#kenmerk")[0].get("aria-invalid") == "true"
    assert page.cssselect("#onderwerp")[0].get("value") == NIEUW["onderwerp"]
    answer = browser(desk).post("/verzoeken/nieuw", data=NIEUW | {"ontvangenOp": "2026-03-03"})
    [fault] = html.fromstring(answer.text).cssselect("#fout-ontvangenOp")
    assert "Deze dag moet nog komen" in fault.text_content()
    assert "'Ontvangen op'" in fault.text_content()


def test_a_conflict_is_shown_and_saving_again_keeps_ones_own(desk: DeskOfTest) -> None:
    at = f"/verzoeken/{registered(desk)}"
    page = html.fromstring(browser(desk).get(f"{at}/wijzig").text)
    mine = dict(page.cssselect("form.form")[0].form_values()) | {"onderwerp": "Van mij"}
    desk.clock.forward(minutes=1)
    sent(desk, f"{at}/wijzig", {"onderwerp": "Van een ander"})
    answer = browser(desk).post(f"{at}/wijzig", data=mine)
    assert answer.status_code == 409
    assert "Van een ander" in answer.text
    again = dict(html.fromstring(answer.text).cssselect("form.form")[0].form_values())
    assert browser(desk).post(f"{at}/wijzig", data=again).status_code == 303
    assert "Van mij" in shown(desk, at)


def test_names_are_on_their_own_page_which_is_logged_and_only_a_beheerder_erases(desk: DeskOfTest) -> None:
    id = registered(desk)
    at = f"/verzoeken/{id}"
    sent(desk, f"{at}/verzoeker", {"naam": "Jozefien Verzinsel"})
    sent(desk, f"{at}/derden/nieuw", {"naam": "Bakkerij Nergens"})
    before = desk.actions(id).count(Actie.BETROKKENEN_READ)
    assert "Jozefien Verzinsel" in shown(desk, f"{at}/betrokkenen")
    assert desk.actions(id).count(Actie.BETROKKENEN_READ) == before + 1
    assert "Verzinsel" not in shown(desk, at, Rol.LEZER)
    assert browser(desk, Rol.LEZER).get(f"{at}/betrokkenen").status_code == 403
    assert browser(desk).get(f"{at}/wissen/verzoeker").status_code == 403
    sent(desk, f"{at}/wissen/verzoeker", {"zeker": "ja"}, rol=Rol.BEHEERDER)
    assert "gewist op 2 maart 2026" in shown(desk, f"{at}/betrokkenen")


def test_a_mistake_is_struck_out_and_a_reader_sees_no_forms(desk: DeskOfTest) -> None:
    at = f"/verzoeken/{registered(desk)}"
    sent(desk, f"{at}/feiten/ingebrekestelling", {"op": "2026-03-01"})
    [form] = html.fromstring(browser(desk).get(at).text).cssselect(f'form[action="{at}/schrappen"]')
    assert browser(desk).post(form.get("action"), data=dict(form.form_values())).status_code == 303
    assert "Ingebrekestelling" not in shown(desk, at).partition("Wat u kunt doen")[0]
    page = html.fromstring(browser(desk, Rol.LEZER).get(at).text)
    assert not page.cssselect("main form")
    for path in ("/wijzig", "/feiten/verdaging", "/besluiten/nieuw", "/derden/nieuw", "/verzoeker"):
        assert browser(desk, Rol.LEZER).get(at + path).status_code == 403, path
    for path in ("/feiten/niets", "/besluiten/weg/wijzig", "/derden/weg", "/procedures/weg/afloop"):
        assert browser(desk).get(at + path).status_code == 404, path


def test_the_list_is_filtered_and_says_when_there_is_nothing(desk: DeskOfTest) -> None:
    assert "Er zijn nog geen verzoeken" in shown(desk, "/verzoeken", Rol.LEZER)
    registered(desk, onderwerp="De speeltuin")
    registered(desk, onderwerp="De rondweg", ontvangenOp="2026-01-05")
    told = shown(desk, "/verzoeken?status=&zoek=", Rol.LEZER)
    assert told.index("De rondweg") < told.index("De speeltuin")
    assert "28 dagen te laat" in told
    assert "De speeltuin" not in shown(desk, "/verzoeken?zoek=rondweg", Rol.LEZER)
    assert "voldoet" in shown(desk, "/verzoeken?status=besloten", Rol.LEZER)


def test_a_third_party_answers_per_document_and_row(desk: DeskOfTest) -> None:
    id = registered(desk)
    publicatie = desk.publicatie()
    document = desk.document(publicatie)
    besluit = decided(desk, id)["id"]
    post(desk, f"/besluiten/{besluit}/publicatie", {"publicatie": publicatie})
    rows = [
        Inventarisregel(publicatie, 1, "A-1", "Brief over de sloot", Beoordeling.OPENBAAR),
        Inventarisregel(publicatie, 2, "A-2", "Nota over de sloot", Beoordeling.OPENBAAR),
    ]
    with desk.platform.registry.transaction() as tx:
        tx.dossier.save_regels(publicatie, rows)
    derde = post(desk, f"/verzoeken/{id}/derden", {"naam": "Bakkerij Nergens"}, expect=201)["id"]
    at = f"/verzoeken/{id}/derden/{derde}/stukken"
    assert "Nota over de sloot" in shown(desk, at)
    assert "Nergens" not in shown(desk, at)
    chosen = [f"regel|{publicatie}:a-2|bezwaar", f"document|{document}|geen_bezwaar", ""]
    assert browser(desk).post(at, data={"stukken": chosen}).status_code == 303
    kept = desk.by(Rol.REDACTEUR).get(f"/verzoeken/{id}/betrokkenen").json()["derden"][0]["zienswijzen"]
    assert {each["id"]: each["reactie"] for each in kept} == {
        f"{publicatie}:a-2": "bezwaar",
        document: "geen_bezwaar",
    }
    [select] = html.fromstring(browser(desk).get(at).text).cssselect("tr:nth-child(2) select")
    assert select.value == chosen[0]
    assert browser(desk).post(at, data={"stukken": ["document|weg|bezwaar"]}).status_code == 400
    assert browser(desk).post(at, data={"stukken": [f"document|{document}|misschien"]}).status_code == 400
    assert browser(desk).post(at, data={"stukken": ["", ""]}).status_code == 303
    assert "bezwaar" not in str(desk.by(Rol.REDACTEUR).get(f"/verzoeken/{id}/betrokkenen").json())


def test_a_letter_as_sent_is_kept_by_a_form_of_its_own_and_can_never_be_public(desk: DeskOfTest) -> None:
    publicatie = desk.publicatie()
    at = f"/publicaties/{publicatie}/nooit-openbaar"
    velden = {"officieleTitel": "Brief", "bestemming": "verzonden", "rol": "besluitbrief"}
    assert (
        browser(desk).post(at, data=velden | {"bestemming": "openbaar"}, files=bestand()).status_code == 400
    )
    assert browser(desk).post(at, data=velden, files={}).status_code == 400
    kept = browser(desk).post(at, data=velden, files=bestand())
    assert kept.status_code == 303, kept.text
    path = str(kept.headers["location"])
    told = shown(desk, path)
    assert "nooit openbaar" in told
    assert "De besluitbrief" in told
    sent(desk, f"{path}/wijzig", {"officieleTitel": "De brief"})
    after = desk.by(Rol.LEZER).get(path).json()
    assert (after["officieleTitel"], after["rol"], after["bestemming"]) == (
        "De brief",
        "besluitbrief",
        "verzonden",
    )
