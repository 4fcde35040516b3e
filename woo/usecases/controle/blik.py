"""What every part of the check looks at: the publicatie with its documents and decisions, and how a finding is made."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from woo.diwoo.waardelijsten import Waardelijsten
from woo.domain.besluit import Woobesluit
from woo.domain.bevinding import Bevinding, Niveau
from woo.domain.document import Bestemming
from woo.domain.mededeling import Mededeling
from woo.domain.planning import Publicatieplan, dutch_day
from woo.domain.publicatie import Publicatie
from woo.registry import Kort, Reading

NAMED = 10
"""Documents or rows that a finding names."""

_SUFFIX = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|od[tsp]|rtf|txt|msg|eml|html?|zip|jpe?g|png|tiff?|csv)$", re.IGNORECASE
)
_CODE = re.compile(r"(?=.*\d)[\w.()+-]*[_-][\w.()+-]*")


@dataclass(frozen=True, slots=True)
class Zin:
    """What is said of documents: of one, of more, how to mend it, and the same in English for the log."""

    code: str
    een: str
    meer: str
    herstel: str
    why: str


@dataclass(frozen=True, slots=True)
class Blik:
    """One publicatie as it is seen at one moment."""

    publicatie: Publicatie
    lijsten: Waardelijsten
    now: datetime
    documenten: Sequence[Kort]
    besluiten: Sequence[Woobesluit]
    velden: dict[str, str]
    mededeling: Mededeling | None
    plan: Publicatieplan | None

    @classmethod
    def of(cls, reading: Reading, publicatie: Publicatie, lijsten: Waardelijsten, now: datetime) -> "Blik":
        return cls(
            publicatie,
            lijsten,
            now,
            reading.documents_in_short(publicatie.id),
            reading.dossier.besluiten(publicatie_id=publicatie.id),
            reading.publiceren.velden(publicatie.id),
            reading.publiceren.mededeling(publicatie.id),
            reading.publiceren.plan(publicatie.id),
        )

    @property
    def vandaag(self) -> date:
        """The day that it is in the Netherlands."""
        return dutch_day(self.now)

    @property
    def openbaar(self) -> list[Kort]:
        """The documents that are meant for the public."""
        return [each for each in self.documenten if each.bestemming is Bestemming.OPENBAAR]

    def blocks(self, code: str, veld: str, wat: str, herstel: str, why: str, *, pad: str = "") -> Bevinding:
        """A finding about the publicatie itself that stops the publication."""
        return Bevinding(
            Niveau.BLOKKEREND, code, veld, wat, herstel, f"/publicaties/{self.publicatie.id}{pad}", why
        )

    def warns(self, code: str, veld: str, wat: str, herstel: str, why: str, *, pad: str = "") -> Bevinding:
        """A finding about the publicatie itself that is only told."""
        return Bevinding(
            Niveau.WAARSCHUWING, code, veld, wat, herstel, f"/publicaties/{self.publicatie.id}{pad}", why
        )

    def of_documents(self, zin: Zin, veld: str, which: Sequence[Kort]) -> list[Bevinding]:
        """One finding about all of these documents, which is only told; none when there are none."""
        if not which:
            return []
        one = len(which) == 1
        doel = f"/documenten/{which[0].id}" if one else f"/publicaties/{self.publicatie.id}#documenten"
        found = Bevinding(
            Niveau.WAARSCHUWING,
            zin.code,
            veld,
            f"1 document {zin.een}" if one else f"{len(which)} documenten {zin.meer}",
            zin.herstel,
            doel,
            f"{len(which)} documents {zin.why}",
            tuple(each.id for each in which[:NAMED]),
            len(which),
        )
        return [found]


def looks_like_file_name(titel: str) -> bool:
    """Whether a title is a file name: it ends as one, or is one word of letters, digits and underscores."""
    text = titel.strip()
    return bool(_SUFFIX.search(text) or _CODE.fullmatch(text))
