"""The kinds of file the platform knows: MIME type, short name, usual extensions, and what sort of thing it is."""

from dataclasses import dataclass
from enum import StrEnum


class Soort(StrEnum):
    """What the platform does with a file of this kind."""

    PDF = "pdf"
    TEKST = "tekst"
    BLAD = "blad"
    DIA = "dia"
    MAIL = "mail"
    BEELD = "beeld"
    ARCHIEF = "archief"


@dataclass(frozen=True, slots=True)
class Formaat:
    """One kind: `naam` is the value of the filter `formaat`, the first of `extensies` the usual one (with its point)."""

    mime: str
    naam: str
    soort: Soort
    extensies: tuple[str, ...]


_OPENXML = "application/vnd.openxmlformats-officedocument."
_OPENDOCUMENT = "application/vnd.oasis.opendocument."

FORMATEN: tuple[Formaat, ...] = (
    Formaat("application/pdf", "pdf", Soort.PDF, (".pdf",)),
    Formaat(_OPENXML + "wordprocessingml.document", "docx", Soort.TEKST, (".docx", ".docm", ".dotx")),
    Formaat("application/msword", "doc", Soort.TEKST, (".doc", ".dot")),
    Formaat(_OPENDOCUMENT + "text", "odt", Soort.TEKST, (".odt", ".ott")),
    Formaat("application/rtf", "rtf", Soort.TEKST, (".rtf",)),
    Formaat("text/plain", "txt", Soort.TEKST, (".txt", ".text", ".log")),
    Formaat("text/html", "html", Soort.TEKST, (".html", ".htm", ".xhtml")),
    Formaat("text/markdown", "md", Soort.TEKST, (".md", ".markdown")),
    Formaat(_OPENXML + "spreadsheetml.sheet", "xlsx", Soort.BLAD, (".xlsx", ".xlsm", ".xltx")),
    Formaat("application/vnd.ms-excel", "xls", Soort.BLAD, (".xls", ".xlt")),
    Formaat(_OPENDOCUMENT + "spreadsheet", "ods", Soort.BLAD, (".ods", ".ots")),
    Formaat("text/csv", "csv", Soort.BLAD, (".csv", ".tsv")),
    Formaat(_OPENXML + "presentationml.presentation", "pptx", Soort.DIA, (".pptx", ".pptm", ".ppsx")),
    Formaat("application/vnd.ms-powerpoint", "ppt", Soort.DIA, (".ppt", ".pps")),
    Formaat(_OPENDOCUMENT + "presentation", "odp", Soort.DIA, (".odp", ".otp")),
    Formaat("message/rfc822", "eml", Soort.MAIL, (".eml", ".emlx")),
    Formaat("application/vnd.ms-outlook", "msg", Soort.MAIL, (".msg",)),
    Formaat("image/png", "png", Soort.BEELD, (".png",)),
    Formaat("image/jpeg", "jpg", Soort.BEELD, (".jpg", ".jpeg", ".jpe")),
    Formaat("image/tiff", "tiff", Soort.BEELD, (".tiff", ".tif")),
    Formaat("image/gif", "gif", Soort.BEELD, (".gif",)),
    Formaat("image/webp", "webp", Soort.BEELD, (".webp",)),
    Formaat("image/bmp", "bmp", Soort.BEELD, (".bmp",)),
    Formaat("image/jp2", "jp2", Soort.BEELD, (".jp2", ".jpx")),
    Formaat("application/zip", "zip", Soort.ARCHIEF, (".zip",)),
    Formaat("application/x-7z-compressed", "7z", Soort.ARCHIEF, (".7z",)),
    Formaat("application/x-tar", "tar", Soort.ARCHIEF, (".tar",)),
    Formaat("application/gzip", "gz", Soort.ARCHIEF, (".gz", ".tgz")),
    Formaat("application/mbox", "mbox", Soort.ARCHIEF, (".mbox",)),
)
"""`.emlx` is a message of Apple Mail: a length, an ordinary message, and a property list. `.gz` may hold a tar."""

BY_MIME = {formaat.mime: formaat for formaat in FORMATEN}
BY_EXTENSIE = {extensie: formaat for formaat in FORMATEN for extensie in formaat.extensies}
WITH_RENDITION = frozenset({Soort.MAIL, Soort.BEELD})
"""What a browser or the national list of formats (ccw_plooi_filetypes) refuses: published as a PDF that we make."""
