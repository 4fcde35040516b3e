"""Read a document's file in a limited process and say what that gave: text, metadata, or why not."""

import time
from dataclasses import dataclass, replace
from datetime import date, datetime

from woo.diwoo.waardelijsten import Waardelijst
from woo.domain.document import Document, Leesstatus, Lezing, Pagina
from woo.sandbox import EXTRACTOR_VERSION, PdfMetadata, PdfReading, Sandbox, SandboxError, read_pdf
from woo.storage.port import Archive

_JUNK_TITLES = (
    "untitled",
    "microsoft word",
    "microsoft powerpoint",
    "microsoft excel",
    "document",
    "naamloos",
)
_FIRST_YEAR = 1980


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading gave; `metadata` is None when the file could not be opened."""

    lezing: Lezing
    pages: tuple[Pagina, ...] = ()
    metadata: PdfMetadata | None = None


def read_document(document: Document, *, archive: Archive, sandbox: Sandbox) -> Reading:
    """Read the document's current file; runs in a thread of the worker, the parser in a child process.

    What the file does wrong (not a PDF, a password, a limit) is a result: quarantine with the reason. Raises NotFound or
    Unavailable when the archive cannot give the file: that is not the file's fault, and the job is tried again.
    """
    if document.bestand is None:
        raise ValueError(f"document {document.id} has no file to read")
    started = time.monotonic()
    try:
        with archive.local(document.bestand.digest) as path:
            reading = read_pdf(sandbox, path)
    except SandboxError as error:
        lezing = Lezing(
            Leesstatus.QUARANTAINE,
            reden=f"{error.code}: {error.reason}",
            extractor=EXTRACTOR_VERSION,
            seconden=round(time.monotonic() - started, 3),
        )
        return Reading(lezing)
    return _reading(reading, seconds=time.monotonic() - started)


def _reading(reading: PdfReading, *, seconds: float) -> Reading:
    pages = tuple(
        Pagina(
            nummer=page.number,
            tekst=page.text,
            tekstbron=page.source,
            leesbaar=page.error is None and (bool(page.text.strip()) or not page.has_image),
            fout=page.error,
        )
        for page in reading.pages
    )
    failed = [page.nummer for page in pages if page.fout is not None]
    if not any(page.tekst.strip() for page in pages):
        status, reden = Leesstatus.GEEN_TEKST, "no page has text; a scan needs text recognition"
    elif failed:
        status, reden = Leesstatus.DEELS, f"pages that could not be read: {_numbers(failed)}"
    else:
        status, reden = Leesstatus.GELEZEN, None
    sources = {page.tekstbron for page in pages if page.tekst.strip()}
    lezing = Lezing(
        status,
        reden=reden,
        paginas=len(pages),
        onleesbaar=sum(not page.leesbaar for page in pages),
        tekstbron="+".join(sorted(sources)) or None,
        extractor=EXTRACTOR_VERSION,
        seconden=round(seconds, 3),
        waarschuwingen=reading.warnings,
    )
    return Reading(lezing, pages, reading.metadata)


def _numbers(pages: list[int], *, most: int = 20) -> str:
    shown = ", ".join(map(str, pages[:most]))
    return shown if len(pages) <= most else f"{shown} and {len(pages) - most} more"


def with_metadata(
    document: Document, metadata: PdfMetadata, talen: Waardelijst, *, now: datetime
) -> Document:
    """Fill in what the file says of itself, where no person or sheet said it before.

    Titles that programs make up and dates outside 1980..now are left out; a language that the list does not know too.
    """
    values: dict[str, str | date] = {}
    herkomst = dict(document.herkomst)
    title = " ".join((metadata.title or "").split())
    if _says_something(title, document) and herkomst.get("officiele_titel") == "bestandsnaam":
        values["officiele_titel"] = title
        herkomst["officiele_titel"] = f"bestand:{metadata.sources['title']}"
    made = metadata.creation_date
    if made is not None and document.creatiedatum is None and made.year >= _FIRST_YEAR and made <= now:
        values["creatiedatum"] = made.date()
        herkomst["creatiedatum"] = f"bestand:{metadata.sources['creation_date']}"
    taal = None if metadata.language is None else language_code(metadata.language, talen)
    if taal is not None and document.taal is None:
        values["taal"] = taal
        herkomst["taal"] = f"bestand:{metadata.sources['language']}"
    return replace(document, herkomst=herkomst, **values) if values else document  # type: ignore[arg-type]


def _says_something(title: str, document: Document) -> bool:
    lower = title.lower()
    naam = "" if document.bestand is None else document.bestand.naam.lower()
    return (
        len(title) >= 4
        and not lower.startswith(_JUNK_TITLES)
        and lower != naam
        and any(map(str.isalpha, title))
    )


def language_code(tag: str, talen: Waardelijst) -> str | None:
    """The list's code for a language tag (BCP 47) such as `nl` or `nl-NL`, or None when the list has none."""
    language = tag.replace("_", "-").split("-")[0].lower()
    return next((taal.code for taal in talen if taal.extra["bcp47"] == language), None)
