"""A Document of a publicatie, its file, and what was read from that file."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from woo.domain.errors import InvalidValue, Refused
from woo.domain.publicatie import Intrekking, checked_reason


class Leesstatus(StrEnum):
    """How far the reading of a document's file has come; every value but WACHT is an end."""

    WACHT = "wacht"
    GELEZEN = "gelezen"
    DEELS = "deels"
    GEEN_TEKST = "geen_tekst"
    QUARANTAINE = "quarantaine"
    OVERGESLAGEN = "overgeslagen"


@dataclass(frozen=True, slots=True)
class Bestand:
    """A file as received: SHA-256 digest (hex), file name (no folder), MIME type by content, size in bytes."""

    digest: str
    naam: str
    mime: str
    grootte: int


@dataclass(frozen=True, slots=True)
class Pagina:
    """The text of one page; `tekstbron` is `pdf`, `pdfminer`, `ocr` or `geen`; `fout` says why it was not read.

    `leesbaar` is False where the page shows something (an image, for instance) but gave no text, or failed.
    """

    nummer: int
    tekst: str
    tekstbron: str
    leesbaar: bool = True
    zekerheid: float | None = None
    fout: str | None = None


@dataclass(frozen=True, slots=True)
class Lezing:
    """What reading the file gave: status, reason when something was wrong, pages, unreadable pages, method."""

    status: Leesstatus = Leesstatus.WACHT
    reden: str | None = None
    paginas: int = 0
    onleesbaar: int = 0
    tekstbron: str | None = None
    extractor: str | None = None
    seconden: float = 0.0
    waarschuwingen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One document with at most one current file; times are UTC, codes are those of the value lists.

    `herkomst` says for each metadata field where its value came from (`bestand:docinfo`, `bestandsnaam`, `balie`, …).
    `versie` counts the files this document has had.
    """

    id: str
    publicatie_id: str
    volgnummer: int
    officiele_titel: str
    aangemaakt_op: datetime
    gewijzigd_op: datetime
    bestand: Bestand | None = None
    versie: int = 1
    omschrijving: str | None = None
    kenmerk: str | None = None
    documentsoort: str | None = None
    creatiedatum: date | None = None
    taal: str | None = None
    lezing: Lezing = field(default_factory=Lezing)
    intrekking: Intrekking | None = None
    herkomst: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.officiele_titel.strip():
            raise InvalidValue("officiele_titel", self.officiele_titel, "a document needs a title")

    def withdrawn(self, now: datetime, *, reden: str) -> "Document":
        """Return this document as withdrawn at `now`; raises Refused when it already was."""
        if self.intrekking is not None:
            raise Refused("withdraw", f"document {self.id}", "it was withdrawn before")
        return replace(self, intrekking=Intrekking(now, checked_reason(reden)), gewijzigd_op=now)

    def replaced(self, bestand: Bestand, now: datetime) -> "Document":
        """Return this document with a new version of its file, still to be read."""
        if self.intrekking is not None:
            raise Refused("replace the file of", f"document {self.id}", "it was withdrawn")
        return replace(self, bestand=bestand, versie=self.versie + 1, lezing=Lezing(), gewijzigd_op=now)
