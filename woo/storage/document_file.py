"""The form in which the public store keeps one document: metadata, a table of offsets, and the texts of its pages."""

import json
import struct
import zlib
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

from woo.domain.errors import InvalidValue
from woo.storage.port import PublicDocument, PublicFile, PublicPage

# head | metadata as JSON | pages + 1 offsets | per page: JSON of [tekst, tekstbron, leesbaar, zekerheid, fout, label, woorden]
# (woorden: zlib and base64; the last two are absent from what an earlier version wrote)
_MAGIC = b"WOODOC1\n"
_HEAD = struct.Struct("<8sIIQ")  # magic, bytes of metadata, number of pages, bytes of the whole file
_OFFSET = struct.Struct("<Q")


class DamagedDocument(Exception):
    """The file is not what was written: cut off, or of another form."""


def document_bytes(document: PublicDocument, pages: Sequence[PublicPage]) -> bytes:
    """Return the whole file; raises InvalidValue for metadata that is no JSON or pages not numbered 1, 2, 3 …."""
    for expected, page in enumerate(pages, 1):
        if page.nummer != expected:
            raise InvalidValue(
                "nummer", page.nummer, f"pages are numbered from 1 without gaps; expected {expected}"
            )
    kaart = json_bytes({**_fields(document), "kaart": document.kaart}, "kaart")
    texts = [_page_bytes(page) for page in pages]
    offset = _HEAD.size + len(kaart) + (len(pages) + 1) * _OFFSET.size
    offsets = [offset]
    for text in texts:
        offset += len(text)
        offsets.append(offset)
    head = _HEAD.pack(_MAGIC, len(kaart), len(pages), offset)
    return b"".join([head, kaart, struct.pack(f"<{len(offsets)}Q", *offsets), *texts])


def _page_bytes(page: PublicPage) -> bytes:
    woorden = b64encode(zlib.compress(page.woorden, 6)).decode("ascii") if page.woorden else ""
    values = [page.tekst, page.tekstbron, page.leesbaar, page.zekerheid, page.fout, page.label, woorden]
    return json_bytes(values, "pagina")


def json_bytes(value: object, field: str) -> bytes:
    """Return JSON in ASCII, so that texts with broken characters come back as they were."""
    try:
        return json.dumps(value, allow_nan=False, separators=(",", ":")).encode("ascii")
    except (TypeError, ValueError) as error:
        raise InvalidValue(field, type(value).__name__, f"it cannot be written as JSON: {error}") from error


class DocumentFile:
    """A document file; `read` gives `size` bytes from a place, always of the same version.

    Raises:
        DamagedDocument: from every method.
    """

    def __init__(self, read: Callable[[int, int], bytes], size: int) -> None:
        self._read_at = read
        head = read(0, _HEAD.size)
        if len(head) != _HEAD.size:
            raise DamagedDocument("the file is too short")
        magic, self._kaart_bytes, self._pages, total = _HEAD.unpack(head)
        if magic != _MAGIC:
            raise DamagedDocument("the file does not begin as a document")
        if size != total:
            raise DamagedDocument("the file has another size than it says")

    def document(self) -> PublicDocument:
        """The metadata of the document."""
        try:
            fields = json.loads(self._read(_HEAD.size, self._kaart_bytes))
            bestand = (
                PublicFile(**fields.pop("bestand"))
                if fields["bestand"] is not None
                else fields.pop("bestand")
            )
            return PublicDocument(bestand=bestand, **fields)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise DamagedDocument("its metadata cannot be read") from error

    def page(self, nummer: int) -> PublicPage | None:
        """One page, or None where there is no such number."""
        if not 1 <= nummer <= self._pages:
            return None
        table = _HEAD.size + self._kaart_bytes + (nummer - 1) * _OFFSET.size
        start, end = struct.unpack("<QQ", self._read(table, 2 * _OFFSET.size))
        try:
            tekst, tekstbron, leesbaar, zekerheid, fout, *more = json.loads(self._read(start, end - start))
            label, packed = more or (None, "")
            woorden = zlib.decompress(b64decode(packed, validate=True)) if packed else b""
        except (ValueError, TypeError, zlib.error) as error:
            raise DamagedDocument(f"page {nummer} cannot be read") from error
        return PublicPage(nummer, tekst, tekstbron, leesbaar, zekerheid, fout, label, woorden)

    def pages(self) -> Iterator[PublicPage]:
        for nummer in range(1, self._pages + 1):
            page = self.page(nummer)
            if page is not None:
                yield page

    def _read(self, start: int, size: int) -> bytes:
        if size < 0:
            raise DamagedDocument("its table of pages is wrong")
        content = self._read_at(start, size)
        if len(content) != size:
            raise DamagedDocument("the file ends too early")
        return content


def _fields(document: PublicDocument) -> dict[str, Any]:
    return {
        "id": document.id,
        "publicatie_id": document.publicatie_id,
        "bestand": None if document.bestand is None else asdict(document.bestand),
        "paginas": document.paginas,
    }
