"""Who may log in at the desk: a person's account, its roles per organisation, and what it takes to get in."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from woo.domain.actor import Actor, Recht, Rol
from woo.domain.errors import InvalidValue

MAX_NAAM = 100
MAX_EMAIL = 254
"""Characters of an e-mail address (RFC 5321, section 4.5.3.1.3)."""

MAX_WACHTWOORD = 200
"""Characters of a password; more would only cost time to hash."""

_ORDER = list(Rol)
_BEKEND = frozenset(
    {
        "123456789012",
        "1234567890123",
        "aaaaaaaaaaaa",
        "abcdefghijkl",
        "qwertyuiopas",
        "qwerty123456",
        "wachtwoord12",
        "wachtwoord123",
        "wachtwoord1234",
        "welkom123456",
        "welkomwelkom",
        "password1234",
        "passwordpassword",
        "wachtwoordwachtwoord",
        "administrator",
        "gemeente2024",
        "gemeente2025",
        "gemeente2026",
        "gemeente12345",
    }
)
"""Long passwords that everybody tries first."""


class Accountstaat(StrEnum):
    """Where an account stands."""

    UITGENODIGD = "uitgenodigd"
    ACTIEF = "actief"
    GESLOTEN = "gesloten"


@dataclass(frozen=True, slots=True)
class Roltoekenning:
    """A role at one organisation (TOOI code), or at every one (None)."""

    rol: Rol
    organisatie: str | None = None

    def __str__(self) -> str:
        return self.rol.value if self.organisatie is None else f"{self.rol.value}@{self.organisatie}"


@dataclass(frozen=True, slots=True)
class Account:
    """A person who may log in.

    `naam` and `email` are empty and None once they were erased (AVG art. 17); what the log says of the account stays. An
    account is never removed: it is closed, and may be opened again. `rollen` holds one role at every organisation, or one role for each of some.
    """

    id: str
    naam: str
    email: str | None
    rollen: tuple[Roltoekenning, ...]
    aangemaakt_op: datetime
    gewijzigd_op: datetime
    heeft_wachtwoord: bool = False
    heeft_tweede_stap: bool = False
    heeft_provider: bool = False
    laatst_aangemeld: datetime | None = None
    gesloten_op: datetime | None = None

    @property
    def staat(self) -> Accountstaat:
        """Closed, in use, or still waiting for its first log-in."""
        if self.gesloten_op is not None:
            return Accountstaat.GESLOTEN
        in_use = self.heeft_wachtwoord or self.heeft_provider
        return Accountstaat.ACTIEF if in_use else Accountstaat.UITGENODIGD

    @property
    def rol(self) -> Rol:
        """The highest role; `lezer` where there is none."""
        return max((one.rol for one in self.rollen), key=_ORDER.index, default=Rol.LEZER)

    @property
    def per_organisatie(self) -> Mapping[str, Rol] | None:
        """The role at each organisation; None means that the one role counts at every organisation."""
        if any(one.organisatie is None for one in self.rollen):
            return None
        return {one.organisatie: one.rol for one in self.rollen if one.organisatie is not None}

    @property
    def overal(self) -> bool:
        """Whether its role counts at every organisation."""
        return self.per_organisatie is None

    def needs_second_step(self, from_rol: Rol | None) -> bool:
        """Whether logging in takes a second step: the role asks for it (None: no role does), or the person set it up."""
        asked = from_rol is not None and _ORDER.index(self.rol) >= _ORDER.index(from_rol)
        return asked or self.heeft_tweede_stap

    def actor(self, herkomst: str) -> Actor:
        """The actor that this person is when they come from here."""
        return Actor(self.name_in_log(), self.rol, herkomst, self.per_organisatie, self.id)

    def name_in_log(self) -> str:
        """Name and address together, so that two people of the same name are told apart; the id where both were erased."""
        return f"{self.naam} <{self.email}>" if self.email else self.id

    def may_be_managed_by(self, actor: Actor) -> bool:
        """Whether this actor administers every organisation at which this account has a role."""
        if self.rollen and not self.overal:
            return all(actor.may_for(Recht.ADMINISTER, one.organisatie) for one in self.rollen)
        return actor.may_for(Recht.ADMINISTER, None)

    def may_be_seen_by(self, actor: Actor) -> bool:
        """Whether this actor administers at least one organisation at which this account has a role."""
        if actor.may_for(Recht.ADMINISTER, None):
            return True
        return any(
            one.organisatie is not None and actor.may_for(Recht.ADMINISTER, one.organisatie)
            for one in self.rollen
        )

    def with_rollen(self, rollen: Iterable[Roltoekenning], now: datetime) -> "Account":
        """The same account with these roles; raises InvalidValue as `checked_rollen`."""
        return replace(self, rollen=checked_rollen(rollen), gewijzigd_op=now)

    def closed(self, now: datetime) -> "Account":
        """The same account, closed; closing again keeps the first moment."""
        return self if self.gesloten_op else replace(self, gesloten_op=now, gewijzigd_op=now)

    def reopened(self, now: datetime) -> "Account":
        """The same account with the roles it had, open again."""
        return replace(self, gesloten_op=None, gewijzigd_op=now)


def checked_rollen(rollen: Iterable[Roltoekenning]) -> tuple[Roltoekenning, ...]:
    """These roles in a fixed order.

    Raises:
        InvalidValue: two roles at one organisation, or one at every organisation beside others.
    """
    found = sorted(rollen, key=lambda one: (one.organisatie is not None, one.organisatie or ""))
    places = [one.organisatie for one in found]
    shown = ", ".join(map(str, found))
    if len(set(places)) < len(places):
        raise InvalidValue("rollen", shown, "an account has one role at an organisation")
    if None in places and len(places) > 1:
        raise InvalidValue("rollen", shown, "a role at every organisation stands alone")
    return tuple(found)


def folded_email(text: str) -> str:
    """An address as it is compared: without white space around it, in one Unicode form, in small letters.

    Raises:
        InvalidValue: it is not an e-mail address.
    """
    email = unicodedata.normalize("NFKC", text).strip().casefold()
    name, at, host = email.rpartition("@")
    plain = email.isprintable() and " " not in email and "@" not in name and len(email) <= MAX_EMAIL
    if not (at and name and plain and "." in host.strip(".") and ".." not in host) or host[:1] in ".-":
        raise InvalidValue("email", text[:MAX_EMAIL], "it is not an e-mail address, such as naam@gemeente.nl")
    if any(char in email for char in '<>()[],;:"\\'):
        raise InvalidValue("email", text[:MAX_EMAIL], "it holds a sign that an e-mail address cannot have")
    return email


def checked_naam(text: str) -> str:
    """A person's name on one line; raises InvalidValue."""
    naam = " ".join(text.split())
    if not naam or len(naam) > MAX_NAAM or not naam.isprintable():
        raise InvalidValue(
            "naam", text[:MAX_NAAM], f"a name has 1 to {MAX_NAAM} characters that everybody can see"
        )
    return naam


