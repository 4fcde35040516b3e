"""A day is written with the Dutch name of its month, everywhere in the same words."""

from datetime import UTC, date, datetime

import pytest

from ingest.dutch_dates import month_number
from woo.domain.maanden import AFKORTINGEN, MAANDEN, voluit


def test_a_day_is_written_in_full() -> None:
    assert voluit(date(2024, 3, 4)) == "4 maart 2024"
    assert voluit(date(2024, 12, 31)) == "31 december 2024"


def test_of_a_moment_the_day_stays_as_it_stands() -> None:
    assert voluit(datetime(2024, 1, 1, 23, 59, tzinfo=UTC)) == "1 januari 2024"


@pytest.mark.parametrize("names", [MAANDEN, AFKORTINGEN])
def test_a_month_is_known_by_each_of_its_names(names: tuple[str, ...]) -> None:
    assert [month_number(name) for name in names] == list(range(1, 13))
