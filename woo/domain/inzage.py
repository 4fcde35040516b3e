"""An Inzage: a link with which the requester, without an account, reads documents before the public may, or in its place."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Inzage:
    """One link, without its secret, of which only the SHA-256 is kept (256 random bits need no slow hash).

    Attributes:
        naam: For whom it is, in the words of the desk; known only there.
        documenten: The documents that it shows, also those that go to the requester alone (art. 5.5-5.7 Woo).
        gebruikt: How many times it was opened.
    """

    id: str
    publicatie_id: str
    naam: str
    documenten: tuple[str, ...]
    aangemaakt_op: datetime
    vervalt_op: datetime
    ingetrokken_op: datetime | None = None
    gebruikt: int = 0
    laatst_gebruikt: datetime | None = None

    def is_valid(self, now: datetime) -> bool:
        return self.ingetrokken_op is None and now < self.vervalt_op
