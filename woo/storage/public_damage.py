"""What every reader of the public store does with a damaged object: it is logged and not shown, or it is not available."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from woo.domain.errors import Unavailable
from woo.logs import get_logger
from woo.storage.document_file import DamagedDocument, DocumentFile, json_bytes
from woo.storage.port import PublicDocument, PublicPublicatie, Regel

_log = get_logger(__name__)


def whole_file(read: Callable[[int, int], bytes], size: int, id: str) -> DocumentFile | None:
    """The document file of `size` bytes that `read` gives; None, and logged, when it was cut off."""
    try:
        return DocumentFile(read, size)
    except DamagedDocument as error:
        _tell(id, error)
        return None


def document_in(file: DocumentFile, id: str) -> PublicDocument | None:
    """The document in the file; None, and logged, when it cannot be read."""
    try:
        return file.document()
    except DamagedDocument as error:
        _tell(id, error)
        return None


def publicatie_bytes(publicatie: PublicPublicatie) -> bytes:
    """The form in which a publicatie is kept; raises InvalidValue for what is no JSON."""
    return json_bytes({"kaart": publicatie.kaart, "dossier": publicatie.dossier}, "kaart")


def publicatie_in(content: bytes, id: str) -> PublicPublicatie | None:
    """The publicatie in these bytes; None, and logged, when they are no JSON.

    An earlier version wrote the metadata alone.
    """
    try:
        fields = json.loads(content)
        if "kaart" not in fields:
            return PublicPublicatie(id, fields)
        return PublicPublicatie(id, fields["kaart"], fields["dossier"])
    except (ValueError, TypeError, KeyError):
        _log.error("public_publicatie_damaged", publicatie=id)
        return None


def regels_in(content: bytes, id: str) -> Sequence[Regel]:
    """The rows of an inventory in these bytes; raises Unavailable when they are no JSON."""
    try:
        rows: Sequence[Regel] = json.loads(content)
    except ValueError as error:
        _log.error("public_inventory_damaged", publicatie=id)
        raise Unavailable(
            f"inventory of publicatie {id}", "it is damaged; woo verify writes it again"
        ) from error
    return rows


@contextmanager
def damage_is_unavailable(id: str) -> Iterator[None]:
    """Raise Unavailable where a part of this document turns out to be damaged."""
    try:
        yield
    except DamagedDocument as error:
        raise Unavailable(f"document {id}", f"{error}; woo verify writes it again") from error


def _tell(id: str, error: DamagedDocument) -> None:
    _log.error("public_document_damaged", document=id, error=str(error))
