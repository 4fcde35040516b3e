"""The ports of storage: the archive by digest, the public store by document with the withdrawn list, and the inbox."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, Protocol


@dataclass(frozen=True, slots=True)
class Stored:
    """What the archive took in: SHA-256 digest (hex) and size in bytes."""

    digest: str
    grootte: int


STATISTIEKEN = "statistieken"
"""The data of the site (see `PublicStore.show_site`) that are its figures."""

ORGANISATIES = "organisaties"
"""The data of the site that are the figures of each organisation."""

BRONNEN = "bronnen"
"""The data of the site that are the public reports about other publishers."""

SITEMAPS = "sitemaps"
"""The data of the site that list its sitemaps by category."""

WIJZIGINGEN = "wijzigingen"
"""The data of the site that list the files of the feed of changes, with its edition and its highest number."""

SITEMAP_SITE = "https://deze-site.invalid"
"""Stands for the address of the site in a stored sitemap; whoever serves it puts the real one in its place (RFC 2606)."""


def sitemap_naam(nr: str, deel: int) -> str:
    """The name of the data of the site that are one sitemap: part `deel` of category `nr` (three digits)."""
    return f"sitemap{nr}{deel:05d}"


def wijzigingen_naam(deel: int) -> str:
    """The name of the data of the site that are one file of the feed of changes."""
    return f"{WIJZIGINGEN}{deel:07d}"


class Archive(Protocol):
    """Every file as received, by digest; never public, never changed, written once, and removed only when it is destroyed."""

    def put(self, source: Path) -> Stored:
        """Copy a file in (streaming; atomic: a crash leaves no half file under its digest). Putting it twice is fine."""
        ...

    def put_stream(self, source: BinaryIO, *, limit: int | None = None) -> Stored:
        """Copy a stream in; raises InvalidValue past `limit` bytes, and nothing stays."""
        ...

    def has(self, digest: str) -> bool: ...

    def open(self, digest: str) -> BinaryIO:
        """Raises NotFound."""
        ...

    def local(self, digest: str) -> AbstractContextManager[Path]:
        """A path on this machine for programs that want one (a temporary copy where the archive is remote)."""
        ...

    def digests(self) -> Iterator[str]: ...

    def remove(self, digest: str) -> bool:
        """Take a file out for good, durable before it returns; one that is not there is fine.

        Returns False where the store says that it goes on keeping an older version of it: that only its administrator removes.
        """
        ...


@dataclass(frozen=True, slots=True)
class PublicPage:
    """One public page: number from 1, text, where the text came from, how sure (0..1 or None), why unreadable.

    `label` names a part of a file without pages; `woorden` are the places of its words as packed boxes, where they are kept.
    """

    nummer: int
    tekst: str
    tekstbron: str
    leesbaar: bool = True
    zekerheid: float | None = None
    fout: str | None = None
    label: str | None = None
    woorden: bytes = b""


@dataclass(frozen=True, slots=True)
class PublicFile:
    """The file that belongs to a public document."""

    digest: str
    naam: str
    mime: str
    grootte: int


@dataclass(frozen=True, slots=True)
class PublicDocument:
    """One document as the public sees it; `kaart` is its public metadata as JSON values."""

    id: str
    publicatie_id: str
    kaart: Mapping[str, Any]
    bestand: PublicFile | None
    paginas: int


@dataclass(frozen=True, slots=True)
class PublicPublicatie:
    """One publicatie as the public sees it, as JSON values: its public metadata, and its dossier where it has one.

    The dossier holds request, decisions, procedures, contact and history. The rows of its inventory are kept apart.
    """

    id: str
    kaart: Mapping[str, Any]
    dossier: Mapping[str, Any] = field(default_factory=dict)


Regel = Mapping[str, Any]
"""A row of an inventory as the public sees it, as JSON values."""

KEPT_BACK: Regel = {"naam": None, "datum": None, "soort": None, "links": [], "ingetrokken": True}
"""What a row tells in place of its own values once its document was withdrawn: these may be what had to be taken back."""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """An entry of the withdrawn list: what is withdrawn, when and why; `soort` is `document` or `publicatie`.

    `titel` and `publicatie_id` serve the tombstone. `vernietigd` is when it was destroyed: who puts an older backup back
    destroys it again. `settled` is the moment from which index and store are known not to
    hold it any more; until a minute after it, searches exclude it by query.
    """

    id: str
    soort: str
    op: datetime
    reden: str
    titel: str = ""
    publicatie_id: str | None = None
    settled: datetime | None = None
    vernietigd: datetime | None = None


class PublicReader(Protocol):
    """What the public side may read. Raises Unavailable when the store cannot be reached.

    A document is there or it is not: half-written ones are never seen.
    """

    def document(self, id: str) -> PublicDocument | None: ...

    def page(self, id: str, nummer: int) -> PublicPage | None:
        """One page, without reading the others."""
        ...

    def pages(self, id: str) -> Iterator[PublicPage]: ...

    def open_file(self, id: str) -> BinaryIO | None:
        """The file of a public document, seekable."""
        ...

    def local_file(self, id: str) -> AbstractContextManager[Path | None]: ...

    def publicatie(self, id: str) -> PublicPublicatie | None: ...

    def inventaris(self, id: str) -> Sequence[Regel]:
        """The rows of the inventory of a publicatie, in their order; empty where there is none."""
        ...

    def site(self, naam: str) -> Mapping[str, Any] | None:
        """Data of the site as a whole (see `show_site`); None where there is none yet."""
        ...

    def withdrawn(self) -> Mapping[str, Withdrawn]:
        """The whole withdrawn list by id; cheap to call each second (re-read only when it changed)."""
        ...


class PublicStore(PublicReader, Protocol):
    """What the worker may do (and, for the withdrawn list alone, the use case `withdraw`)."""

    def show(self, document: PublicDocument, pages: Sequence[PublicPage], source: Archive) -> None:
        """Make this document readable, replacing what was there, atomically."""
        ...

    def hide(self, id: str) -> None:
        """Take a document away; taking away what is not there is fine."""
        ...

    def show_publicatie(self, publicatie: PublicPublicatie, inventaris: Sequence[Regel] = ()) -> None:
        """Make this publicatie and the rows of its inventory readable, replacing what was there."""
        ...

    def hide_publicatie(self, id: str) -> None: ...

    def show_site(self, naam: str, inhoud: Mapping[str, Any]) -> None:
        """Make data of the site as a whole readable, such as its figures; `naam` is a word of small letters (digits may follow)."""
        ...

    def hide_site(self, naam: str) -> None:
        """Take data of the site as a whole away; taking away what is not there is fine."""
        ...

    def withdraw(self, entry: Withdrawn) -> None:
        """Put on the withdrawn list, durable before it returns."""
        ...

    def settle(self, id: str, at: datetime) -> None: ...

    def unwithdraw(self, id: str) -> None:
        """Take an entry without a withdrawal off the list (only `woo verify` and the sync of what was restored do)."""
        ...

    def documents(self) -> Iterator[str]: ...

    def publicaties(self) -> Iterator[str]: ...


@dataclass(frozen=True, slots=True)
class InboxEntry:
    """One thing that a visitor left: its kind, the moment it came, and what it says."""

    id: str
    soort: str
    op: datetime
    inhoud: Mapping[str, Any]


class InboxAdder(Protocol):
    """What the public side may do with the inbox: add to it. Raises Unavailable when it cannot be reached."""

    def add(self, soort: str, inhoud: Mapping[str, Any]) -> str:
        """Leave something, durable before it returns, and return its id.

        `soort` is a word of small letters and hyphens. Raises InvalidValue for another one, for what is no JSON, and for
        more than 64 KiB of it.
        """
        ...


class Inbox(InboxAdder, Protocol):
    """What the worker may do."""

    def entries(self) -> Iterator[InboxEntry]:
        """Everything that is there, the oldest first; what is damaged is logged and left."""
        ...

    def remove(self, id: str) -> None:
        """Take an entry out once it was dealt with; taking out what is not there is fine."""
        ...
