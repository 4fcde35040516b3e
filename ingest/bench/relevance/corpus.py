"""Reads files of a corpus into entries of the index with the metadata that ingest gives them; text alone, no recognition."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from ingest.discover import title_of
from ingest.metadata.zoeken import Zoeker
from ingest.own_metadata import with_metadata
from woo.diwoo.waardelijsten import Waardelijsten
from woo.domain.document import Bestand, Document
from woo.domain.formaat import BY_MIME, Soort
from woo.index.port import DocumentEntry, PageEntry
from woo.sandbox import FileReading, Limits, Sandbox, SandboxError
from woo.sandbox.readers import can_read, read_file
from woo.sandbox.sniff import sniff

PUBLISHER = "gm0000"
"""The publisher of all of them: no question is about who published."""

SHOWN = datetime(2025, 1, 6, 8, tzinfo=UTC)
"""When all of them were published: no answer is better for being newer."""

_HEADING = re.compile(r"^ ?#{1,2} ?([^#\n].*)$", re.MULTILINE)
_TODAY = date(2026, 1, 1)
_PROCESSES = 2


@dataclass(frozen=True, slots=True)
class CorpusFile:
    """A file of the corpus: its path below the folder of the corpus, and the SHA-256 digest of its content (hex)."""

    path: str
    digest: str


@dataclass(frozen=True, slots=True)
class Ingevuld:
    """What a coordinator filled in of a file; None where what the file says is used."""

    titel: str | None = None
    documentsoort: str | None = None


def files_of(folder: Path, patterns: Sequence[str]) -> Iterator[tuple[CorpusFile, Path]]:
    """Yield the files below `folder` that one of the patterns names, in order, each content once."""
    seen: set[str] = set()
    for path in sorted({path for pattern in patterns for path in folder.glob(pattern) if path.is_file()}):
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        if digest not in seen:
            seen.add(digest)
            yield CorpusFile(str(path.relative_to(folder)), digest), path


def entries_of(
    folder: Path, patterns: Sequence[str], lijsten: Waardelijsten, ingevuld: Mapping[str, Ingevuld]
) -> list[DocumentEntry]:
    """Return an entry for each file that has text; its id is the digest of the file, its publicatie the folder it is in.

    `ingevuld` is by digest. A Markdown file without a title of its own is called by its first heading. Files that
    cannot be read (damaged on purpose, locked) are left out, as they are by ingest.
    """
    files = list(files_of(folder, patterns))
    zoeker = Zoeker(lijsten)
    with Sandbox(Limits(), processes=_PROCESSES) as sandbox, ThreadPoolExecutor(_PROCESSES) as threads:
        readings = list(threads.map(lambda one: _reading(sandbox, one[1]), files))
    found = (
        _entry(file, path, reading, zoeker, ingevuld.get(file.digest, Ingevuld()))
        for (file, path), reading in zip(files, readings, strict=True)
        if reading is not None
    )
    return [entry for entry in found if any(page.tekst.strip() for page in entry.pages)]


def _reading(sandbox: Sandbox, path: Path) -> tuple[str, FileReading] | None:
    mime = sniff(path, name=path.name).mime
    if not can_read(mime):
        return None
    with TemporaryDirectory(prefix="woo-bench-") as made:
        try:
            return mime, read_file(sandbox, path, mime, rendition=Path(made) / "weergave.pdf")
        except SandboxError:
            return None


def _entry(
    file: CorpusFile, path: Path, reading: tuple[str, FileReading], zoeker: Zoeker, ingevuld: Ingevuld
) -> DocumentEntry:
    mime, read = reading
    document = _described(file, path, mime, read, zoeker)
    titel = ingevuld.titel or _heading(mime, read) or document.officiele_titel
    soort = ingevuld.documentsoort or document.documentsoort
    return DocumentEntry(
        id=document.id,
        publicatie_id=document.publicatie_id,
        volgnummer=1,
        officiele_titel=titel,
        publisher=PUBLISHER,
        publisher_naam=PUBLISHER,
        informatiecategorieen=(),
        publicatiedatum=SHOWN,
        kaart={"officieleTitel": titel},
        kenmerk=document.kenmerk or "",
        documentsoort=soort,
        documentsoort_naam="" if soort is None else zoeker.lijsten.documentsoorten.get(soort).naam,
        formaat=BY_MIME[mime].naam,
        creatiedatum=document.creatiedatum,
        pages=tuple(PageEntry(page.number, page.text, page.label) for page in read.pages),
    )


def _described(file: CorpusFile, path: Path, mime: str, read: FileReading, zoeker: Zoeker) -> Document:
    """The document with what ingest finds of it: in its text, in the file, in its name."""
    document = Document(
        id=file.digest,
        publicatie_id=str(Path(file.path).parent),
        volgnummer=1,
        officiele_titel=title_of(path.stem),
        aangemaakt_op=SHOWN,
        gewijzigd_op=SHOWN,
        bestand=Bestand(file.digest, path.name, mime, path.stat().st_size),
        herkomst={"officiele_titel": "bestandsnaam"},
    )
    suggested = zoeker.suggestions(
        [page.text for page in read.pages],
        naam=path.name,
        vandaag=_TODAY,
        is_tabel=BY_MIME[mime].soort is Soort.BLAD,
    )
    return with_metadata(document, read.metadata, zoeker.lijsten.talen, now=SHOWN, voorstellen=suggested)


def _heading(mime: str, read: FileReading) -> str | None:
    found = _HEADING.search(read.pages[0].text) if BY_MIME[mime].naam == "md" and read.pages else None
    return None if found is None else " ".join(found[1].split())
