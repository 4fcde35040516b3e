"""Accounts are managed by a beheerder of their organisations alone; on pages, by the API and at the command line."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main
from click.testing import CliRunner

from tests.api.desk import BEHEER, LIGHT, DeskOfTest, open_desk
from tests.api.people import ANNA, WACHTWOORD, Browser, browser, person, said, toegang_of, tree_of
from woo.cli import build_app
from woo.domain.account import Account, Accountstaat, Roltoekenning
from woo.domain.actor import Rol
from woo.domain.errors import NotAllowed, NotFound, Refused
from woo.domain.events import Actie
from woo.domain.termijnpost import Hoevaak
from woo.usecases.agenda import agenda, create_agendasleutel
from woo.usecases.termijnabonnement import my_digest, set_digest
from woo.usecases.toegang import accounts
from woo.usecases.toegang.heropenen import reopen_account
from woo.usecases.toegang.onderdelen import Toegang

BAS = "bas@zuiderveld.example"
NIEUW = {"naam": "Cem Yılmaz", "email": "cem@zuiderveld.example", "rol": "lezer", "organisatie": "gm0153"}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[DeskOfTest]:
    with open_desk(tmp_path, environ={"WOO_AANMELDEN__TWEEDE_STAP": "nooit"}) as opened:
        yield opened


@pytest.fixture
def beheerder(desk: DeskOfTest) -> Browser:
    """A beheerder of one organisation."""
    person(desk, Rol.BEHEERDER, email=BAS, organisatie="gm0153", naam="Bas")
    inside = browser(desk)
    inside.log_in(BAS)
    return inside


def link_of(page: Any) -> str:
    return str(tree_of(page).cssselect("main code")[0].text_content().removeprefix("http://balie"))


def test_somebody_is_invited_chooses_a_password_and_gets_in(beheerder: Browser) -> None:
    assert "/beheer/gebruikers" in beheerder.get("/beheer").text
    made = beheerder.post("/beheer/gebruikers/nieuw", NIEUW)
    assert made.status_code == 201
    path = link_of(made)
    cem = browser(beheerder.desk)
    assert "Dag Cem Yılmaz" in cem.get(path).text
    for wachtwoord, nogmaals, words in (
        ("kort", "kort", "te kort"),
        ("wachtwoord123", "wachtwoord123", "te makkelijk"),
        ("cem@zuiderveld.example", "cem@zuiderveld.example", "te makkelijk"),
        (WACHTWOORD, WACHTWOORD + "x", "niet hetzelfde"),
        ("x" * 900, "x" * 900, "te lang"),
    ):
        page = cem.post(path, {"wachtwoord": wachtwoord, "nogmaals": nogmaals})
        assert (page.status_code, words in said(page)) == (400, True), said(page)
    good = {"wachtwoord": WACHTWOORD, "nogmaals": WACHTWOORD}
    assert cem.post(path, good).headers["location"] == "/aanmelden?reden=wachtwoord"
    again = cem.post(path, good)
    assert (again.status_code, "werkt niet meer" in again.text) == (403, True)
    assert cem.log_in("cem@zuiderveld.example").status_code == 303


def test_a_link_expires_and_another_makes_it_void(beheerder: Browser) -> None:
    desk = beheerder.desk
    first = link_of(beheerder.post("/beheer/gebruikers/nieuw", NIEUW))
    [cem] = [one for one in accounts.list_accounts(toegang_of(desk), BEHEER) if one.email == NIEUW["email"]]
    second = link_of(beheerder.post(f"/beheer/gebruikers/{cem.id}/link", page=f"/beheer/gebruikers/{cem.id}"))
    assert browser(desk).get(first).status_code == 403
    assert browser(desk).get(second).status_code == 200
    desk.clock.forward(hours=72)
    assert browser(desk).get(second).status_code == 403
    assert browser(desk).get("/uitnodiging/nee").status_code == 403


def test_what_is_filled_in_wrong_is_told_and_stays(beheerder: Browser) -> None:
    wrong = {"naam": "Cem", "email": "geen adres", "rol": "baas", "organisatie": "gm0153"}
    page = beheerder.post("/beheer/gebruikers/nieuw", wrong)
    assert page.status_code == 400
    assert tree_of(page).cssselect("#naam")[0].get("value") == "Cem"
    page = beheerder.post("/beheer/gebruikers/nieuw", {**wrong, "rol": "lezer"})
    assert "geen e-mailadres" in said(page)
    assert beheerder.post("/beheer/gebruikers/nieuw", {**NIEUW, "organisatie": ""}).status_code == 400
    assert beheerder.post("/beheer/gebruikers/nieuw", NIEUW).status_code == 201
    twice = beheerder.post("/beheer/gebruikers/nieuw", NIEUW)
    assert (twice.status_code, "Er is al een account" in said(twice)) == (409, True)


def test_roles_are_changed_on_the_page_and_a_later_change_is_not_overwritten(beheerder: Browser) -> None:
    desk = beheerder.desk
    anna = person(desk, Rol.LEZER, organisatie="gm0153")
    there = f"/beheer/gebruikers/{anna.id}"
    state = tree_of(beheerder.get(there)).cssselect('[name="gewijzigdOp"]')[0].get("value")
    desk.clock.forward(minutes=1)
    accounts.change_roles(toegang_of(desk), BEHEER, anna.id, [Roltoekenning(Rol.REDACTEUR, "gm0153")])
    sent = {"rollen": "publiceerder@gm0153", "gewijzigdOp": state}
    page = beheerder.post(f"{there}/rollen", sent, page=there)
    assert (page.status_code, "Iemand anders" in said(page)) == (409, True)
    done = beheerder.post(f"{there}/rollen", {"rollen": "publiceerder@gm0153"}, page=there)
    assert done.status_code == 303
    found = accounts.read_account(toegang_of(desk), BEHEER, anna.id)
    assert [str(one) for one in found.rollen] == ["publiceerder@gm0153"]
    [*_, line] = [event for event in desk.events(anna.id) if event.actie is Actie.ACCOUNT_CHANGED]
    assert line.details == {"was": ["redacteur@gm0153"], "wordt": ["publiceerder@gm0153"]}
    assert line.actor == f"Bas <{BAS}>"
    for wrong in (
        {"rollen": "baas@gm0153"},
        {"rol": "lezer", "organisatie": "gm9999"},
        {"organisatie": "gm0153"},
    ):
        assert beheerder.post(f"{there}/rollen", wrong, page=there).status_code in (400, 403)


def test_an_account_is_closed_and_erased_also_in_the_log(beheerder: Browser) -> None:
    desk = beheerder.desk
    anna = person(desk, Rol.LEZER, organisatie="gm0153")
    inside = browser(desk)
    inside.log_in()
    there = f"/beheer/gebruikers/{anna.id}"
    assert beheerder.post(f"{there}/wissen", page=there).status_code == 409
    assert beheerder.post(f"{there}/sluiten", page=there).status_code == 303
    assert inside.get("/mijn").status_code == 303
    assert browser(desk).log_in().status_code == 400
    assert beheerder.post(f"{there}/wissen", page=there).status_code == 303
    assert ANNA not in repr(desk.events())
    assert ANNA not in beheerder.get("/beheer/gebruikers").text
    assert person(desk).id != anna.id
    own = accounts.list_accounts(toegang_of(desk), BEHEER)
    [bas] = [one.id for one in own if one.email == BAS]
    assert beheerder.post(f"/beheer/gebruikers/{bas}/sluiten", page="/mijn").status_code == 409


def test_a_closed_account_is_opened_again_with_its_roles_and_nothing_that_opened_the_desk(
    beheerder: Browser,
) -> None:
    desk, toegang = beheerder.desk, toegang_of(beheerder.desk)
    anna = person(desk, Rol.REDACTEUR, organisatie="gm0153")
    actor = anna.actor("test")
    _, calendar = create_agendasleutel(desk.platform, actor, "telefoon")
    set_digest(desk.platform, actor, Hoevaak.DAGELIJKS)
    there = f"/beheer/gebruikers/{anna.id}"
    assert "Open het account weer" not in beheerder.get(there).text
    assert beheerder.post(f"{there}/heropenen", page=there).status_code == 409
    beheerder.post(f"{there}/sluiten", page=there)
    assert "redacteur (gemeente Enschede)" in beheerder.get(there).text
    opened = beheerder.post(f"{there}/heropenen", page=there)
    assert opened.status_code == 200
    found = accounts.read_account(toegang, BEHEER, anna.id)
    assert (found.staat, [str(one) for one in found.rollen]) == (
        Accountstaat.UITGENODIGD,
        ["redacteur@gm0153"],
    )
    [line] = [event for event in desk.events(anna.id) if event.actie is Actie.ACCOUNT_REOPENED]
    assert (line.actor, line.details) == (f"Bas <{BAS}>", {"rollen": ["redacteur@gm0153"], "agendas": 1})
    assert agenda(desk.platform, calendar) is None
    assert my_digest(desk.platform, actor) is None
    assert browser(desk).log_in().status_code == 400  # the old password is gone
    back = browser(desk)
    fresh = {"wachtwoord": WACHTWOORD + "!", "nogmaals": WACHTWOORD + "!"}
    assert back.post(link_of(opened), fresh).status_code == 303
    assert back.log_in(wachtwoord=WACHTWOORD + "!").status_code == 303


def of_both(toegang: Toegang) -> Account:
    """An account with a role at each of two organisations."""
    made, _ = accounts.make_account(
        toegang,
        BEHEER,
        naam="Beide",
        email="beide@a.example",
        rollen=[Roltoekenning(Rol.LEZER, "gm0153"), Roltoekenning(Rol.REDACTEUR, "gm0014")],
    )
    return made


def test_an_erased_account_is_not_opened_again_and_none_by_who_does_not_administer_all_of_it(
    desk: DeskOfTest,
) -> None:
    toegang = toegang_of(desk)
    bas = person(desk, Rol.BEHEERDER, email=BAS, organisatie="gm0153").actor("test")
    both = of_both(toegang)
    accounts.close_account(toegang, BEHEER, both.id)
    with pytest.raises(NotAllowed):
        reopen_account(toegang, bas, both.id)
    accounts.erase_account(toegang, BEHEER, both.id)
    with pytest.raises(Refused, match="erased"):
        reopen_account(toegang, BEHEER, both.id)
    assert accounts.read_account(toegang, BEHEER, both.id).staat is Accountstaat.GESLOTEN


def test_a_beheerder_manages_only_what_is_of_the_own_organisations(desk: DeskOfTest) -> None:
    toegang = toegang_of(desk)
    bas = person(desk, Rol.BEHEERDER, email=BAS, organisatie="gm0153").actor("test")
    here = person(desk, Rol.LEZER, email="hier@a.example", organisatie="gm0153")
    there = person(desk, Rol.LEZER, email="daar@a.example", organisatie="gm0014")
    both = of_both(toegang)
    everywhere = person(desk, Rol.LEZER, email="overal@a.example")
    seen = accounts.list_accounts(toegang, bas)
    assert {one.id for one in seen} == {bas.account, here.id, both.id}
    assert [str(one) for one in accounts.read_account(toegang, bas, both.id).rollen] == ["lezer@gm0153"]
    for other in (there, everywhere):
        for do in (
            accounts.read_account,
            accounts.make_link,
            accounts.close_account,
            accounts.reset_second_step,
            accounts.erase_account,
        ):
            with pytest.raises(NotFound):
                do(toegang, bas, other.id)
    for do in (accounts.make_link, accounts.close_account, accounts.reset_second_step):
        with pytest.raises(NotAllowed):
            do(toegang, bas, both.id)
    with pytest.raises(NotAllowed):
        accounts.change_roles(toegang, bas, here.id, [Roltoekenning(Rol.LEZER, "gm0014")])
    with pytest.raises(NotAllowed):
        accounts.change_roles(toegang, bas, here.id, [Roltoekenning(Rol.BEHEERDER)])
    changed = accounts.change_roles(toegang, bas, both.id, [])
    assert changed.rollen == ()
    whole = accounts.read_account(toegang, BEHEER, both.id)
    assert [str(one) for one in whole.rollen] == ["redacteur@gm0014"]
    again, link = accounts.make_account(
        toegang, bas, naam="Wie dan ook", email="beide@a.example", rollen=[Roltoekenning(Rol.LEZER, "gm0153")]
    )
    assert (again.id, link) == (both.id, None)


@pytest.mark.parametrize("rol", [Rol.LEZER, Rol.REDACTEUR, Rol.PUBLICEERDER])
def test_only_a_beheerder_manages_accounts(desk: DeskOfTest, rol: Rol) -> None:
    toegang, anna = toegang_of(desk), person(desk, rol)
    actor = anna.actor("test")
    for do in (
        accounts.read_account,
        accounts.make_link,
        accounts.close_account,
        accounts.reset_second_step,
        accounts.erase_account,
    ):
        with pytest.raises(NotAllowed):
            do(toegang, actor, anna.id)
    with pytest.raises(NotAllowed):
        accounts.list_accounts(toegang, actor)
    with pytest.raises(NotAllowed):
        accounts.make_account(
            toegang, actor, naam="X", email="x@a.example", rollen=[Roltoekenning(Rol.LEZER)]
        )
    client = desk.by(rol)
    for method, path in (
        ("GET", ""),
        ("GET", f"/{anna.id}"),
        ("POST", f"/{anna.id}/sluiten"),
        ("POST", f"/{anna.id}/link"),
    ):
        assert client.request(method, f"/gebruikers{path}").status_code == 403


def test_the_last_beheerder_of_everything_stays(desk: DeskOfTest) -> None:
    toegang, anna = toegang_of(desk), person(desk, Rol.BEHEERDER)
    with pytest.raises(Refused, match="last beheerder"):
        accounts.close_account(toegang, BEHEER, anna.id)
    with pytest.raises(Refused, match="last beheerder"):
        accounts.change_roles(toegang, BEHEER, anna.id, [Roltoekenning(Rol.LEZER)])
    person(desk, Rol.BEHEERDER, email=BAS)
    accounts.close_account(toegang, BEHEER, anna.id)


def test_the_api_does_what_the_pages_do(desk: DeskOfTest) -> None:
    client = desk.by(Rol.BEHEERDER)
    body = {
        "naam": "Cem",
        "email": "Cem@Zuiderveld.example",
        "rollen": [{"rol": "redacteur", "organisatie": "gm0153"}],
    }
    made = client.post("/gebruikers", json=body)
    assert made.status_code == 201
    cem, link = made.json()["gebruiker"], made.json()["link"]
    assert (cem["email"], cem["staat"]) == ("cem@zuiderveld.example", "uitgenodigd")
    assert browser(desk).get(link["adres"].removeprefix("http://balie")).status_code == 200
    assert client.get(f"/gebruikers/{cem['id']}").json() == cem
    change = {"rollen": [{"rol": "lezer"}], "gewijzigdOp": cem["gewijzigdOp"]}
    assert client.put(f"/gebruikers/{cem['id']}/rollen", json=change).json()["rollen"] == [
        {"rol": "lezer", "organisatie": None}
    ]
    wrong = {"rollen": [{"rol": "lezer"}, {"rol": "lezer", "organisatie": "gm0153"}]}
    assert client.put(f"/gebruikers/{cem['id']}/rollen", json=wrong).status_code == 400
    assert client.post(f"/gebruikers/{cem['id']}/link").status_code == 200
    assert client.post(f"/gebruikers/{cem['id']}/tweede-stap/wissen").json()["tweedeStap"] is False
    assert client.post(f"/gebruikers/{cem['id']}/sluiten").json()["staat"] == "gesloten"
    again = client.post(f"/gebruikers/{cem['id']}/heropenen").json()
    assert again["gebruiker"] == client.get(f"/gebruikers/{cem['id']}").json()
    assert browser(desk).get(again["link"]["adres"].removeprefix("http://balie")).status_code == 200
    assert client.post(f"/gebruikers/{cem['id']}/heropenen").status_code == 409
    assert client.post(f"/gebruikers/{cem['id']}/sluiten").json()["staat"] == "gesloten"
    assert client.post(f"/gebruikers/{cem['id']}/wissen").json()["email"] is None
    assert [one["id"] for one in client.get("/gebruikers").json()["resultaten"]] == [cem["id"]]
    assert client.get("/mijn").status_code == 403


def test_the_own_account_by_the_api(desk: DeskOfTest) -> None:
    person(desk)
    inside, other = browser(desk), browser(desk)
    for one in (inside, other):
        one.log_in()
    mine = inside.get("/v1/mijn").json()
    assert (mine["gebruiker"]["email"], [one["deze"] for one in mine["aanmeldingen"]].count(True)) == (
        ANNA,
        1,
    )
    token = {"X-CSRF-Token": inside.csrf("/mijn")}
    [elsewhere] = [one["id"] for one in mine["aanmeldingen"] if not one["deze"]]
    assert inside.client.post(f"/v1/mijn/aanmeldingen/{elsewhere}/afmelden", headers=token).status_code == 200
    assert other.get("/mijn").status_code == 303
    wrong = inside.client.post(
        "/v1/mijn/wachtwoord", headers=token, json={"oud": "fout", "wachtwoord": "x" * 20}
    )
    assert (wrong.status_code, wrong.headers["content-type"]) == (403, "application/problem+json")
    good = {"oud": WACHTWOORD, "wachtwoord": "iets heel anders dan eerst"}
    assert inside.client.post("/v1/mijn/wachtwoord", headers=token, json=good).status_code == 200
    assert inside.get("/v1/mijn").status_code == 200
    token = {"X-CSRF-Token": inside.csrf("/mijn")}
    secret = inside.client.post("/v1/mijn/tweede-stap", headers=token).json()["geheim"]
    sent = {"code": inside.code(secret), "oud": good["wachtwoord"]}
    confirmed = inside.client.post("/v1/mijn/tweede-stap/bevestigen", headers=token, json=sent)
    assert len(confirmed.json()["herstelcodes"]) == 10
    token = {"X-CSRF-Token": inside.csrf("/mijn")}
    renewed = inside.client.post("/v1/mijn/herstelcodes", headers=token, json={"oud": good["wachtwoord"]})
    assert not set(renewed.json()["herstelcodes"]) & set(confirmed.json()["herstelcodes"])


def test_the_command_line_makes_the_first_beheerder_and_helps_people_back_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"WOO_HOME": str(tmp_path / "var"), **LIGHT}.items():
        monkeypatch.setenv(name, value)
    command = typer.main.get_command(build_app())

    def woo(*words: str, typed: str = "", code: int = 0) -> str:
        ran = CliRunner().invoke(command, ["gebruiker", *words], input=typed)
        assert ran.exit_code == code, ran.output
        return ran.stdout

    assert woo("lijst", "--json") == "[]\n"
    link = woo("maak", ANNA, "--naam", "Anna", "--rol", "beheerder").strip()
    assert link.startswith("http://127.0.0.1:8001/uitnodiging/")
    woo("maak", BAS, "--naam", "Bas", "--rol", "lezer@gm0153", "--wachtwoord", typed=f"{WACHTWOORD}\n")
    woo("maak", "c@a.example", "--naam", "C", "--rol", "lezer", "--wachtwoord", typed="kort\n", code=1)
    woo("maak", "c@a.example", "--naam", "C", "--rol", "baas", code=2)
    woo("maak", ANNA, "--naam", "Anna", "--rol", "lezer", code=1)
    woo("rollen", BAS, "--rol", "redacteur@gm0153", "--rol", "lezer@gm0014")
    woo("sluit", ANNA, code=1)
    assert "/uitnodiging/" in woo("herstel", BAS, "--tweede-stap")
    woo("herstel", "niemand@a.example", code=1)
    woo("heropen", BAS, code=1)
    woo("sluit", BAS)
    assert "/uitnodiging/" in woo("heropen", BAS)
    woo("sluit", BAS, "--wis")
    listed = {one["naam"]: one for one in json.loads(woo("lijst", "--json"))}
    assert listed["Anna"]["rollen"] == ["beheerder"]
    assert (listed[""]["staat"], listed[""]["email"]) == ("gesloten", None)
    assert "uitgenodigd" in woo("lijst")
