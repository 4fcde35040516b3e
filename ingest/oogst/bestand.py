"""Looks at a file that was fetched before anything is made of it: its kind by content, its size, viruses; then into the archive."""

import hashlib
import zlib
from dataclasses import dataclass
from email.message import Message
from pathlib import Path

from ingest.sources.berichten import Opgehaald
from woo.domain.actor import Actor
from woo.domain.document import Bestand
from woo.domain.errors import WooError
from woo.domain.formaat import BY_MIME, Formaat, Soort
from woo.domain.oogst import Oogstitem
from woo.oogst import Bron
from woo.sandbox.readers import can_read
from woo.sandbox.sniff import EMPTY, Sniffed, sniff
from woo.usecases.oogst_gegevens import naam_van
from woo.usecases.platform import Platform
from woo.usecases.scannen import Infected, require_clean

_HTML = "text/html"
_CHUNK = 256 * 1024


class Afgekeurd(WooError):
    """A file that is not taken over: a code, and why."""


@dataclass(frozen=True, slots=True)
class Archief:
    """An archive that was fetched and is to be taken apart: where it lies, what it is called and is, its size (bytes) and digest."""

    pad: Path
    naam: str
    soort: Sniffed
    grootte: int
    digest: str


def keur(platform: Platform, actor: Actor, bron: Bron, item: Oogstitem, got: Opgehaald) -> Bestand | Archief:
    """Put the file of an answer into the archive and say what it is; one that is to be taken apart stays where it is.

    Raises:
        Afgekeurd: it is empty, another file than the source tells of, no file but a web page, infected, too large unpacked, or of a kind that is not taken.
        Unavailable: no archive, or no virus scanner.
    """
    pad = Path(str(got.pad))
    if (got.kop("content-encoding") or "identity").lower() not in ("identity", ""):
        _unpack(pad, bron.limits.file_bytes)
    naam = naam_van(item.sleutel, genoemd=item.gegevens.get("bestandsnaam"))
    sniffed = sniff(pad, name=naam)
    mime = sniffed.mime
    if mime == EMPTY:
        raise Afgekeurd("empty: the file has no bytes")
    if mime == _HTML and not naam.lower().endswith((".html", ".htm", ".xhtml")):
        raise Afgekeurd("html: the site gives a web page in the place of the file")
    formaat = BY_MIME.get(mime)
    archive = formaat is not None and formaat.soort is Soort.ARCHIEF
    if formaat is None or not (archive or can_read(mime)):
        raise Afgekeurd(f"kind: this kind is not read ({mime})")
    if not archive:
        require_format(bron, formaat)
    _require_told_digest(pad, item.gegevens.get("sha256"))
    try:
        with pad.open("rb") as file:
            require_clean(platform, file, actor=actor)
    except Infected as error:
        raise Afgekeurd(f"infected: the virus scanner found {error.found}") from error
    if not item.gegevens.get("bestandsnaam"):
        naam = naam_van(item.sleutel, genoemd=_told(got))
    if archive:
        return Archief(pad, naam, sniffed, pad.stat().st_size, _digest(pad))
    stored = platform.archive.put(pad)
    if not naam.lower().endswith(formaat.extensies):
        naam += formaat.extensies[0]
    return Bestand(stored.digest, naam, mime, stored.grootte)


def require_format(bron: Bron, formaat: Formaat) -> None:
    """Refuse a kind that the source is not to give; raises Afgekeurd."""
    if bron.limits.formats and formaat.naam not in bron.limits.formats:
        raise Afgekeurd(f"kind: {formaat.naam} is not among the formats of this source (limits.formats)")


def _require_told_digest(pad: Path, told: str | None) -> None:
    """Refuse another file than the source tells of, where it tells a digest."""
    if told is not None and _digest(pad) != told:
        raise Afgekeurd("digest: the site gives another file than it tells of")


def _digest(pad: Path) -> str:
    with pad.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _unpack(pad: Path, limit: int) -> None:
    """Undo a compression that nobody asked for, as far as the limit."""
    unpacked = pad.with_name(pad.name + ".los")
    packed = zlib.decompressobj(wbits=47)  # gzip or zlib, whichever it is
    size = 0
    try:
        with pad.open("rb") as source, unpacked.open("wb") as out:
            while chunk := source.read(_CHUNK):
                while chunk:
                    part = packed.decompress(chunk, _CHUNK)
                    size += len(part)
                    if size > limit:
                        raise Afgekeurd("too_large: it is larger than the limit once it is unpacked")
                    out.write(part)
                    chunk = packed.unconsumed_tail
            if not packed.eof:
                raise Afgekeurd("cut: the compressed file ends too early")
        unpacked.replace(pad)
    except zlib.error as error:
        raise Afgekeurd("encoding: the compression of the answer cannot be undone") from error
    finally:
        unpacked.unlink(missing_ok=True)


def _told(got: Opgehaald) -> str | None:
    """The name of the file as the answer itself tells it (RFC 6266), or None."""
    message = Message()
    message["Content-Disposition"] = " ".join((got.kop("content-disposition") or "").split())
    return message.get_filename()
