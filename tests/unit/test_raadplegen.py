"""Views and downloads are summed per day and document, bounded, and never lost to an inbox that is away for a while."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from ingest.volgen.raadplegingen import counted_of
from search_api.raadplegen import SOORT, Teller
from woo.domain.errors import InvalidValue, Unavailable

A, B = (f"00000000-0000-4000-8000-00000000000{n}" for n in (1, 2))
NOW = datetime(2026, 3, 2, 23, 59, tzinfo=UTC)


class Inbox:
    """Takes in what is left, or is away."""

    def __init__(self) -> None:
        self.left: list[tuple[str, Mapping[str, Any]]] = []
        self.away = False

    def add(self, soort: str, inhoud: Mapping[str, Any]) -> str:
        if self.away:
            raise Unavailable("inbox", "it is away")
        self.left.append((soort, inhoud))
        return "1"


class Time:
    """A clock and a stopwatch that go on together."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def now(self) -> datetime:
        return NOW + timedelta(seconds=self.seconds)

    def monotonic(self) -> float:
        return self.seconds


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def teller(inbox: Inbox, time: Time) -> Teller:
    return Teller(inbox, now=time.now, monotonic=time.monotonic)


def test_sums_are_left_once_a_minute_per_day(teller: Teller, inbox: Inbox, time: Time) -> None:
    teller.count(A, "weergave")
    teller.count(A, "download")
    assert inbox.left == []
    time.seconds = 61
    teller.count(B, "weergave")
    assert inbox.left == [
        (SOORT, {"dag": "2026-03-02", "aantallen": {A: [1, 1]}}),
        (SOORT, {"dag": "2026-03-03", "aantallen": {B: [1, 0]}}),
    ]
    teller.flush()
    assert len(inbox.left) == 2


def test_what_cannot_be_left_is_kept(teller: Teller, inbox: Inbox) -> None:
    teller.count(A, "weergave")
    inbox.away = True
    teller.flush()
    teller.count(A, "weergave")
    inbox.away = False
    teller.flush()
    assert inbox.left == [(SOORT, {"dag": "2026-03-02", "aantallen": {A: [2, 0]}})]


def test_memory_is_bounded_and_entries_are_small(teller: Teller, inbox: Inbox) -> None:
    for number in range(10_050):
        teller.count(f"00000000-0000-4000-8000-{number:012d}", "weergave")
    teller.flush()
    assert sum(len(inhoud["aantallen"]) for _, inhoud in inbox.left) == 10_000
    assert max(len(str(inhoud)) for _, inhoud in inbox.left) < 64 * 1024


def test_the_worker_reads_what_the_site_leaves(teller: Teller, inbox: Inbox) -> None:
    teller.count(A, "download")
    teller.flush()
    assert counted_of(inbox.left[0][1]) == (NOW.date(), [(A, 0, 1)])


@pytest.mark.parametrize(
    "inhoud",
    [
        {},
        {"dag": "gisteren", "aantallen": {}},
        {"dag": "2026-03-02", "aantallen": [1]},
        {"dag": "2026-03-02", "aantallen": {"naam van iemand": [1, 1]}},
        {"dag": "2026-03-02", "aantallen": {A: [1]}},
        {"dag": "2026-03-02", "aantallen": {A: [-1, 0]}},
        {"dag": "2026-03-02", "aantallen": {A: [True, 0]}},
    ],
)
def test_what_the_site_never_leaves_is_refused(inhoud: Mapping[str, Any]) -> None:
    with pytest.raises(InvalidValue):
        counted_of(inhoud)
