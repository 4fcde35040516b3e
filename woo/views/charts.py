"""Simple charts as rectangles: the page draws them as SVG, beside the table that says the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what it is of, how many, and its length in thousandths of the longest."""

    label: str
    aantal: int
    lengte: int


def bars(counts: Mapping[str, int]) -> tuple[Bar, ...]:
    """The counts as bars in their own order; what is not 0 is never so short that it is not seen."""
    most = max(counts.values(), default=0)
    return tuple(
        Bar(label, aantal, max(5, round(1000 * aantal / most)) if aantal else 0)
        for label, aantal in counts.items()
    )


def months(last: str, number: int) -> tuple[str, ...]:
    """The months (`2024-03`) that end with this one, the oldest first."""
    year, month = int(last[:4]), int(last[5:7])
    first = year * 12 + month - 1
    return tuple(f"{at // 12:04}-{at % 12 + 1:02}" for at in range(first - number + 1, first + 1))


def first_of(month: str) -> date:
    """The first day of a month such as `2024-03`."""
    return date(int(month[:4]), int(month[5:7]), 1)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a whole bar: what, how many, and where it begins and how wide it is in thousandths."""

    label: str
    aantal: int
    van: int
    breedte: int


def parts(counts: Sequence[tuple[str, int]]) -> tuple[Part, ...]:
    """The parts of a whole, side by side; together a thousand wide, or nothing when there is nothing."""
    whole = sum(aantal for _, aantal in counts)
    found, before = [], 0
    for label, aantal in counts:
        van, tot = (round(1000 * sum_ / whole) if whole else 0 for sum_ in (before, before + aantal))
        found.append(Part(label, aantal, van, tot - van))
        before += aantal
    return tuple(found)
