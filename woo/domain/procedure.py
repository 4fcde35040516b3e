"""A Procedure: an objection to a Woobesluit, or a case at a court about it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from woo.domain.ecli import checked_ecli
from woo.domain.errors import InvalidValue, Refused


class Proceduresoort(StrEnum):
    """What was started.

    BEZWAAR: objection at the body itself (art. 6:4 and 7:1 Awb). BEROEP: appeal to the court (art. 8:1 Awb). HOGER_BEROEP:
    appeal to the Afdeling bestuursrechtspraak (art. 8:104 Awb). VOORLOPIGE_VOORZIENING: an order for the time being
    (art. 8:81 Awb).
    """

    BEZWAAR = "bezwaar"
    BEROEP = "beroep"
    HOGER_BEROEP = "hoger_beroep"
    VOORLOPIGE_VOORZIENING = "voorlopige_voorziening"

    @property
    def naam(self) -> str:
        """The name in Dutch, as the start of a sentence."""
        if self is Proceduresoort.VOORLOPIGE_VOORZIENING:
            return "Verzoek om een voorlopige voorziening"
        return self.value.replace("_", " ").capitalize()


class Procedureuitkomst(StrEnum):
    """How it ended (art. 7:11, 8:70 and 8:84 Awb), or that it was taken back."""

    GEGROND = "gegrond"
    DEELS_GEGROND = "deels_gegrond"
    ONGEGROND = "ongegrond"
    NIET_ONTVANKELIJK = "niet_ontvankelijk"
    TOEGEWEZEN = "toegewezen"
    AFGEWEZEN = "afgewezen"
    INGETROKKEN = "ingetrokken"

    @property
    def naam(self) -> str:
        """The name in Dutch, within a sentence."""
        return (
            "niet-ontvankelijk"
            if self is Procedureuitkomst.NIET_ONTVANKELIJK
            else self.value.replace("_", " ")
        )


_ORDER = frozenset(
    {
        Procedureuitkomst.TOEGEWEZEN,
        Procedureuitkomst.AFGEWEZEN,
        Procedureuitkomst.NIET_ONTVANKELIJK,
        Procedureuitkomst.INGETROKKEN,
    }
)
UITKOMSTEN: Mapping[Proceduresoort, frozenset[Procedureuitkomst]] = {
    soort: _ORDER
    if soort is Proceduresoort.VOORLOPIGE_VOORZIENING
    else frozenset(Procedureuitkomst) - {Procedureuitkomst.TOEGEWEZEN, Procedureuitkomst.AFGEWEZEN}
    for soort in Proceduresoort
}
"""The outcomes that each kind of procedure can have."""


@dataclass(frozen=True, slots=True)
class Procedure:
    """One objection or case about one decision; who started it is not kept.

    `datum` is the day on which it was lodged, `beslist_op` the day of its outcome. Only a ruling of a court has an `ecli`.
    """

    id: str
    besluit_id: str
    soort: Proceduresoort
    datum: date
    uitkomst: Procedureuitkomst | None = None
    beslist_op: date | None = None
    ecli: str | None = None

    def __post_init__(self) -> None:
        if (self.uitkomst is None) != (self.beslist_op is None):
            raise InvalidValue("beslist_op", str(self.beslist_op), "outcome and its day belong together")
        if self.uitkomst is not None and self.uitkomst not in UITKOMSTEN[self.soort]:
            accepted = sorted(UITKOMSTEN[self.soort])
            why = f"{self.soort.value} does not end like that"
            raise InvalidValue("uitkomst", self.uitkomst.value, why, accepted=accepted)
        if self.beslist_op is not None and self.beslist_op < self.datum:
            raise InvalidValue("beslist_op", str(self.beslist_op), f"it was lodged later, on {self.datum}")
        if self.ecli is not None:
            if self.soort is Proceduresoort.BEZWAAR:
                raise InvalidValue(
                    "ecli", self.ecli, "an objection is decided by the body itself, not by a court"
                )
            if self.uitkomst is None:
                raise InvalidValue("ecli", self.ecli, "a ruling has an outcome; give it too")
            if checked_ecli(self.ecli) != self.ecli:
                raise InvalidValue("ecli", self.ecli, "write it in capitals, without spaces")

    def beslist(self, uitkomst: Procedureuitkomst, op: date, *, ecli: str | None = None) -> "Procedure":
        """Return this procedure as decided on day `op`.

        Raises:
            Refused: it was decided before with another outcome.
            InvalidValue: outcome, day or ECLI does not fit it.
        """
        known = (self.uitkomst, self.beslist_op)
        if self.uitkomst is not None and known != (uitkomst, op):
            why = f"it ended on {self.beslist_op}: {self.uitkomst.value}"
            raise Refused("decide", f"procedure {self.id}", why)
        given = None if ecli is None else checked_ecli(ecli)
        return replace(self, uitkomst=uitkomst, beslist_op=op, ecli=given or self.ecli)
