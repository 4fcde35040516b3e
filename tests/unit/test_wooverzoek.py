"""A request and its term: four weeks, two more, standing still, and ending on a working day; counted both ways."""

from datetime import date, timedelta

import pytest

from woo.domain.errors import InvalidValue, Refused
from woo.domain.kalender import einde_termijn, is_feestdag
from woo.domain.verzoek import Opschorting, Opschortingsgrond, Wooverzoek

ONTVANGEN = date(2024, 1, 8)  # a Monday
ZIENSWIJZE = Opschortingsgrond.ZIENSWIJZE


def verzoek(**changes: object) -> Wooverzoek:
    fields = {"id": "v1", "kenmerk": "Woo-2024/8", "onderwerp": "De rondweg", "ontvangen_op": ONTVANGEN}
    return Wooverzoek(**(fields | changes))  # type: ignore[arg-type]


def stil(van: date, tot: date | None) -> Opschorting:
    return Opschorting(van, tot, ZIENSWIJZE)


@pytest.mark.parametrize(
    ("dag", "feest"),
    [
        (date(2024, 1, 1), True),
        (date(2024, 3, 29), True),  # Good Friday
        (date(2024, 3, 31), False),  # Easter Sunday is a Sunday already
        (date(2024, 4, 1), True),
        (date(2024, 4, 27), True),
        (date(2025, 4, 26), True),  # 27 April was a Sunday
        (date(2025, 4, 27), False),
        (date(2013, 4, 30), True),
        (date(2024, 5, 5), True),
        (date(2024, 5, 9), True),  # Ascension Day
        (date(2024, 5, 20), True),  # Whit Monday
        (date(2000, 4, 24), True),  # Easter Monday of a year in which the algorithm's corrections matter
        (date(2038, 4, 26), True),  # the latest Easter there is
        (date(2024, 12, 25), True),
        (date(2024, 12, 26), True),
        (date(2024, 12, 31), False),
    ],
)
def test_holidays_of_the_algemene_termijnenwet(dag: date, feest: bool) -> None:
    assert is_feestdag(dag) is feest


def test_a_term_never_ends_on_a_day_off() -> None:
    assert einde_termijn(date(2024, 3, 29)) == date(2024, 4, 2)  # Good Friday, weekend, Easter Monday
    assert einde_termijn(date(2021, 12, 25)) == date(2021, 12, 27)
    assert einde_termijn(date(2024, 4, 2)) == date(2024, 4, 2)


def test_four_weeks_from_the_day_after_receipt() -> None:
    assert verzoek().uiterste_datum() == date(2024, 2, 5)


def test_putting_off_adds_at_most_two_weeks_once_and_in_time() -> None:
    later = verzoek().verdaagd(date(2024, 2, 5))
    assert later.uiterste_datum() == date(2024, 2, 19)
    assert verzoek().verdaagd(date(2024, 2, 1), dagen=7).uiterste_datum() == date(2024, 2, 12)
    with pytest.raises(Refused, match="once is allowed"):
        later.verdaagd(date(2024, 2, 5))
    with pytest.raises(Refused, match="the first term ended on 2024-02-05"):
        verzoek().verdaagd(date(2024, 2, 6))
    with pytest.raises(InvalidValue, match="at most two weeks"):
        verzoek().verdaagd(date(2024, 2, 5), dagen=15)


def test_a_suspension_moves_the_end_by_its_days_and_both_ways_are_told() -> None:
    waiting = verzoek().opgeschort(stil(date(2024, 1, 15), date(2024, 1, 24)))
    assert waiting.uiterste_datum() == date(2024, 2, 15)
    assert waiting.uiterste_datum(met_opschorting=False) == date(2024, 2, 5)
    assert waiting.doorlooptijd(date(2024, 2, 15)).dagen == 38
    assert waiting.doorlooptijd(date(2024, 2, 15)).zonder_opschorting == 28


def test_suspensions_that_overlap_count_once_and_those_after_the_end_not_at_all() -> None:
    waiting = verzoek(
        opschortingen=(
            stil(date(2024, 1, 15), date(2024, 1, 24)),
            stil(date(2024, 1, 20), date(2024, 1, 25)),
            stil(date(2024, 6, 1), date(2024, 6, 30)),
        )
    )
    assert waiting.uiterste_datum() == date(2024, 2, 16)
    assert waiting.doorlooptijd(date(2024, 2, 16)).opgeschort == 11


def test_while_it_stands_still_no_end_can_be_told() -> None:
    waiting = verzoek().opgeschort(stil(date(2024, 1, 15), None))
    assert waiting.uiterste_datum() is None
    assert waiting.uiterste_datum(met_opschorting=False) == date(2024, 2, 5)
    again = waiting.hervat(date(2024, 1, 25))
    assert again.opschortingen == (stil(date(2024, 1, 15), date(2024, 1, 24)),)
    assert again.uiterste_datum() == date(2024, 2, 15)
    with pytest.raises(Refused, match="it is not suspended"):
        again.hervat(date(2024, 1, 26))
    with pytest.raises(Refused, match="lies before"):
        waiting.hervat(date(2024, 1, 15))


def test_a_suspension_after_the_end_of_the_term_does_not_take_the_end_away() -> None:
    assert verzoek(opschortingen=(stil(date(2024, 3, 1), None),)).uiterste_datum() == date(2024, 2, 5)


def test_the_time_taken_starts_the_day_after_receipt() -> None:
    assert verzoek().doorlooptijd(ONTVANGEN).dagen == 0
    assert verzoek().doorlooptijd(ONTVANGEN + timedelta(days=188)).dagen == 188


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"kenmerk": " "}, "kenmerk"),
        ({"onderwerp": ""}, "onderwerp"),
        ({"verdaging_dagen": 7}, "does not fit verdaagd_op"),
        ({"verdaagd_op": date(2024, 1, 9)}, "does not fit verdaagd_op"),
        ({"verdaagd_op": date(2024, 1, 7), "verdaging_dagen": 7}, "before the day of receipt"),
        ({"opschortingen": (stil(date(2024, 1, 7), None),)}, "before the day of receipt"),
    ],
)
def test_what_cannot_be_is_refused(changes: dict[str, object], why: str) -> None:
    with pytest.raises(InvalidValue, match=why):
        verzoek(**changes)


@pytest.mark.parametrize("tot", [date(2024, 1, 14), date(2034, 3, 1), date.max])
def test_a_suspension_that_cannot_be_is_refused(tot: date) -> None:
    with pytest.raises(InvalidValue, match="opschorting"):
        stil(date(2024, 1, 15), tot)
