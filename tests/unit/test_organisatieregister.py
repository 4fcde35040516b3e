"""What is known of organisations: mergers are followed, what no source tells stays unknown, a wrong file is refused with its place."""

from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml

from woo.diwoo.organisatieregister import Organisatieregister
from woo.diwoo.waardelijsten import OnbekendeWaarde, Waardelijsten, WaardelijstFout
from woo.domain.organisatie import Organisatiesoort
from woo.settings import config_folder

PATH = config_folder() / "organisaties.yaml"


@pytest.fixture(scope="module")
def lijsten() -> Waardelijsten:
    return Waardelijsten.load(config_folder() / "waardelijsten")


@pytest.fixture(scope="module")
def register(lijsten: Waardelijsten) -> Organisatieregister:
    return lijsten.organisatieregister


def test_every_organisation_of_the_list_is_there_and_those_of_other_registers(
    register: Organisatieregister, lijsten: Waardelijsten
) -> None:
    assert len(register) == 1449
    assert {each.code for each in register if each.in_diwoo} == {each.code for each in lijsten.organisaties}
    gemeenten = [each for each in register if each.soort is Organisatiesoort.GEMEENTE]
    assert len(gemeenten) == 605
    assert all(each.provincie in register.provincies for each in gemeenten)
    assert register.provincies["pv23"] == "Overijssel"
    assert len(register.provincies) == 12


def test_each_merged_municipality_leads_to_one_that_exists_and_that_one_knows_it(
    register: Organisatieregister,
) -> None:
    merged = [each for each in register if each.einddatum is not None]
    assert len(merged) == 263
    for each in merged:
        assert each.opvolger is not None
        assert each.einddatum is not None
        opvolger = register.get(each.opvolger)
        assert each.code in opvolger.voorgangers
        next_day = each.einddatum + timedelta(days=1)
        assert (opvolger.begindatum or date.min) <= next_day <= (opvolger.einddatum or date.max)
        assert register.huidige(each.code).einddatum is None


def test_a_chain_of_mergers_ends_at_who_took_over_last(register: Organisatieregister) -> None:
    menaldumadeel = register.get("gm0083")
    assert menaldumadeel.opvolger == "gm1908"
    assert register.huidige("gm0083").naam == "gemeente Waadhoeke"
    assert register.huidige("gm0153").code == "gm0153"
    assert register.get("https://identifier.overheid.nl/tooi/id/gemeente/gm0153").naam == "gemeente Enschede"
    assert menaldumadeel.opgeheven(date(2011, 1, 1))
    assert not menaldumadeel.opgeheven(date(2010, 12, 31))


def test_what_no_source_tells_is_unknown(register: Organisatieregister) -> None:
    assert register.get("ws0155").provincie is None
    assert register.provincie("ws0155") == "onbekend"
    assert register.provincie("bestaat-niet") == register.soort("bestaat-niet") == "onbekend"
    assert (register.provincie("pv26"), register.soort("pv26")) == ("pv26", "provincie")
    with pytest.raises(OnbekendeWaarde, match="gm0153"):
        register.get("gm01535")


def test_an_own_organisation_brings_its_own_facts(tmp_path: Path) -> None:
    own = tmp_path / "eigen.yaml"
    waarde = {
        "code": "gm9999",
        "uri": "https://zuiderveld.example/id/gm9999",
        "naam": "gemeente Zuiderveld",
        "soort": "gemeente",
        "provincie": "pv23",
        "opvolger": "gm0153",
    }
    own.write_text(yaml.safe_dump({"lijsten": {"organisaties": [waarde]}}))
    register = Waardelijsten.load(config_folder() / "waardelijsten", aanvulling=own).organisatieregister
    assert register.provincie("gm9999") == "pv23"
    assert "gm9999" in register.get("gm0153").voorgangers
    assert not register.get("gm9999").in_diwoo


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (["gm0001"], "'gm0001' is on no list"),
        (["gm0153", "pv23", None, None, "meer"], "a row must hold 1 to 4 values"),
        (["gm0153", "gm0150"], "provincie of gm0153 is 'gm0150', no province"),
        (["gm0153", "pv23", "2001"], "begindatum of gm0153 must be a day"),
        (["gm0153", "pv23", None, "gm0001"], "opvolger of gm0153 is 'gm0001', which is no organisation"),
        (["gm0153", "pv23", None, "gm0153"], "which leads back to itself"),
    ],
)
def test_a_wrong_file_is_refused(row: list[object], why: str, tmp_path: Path, lijsten: Waardelijsten) -> None:
    content = {**yaml.safe_load(PATH.read_text()), "gemeenten": [row], "overige": []}
    path = tmp_path / "organisaties.yaml"
    path.write_text(yaml.safe_dump(content))
    with pytest.raises(WaardelijstFout, match=why):
        Organisatieregister.load(path, lijsten.organisaties)


def test_a_code_that_stands_twice_is_refused_with_its_line(tmp_path: Path, lijsten: Waardelijsten) -> None:
    path = tmp_path / "organisaties.yaml"
    path.write_text(PATH.read_text().replace("- [gm0005,", "- [gm0003, pv20]\n- [gm0005,"))
    with pytest.raises(WaardelijstFout, match="line 15: 'gm0003' stands in the file twice"):
        Organisatieregister.load(path, lijsten.organisaties)
