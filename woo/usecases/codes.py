"""Codes of the value lists as a person or program gives them: checked, never guessed."""

from woo.diwoo.waardelijsten import OnbekendeWaarde, Waardelijst
from woo.domain.errors import InvalidValue


def checked_code(lijst: Waardelijst, veld: str, waarde: str) -> str:
    """Return the list's own code for a code or URI; raises InvalidValue with the nearest right values."""
    try:
        return lijst.get(waarde).code
    except OnbekendeWaarde as unknown:
        raise InvalidValue(
            veld, waarde, f"it is not in the list {lijst.naam}", accepted=tuple(unknown.suggesties)
        ) from unknown
