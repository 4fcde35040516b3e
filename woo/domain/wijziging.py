"""The feed of changes: what is told of a document that is or was public, by the number of its last change."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

PER_DEEL = 1_000
"""How many numbers belong to one file; of those, it holds the changes that are still the last of their document."""


def deel_van(nummer: int) -> int:
    """The file that a number belongs to, from 1."""
    return (nummer - 1) // PER_DEEL + 1


class Wijzigingstatus(StrEnum):
    """What the last change made of a document: public, withdrawn for a reason, or not public (any more) for now."""

    OPENBAAR = "openbaar"
    INGETROKKEN = "ingetrokken"
    NIET_OPENBAAR = "niet_openbaar"


@dataclass(frozen=True, slots=True)
class Stand:
    """What is to be told of a document; `vingerafdruk` tells one state of what is public of it from another."""

    document_id: str
    publicatie_id: str
    status: Wijzigingstatus
    vingerafdruk: str


@dataclass(frozen=True, slots=True)
class Wijziging:
    """The last change of a document: its number (from 1, rising, never given twice in an edition), its moment, what it made."""

    document_id: str
    publicatie_id: str
    nummer: int
    op: datetime
    status: Wijzigingstatus
    vingerafdruk: str

    def tells(self, stand: Stand) -> bool:
        """Whether this is what is to be told."""
        return (self.status, self.vingerafdruk) == (stand.status, stand.vingerafdruk)
