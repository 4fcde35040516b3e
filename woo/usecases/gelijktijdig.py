"""Two people at the same thing: a change that was made on an older state than the registry holds is refused."""

from datetime import datetime

from woo.domain.errors import Conflict, Refused
from woo.registry import Reading

_WHY = "the registry holds a later state"


def require_state(
    soort: str, id: str, *, held: datetime, seen: datetime | None, reading: Reading | None = None
) -> None:
    """Raise Conflict unless the state that was seen (`gewijzigd_op`) is the one held; None was not looked at and passes.

    With `reading` the conflict says who made the later state.
    """
    if seen is not None and seen != held:
        door = None if reading is None else reading.last_changer(id)
        raise Conflict(f"{soort} {id}", f"{_WHY}, of {held.isoformat()}", op=held, door=door)


def is_conflict(error: Exception) -> bool:
    """Whether this error says that somebody else changed it in between."""
    return isinstance(error, Refused) and error.why.startswith(_WHY)
