"""Charts as rectangles."""

from itertools import pairwise

from woo.views.charts import Bar, bars, months, parts


def test_bars_are_as_long_as_they_count_and_never_invisible():
    assert bars({"a": 200, "b": 50, "c": 1, "d": 0}) == (
        Bar("a", 200, 1000),
        Bar("b", 50, 250),
        Bar("c", 1, 5),
        Bar("d", 0, 0),
    )
    assert bars({}) == ()
    assert bars({"a": 0}) == (Bar("a", 0, 0),)


def test_months_end_with_the_one_that_is_named():
    assert months("2024-02", 4) == ("2023-11", "2023-12", "2024-01", "2024-02")


def test_parts_fill_the_whole_without_gap_or_overlap():
    found = parts([("a", 1), ("b", 1), ("c", 1)])
    assert sum(part.breedte for part in found) == 1000
    assert all(one.van + one.breedte == other.van for one, other in pairwise(found))
    assert [part.breedte for part in parts([("a", 0), ("b", 0)])] == [0, 0]
