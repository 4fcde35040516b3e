"""Dates of inventories: read where there is one reading, refused everywhere else."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from woo.inventaris.datums import Volgorde, parse_datum
from woo.inventaris.fouten import Datumfout

VANDAAG = date(2026, 3, 2)
DAY_FIRST, MONTH_FIRST = Volgorde.DAG_MAAND, Volgorde.MAAND_DAG


def read(text: str, volgorde: Volgorde | None = None) -> date:
    return parse_datum(text, vandaag=VANDAAG, volgorde=volgorde)


@pytest.mark.parametrize(
    "text",
    [
        "2020-03-26",
        "2020/3/26",
        "20200326",
        "26-03-2020",
        "26-3-2020",
        "26.03.2020",
        "26 03 2020",
        "26/03/2020",  # no other reading
        "26 maart 2020",
        "26 mrt. 2020",
        "26-mrt-2020",
        "do 26 maart 2020",
        "donderdag 26 maart 2020",
        "26 Maart 2020",
        "2020-03-26 13:45",
        "2020-03-26T13:45:00Z",
        "26-03-2020 13.45 uur",
        "26-03-2020, 13:45",
    ],
)
def test_one_reading(text: str) -> None:
    assert read(text) == date(2020, 3, 26)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("03/26/2020", "geen maand 26"),  # elsewhere this became 2022-02-03
        ("03-26-2020", "geen maand 26"),
        ("2/19/2021 8:46 AM UTC", "geen maand 19"),
        ("10/9/2022", "kan twee datums zijn (10-9 of 9-10)"),
        ("10/9/2022 1:34 PM UTC", "kan twee datums zijn"),
        ("10-9-2022 1:34 PM", "kan twee datums zijn"),
        ("31-02-2020", "niet bestaat"),
        ("32-13-2020", "niet bestaat"),
        ("0-1-2020", "niet bestaat"),
        ("2020-13-01", "niet bestaat"),
        ("30 februari 2020", "niet bestaat"),
        ("26-03-20", "twee cijfers"),
        ("26/3/'20", "twee cijfers"),
        ("2020", "geen volledige datum"),
        ("maart 2020", "geen volledige datum"),
        ("voor 26 maart 2020", "geen volledige datum"),
        ("26 march 2020", "geen volledige datum"),
        ("26-03-2020 t/m 28-03-2020", "geen volledige datum"),
        ("26-03/2020", "geen volledige datum"),
        ("44197", "geen volledige datum"),
        ("3-3-2026", "toekomst"),
        ("26-03-0202", "vóór 1800"),
        ("26-03-2022-02-03", "geen volledige datum"),
    ],
)
def test_everything_else_is_refused_with_the_reason(text: str, why: str) -> None:
    with pytest.raises(Datumfout) as refused:
        read(text)
    assert why in str(refused.value)


def test_a_day_equal_to_its_month_needs_no_order() -> None:
    assert read("6/6/2025 12:00 PM UTC") == date(2025, 6, 6)


def test_the_order_that_a_person_says_decides() -> None:
    assert read("10/9/2022", DAY_FIRST) == date(2022, 9, 10)
    assert read("10/9/2022 1:34 PM UTC", MONTH_FIRST) == date(2022, 10, 9)
    assert read("03/26/2020", MONTH_FIRST) == date(2020, 3, 26)
    with pytest.raises(Datumfout, match="niet bestaat"):
        read("26/03/2020", MONTH_FIRST)
    with pytest.raises(Datumfout, match="niet bestaat"):
        read("03/26/2020", DAY_FIRST)


def test_only_a_month_that_must_come_first_is_told_as_such() -> None:
    for text, told in (("03/26/2020", True), ("10/9/2022", False), ("32-13-2020", False)):
        with pytest.raises(Datumfout) as refused:
            read(text)
        assert refused.value.maand_eerst is told, text


@given(st.dates(date(1800, 1, 1), VANDAAG), st.sampled_from(["{0:%Y-%m-%d}", "{0.day}-{0.month}-{0:%Y}"]))
def test_every_day_written_the_dutch_way_is_that_day(day: date, form: str) -> None:
    assert read(form.format(day)) == day


@given(st.dates(date(1800, 1, 1), VANDAAG))
def test_an_american_date_is_never_read_as_another_day(day: date) -> None:
    try:
        found = read(f"{day.month}/{day.day}/{day.year}")
    except Datumfout:
        return
    assert found == day


@given(st.text(alphabet="0123456789-/. :apmAPMUTCmrtjan", max_size=30))
def test_nothing_else_than_a_date_or_a_reason_comes_out(text: str) -> None:
    try:
        found = read(text)
    except Datumfout:
        return
    assert found <= VANDAAG
