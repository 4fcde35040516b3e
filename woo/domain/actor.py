"""Who acts, in which role, from where, and what a role may do."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from woo.domain.errors import NotAllowed, NotFound


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

    `herkomst` is the origin for the log (BIO2 8.15.01): a command, an address, a service. `per_organisatie` holds the role
    at each organisation (TOOI code) that this actor works for; None means `rol` at every one. With it, `rol` is the highest
    of them. `account` is the id of the account or key, None for commands and services. `handelingen` are the names of the
    actions to which a key is limited (`woo.usecases.rechten`); None means all that the role may do.
    """

    naam: str
    rol: Rol
    herkomst: str
    per_organisatie: Mapping[str, Rol] | None = None
    account: str | None = None
    handelingen: frozenset[str] | None = None

    def may(self, recht: Recht) -> bool:
        """Whether this actor has the right somewhere."""
        return _holds(self.rol, recht)

    def may_for(self, recht: Recht, organisatie: str | None) -> bool:
        """Whether this actor has the right at this organisation; what has none yet (None) is of those who work for every one."""
        if self.per_organisatie is None:
            return _holds(self.rol, recht)
        rol = None if organisatie is None else self.per_organisatie.get(organisatie)
        return rol is not None and _holds(rol, recht)

    def organisaties(self, recht: Recht) -> frozenset[str] | None:
        """The organisations at which this actor has the right; None means every one."""
        if self.per_organisatie is None:
            return None if _holds(self.rol, recht) else frozenset()
        return frozenset(code for code, rol in self.per_organisatie.items() if _holds(rol, recht))

    def require(self, recht: Recht) -> None:
        """Raise NotAllowed unless this actor has the right somewhere."""
        if not self.may(recht):
            raise NotAllowed(recht.value, self.rol.value)

    def require_at(self, recht: Recht, organisatie: str) -> None:
        """Check the right at an organisation that was named (that it exists is no secret); raises NotAllowed."""
        if not self.may_for(recht, organisatie):
            rol = self.rol if self.per_organisatie is None else self.per_organisatie.get(organisatie)
            raise NotAllowed(recht.value, "geen" if rol is None else rol.value, organisatie=organisatie)

    def require_everywhere(self, recht: Recht) -> None:
        """Check the right on what belongs to no organisation: it is of those who work for every one; raises NotAllowed."""
        if self.per_organisatie is not None or not self.may(recht):
            raise NotAllowed(recht.value, self.rol.value)

    def require_for(self, recht: Recht, organisatie: str | None, soort: str, id: str) -> None:
        """Check the right on an object of this organisation.

        Raises:
            NotFound: the actor may not even read it; that it exists is not told.
            NotAllowed: the actor may read it and has not this right.
        """
        if self.may_for(recht, organisatie):
            return
        if not self.may_for(Recht.READ, organisatie):
            raise NotFound(soort, id)
        rol = self.rol if self.per_organisatie is None else self.per_organisatie[organisatie or ""]
        raise NotAllowed(recht.value, rol.value)


def _holds(rol: Rol, recht: Recht) -> bool:
    return _ORDER.index(rol) >= _ORDER.index(_NEEDS[recht])
