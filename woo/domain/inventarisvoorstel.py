"""An Inventarisvoorstel: an uploaded inventory, what it would change of a publicatie, and how it was found then."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from woo.domain.inventaris import Inventarisregel


class Rijsoort(StrEnum):
    """What would become of a row; FOUT cannot be taken over, and VERDWENEN stands in the registry alone."""

    FOUT = "fout"
    NIEUW = "nieuw"
    GEWIJZIGD = "gewijzigd"
    VERDWENEN = "verdwenen"
    GELIJK = "gelijk"


@dataclass(frozen=True, slots=True)
class Celmelding:
    """One remark about a row: whether it stops it (`is_fout`), the heading of the column, the value, and why in plain Dutch."""

    is_fout: bool
    kolom: str
    waarde: str
    uitleg: str


@dataclass(frozen=True, slots=True)
class Voorstelrij:
    """One row of a proposal.

    Attributes:
        plaats: Its place in the proposal, from 1.
        rij: Its number in the sheet; None of a row that is in the registry alone.
        volgorde: Its place in the list.
        nummer: The number of the document; None where it cannot be read.
        nieuw: What the sheet says, with the document that was found; None of rows that are wrong or gone.
        oud: What the registry holds; of a row that is wrong this stays, when the row is left out.
        velden: The fields that differ.
    """

    plaats: int
    soort: Rijsoort
    rij: int | None
    volgorde: int
    nummer: str | None
    nieuw: Inventarisregel | None = None
    oud: Inventarisregel | None = None
    velden: tuple[str, ...] = ()
    meldingen: tuple[Celmelding, ...] = ()


@dataclass(frozen=True, slots=True)
class Bevindingen:
    """What a comparison found of documents; lists are cut, and the counts go with them.

    Attributes:
        verplaatst: Rows that say the same in another place of the list.
        geblokkeerd: Number and document of rows that may not be public while their document is.
        straks: The same of a concept, whose documents will be public when it is.
        dubbelzinnig: Numbers of rows with the documents that each may be about.
        zonder_document: How many rows have no document.
        zonder_regel: How many documents have no row.
    """

    verplaatst: int = 0
    geblokkeerd: tuple[tuple[str, str], ...] = ()
    straks: tuple[tuple[str, str], ...] = ()
    dubbelzinnig: tuple[tuple[str, tuple[str, ...]], ...] = ()
    zonder_document: int = 0
    zonder_regel: int = 0


@dataclass(frozen=True, slots=True)
class Inventarisvoorstel:
    """A comparison that waits for somebody to confirm it.

    Attributes:
        sha256: The sheet, as it is in the archive.
        stand: The fingerprint of what it was compared with; another one means that the publicatie changed since.
        wijze: What a person said about the sheet (blad, datums, kolommen).
        opmerkingen: Sentences about the sheet as a whole.
        rijen: Filled rows beneath the headings.
        tellingen: How many rows of each kind.
        vervalt_op: From this moment on it cannot be applied any more, and goes.
        overgenomen_op: When it was applied.
    """

    id: str
    publicatie_id: str
    sha256: str
    bestandsnaam: str
    grootte: int
    gemaakt_door: str
    gemaakt_op: datetime
    vervalt_op: datetime
    stand: str
    rijen: int
    tellingen: Mapping[Rijsoort, int]
    wijze: Mapping[str, object] = field(default_factory=dict)
    opmerkingen: Sequence[str] = ()
    bevindingen: Bevindingen = field(default_factory=Bevindingen)
    overgenomen_op: datetime | None = None

    @property
    def fouten(self) -> int:
        """How many rows cannot be taken over."""
        return self.tellingen.get(Rijsoort.FOUT, 0)

    @property
    def is_leeg(self) -> bool:
        """Whether nothing would change."""
        changing = (Rijsoort.NIEUW, Rijsoort.GEWIJZIGD, Rijsoort.VERDWENEN)
        return not (self.bevindingen.verplaatst or any(self.tellingen.get(each, 0) for each in changing))

    def is_open(self, now: datetime) -> bool:
        """Whether it can be applied still."""
        return self.overgenomen_op is None and now < self.vervalt_op
