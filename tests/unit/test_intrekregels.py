"""Reasons and selectielijst are data: read, checked to the line, and what they mean for a term."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from woo.diwoo.intrekregels import read_redenen, read_selectielijst
from woo.diwoo.waarden import WaardelijstFout
from woo.domain.actor import Actor, Rol
from woo.domain.bewaring import end_of
from woo.domain.datalek import Lekblad
from woo.domain.errors import InvalidValue, Refused
from woo.domain.ingreep import Aanleiding, Ingreep, Ingreepsoort, Persoon
from woo.domain.intrekreden import Herstel
from woo.settings import config_folder
from woo.views.lekblad import clock, duration

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
EEN, TWEE = (Actor(naam, Rol.PUBLICEERDER, "t", account=naam) for naam in ("een", "twee"))
REDEN = "redenen:\n  bewaartermijn: {naam: N, zin: Z., lekblad: false, herstel: vrij}\n"


def test_the_reasons_that_come_along_map_to_diwoo_only_where_they_fit() -> None:
    redenen = read_redenen(config_folder() / "intrekredenen.yaml")
    assert {code: reden.diwoo for code, reden in redenen.by_code.items() if reden.diwoo} == {
        "privacy": "c_098c1346",
        "procedure": "c_c77c86e0",
    }
    assert {code for code, reden in redenen.by_code.items() if reden.lekblad} == {"privacy"}
    assert redenen.herstel("rechter") is Herstel.TWEEDE
    assert redenen.herstel(None) is Herstel.TWEEDE
    assert redenen.reden("dubbel").openbaar(" Zie elders. ") == "Dit stond er dubbel op. Zie elders."
    with pytest.raises(InvalidValue, match="privacy"):
        redenen.reden("privé")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("redenen: []\n", "line 1"),
        (REDEN.replace("bewaartermijn", "anders"), "must have the reason 'bewaartermijn'"),
        (REDEN.replace("vrij", "nooit"), "line 2: herstel must be one of: vrij, tweede"),
        (REDEN.replace("false", "nee"), "line 2: lekblad must be a bool"),
        (REDEN.replace("zin: Z.", "zin: ''"), "line 2: zin must be a str"),
        (REDEN.replace("vrij}", "vrij, diwoo: c_1}"), "line 2: diwoo must be one of"),
        (REDEN.replace("naam: N", "naam: N, kleur: rood"), "line 2: unknown key 'kleur'"),
    ],
)
def test_a_faulty_file_of_reasons_is_told_with_its_line(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "r.yaml").write_text(text)
    with pytest.raises(WaardelijstFout, match=told):
        read_redenen(tmp_path / "r.yaml")


def lijst(folder: Path, rows: str) -> Path:
    path = folder / "s.yaml"
    path.write_text(f"naam: Eigen\nregels:\n{rows}")
    return path


ANDERS = "  - {categorie: anders, waardering: V, jaren: 5, trigger: publicatie, bron: b}\n"


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (ANDERS.replace("anders", "c_1"), "must have a row for the category 'anders'"),
        (ANDERS * 2, "line 4: category 'anders' stands there twice"),
        (ANDERS.replace("V, jaren: 5", "B, jaren: 5"), "line 3: jaren: a term belongs to V"),
        (ANDERS.replace("V, jaren: 5", "V"), "line 3: jaren: a term belongs to V"),
        (ANDERS.replace("publicatie", "ooit"), "line 3: a value is not accepted"),
    ],
)
def test_a_faulty_selectielijst_is_told_with_its_line(tmp_path: Path, rows: str, told: str) -> None:
    with pytest.raises(WaardelijstFout, match=told):
        read_selectielijst(lijst(tmp_path, rows))


def test_of_several_categories_the_longest_term_counts_and_what_is_kept_wins(tmp_path: Path) -> None:
    rows = ANDERS + "".join(
        f"  - {{categorie: {code}, {waarde}, trigger: publicatie, bron: {code}}}\n"
        for code, waarde in (
            ("c_5", "waardering: V, jaren: 5"),
            ("c_20", "waardering: V, jaren: 20"),
            ("c_b", "waardering: B"),
        )
    )
    own = read_selectielijst(lijst(tmp_path, rows))
    assert own.regel(["c_5", "c_20"]).bron == "c_20"
    assert own.regel(["c_5", "c_b"]).bron == "c_b"
    assert own.regel(["c_1"]).bron == "b"


def test_a_term_from_a_leap_day_ends_on_the_first_of_march() -> None:
    assert end_of(date(2024, 2, 29), 1) == date(2025, 3, 1)
    assert end_of(date(2024, 2, 29), 4) == date(2028, 2, 29)


def proposal() -> Ingreep:
    return Ingreep(
        "i",
        Ingreepsoort.VERNIETIGING,
        "document",
        "d",
        "Lek.",
        NOW,
        Persoon.of(EEN),
        NOW + timedelta(days=14),
        aanleiding=Aanleiding.DATALEK,
    )


def test_a_proposal_lapses_and_is_decided_once_by_another() -> None:
    one = proposal()
    with pytest.raises(Refused, match="another person"):
        one.approved(EEN, NOW)
    with pytest.raises(Refused, match="term is over"):
        one.approved(TWEE, NOW + timedelta(days=14))
    done = one.approved(TWEE, NOW)
    with pytest.raises(Refused, match="decided before"):
        done.rejected(TWEE, NOW, "Toch niet.")
    assert one.rejected(EEN, NOW, "Teruggenomen.").beslist_door == Persoon.of(EEN)


def test_without_an_account_a_name_is_one_person() -> None:
    assert Persoon.of(Actor("noor", Rol.LEZER, "a")) == Persoon.of(Actor("noor", Rol.BEHEERDER, "b"))


def sheet(**velden: object) -> Lekblad:
    known = {"seconden_openbaar": 2 * 86_400 + 3_700, "perioden": []}
    return replace(Lekblad("document", "d", NOW, NOW, NOW, known), **velden)  # type: ignore[arg-type]


def test_the_clock_runs_for_72_hours_and_says_what_comes_after() -> None:
    assert clock(sheet(), NOW + timedelta(hours=71, minutes=30)).tekst == "Nog 30 minuten."
    assert clock(sheet(), NOW + timedelta(hours=74)).tekst.startswith("De 72 uur zijn 2 uur voorbij.")
    late = sheet(melden=True, besluit_reden="BSN.", gemeld_op=NOW + timedelta(hours=73))
    assert clock(late, NOW).tekst == "Gemeld, na afloop van de 72 uur."
    assert duration(sheet()) == "2 dagen, 1 uur en 1 minuut"


def test_a_decision_needs_reasons_and_a_discovery_lies_behind_us() -> None:
    with pytest.raises(InvalidValue, match=r"art\. 33"):
        sheet(melden=False)
    with pytest.raises(InvalidValue, match="future"):
        sheet(ontdekt_op=NOW + timedelta(minutes=1))
    with pytest.raises(InvalidValue, match="reported"):
        sheet(melden=False, besluit_reden="r", gemeld_op=NOW)
