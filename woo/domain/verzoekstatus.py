"""How a request stands: its status and the days it has left, derived from what is known of it."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from woo.domain.besluit import Woobesluit, in_force
from woo.domain.verzoek import Wooverzoek


class Verzoekstatus(StrEnum):
    """INGETROKKEN, DOORGEZONDEN and BESLOTEN are ends; the others wait for a decision."""

    IN_BEHANDELING = "in_behandeling"
    OPGESCHORT = "opgeschort"
    DEELS_BESLOTEN = "deels_besloten"
    BESLOTEN = "besloten"
    DOORGEZONDEN = "doorgezonden"
    INGETROKKEN = "ingetrokken"

    @property
    def open(self) -> bool:
        """Whether a decision is still to come."""
        return self in (self.IN_BEHANDELING, self.OPGESCHORT, self.DEELS_BESLOTEN)

    @property
    def naam(self) -> str:
        """The name in Dutch, as the start of a sentence."""
        return self.value.replace("_", " ").capitalize()


def status(verzoek: Wooverzoek, besluiten: Sequence[Woobesluit], vandaag: date) -> Verzoekstatus:
    """The status on this day; partial decisions end a request once one of them is said to be the last."""
    geldend = in_force(besluiten)
    if any(each.deelbesluit is None or each.laatste for each in geldend):
        return Verzoekstatus.BESLOTEN
    if verzoek.ingetrokken_op is not None:
        return Verzoekstatus.INGETROKKEN
    if verzoek.doorgezonden_op is not None:
        return Verzoekstatus.DOORGEZONDEN
    if any(vandaag in each for each in verzoek.opschortingen):
        return Verzoekstatus.OPGESCHORT
    return Verzoekstatus.DEELS_BESLOTEN if geldend else Verzoekstatus.IN_BEHANDELING


def days_left(verzoek: Wooverzoek, besluiten: Sequence[Woobesluit], vandaag: date) -> int | None:
    """The days up to and with the last day of the term, below zero when it is over.

    None where nothing is to be decided any more, or where the term stands still so that no day can be told.
    """
    if not status(verzoek, besluiten, vandaag).open:
        return None
    uiterste = verzoek.uiterste_datum()
    return None if uiterste is None else (uiterste - vandaag).days
