"""A Document of a publicatie, its file, and what was read from that file."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from pathlib import PurePosixPath

from woo.domain.errors import InvalidValue, Refused
from woo.domain.formaat import BY_MIME, WITH_RENDITION
from woo.domain.publicatie import Intrekking, checked_reason

ZEKER_VANAF = 0.75
"""Certainty of recognised text from which a page counts as read well."""


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

    @property
    def vaste_naam(self) -> str:
        """The name in its lasting address."""
        return lasting_name(self.naam)


def lasting_name(naam: str) -> str:
    """A name that stays when the next version is called otherwise: `document` with the extension of this name."""
    return f"document{PurePosixPath(naam).suffix.lower()}"


@dataclass(frozen=True, slots=True)
class Pagina:
    """The text of one page, or of one part of a file without pages (some rows of a sheet, a slide).

    `tekstbron` is `pdf`, `pdfminer`, `ocr`, `geen` or the kind of file (`docx`, `eml`); `fout` says why it was not read.
    `leesbaar` is False where the page shows something (an image, for instance) but gave no text, or failed. `zekerheid`
    (0..1) is how sure text recognition was. `label` names a part for people. `woorden` holds the places of the words as
    packed boxes, where the file itself cannot tell them (a scan, a rendition).
    """

    nummer: int
    tekst: str
    tekstbron: str
    leesbaar: bool = True
    zekerheid: float | None = None
    fout: str | None = None
    label: str | None = None
    woorden: bytes = b""

    @property
    def onzeker(self) -> bool:
        """Whether the text was recognised with so little certainty that searching may miss words."""
        return self.leesbaar and self.zekerheid is not None and self.zekerheid < ZEKER_VANAF


@dataclass(frozen=True, slots=True)
class Lezing:
    """What reading the file gave: status, reason when something was wrong, pages and how many were unreadable, method.

    `onzeker` counts the pages whose text was recognised with little certainty. `extractor` is the version of the reader.
    """

    status: Leesstatus = Leesstatus.WACHT
    reden: str | None = None
    paginas: int = 0
    onleesbaar: int = 0
    tekstbron: str | None = None
    extractor: str | None = None
    seconden: float = 0.0
    waarschuwingen: tuple[str, ...] = ()
    onzeker: int = 0

    @property
    def gelezen(self) -> bool:
        """Whether the file was read, wholly or in part."""
        return self.status in (Leesstatus.GELEZEN, Leesstatus.DEELS, Leesstatus.GEEN_TEKST)

    @property
    def moeilijk(self) -> int:
        """Pages that could not be read, or only with little certainty."""
        return self.onleesbaar + self.onzeker


@dataclass(frozen=True, slots=True)
class Voorstel:
    """What a program found for a metadata field: the value as text, how sure (0..1), how it was found, on which page.

    `veld` is a field of the document (`creatiedatum`, `kenmerk`) or something that is only told (`grond`, `wet`,
    `onderwerp`); `waarde` a code of the value list where the field has one, a date as ISO 8601.
    """

    veld: str
    waarde: str
    zekerheid: float
    bron: str
    pagina: int | None = None


@dataclass(frozen=True, slots=True)
class Bericht:
    """What makes a file a message: its Message-ID, that of the message it answers, and that of the first of its thread.

    All as in RFC 5322, section 3.6.4, without angle brackets. They may hold names, and are never shown.
    """

    id: str | None
    antwoord_op: str | None = None
    draad: str | None = None


class Bestemming(StrEnum):
    """For whom a document is; only what is OPENBAAR can ever be public, and it is fixed when the document is made.

    VERZONDEN: a letter or request as it was sent, with the names in it; its public version is another document.
    ALLEEN_VERZOEKER: goes to the requester alone (art. 5.5, 5.6 and 5.7 Woo).
    """

    OPENBAAR = "openbaar"
    VERZONDEN = "verzonden"
    ALLEEN_VERZOEKER = "alleen_verzoeker"


class Documentrol(StrEnum):
    """What a document is within the dossier of its publicatie; None for the documents that it is all about."""

    BESLUITBRIEF = "besluitbrief"
    VERZOEK = "verzoek"
    INVENTARIS = "inventaris"
    BIJLAGE = "bijlage"


def has_row(rol: Documentrol | None) -> bool:
    """Whether the inventory has a row about a document of this role: letter, request, inventory and attachment are beside it."""
    return rol is None


class Relatiesoort(StrEnum):
    """How one document is related to another; the first two are of DiWoo's list scw_documentrelatie."""

    HEEFT_BIJLAGE = "c_05f4a5f3"
    REACTIE_OP = "c_07748060"
    LIJKT_OP = "lijkt_op"


