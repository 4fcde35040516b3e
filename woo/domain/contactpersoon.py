"""A Contactpersoon: who helps citizens with questions about available public information (art. 4.7 Woo)."""

import re
from dataclasses import dataclass

from woo.domain.errors import InvalidValue

_EMAIL = re.compile(r"[^@\s<>\"]+@[^@\s<>\"]+\.[^@\s<>\".]+")
_TELEFOON = re.compile(r"\+?[0-9][0-9 ()-]{4,24}")


@dataclass(frozen=True, slots=True)
class Contactpersoon:
    """A name (of a person or a function, such as `Woo-contactpersoon`) and at least one way to reach it."""

    naam: str
    email: str | None = None
    telefoon: str | None = None

    def __post_init__(self) -> None:
        if not self.naam.strip():
            raise InvalidValue("naam", self.naam, "a contact needs a name, such as Woo-contactpersoon")
        if self.email is None and self.telefoon is None:
            raise InvalidValue("email", None, "a contact needs an e-mail address or a telephone number")
        if self.email is not None and not _EMAIL.fullmatch(self.email):
            raise InvalidValue("email", self.email, "it is no e-mail address")
        if self.telefoon is not None and not _TELEFOON.fullmatch(self.telefoon):
            raise InvalidValue("telefoon", self.telefoon, "write digits, spaces, hyphens and brackets")
