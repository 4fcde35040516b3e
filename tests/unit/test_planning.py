"""A plan is a whole minute that clocks in the Netherlands show once, and goes one way."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from woo.domain.errors import InvalidValue, Refused
from woo.domain.planning import Planstaat, Publicatieplan, check_moment, dutch_day, dutch_moment, start_of

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("dag", "tijd", "utc"),
    [
        (date(2026, 1, 15), time(9, 0), "2026-01-15T08:00:00+00:00"),
        (date(2026, 7, 15), time(9, 0), "2026-07-15T07:00:00+00:00"),
        (date(2026, 3, 29), time(1, 59), "2026-03-29T00:59:00+00:00"),
        (date(2026, 3, 29), time(3, 0), "2026-03-29T01:00:00+00:00"),
        (date(2026, 10, 25), time(3, 0), "2026-10-25T02:00:00+00:00"),
    ],
)
def test_dutch_time_is_told_in_utc(dag: date, tijd: time, utc: str) -> None:
    assert dutch_moment(dag, tijd).isoformat() == utc


@pytest.mark.parametrize(
    ("dag", "tijd", "why"),
    [
        (date(2026, 3, 29), time(2, 0), "skips"),
        (date(2026, 3, 29), time(2, 59), "skips"),
        (date(2026, 10, 25), time(2, 0), "twice"),
        (date(2026, 10, 25), time(2, 59), "twice"),
    ],
)
def test_an_hour_that_no_clock_shows_or_that_comes_twice_is_refused(dag: date, tijd: time, why: str) -> None:
    with pytest.raises(InvalidValue, match=why):
        dutch_moment(dag, tijd)


@pytest.mark.parametrize(
    "op",
    [
        NOW,
        NOW - timedelta(minutes=1),
        NOW + timedelta(seconds=30),
        NOW + timedelta(days=3654),
        datetime(2026, 3, 3, 9, 0),  # noqa: DTZ001 - a moment without its zone is what is refused
    ],
)
def test_a_moment_that_cannot_be_planned_is_refused(op: datetime) -> None:
    with pytest.raises(InvalidValue):
        check_moment(op, NOW)


def test_a_day_begins_at_midnight_in_the_netherlands() -> None:
    assert start_of(date(2026, 7, 1)).isoformat() == "2026-06-30T22:00:00+00:00"
    assert dutch_day(datetime(2026, 6, 30, 22, 0, tzinfo=UTC)) == date(2026, 7, 1)
    assert dutch_day(datetime(2026, 6, 30, 21, 59, tzinfo=UTC)) == date(2026, 6, 30)


def test_a_plan_that_was_carried_out_in_time_is_not_late() -> None:
    plan = Publicatieplan("p1", NOW, NOW)
    assert plan.uitgevoerd(NOW + timedelta(seconds=90)).te_laat is None
    assert plan.uitgevoerd(NOW + timedelta(minutes=3)).te_laat == timedelta(minutes=3)
    assert plan.mislukt(NOW + timedelta(hours=1), ("embargo",)).te_laat is None


@pytest.mark.parametrize("staat", [staat for staat in Planstaat if staat is not Planstaat.GEPLAND])
def test_what_does_not_wait_cannot_be_cancelled(staat: Planstaat) -> None:
    with pytest.raises(Refused):
        Publicatieplan("p1", NOW, NOW, staat=staat).geannuleerd()


def test_a_plan_is_a_whole_minute() -> None:
    with pytest.raises(InvalidValue):
        Publicatieplan("p1", NOW + timedelta(seconds=1), NOW)
