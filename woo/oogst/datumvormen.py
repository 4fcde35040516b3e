"""How a site writes its dates: a form such as `%d %B %Y`, read with the Dutch names of months, never guessed."""

import re
from collections.abc import Iterable
from datetime import date
from functools import cache

from woo.domain.maanden import AFKORTINGEN, MAANDEN

GEWONE_VORMEN = ("%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%d %B %Y")
"""Those with one reading, for a rule that names none. With slashes a date can be read in two ways, so they must be named."""
_MONTHS = {
    **{naam: n for namen in (MAANDEN, AFKORTINGEN) for n, naam in enumerate(namen, 1)},
    **{"sept": 9, "febr": 2, "maa": 3},
}
_NAME = "|".join(sorted(_MONTHS, key=len, reverse=True))
_PARTS = {
    "%d": r"(?<!\d)(?P<d>\d{1,2})(?!\d)",
    "%m": r"(?<!\d)(?P<m>\d{1,2})(?!\d)",
    "%Y": r"(?<!\d)(?P<Y>\d{4})(?!\d)",
    "%y": r"(?<!\d)(?P<y>\d{2})(?!\d)",
    "%B": rf"(?<![a-z])(?P<B>{_NAME})(?![a-z])\.?",
    "%b": rf"(?<![a-z])(?P<B>{_NAME})(?![a-z])\.?",
    "%A": r"[a-z]+\.?",
    "%H": r"\d{1,2}",
    "%M": r"\d{2}",
    "%S": r"\d{2}",
    "%%": "%",
}
_TOKEN = re.compile(r"%.?|\s+|[^%\s]+", re.DOTALL)


def check_vorm(vorm: str) -> str:
    """The form itself; raises ValueError, saying why, for one by which no day can be read."""
    codes = [each for each in _TOKEN.findall(vorm) if each.startswith("%")]
    for code in codes:
        if code not in _PARTS:
            known = " ".join(each for each in _PARTS if each != "%%")
            raise ValueError(f"{code} is no part of a date; known are {known}, such as %d %B %Y")
    for needed in (("%d",), ("%m", "%B", "%b"), ("%Y", "%y")):
        if sum(codes.count(each) for each in needed) != 1:
            raise ValueError(f"it must hold {' or '.join(needed)} once, as in %d %B %Y")
    return vorm


def lees_dag(tekst: str, vormen: Iterable[str]) -> date | None:
    """The first day that one of the forms finds anywhere in the text; None where there is none, or no such day.

    `%d` and `%m` may have one digit, `%B` and `%b` are a month by its Dutch name or abbreviation, `%y` is 20xx.
    """
    lower = tekst.casefold()
    for vorm in vormen:
        found = _compiled(vorm).search(lower)
        if found is None:
            continue
        parts = found.groupdict()
        month = _MONTHS[parts["B"]] if "B" in parts else int(parts["m"])
        year = int(parts["Y"]) if "Y" in parts else 2000 + int(parts["y"])
        try:
            return date(year, month, int(parts["d"]))
        except ValueError:
            continue
    return None


@cache
def _compiled(vorm: str) -> re.Pattern[str]:
    tokens = []
    for token in _TOKEN.findall(vorm):
        if token.isspace():
            tokens.append(r"\s+")
        else:
            tokens.append(_PARTS.get(token) or re.escape(token.casefold()))
    return re.compile("".join(tokens))
