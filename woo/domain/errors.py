"""Every error of the domain, as one tree.

WooError
├── NotFound            there is no such object
├── InvalidValue        a value is not what its field accepts
├── Refused             the rules forbid this now (a status, a limit)
│   └── Conflict        somebody else changed it since it was read
├── NotAllowed          this actor may not do this
├── Unavailable         a part the platform rests on cannot be reached; try again later
└── LeaseHeld           another process is the writer
"""

from collections.abc import Sequence
from datetime import datetime


class WooError(Exception):
    """The base of all errors that the platform raises on purpose."""


class NotFound(WooError):
    """There is no object of this kind with this id."""

    def __init__(self, kind: str, id: str) -> None:
        super().__init__(f"There is no {kind} with id {id!r}.")
        self.kind = kind
        self.id = id


class InvalidValue(WooError):
    """A value was refused; `accepted` names the nearest or all accepted ones where that helps."""

    def __init__(self, field: str, value: object, why: str, *, accepted: Sequence[str] = ()) -> None:
        tail = f" Accepted: {', '.join(accepted)}." if accepted else ""
        super().__init__(f"{field}: {value!r} was refused: {why}.{tail}")
        self.field = field
        self.value = value
        self.why = why
        self.accepted = tuple(accepted)


class Refused(WooError):
    """The rules forbid this change to this object now."""

    def __init__(self, action: str, object: str, why: str) -> None:
        super().__init__(f"Cannot {action} {object}: {why}.")
        self.action = action
        self.object = object
        self.why = why


class Conflict(Refused):
    """Somebody else changed the object since it was read: at `op`, and who (`door`; None where it is not known)."""

    def __init__(self, object: str, why: str, *, op: datetime, door: str | None) -> None:
        super().__init__("save", object, why)
        self.op = op
        self.door = door


class NotAllowed(WooError):
    """The actor has no right to do this.

    `organisatie` is the one for which the right is missing, `handeling` what a key was not made for; None where the role
    itself falls short.
    """

    def __init__(
        self, action: str, role: str, *, organisatie: str | None = None, handeling: str | None = None
    ) -> None:
        at = "" if organisatie is None else f" for organisation {organisatie!r}"
        told = f"Role {role!r} may not {action}{at}."
        super().__init__(told if handeling is None else f"This key was not made for {handeling!r}.")
        self.action = action
        self.role = role
        self.organisatie = organisatie
        self.handeling = handeling


class Unavailable(WooError):
    """A part that the platform rests on cannot be reached or refuses to work."""

    def __init__(self, part: str, why: str) -> None:
        super().__init__(f"{part} is not available: {why}.")
        self.part = part
        self.why = why


class LeaseHeld(WooError):
    """Another live process holds the lease that this work needs."""

    def __init__(self, name: str, holder: str) -> None:
        super().__init__(f"The lease {name!r} is held by {holder}.")
        self.name = name
        self.holder = holder
