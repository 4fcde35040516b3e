"""The holidays of the years 2015 to 2030, written out by hand, and the days that decrees add."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from woo.diwoo.termijnen import load_kalender
from woo.diwoo.waarden import WaardelijstFout
from woo.domain.kalender import Kalender, einde_termijn, kalender_in_use, use_kalender
from woo.settings import config_folder

BEWEEGLIJK = {  # Good Friday, Easter Monday, Ascension Day, Whit Monday, the King's birthday
    2015: ("04-03", "04-06", "05-14", "05-25", "04-27"),
    2016: ("03-25", "03-28", "05-05", "05-16", "04-27"),
    2017: ("04-14", "04-17", "05-25", "06-05", "04-27"),
    2018: ("03-30", "04-02", "05-10", "05-21", "04-27"),
    2019: ("04-19", "04-22", "05-30", "06-10", "04-27"),
    2020: ("04-10", "04-13", "05-21", "06-01", "04-27"),
    2021: ("04-02", "04-05", "05-13", "05-24", "04-27"),
    2022: ("04-15", "04-18", "05-26", "06-06", "04-27"),
    2023: ("04-07", "04-10", "05-18", "05-29", "04-27"),
    2024: ("03-29", "04-01", "05-09", "05-20", "04-27"),
    2025: ("04-18", "04-21", "05-29", "06-09", "04-26"),
    2026: ("04-03", "04-06", "05-14", "05-25", "04-27"),
    2027: ("03-26", "03-29", "05-06", "05-17", "04-27"),
    2028: ("04-14", "04-17", "05-25", "06-05", "04-27"),
    2029: ("03-30", "04-02", "05-10", "05-21", "04-27"),
    2030: ("04-19", "04-22", "05-30", "06-10", "04-27"),
}
GELIJKGESTELD = {
    2017: ("04-28", "05-26"),
    2018: ("05-11", "12-24", "12-31"),
    2019: ("05-31", "12-27"),
    2023: ("04-28", "05-19"),
    2024: ("05-10", "12-27"),
    2025: ("05-30",),
    2026: ("01-02", "05-15"),
    2027: ("05-07",),
    2028: ("04-28", "05-26"),
}
VAST = ("01-01", "05-05", "12-25", "12-26")


def every_day(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]


@pytest.mark.parametrize("year", BEWEEGLIJK)
def test_the_holidays_of_a_year_are_those_written_out_and_no_others(year: int) -> None:
    kalender = load_kalender(config_folder() / "feestdagen.yaml")
    written = {*VAST, *BEWEEGLIJK[year], *GELIJKGESTELD.get(year, ())}
    assert {f"{dag:%m-%d}" for dag in every_day(year) if kalender.is_feestdag(dag)} == written


def test_the_years_of_which_the_decrees_are_known_are_told() -> None:
    kalender = load_kalender(config_folder() / "feestdagen.yaml")
    known = [year for year in range(2015, 2031) if kalender.kent(date(year, 6, 1))]
    assert known == [2017, 2018, 2019, *range(2023, 2029)]
    assert not Kalender().kent(date(2026, 6, 1))


def test_a_designated_day_moves_the_end_and_an_excepted_one_does_not() -> None:
    friday = date(2026, 5, 15)
    assert Kalender().einde(friday) == friday
    assert Kalender(gelijkgesteld=frozenset({friday})).einde(date(2026, 5, 14)) == date(2026, 5, 18)
    liberation = date(2026, 5, 5)
    assert Kalender(uitgezonderd=frozenset({liberation})).einde(liberation) == liberation


def test_who_gives_no_calendar_counts_with_the_one_in_use() -> None:
    before, friday = kalender_in_use(), date(2026, 5, 15)
    try:
        use_kalender(Kalender())
        assert einde_termijn(friday) == friday
        use_kalender(Kalender(gelijkgesteld=frozenset({friday})))
        assert einde_termijn(friday) == date(2026, 5, 18)
    finally:
        use_kalender(before)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("besluiten: []", "besluiten and uitzonderingen"),
        ("besluiten: []\nuitzonderingen: 3", "must be a list"),
        ("besluiten: []\nuitzonderingen: []\nvakanties: []", "nothing else"),
        (
            "besluiten: [{bron: x, jaren: [2026], dagen: [2027-01-01]}]\nuitzonderingen: []",
            "in none of its jaren",
        ),
        ("besluiten: [{bron: x, jaren: [2026], dagen: [morgen]}]\nuitzonderingen: []", "a list of date"),
        ("besluiten: [{jaren: [2026], dagen: []}]\nuitzonderingen: []", "missing: bron"),
        ("besluiten: []\nuitzonderingen: [{dag: 2026-05-05, bron: x, soort: y}]", "unknown key 'soort'"),
        ("besluiten: []\nuitzonderingen: [{dag: 5 mei, bron: x}]", "must be a date"),
    ],
)
def test_a_file_of_holidays_that_is_wrong_is_refused_and_says_where(
    tmp_path: Path, text: str, why: str
) -> None:
    path = tmp_path / "feestdagen.yaml"
    path.write_text(text)
    with pytest.raises(WaardelijstFout, match=why):
        load_kalender(path)