def checked_wachtwoord(text: str, *, tekens: int, weg: Iterable[str | None] = ()) -> str:
    """A password that may be kept, in one Unicode form (RFC 8265, OpaqueString).

    Length counts and no mix of signs is asked for (NIST SP 800-63B, 3.1.1.2). The value never stands in the error.

    Args:
        text: what was typed.
        tekens: the least number of characters.
        weg: what everybody knows of the person, such as name and address; a password may not be one of them.

    Raises:
        InvalidValue: too short, too long, known to everybody, or one of `weg`.
    """
    wachtwoord = normal_wachtwoord(text)
    if len(wachtwoord) < tekens:
        raise InvalidValue(
            "wachtwoord", "(withheld)", f"it is too short: it has at least {tekens} characters"
        )
    if len(wachtwoord) > MAX_WACHTWOORD:
        raise InvalidValue(
            "wachtwoord", "(withheld)", f"it is too long: it has at most {MAX_WACHTWOORD} characters"
        )
    folded = wachtwoord.casefold()
    own = {part.casefold() for part in weg if part} | {
        part.casefold().partition("@")[0] for part in weg if part
    }
    if folded in _BEKEND or len(set(folded)) < 4 or folded in own:
        raise InvalidValue("wachtwoord", "(withheld)", "it is too easy to guess")
    return wachtwoord


def normal_wachtwoord(text: str) -> str:
    """A password in the form in which it is compared, however the keyboard wrote it."""
    return unicodedata.normalize("NFC", text)
