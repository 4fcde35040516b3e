"""A Bevinding: one thing that is wrong, or that deserves a look, before a publicatie becomes public."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from woo.domain.errors import Refused


class Niveau(StrEnum):
    """Whether it stops the publication, or is only told."""

    BLOKKEREND = "blokkerend"
    WAARSCHUWING = "waarschuwing"


@dataclass(frozen=True, slots=True)
class Bevinding:
    """One finding, in plain Dutch for the coordinator.

    Attributes:
        code: A word that programs can hold on to.
        veld: The field that it is about.
        wat: What is wrong.
        herstel: How to mend it.
        doel: The address at the desk where it is mended.
        why: The same in English, for the command line and the log; without titles or other content.
        objecten: Ids of the documents, or numbers of the rows, that it is about; the first of them.
        aantal: How many there are in all.
    """

    niveau: Niveau
    code: str
    veld: str
    wat: str
    herstel: str
    doel: str
    why: str
    objecten: tuple[str, ...] = ()
    aantal: int = 1

    @property
    def blokkeert(self) -> bool:
        """Whether nothing may be published before it is mended."""
        return self.niveau is Niveau.BLOKKEREND


class Unpublishable(Refused):
    """A publicatie cannot be published now; `bevindingen` are all the reasons, and the warnings beside them."""

    def __init__(self, publicatie_id: str, bevindingen: Sequence[Bevinding]) -> None:
        why = "; ".join(each.why for each in blocking(bevindingen))
        super().__init__("publish", f"publicatie {publicatie_id}", why)
        self.bevindingen = tuple(bevindingen)


def blocking(bevindingen: Iterable[Bevinding]) -> tuple[Bevinding, ...]:
    """Those that stop the publication."""
    return tuple(each for each in bevindingen if each.blokkeert)
