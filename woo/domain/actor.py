"""Who acts, in which role, from where, and what a role may do."""

from dataclasses import dataclass
from enum import StrEnum

from woo.domain.errors import NotAllowed


class Rol(StrEnum):
    """The four roles of the desk, each holding the rights of those before it."""

    LEZER = "lezer"
    REDACTEUR = "redacteur"
    PUBLICEERDER = "publiceerder"
    BEHEERDER = "beheerder"


class Recht(StrEnum):
    """What a use case asks of its actor."""

    READ = "read"
    EDIT = "edit"
    PUBLISH = "publish"
    ADMINISTER = "administer"


_NEEDS = {
    Recht.READ: Rol.LEZER,
    Recht.EDIT: Rol.REDACTEUR,
    Recht.PUBLISH: Rol.PUBLICEERDER,
    Recht.ADMINISTER: Rol.BEHEERDER,
}
_ORDER = list(Rol)


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, key or process that changes something.

    `herkomst` is the origin for the log (BIO2 8.15.01): a command, an address, a service.
    """

    naam: str
    rol: Rol
    herkomst: str

    def may(self, recht: Recht) -> bool:
        return _ORDER.index(self.rol) >= _ORDER.index(_NEEDS[recht])

    def require(self, recht: Recht) -> None:
        """Raise NotAllowed unless this actor has the right."""
        if not self.may(recht):
            raise NotAllowed(recht.value, self.rol.value)
