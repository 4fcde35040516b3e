"""A Publicatie: what is published and withdrawn as a whole."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from woo.domain.errors import InvalidValue, Refused


class Publicatiestatus(StrEnum):
    """A publicatie goes from concept to gepubliceerd to ingetrokken, and back to gepubliceerd only by being restored."""

    CONCEPT = "concept"
    GEPUBLICEERD = "gepubliceerd"
    INGETROKKEN = "ingetrokken"


@dataclass(frozen=True, slots=True)
class Intrekking:
    """That, when and why something was withdrawn; shown to citizens on the tombstone."""

    op: datetime
    reden: str


@dataclass(frozen=True, slots=True)
class Publicatie:
    """One publicatie; codes are those of the value lists (TOOI), times are UTC.

    `bron` is a stable key of where it came from (for example `map:/data/2023-114`), unique; None for the desk.
    `publisher` may be unknown (None) as long as it is a concept.
    `eerste_publicatie` is the first moment it was public here; feeds and sorting hold on to it.
    """

    id: str
    publisher: str | None
    officiele_titel: str
    informatiecategorieen: tuple[str, ...]
    aangemaakt_op: datetime
    gewijzigd_op: datetime
    status: Publicatiestatus = Publicatiestatus.CONCEPT
    verkorte_titel: str | None = None
    omschrijving: str | None = None
    kenmerk: str | None = None
    eerste_publicatie: datetime | None = None
    intrekking: Intrekking | None = None
    bron: str | None = None
    themas: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.officiele_titel.strip():
            raise InvalidValue("officiele_titel", self.officiele_titel, "a publicatie needs a title")
        if not self.informatiecategorieen:
            raise InvalidValue(
                "informatiecategorieen",
                (),
                "a publicatie needs at least one informatiecategorie (DiWoo 0.9.8)",
            )
        if self.publisher is None and self.status is not Publicatiestatus.CONCEPT:
            raise InvalidValue("publisher", None, "only a concept may be without a publisher")
        if (self.status is Publicatiestatus.INGETROKKEN) != (self.intrekking is not None):
            raise InvalidValue(
                "intrekking", self.intrekking, f"does not fit the status {self.status.value!r}"
            )

    def published(self, now: datetime) -> "Publicatie":
        """Return this publicatie as published at `now`; raises Refused when it was withdrawn."""
        if self.status is Publicatiestatus.GEPUBLICEERD:
            return self
        if self.status is Publicatiestatus.INGETROKKEN:
            raise Refused(
                "publish", f"publicatie {self.id}", "it was withdrawn; make a new publicatie instead"
            )
        if self.publisher is None:
            raise Refused(
                "publish",
                f"publicatie {self.id}",
                "it has no publisher; set one first (DiWoo 0.9.8 asks for it)",
            )
        return replace(
            self,
            status=Publicatiestatus.GEPUBLICEERD,
            eerste_publicatie=self.eerste_publicatie or now,
            gewijzigd_op=now,
        )

    def withdrawn(self, now: datetime, *, reden: str) -> "Publicatie":
        """Return this publicatie as withdrawn at `now`; only what was published can be withdrawn."""
        if self.status is not Publicatiestatus.GEPUBLICEERD:
            raise Refused("withdraw", f"publicatie {self.id}", f"its status is {self.status.value!r}")
        return replace(
            self,
            status=Publicatiestatus.INGETROKKEN,
            intrekking=Intrekking(now, checked_reason(reden)),
            gewijzigd_op=now,
        )

    def restored(self, now: datetime) -> "Publicatie":
        """Return this publicatie as public again from `now`; raises Refused unless it was withdrawn."""
        if self.intrekking is None:
            raise Refused("restore", f"publicatie {self.id}", "it was not withdrawn")
        return replace(self, status=Publicatiestatus.GEPUBLICEERD, intrekking=None, gewijzigd_op=now)


def checked_reason(reden: str) -> str:
    """Return the reason of a withdrawal, stripped; citizens read it, so it may not be empty."""
    if not reden.strip():
        raise InvalidValue("reden", reden, "a withdrawal needs a reason that citizens can read")
    return reden.strip()
