"""What takes two people: restoring what was withdrawn for a grave reason, and destroying. One proposes, another decides."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from woo.domain.actor import Actor
from woo.domain.errors import InvalidValue, Refused


class Ingreepsoort(StrEnum):
    """What is proposed."""

    HERSTEL = "herstel"
    VERNIETIGING = "vernietiging"


class Aanleiding(StrEnum):
    """Why something is destroyed: what it holds may not be kept, or its term is over."""

    DATALEK = "datalek"
    BEWAARTERMIJN = "bewaartermijn"


class Ingreepstatus(StrEnum):
    """How far it has come; UITGEVOERD is a destruction whose files are gone too."""

    OPEN = "open"
    GOEDGEKEURD = "goedgekeurd"
    AFGEWEZEN = "afgewezen"
    UITGEVOERD = "uitgevoerd"


class Lot(StrEnum):
    """What becomes of another document that has the same file."""

    VERNIETIGEN = "vernietigen"
    BEWAREN = "bewaren"


@dataclass(frozen=True, slots=True)
class Persoon:
    """Who proposed or decided: what tells two people apart, and the name that the statement of destruction needs."""

    id: str
    naam: str

    @classmethod
    def of(cls, actor: Actor) -> "Persoon":
        """An account or key is known by its id; without one, a name is all there is."""
        return cls(f"account:{actor.account}" if actor.account else f"naam:{actor.naam}", actor.naam)


@dataclass(frozen=True, slots=True)
class Ingreep:
    """A proposal and what became of it; moments are UTC.

    `andere` names the other documents that have the same file, each with what is to become of it and why. `zegels` are keyed
    digests of the files that were destroyed, by which they are known when they come back. `te_wissen` are digests of files
    that are still to leave the archive. `gegevens` is what the statement of destruction tells.
    """

    id: str
    soort: Ingreepsoort
    object_soort: str
    object_id: str
    reden: str
    voorgesteld_op: datetime
    voorgesteld_door: Persoon
    geldig_tot: datetime
    organisatie: str | None = None
    aanleiding: Aanleiding | None = None
    andere: Mapping[str, tuple[Lot, str]] = field(default_factory=dict)
    status: Ingreepstatus = Ingreepstatus.OPEN
    beslist_op: datetime | None = None
    beslist_door: Persoon | None = None
    toelichting: str | None = None
    zegels: tuple[str, ...] = ()
    te_wissen: tuple[str, ...] = ()
    uitgevoerd_op: datetime | None = None
    gegevens: Mapping[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.reden.strip():
            raise InvalidValue("reden", self.reden, "a proposal needs a reason")
        if (self.soort is Ingreepsoort.VERNIETIGING) != (self.aanleiding is not None):
            raise InvalidValue("aanleiding", self.aanleiding, f"does not fit {self.soort.value!r}")

    def is_open(self, now: datetime) -> bool:
        """Whether it can still be decided."""
        return self.status is Ingreepstatus.OPEN and now < self.geldig_tot

    def approved(self, actor: Actor, now: datetime) -> "Ingreep":
        """Return it as approved; raises Refused when it is decided or lapsed, or this is the person who proposed it."""
        return self._decided(actor, now, Ingreepstatus.GOEDGEKEURD, None)

    def rejected(self, actor: Actor, now: datetime, toelichting: str) -> "Ingreep":
        """Return it as rejected, which who proposed it may do too (taking it back)."""
        return self._decided(actor, now, Ingreepstatus.AFGEWEZEN, toelichting)

    def _decided(
        self, actor: Actor, now: datetime, status: Ingreepstatus, toelichting: str | None
    ) -> "Ingreep":
        name = f"proposal {self.id}"
        if self.status is not Ingreepstatus.OPEN:
            raise Refused("decide", name, "it was decided before")
        if now >= self.geldig_tot:
            raise Refused("decide", name, "its term is over; propose it again")
        who = Persoon.of(actor)
        if status is Ingreepstatus.GOEDGEKEURD and who.id == self.voorgesteld_door.id:
            raise Refused("approve", name, "another person than the one who proposed it must approve it")
        return replace(self, status=status, beslist_op=now, beslist_door=who, toelichting=toelichting)


def valid_until(now: datetime, dagen: int) -> datetime:
    """Until when a proposal made now can be decided."""
    return now + timedelta(days=dagen)
