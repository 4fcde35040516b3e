"""Find out what stands between the cells of a table in text (csv), where no standard says it."""

from collections import Counter
from collections.abc import Callable, Sequence, Sized

_DELIMITERS = ";,\t|"


def told_delimiter(line: str) -> str | None:
    """Give the delimiter that a first line `sep=;` tells, as Excel writes it; None for a line that is a row."""
    bare = line.strip(" \r\n").strip('"')
    return bare[4] if len(bare) == 5 and bare.lower().startswith("sep=") else None


def likely_delimiter(cut: Callable[[str], Sequence[Sized]]) -> str:
    """Choose what cuts most rows in the same number of cells; a comma when nothing does.

    Args:
        cut: Gives the first rows of the table, empty ones too, as the delimiter that it is given cuts them.
    """
    best, score = ",", 0.0
    for delimiter in _DELIMITERS:
        rows = cut(delimiter)
        widths = Counter(len(row) for row in rows if len(row) > 1)
        if widths:
            width, agreeing = widths.most_common(1)[0]
            agreed = agreeing / len(rows) + width / 1_000
            if agreed > score:
                best, score = delimiter, agreed
    return best
