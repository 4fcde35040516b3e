"""A harvest: its runs, and what is known of each document that a source offers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class Oogstfase(StrEnum):
    """How far a run is: finding out what there is, fetching it, ended."""

    ONTDEKKEN = "ontdekken"
    OPHALEN = "ophalen"
    KLAAR = "klaar"


class Oogstuitkomst(StrEnum):
    """How a run ended: the source was seen whole, not whole, or not as its assertions say (then nothing changed)."""

    VOLLEDIG = "volledig"
    ONVOLLEDIG = "onvolledig"
    GEWEIGERD = "geweigerd"


class Verschil(StrEnum):
    """What a run found of a document, beside the state that it ends in."""

    NIEUW = "new"
    GEWIJZIGD = "changed"
    ONGEWIJZIGD = "unchanged"
    WEG = "gone"
    MISLUKT = "failed"


class Taaksoort(StrEnum):
    """What is still to be done for a document in a run: fetch its file, take over what is said of it, ask whether it is gone."""

    HALEN = "halen"
    GEGEVENS = "gegevens"
    VRAGEN = "vragen"


INGETROKKEN = "ingetrokken"
"""Key of what a source says of a document that is not public there any more: an object with `reden`, where that is told."""

SAME = "the same file as document"
"""How the reason begins of an item that was passed over for a document with the same file."""


@dataclass(frozen=True, slots=True)
class Oogstrun:
    """One run over a source; `waarschuwingen` are kind, first address and number of each, `tellingen` counts by `Verschil`."""

    id: str
    bron: str
    begonnen_op: datetime
    fase: Oogstfase = Oogstfase.ONTDEKKEN
    geeindigd_op: datetime | None = None
    uitkomst: Oogstuitkomst | None = None
    reden: str | None = None
    compleet: bool = False
    ontdekt: int = 0
    verzoeken: int = 0
    tellingen: Mapping[str, int] = field(default_factory=dict)
    waarschuwingen: tuple[tuple[str, str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Voortgang:
    """Where the feed of a source goes on: its cursor, at which address, and when all of the feed was read last."""

    cursor: str
    adres: str
    heel_op: datetime


@dataclass(frozen=True, slots=True)
class Oogstitem:
    """What is known of one document of a source; `sleutel` is the address of its file.

    `vorm` is a digest of what the source says of it now, `toegepast` of what was taken over. `groep` is the key of its
    publicatie within the source, `deel_van` the address of the document that it is a part of. `afwezig` counts the complete
    runs that did not find it, `weg` tells that it is gone there. `vrij` is set when somebody released a change.
    `vernietigd` tells that it was destroyed here: then nothing that its source says of it is kept. Of an archive that was taken
    apart `leden` is how many items were in it, nested ones too; each is an item of its own, with `archief` as the address of the archive.
    """

    bron: str
    sleutel: str
    volgorde: int
    groep: str
    vorm: str
    gegevens: Mapping[str, Any]
    deel_van: str | None = None
    toegepast: str | None = None
    gezien_run: str | None = None
    verschil: Verschil | None = None
    taak: Taaksoort | None = None
    reden: str | None = None
    etag: str | None = None
    http_gewijzigd: str | None = None
    sha256: str | None = None
    document_id: str | None = None
    afwezig: int = 0
    weg: bool = False
    vrij: bool = False
    vernietigd: bool = False
    archief: str | None = None
    leden: int | None = None

    @property
    def is_hier(self) -> bool:
        """Whether it was taken over: as a document, or as what was in it."""
        return self.document_id is not None or self.leden is not None

    def erased(self) -> "Oogstitem":
        """The same without anything that its source said of it; only its address stays, by which it is known again."""
        return Oogstitem(
            self.bron,
            self.sleutel,
            self.volgorde,
            groep_van(self.sleutel),
            "",
            {},
            gezien_run=self.gezien_run,
            verschil=self.verschil,
            document_id=self.document_id,
            weg=self.weg,
            vernietigd=True,
            archief=self.archief,
        )

    @property
    def itemsleutel(self) -> str:
        """The key of its item in the accounting of what was taken in."""
        return f"oogst:{self.bron}:{self.sleutel}"


def groep_van(sleutel: str) -> str:
    """The key of the publicatie of a document that belongs to no other, and of what is a part of it."""
    return f"document:{sleutel}"


def same_as(document_id: str) -> str:
    """The reason of an item that was passed over, since its publicatie has this document with the same file."""
    return f"{SAME} {document_id}"
