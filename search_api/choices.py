"""Reads a parameter that is a whole number: one of a few, or one within bounds."""

from collections.abc import Sequence

from search_api.problems import invalid
from search_api.queries import Values
from woo.taal import gettext
from woo.views.problems import InputFault, quoted

_MOST_DIGITS = 7


def one_of(values: Values, naam: str, offered: Sequence[int], *, default: int) -> int:
    """Return the number given for `naam`, which must be one of those offered; raises the 400 that names them."""
    given = values.get(naam, [str(default)])[0].strip()
    if given not in {str(number) for number in offered}:
        kinds = ", ".join(str(number) for number in offered)
        detail = gettext(
            "Kies voor '%(naam)s' uit %(namen)s. U gaf %(waarde)s.",
            naam=naam,
            namen=kinds,
            waarde=quoted(given),
        )
        raise invalid(InputFault("query", naam, "onbekende-waarde", detail))
    return int(given)


def within(values: Values, naam: str, most: int, *, default: int) -> int:
    """Return the number given for `naam`, brought within 1 and `most`; raises a 400 for what is no number.

    What a link once pointed at may have gone: a number that is too high means the last.
    """
    given = values.get(naam, [str(default)])[0].strip()
    if not (given.isascii() and given.isdigit() and len(given) <= _MOST_DIGITS):
        detail = gettext("'%(naam)s' is een heel getal, niet %(waarde)s.", naam=naam, waarde=quoted(given))
        raise invalid(InputFault("query", naam, "ongeldig-getal", detail))
    return max(1, min(int(given), most)) if most else 0
