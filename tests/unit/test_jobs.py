"""How long failed work waits."""

from datetime import timedelta

import pytest

from woo.registry import Retry

SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("attempts", "seconds"), [(0, 10), (1, 10), (2, 20), (3, 40), (4, 60), (5, 60), (5000, 60)]
)
def test_each_failure_doubles_the_pause_up_to_the_cap(attempts: int, seconds: int) -> None:
    retry = Retry(base=10 * SECOND, cap=60 * SECOND)
    assert retry.pause(attempts) == seconds * SECOND


@pytest.mark.parametrize("attempts", range(1, 40))
def test_the_pause_never_gets_shorter(attempts: int) -> None:
    assert Retry().pause(attempts) <= Retry().pause(attempts + 1)
