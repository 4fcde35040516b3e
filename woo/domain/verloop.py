"""What can befall a request beside its term: it is made clearer, sent on to another body, or called late."""

from dataclasses import dataclass
from datetime import date

from woo.domain.errors import InvalidValue


@dataclass(frozen=True, slots=True)
class Periode:
    """The period that the request asks about: first and last day, both counted; either may be open."""

    van: date | None = None
    tot: date | None = None

    def __post_init__(self) -> None:
        if self.van is None and self.tot is None:
            raise InvalidValue("periode", None, "give its first day, its last day, or both")
        if self.van is not None and self.tot is not None and self.tot < self.van:
            raise InvalidValue("periode_tot", self.tot.isoformat(), f"it ends before it begins ({self.van})")


@dataclass(frozen=True, slots=True)
class Precisering:
    """That the requester was asked what exactly is meant, and when the answer came (art. 4.1, fifth paragraph, Woo)."""

    gevraagd_op: date
    beantwoord_op: date | None = None

    def __post_init__(self) -> None:
        if self.beantwoord_op is not None and self.beantwoord_op < self.gevraagd_op:
            why = f"it was asked later, on {self.gevraagd_op}"
            raise InvalidValue("beantwoord_op", self.beantwoord_op.isoformat(), why)


@dataclass(frozen=True, slots=True)
class Doorzending:
    """That the request was sent on to the body that has the documents (art. 4.2 Woo).

    `aan` is the code of that body in the list of organisations, or its name where the list has it not. `deel` says which
    part of the request went; None means all of it.
    """

    aan: str
    op: date
    deel: str | None = None

    def __post_init__(self) -> None:
        if not self.aan.strip():
            raise InvalidValue("aan", self.aan, "say to which body it was sent")
        if self.deel is not None and not self.deel.strip():
            raise InvalidValue("deel", self.deel, "say which part was sent on, or leave it out for all of it")
