"""Facts for the legal terms that the desk notes by hand, because no request, decision or procedure holds them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from woo.domain.errors import InvalidValue
from woo.domain.termijnregel import Feitsoort


class Onderwerp(StrEnum):
    """What a fact is about."""

    VERZOEK = "verzoek"
    OPSCHORTING = "opschorting"
    BESLUIT = "besluit"
    PROCEDURE = "procedure"
    PUBLICATIE = "publicatie"


@dataclass(frozen=True, slots=True)
class Noteerbaar:
    """A kind of fact that can be noted: what it is about, its name in Dutch, and whether a last day comes with it."""

    onderwerp: Onderwerp
    naam: str
    met_tot: bool = False


NOTEERBAAR: Mapping[Feitsoort, Noteerbaar] = {
    Feitsoort.PRECISERING_TERMIJN: Noteerbaar(
        Onderwerp.VERZOEK, "De verzoeker kreeg een dag om te preciseren", met_tot=True
    ),
    Feitsoort.ANDER_ORGAAN: Noteerbaar(Onderwerp.VERZOEK, "Het verzoek hoort bij een ander bestuursorgaan"),
    Feitsoort.RECHTERLIJKE_TERMIJN: Noteerbaar(
        Onderwerp.VERZOEK, "De rechter bepaalde de laatste dag om te beslissen", met_tot=True
    ),
    Feitsoort.NIEUWE_DATUM_GEMELD: Noteerbaar(
        Onderwerp.OPSCHORTING, "De nieuwe datum is aan de verzoeker gemeld"
    ),
    Feitsoort.BEKENDMAKING: Noteerbaar(Onderwerp.BESLUIT, "Het besluit is op een andere dag bekendgemaakt"),
    Feitsoort.UITGESTELD: Noteerbaar(
        Onderwerp.BESLUIT, "De stukken worden later verstrekt, omdat een belanghebbende bezwaar kan hebben"
    ),
    Feitsoort.COMMISSIE: Noteerbaar(Onderwerp.PROCEDURE, "Een commissie adviseert over het bezwaar"),
    Feitsoort.BEZWAAR_VERDAAGD: Noteerbaar(Onderwerp.PROCEDURE, "De beslissing op het bezwaar is verdaagd"),
    Feitsoort.VASTSTELLING: Noteerbaar(Onderwerp.PUBLICATIE, "Het stuk is vastgesteld of ontvangen"),
}
"""The facts that can be noted; the others follow from requests, decisions and procedures."""


@dataclass(frozen=True, slots=True)
class Termijnfeit:
    """One noted fact: it happened on day `op`, and is about the object with id `over`.

    `tot` is the last day that came with it. It belongs to a request or to a publicatie: one of the two ids is there.
    """

    id: str
    soort: Feitsoort
    op: date
    over: str
    verzoek_id: str | None = None
    publicatie_id: str | None = None
    tot: date | None = None

    def __post_init__(self) -> None:
        known = NOTEERBAAR.get(self.soort)
        if known is None:
            accepted = [each.value for each in NOTEERBAAR]
            why = "this fact follows from the dossier and is not noted by hand"
            raise InvalidValue("soort", self.soort.value, why, accepted=accepted)
        if known.met_tot != (self.tot is not None):
            why = "it comes with a last day" if known.met_tot else "no last day comes with it"
            raise InvalidValue("tot", str(self.tot), why)
        if self.tot is not None and self.tot < self.op:
            raise InvalidValue("tot", self.tot.isoformat(), f"it lies before the day of the fact ({self.op})")
        if (self.verzoek_id is None) == (self.publicatie_id is None):
            raise ValueError("a fact belongs to a request or to a publicatie")


def opschorting_id(verzoek_id: str, van: date) -> str:
    """The name of a suspension: a request has at most one that begins on a day, for what concerns its terms."""
    return f"{verzoek_id}#{van.isoformat()}"
