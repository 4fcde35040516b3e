"""What the registry keeps beside the objects of the domain: items, what is shown, versions, counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from woo.domain.document import Bestand, Leesstatus
from woo.domain.events import Jobsoort
from woo.domain.publicatie import Publicatiestatus

Soort = Literal["document", "publicatie"]
SOORTEN: tuple[Soort, ...] = ("document", "publicatie")

EIGEN_STATEN = ("duplicate", "skipped", "quarantined", "unpacked", "partial", "withdrawn")
"""The final states an item can have of itself; otherwise it follows its document."""


@dataclass(frozen=True, slots=True)
class Item:
    """One discovered file or member of a container.

    `sleutel` is its stable, unique key and `pad` the path people read. `staat` is its own final state (one of
    `EIGEN_STATEN`) or None: then the state is that of its document. `seconden` is the time spent on it.
    """

    sleutel: str
    pad: str
    gezien_op: datetime
    publicatie_id: str | None = None
    document_id: str | None = None
    sha256: str | None = None
    grootte: int | None = None
    mtime_ns: int | None = None
    staat: str | None = None
    reden: str | None = None
    seconden: float = 0.0


@dataclass(frozen=True, slots=True)
class Shown:
    """What the public side holds: number of page entries, digest of the projection, since when."""

    soort: Soort
    id: str
    paginas: int
    vingerafdruk: str
    op: datetime


@dataclass(frozen=True, slots=True)
class Bestandsversie:
    """One file a document has had: version from 1, the file, the moment it came, and why, for everyone to read."""

    versie: int
    bestand: Bestand
    vanaf: datetime
    reden: str | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many there are of everything, at one moment; every state is present, with 0 where there are none.

    `items` adds up to all items: the own states, and for items that follow a document `indexed`, `ready`, `partial`,
    `no_text`, `quarantined`, `skipped`, `withdrawn` or (not read yet) `waiting`. `leesbaarheid` is about the documents that
    were not withdrawn: their `paginas`, of which `onleesbaar` and `onzeker` ones, in how many `documenten` these are.
    """

    documenten: Mapping[Leesstatus, int]
    publicaties: Mapping[Publicatiestatus, int]
    shown: Mapping[Soort, int]
    items: Mapping[str, int]
    jobs_waiting: Mapping[Jobsoort, int]
    jobs_resting: Mapping[Jobsoort, int]
    leesbaarheid: Mapping[str, int]