@dataclass(frozen=True, slots=True)
class Relatie:
    """Document `van` has this relation to document `naar`; LIJKT_OP goes both ways and is kept once.

    `gelijkenis` (0..1) is how much of the text both have, for LIJKT_OP. What a person made (`met_de_hand`) no program
    takes away.
    """

    van: str
    soort: Relatiesoort
    naar: str
    gelijkenis: float | None = None
    met_de_hand: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """One document with at most one current file; times are UTC, codes are those of the value lists.

    `herkomst` says for each metadata field where its value came from (`bestand:docinfo`, `bestandsnaam`, `balie`, …).
    `versie` counts the files this document has had. `weergave` is a PDF of the file that we made, published in its place.
    `voorstellen` are what programs found for metadata, also where the field has another value. `bestemming` is for whom it
    is, `rol` what it is within the dossier. `opgeschort_tot` is the first day on which it may be shown (art. 4.4, fifth
    paragraph, Woo); as long as it is set the document is not public: the worker takes it away when the day has come and no
    court was asked to wait longer, at `vrijgegeven_op`.
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
    weergave: Bestand | None = None
    voorstellen: tuple[Voorstel, ...] = ()
    bericht: Bericht | None = None
    bestemming: Bestemming = Bestemming.OPENBAAR
    rol: Documentrol | None = None
    opgeschort_tot: date | None = None
    vrijgegeven_op: datetime | None = None

    @property
    def openbaar_bestand(self) -> Bestand | None:
        """The file that the public gets: the PDF that we made of mail and images, else the file as received."""
        if self.bestand is None or self.weergave is not None:
            return self.weergave
        formaat = BY_MIME.get(self.bestand.mime)
        return None if formaat is not None and formaat.soort in WITH_RENDITION else self.bestand

    def __post_init__(self) -> None:
        if not self.officiele_titel.strip():
            raise InvalidValue("officiele_titel", self.officiele_titel, "a document needs a title")

    def opgeschort(self, tot: date, now: datetime) -> "Document":
        """Return this document as one that is not shown before this day.

        Raises:
            Refused: it was withdrawn, or can never be public.
        """
        if self.intrekking is not None:
            raise Refused("suspend", f"document {self.id}", "it was withdrawn")
        if self.bestemming is not Bestemming.OPENBAAR:
            why = f"it can never be public ({self.bestemming.value}), so there is nothing to wait for"
            raise Refused("suspend", f"document {self.id}", why)
        return replace(self, opgeschort_tot=tot, gewijzigd_op=now)

    def vrijgegeven(self, now: datetime) -> "Document":
        """Return this document without anything to wait for."""
        return replace(self, opgeschort_tot=None, vrijgegeven_op=now, gewijzigd_op=now)

    def withdrawn(self, now: datetime, *, reden: str) -> "Document":
        """Return this document as withdrawn at `now`; raises Refused when it already was, or can never be public."""
        if self.intrekking is not None:
            raise Refused("withdraw", f"document {self.id}", "it was withdrawn before")
        if self.bestemming is not Bestemming.OPENBAAR:
            why = f"it can never be public ({self.bestemming.value}), so there is nothing to take back"
            raise Refused("withdraw", f"document {self.id}", why)
        return replace(self, intrekking=Intrekking(now, checked_reason(reden)), gewijzigd_op=now)

    def restored(self, now: datetime) -> "Document":
        """Return this document as it was before it was withdrawn; raises Refused unless it was."""
        if self.intrekking is None:
            raise Refused("restore", f"document {self.id}", "it was not withdrawn")
        return replace(self, intrekking=None, gewijzigd_op=now)

    def replaced(self, bestand: Bestand, now: datetime) -> "Document":
        """Return this document with a new version of its file, still to be read."""
        if self.intrekking is not None:
            raise Refused("replace the file of", f"document {self.id}", "it was withdrawn")
        return replace(
            self,
            bestand=bestand,
            versie=self.versie + 1,
            lezing=Lezing(),
            gewijzigd_op=now,
            weergave=None,
            voorstellen=(),
            bericht=None,
        )
