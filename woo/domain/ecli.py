"""An ECLI: the European identifier of a court ruling, and where a Dutch ruling can be read."""

import re
from urllib.parse import quote

from woo.domain.errors import InvalidValue

_ECLI = re.compile(r"ECLI:([A-Z]{2}):[A-Z][A-Z0-9]{0,6}:[0-9]{4}:[A-Z0-9](?:[A-Z0-9.]{0,23}[A-Z0-9])?")
_UITSPRAKEN = "https://deeplink.rechtspraak.nl/uitspraak?id="


def checked_ecli(text: str) -> str:
    """Return the ECLI in capitals, without spaces around it.

    Five parts: ECLI, country, court (at most seven characters), year, and at most 25 letters, digits and points (Council
    conclusions 2011/C 127/01, annex, section 1). Raises InvalidValue for anything else.
    """
    ecli = text.strip().upper()
    if not _ECLI.fullmatch(ecli):
        raise InvalidValue("ecli", text, "an ECLI looks like ECLI:NL:RBOVE:2024:1234")
    return ecli


def ecli_url(ecli: str) -> str | None:
    """Where a Dutch ruling stands on rechtspraak.nl; None for one of another country."""
    return _UITSPRAKEN + quote(ecli, safe=":") if ecli.startswith("ECLI:NL:") else None
