"""Read a document's file in a limited process and say what that gave: text, metadata, or why not."""

import time
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from ingest.recognition import Outcome, RecognisedPage, Recognition
from ingest.textlayer import Doubt
from woo.domain.document import Bestand, Document, Leesstatus, Lezing, Pagina
from woo.domain.formaat import BY_MIME, WITH_RENDITION, Soort
from woo.sandbox import FileMetadata, FileReading, Message, PageText, Sandbox, SandboxError
from woo.sandbox.ocr import OCR_VERSION
from woo.sandbox.readers import read_file, version_of
from woo.storage.port import Archive

PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading gave; `metadata` is None when the file could not be opened, `message` is for mail."""

    lezing: Lezing
    pages: tuple[Pagina, ...] = ()
    metadata: FileMetadata | None = None
    weergave: Bestand | None = None
    message: Message | None = None


def read_document(
    document: Document, *, archive: Archive, sandbox: Sandbox, recognition: Recognition | None = None
) -> Reading:
    """Read the document's current file; runs in a thread of the worker, the parser in a child process.

    Pages without text, or with a damaged one, are recognised where `recognition` is given. What the file does wrong (not a
    PDF, a password, a limit) is a result: quarantine with the reason. Raises NotFound or Unavailable when the archive cannot
    give the file, or take the rendition: that is not the file's fault, and the job is tried again. Raises StoppedError when
    recognition was stopped half way.
    """
    if document.bestand is None:
        raise ValueError(f"document {document.id} has no file to read")
    started = time.monotonic()
    bestand = document.bestand
    try:
        with (
            archive.local(bestand.digest) as path,
            TemporaryDirectory(prefix="woo-lezen-") as folder,
        ):
            rendition = Path(folder) / "weergave.pdf"
            read = read_file(sandbox, path, bestand.mime, rendition=rendition)
            pdf = with_pictures(read, path, bestand.mime, rendition=rendition)
            outcome = Outcome() if recognition is None or pdf is None else recognition.look_at(read, pdf)
            reading = _reading(read, bestand, outcome)
            if read.rendition:
                reading = replace(reading, weergave=_kept(rendition, bestand, archive))
    except SandboxError as error:
        lezing = Lezing(
            Leesstatus.QUARANTAINE, reden=f"{error.code}: {error.reason}", extractor=version_of(bestand.mime)
        )
        reading = Reading(lezing)
    seconds = round(time.monotonic() - started, 3)
    return replace(reading, lezing=replace(reading.lezing, seconden=seconds))


def with_pictures(read: FileReading, path: Path, mime: str, *, rendition: Path) -> Path | None:
    """The PDF whose pages may be pictures without text: a PDF itself, or what was made of an image; None for other kinds."""
    soort = BY_MIME[mime].soort
    if soort is Soort.PDF:
        return path
    return rendition if soort is Soort.BEELD and read.rendition else None


def _kept(rendition: Path, bestand: Bestand, archive: Archive) -> Bestand:
    """Keep the PDF that was made of a file, under the name of that file."""
    stored = archive.put(rendition)
    return Bestand(stored.digest, f"{Path(bestand.naam).stem or 'document'}.pdf", PDF, stored.grootte)


def _reading(read: FileReading, bestand: Bestand, outcome: Outcome) -> Reading:
    pages = tuple(_page(page, outcome.pages.get(page.number)) for page in read.pages)
    status, reden = _status(read, pages, bestand, outcome)
    sources = {page.tekstbron for page in pages if page.tekst.strip()}
    version = version_of(bestand.mime)
    lezing = Lezing(
        status,
        reden=reden,
        paginas=len(pages),
        onleesbaar=sum(not page.leesbaar for page in pages),
        tekstbron="+".join(sorted(sources)) or None,
        extractor=f"{version}+{OCR_VERSION}" if outcome.was_used else version,
        waarschuwingen=(*read.warnings, *_warnings(outcome)),
        onzeker=sum(page.onzeker for page in pages),
    )
    return Reading(lezing, pages, read.metadata, message=read.message)


def _page(page: PageText, made: RecognisedPage | None) -> Pagina:
    if made is not None and made.ocr is not None and made.choice.recognised:
        return Pagina(
            nummer=page.number,
            tekst=made.choice.tekst,
            tekstbron="ocr",
            zekerheid=made.ocr.confidence,
            label=page.label,
            woorden=made.ocr.words,
        )
    is_blank = made is not None and made.ocr is not None and made.ocr.blank
    fout = page.error
    if made is not None and made.error is not None and not page.text.strip():
        fout = f"text recognition: {made.error}"
    return Pagina(
        nummer=page.number,
        tekst=page.text,
        tekstbron=page.source,
        leesbaar=fout is None and (bool(page.text.strip()) or not page.has_image or is_blank),
        fout=fout,
        label=page.label,
        woorden=page.words,
    )


def _status(
    read: FileReading, pages: tuple[Pagina, ...], bestand: Bestand, outcome: Outcome
) -> tuple[Leesstatus, str | None]:
    """How far the reading came, and what was missed; a reason for every state but fully read."""
    failed = [page.nummer for page in pages if page.fout is not None]
    reasons = [read.cut] if read.cut else []
    if failed:
        reasons.append(f"pages that could not be read: {_numbers(failed)}")
    if outcome.over_limit:
        reasons.append(
            f"pages not recognised, since there are more than a document may have (ocr.pages): {_numbers(outcome.over_limit)}"
        )
    if not any(page.tekst.strip() for page in pages):
        return Leesstatus.GEEN_TEKST, "; ".join([_why_no_text(read, outcome), *reasons[bool(read.cut) :]])
    formaat = BY_MIME[bestand.mime]
    if formaat.soort in WITH_RENDITION and not read.rendition:
        reasons.append("no PDF could be made of it, so the file itself is not public")
    return (Leesstatus.DEELS, "; ".join(reasons)) if reasons else (Leesstatus.GELEZEN, None)


def _why_no_text(read: FileReading, outcome: Outcome) -> str:
    if read.cut:
        return read.cut
    if outcome.why_missing is not None:
        return f"no page has text; {outcome.why_missing}"
    if outcome.was_used:
        return "no page has text, and none was recognised on their pictures"
    return "no page has text"


def _warnings(outcome: Outcome) -> list[str]:
    """Say which pages have another text than the file gave, or a doubtful one."""
    looked = sorted(outcome.pages.items())
    replaced = [n for n, made in looked if made.doubt is Doubt.GARBAGE and made.choice.recognised]
    kept = [n for n, made in looked if made.doubt is Doubt.GARBAGE and not made.choice.recognised]
    stamped = [n for n, made in looked if made.doubt is Doubt.LITTLE and made.choice.recognised]
    cut = [n for n, made in looked if made.ocr is not None and made.ocr.cut is not None]
    told = (
        ("The text in the file is damaged and was replaced by text recognised on the page: pages", replaced),
        ("The text in the file looks damaged and was kept, since recognition gave none better: pages", kept),
        ("The file has little text beside a scan; text was recognised on the page: pages", stamped),
        ("Recognition was stopped at its limit; what it had by then was kept: pages", cut),
        (
            f"Pages that may have more text were left as they are, since {outcome.why_missing}: pages",
            outcome.missing,
        ),
    )
    return [f"{sentence} {_numbers(pages)}." for sentence, pages in told if pages]


def _numbers(pages: list[int], *, most: int = 20) -> str:
    shown = ", ".join(map(str, pages[:most]))
    return shown if len(pages) <= most else f"{shown} and {len(pages) - most} more"
