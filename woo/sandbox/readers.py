"""Which reader reads which kind of file, and its version: what was read by an older version can be read again."""

import time
from dataclasses import dataclass
from pathlib import Path

from woo.domain.formaat import BY_MIME, Formaat, Soort
from woo.sandbox.parts import read_parts
from woo.sandbox.pdf import read_pdf
from woo.sandbox.pool import Sandbox
from woo.sandbox.reading import EXTRACTOR_VERSION, FileReading


@dataclass(frozen=True, slots=True)
class Reader:
    """A task of the sandbox that reads a kind of file; raise `version` when the same file would give another text."""

    task: str
    version: str


READERS: dict[str, Reader] = {
    "docx": Reader("woo.sandbox.office.docx:read", "docx-1"),
    "doc": Reader("woo.sandbox.office.doc:read", "doc-1"),
    "odt": Reader("woo.sandbox.office.opendocument:read_text", "odt-1"),
    "rtf": Reader("woo.sandbox.office.rtf:read", "rtf-1"),
    "txt": Reader("woo.sandbox.office.plain:read", "txt-1"),
    "md": Reader("woo.sandbox.office.plain:read", "md-1"),
    "html": Reader("woo.sandbox.office.html:read", "html-1"),
    "xlsx": Reader("woo.sandbox.office.sheets:read_xlsx", "xlsx-1"),
    "xls": Reader("woo.sandbox.office.sheets:read_xls", "xls-1"),
    "ods": Reader("woo.sandbox.office.ods:read", "ods-1"),
    "csv": Reader("woo.sandbox.office.csv_file:read", "csv-1"),
    "pptx": Reader("woo.sandbox.office.pptx:read", "pptx-1"),
    "ppt": Reader("woo.sandbox.office.ppt:read", "ppt-1"),
    "odp": Reader("woo.sandbox.office.opendocument:read_slides", "odp-1"),
    "eml": Reader("woo.sandbox.mail.eml:read", "eml-1"),
    "msg": Reader("woo.sandbox.mail.msg:read", "msg-1"),
}
_IMAGES = Reader("woo.sandbox.images:read", "beeld-1")
_NOT_READ = frozenset({Soort.ARCHIEF})


def can_read(mime: str) -> bool:
    """Whether a file of this type becomes a document (an archive does not: its members do)."""
    formaat = BY_MIME.get(mime)
    return formaat is not None and formaat.soort not in _NOT_READ


def version_of(mime: str) -> str:
    """The version of the reader of this type, as it stands with what it read; raises KeyError for a type without one."""
    formaat = BY_MIME[mime]
    return EXTRACTOR_VERSION if formaat.soort is Soort.PDF else _reader(formaat).version


def read_file(sandbox: Sandbox, path: Path, mime: str, *, rendition: Path) -> FileReading:
    """Read a file with the reader of its type.

    Args:
        sandbox: Where it runs.
        path: The file.
        mime: Its type by content; one that `can_read`.
        rendition: Where a PDF of it is written, for kinds that get one; whether it was stands in the result.

    Raises:
        FileRefused: The reader says no to the file.
        TimeLimit, MemoryLimit, OutputLimit, ChildCrashed: Nothing could be read within the limits.
    """
    formaat = BY_MIME[mime]
    if formaat.soort is Soort.PDF:
        return read_pdf(sandbox, path)
    reader = _reader(formaat)
    with sandbox.borrow() as place:
        deadline = time.monotonic() + place.limits.seconds
        return read_parts(
            place,
            path,
            task=reader.task,
            source=formaat.naam,
            version=reader.version,
            rendition=rendition,
            deadline=deadline,
        )


def _reader(formaat: Formaat) -> Reader:
    return _IMAGES if formaat.soort is Soort.BEELD else READERS[formaat.naam]
