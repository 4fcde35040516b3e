"""Codes of the value lists as a person or program gives them: checked, never guessed."""

import re
from collections.abc import Iterable

from woo.diwoo.gronden import normaliseer_grond
from woo.diwoo.waardelijsten import OnbekendeWaarde, Waardelijst
from woo.domain.errors import InvalidValue

_BETWEEN = re.compile(r"[;\n]")


def checked_code(lijst: Waardelijst, veld: str, waarde: str) -> str:
    """Return the list's own code for a code or URI; raises InvalidValue with the nearest right values."""
    try:
        return lijst.get(waarde).code
    except OnbekendeWaarde as unknown:
        raise InvalidValue(
            veld, waarde, f"it is not in the list {lijst.naam}", accepted=tuple(unknown.suggesties)
        ) from unknown


def checked_codes(lijst: Waardelijst, veld: str, waarden: Iterable[str]) -> tuple[str, ...]:
    """Return the list's own codes for codes or URIs, each once; raises InvalidValue for the first that is not on it."""
    return tuple(dict.fromkeys(checked_code(lijst, veld, waarde) for waarde in waarden))


def checked_gronden(gronden: Iterable[str]) -> tuple[str, ...]:
    """Return the codes of these grounds, each once, in the order given; one text may hold more, with `;` or lines between.

    Raises InvalidValue for one that nobody knows.
    """
    found: dict[str, None] = {}
    parts = (part.strip() for text in gronden for part in _BETWEEN.split(text))
    for grond in filter(None, parts):
        try:
            found[normaliseer_grond(grond)] = None
        except OnbekendeWaarde as unknown:
            why = "it is no ground of the Woo or the Wob"
            raise InvalidValue("gronden", grond, why, accepted=tuple(unknown.suggesties)) from unknown
    return tuple(found)
