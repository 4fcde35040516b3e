"""Following a search: how often there is mail, what can be reported, and what an address of a follower may look like."""

import re
from enum import StrEnum

from woo.domain.errors import InvalidValue

MAX_ADRES = 254
MAX_MELDING = 2000
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
_MAX_LOCAL = 64


class Frequentie(StrEnum):
    """How often a follower gets mail, when there is something new."""

    DIRECT = "direct"
    DAGELIJKS = "dagelijks"
    WEKELIJKS = "wekelijks"


class Meldingsoort(StrEnum):
    """What a visitor says is wrong with a document."""

    PRIVACY = "privacy"
    LEESBAARHEID = "leesbaarheid"
    ONJUIST = "onjuist"
    ANDERS = "anders"


class Gebeurtenissoort(StrEnum):
    """What followers are told of: shown for the first time, a new version of the file, taken back."""

    GEPUBLICEERD = "gepubliceerd"
    VERVANGEN = "vervangen"
    INGETROKKEN = "ingetrokken"


def checked_adres(text: str) -> str:
    """Return an e-mail address as mail is sent to it: the domain in lower case, and in its ASCII form.

    Accepted is `dot-atom@domain` of RFC 5321 in ASCII, 254 characters at most; a domain with accents is written out
    (IDNA). Raises InvalidValue, which does not repeat the address.
    """
    local, at, domain = text.strip().rpartition("@")
    try:
        domain = domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        domain = ""
    labels = domain.split(".")
    if (
        not at
        or len(local) > _MAX_LOCAL
        or len(local) + 1 + len(domain) > MAX_ADRES
        or not _LOCAL.fullmatch(local)
        or len(labels) < 2
        or not all(_LABEL.fullmatch(label) for label in labels)
        or labels[-1].isdigit()
    ):
        raise InvalidValue("adres", "(withheld)", "this is no e-mail address that mail can be sent to")
    return f"{local}@{domain}"
