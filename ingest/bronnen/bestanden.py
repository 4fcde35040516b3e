"""Looks at the beginning of a document of another publisher: whether it is there, a file, and of the kind that it says to be."""

from urllib.parse import unquote, urlsplit

from ingest.bronnen.bevindingen import Bevindingen, Plaats
from ingest.bronnen.ophalen import Bron, NietOpgehaald
from woo.diwoo.sitemap import Vermelding
from woo.diwoo.waardelijsten import Waardelijsten
from woo.domain.formaat import BY_EXTENSIE

_HEAD = 8192
_HTML = (b"<!doctype html", b"<html")
_ZIP_KINDS = frozenset({"docx", "xlsx", "pptx", "ppsx", "odt", "ods", "odp", "odf", "zip"})
_OLE_KINDS = frozenset({"doc", "xls", "ppt", "pps"})
_STARTS = ((b"%PDF-", frozenset({"pdf"})), (b"PK\x03\x04", _ZIP_KINDS), (b"\xd0\xcf\x11\xe0", _OLE_KINDS))


def look_at(bron: Bron, vermelding: Vermelding, bevindingen: Bevindingen, lijsten: Waardelijsten) -> None:
    """Fetch the beginning of the file of an entry and note what is wrong with it; raises Uitgeput when nothing may be asked any more."""
    place = Plaats(vermelding.loc)
    try:
        answer = bron.haal(vermelding.loc, limiet=_HEAD)
    except NietOpgehaald as error:
        code = error.code if error.code in ("tls", "prive") else "bestand_weg"
        bevindingen.meld(code, place)
        return
    with answer.inhoud as body:
        head = body.read(_HEAD)
    if answer.status != 200:
        bevindingen.meld("bestand_weg", place, detail=f"status {answer.status}")
        return
    if answer.omgeleid:
        bevindingen.meld("omleiding", place)
    extension = _extension(vermelding.loc)
    if not head:
        bevindingen.meld("bestand_leeg", place)
    elif head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_HTML) and extension not in ("html", "htm"):
        bevindingen.meld("bestand_html", place)
    elif not _starts_as(head, extension):
        bevindingen.meld("bestand_anders", place, detail=f".{extension}")
    elif not _fits(answer.soort, extension, lijsten):
        bevindingen.meld("inhoudstype", place, detail=answer.soort or "geen")


def _extension(url: str) -> str:
    name = unquote(urlsplit(url).path).rpartition("/")[2]
    return name.rpartition(".")[2].lower() if "." in name else ""


def _starts_as(head: bytes, extension: str) -> bool:
    """Whether a file begins as one of this kind does; of kinds without such a beginning it is believed."""
    for start, kinds in _STARTS:
        known = start in head[:1024] if extension == "pdf" else head.startswith(start)
        if extension in kinds:
            return known
        if head.startswith(start) and f".{extension}" in BY_EXTENSIE:
            return False
    return True


def _fits(soort: str, extension: str, lijsten: Waardelijsten) -> bool:
    """Whether the media type is one of this extension; an extension that is on no list is judged elsewhere."""
    own = [one for one in lijsten.formaten if extension in _texts(one.extra.get("extensies"))]
    return not own or any(soort == mime for one in own for mime in _texts(one.extra.get("mime")))


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value.lower().lstrip("."),)
    return tuple(str(one).lower().lstrip(".") for one in value) if isinstance(value, tuple | list) else ()
