"""The months by their Dutch names, and a day written with them."""

from datetime import date

MAANDEN = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
"""In the order of the year, in lower case, as Dutch writes them."""

AFKORTINGEN = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
"""The usual abbreviations in the same order, without their point."""


def voluit(dag: date) -> str:
    """Write a day as `14 maart 2024`; of a moment the day as it stands there, whatever its time zone."""
    return f"{dag.day} {MAANDEN[dag.month - 1]} {dag.year}"
