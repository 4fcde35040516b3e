"""What every reader of the public store does with a damaged object: it is logged and not shown, or it is not available."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from woo.domain.errors import Unavailable
from woo.logs import get_logger
from woo.storage.document_file import DamagedDocument, DocumentFile
from woo.storage.port import PublicDocument, PublicPublicatie

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


def publicatie_in(content: bytes, id: str) -> PublicPublicatie | None:
    """The publicatie in these bytes; None, and logged, when they are no JSON."""
    try:
        return PublicPublicatie(id, json.loads(content))
    except ValueError:
        _log.error("public_publicatie_damaged", publicatie=id)
        return None


@contextmanager
def damage_is_unavailable(id: str) -> Iterator[None]:
    """Raise Unavailable where a part of this document turns out to be damaged."""
    try:
        yield
    except DamagedDocument as error:
        raise Unavailable(f"document {id}", f"{error}; woo verify writes it again") from error


def _tell(id: str, error: DamagedDocument) -> None:
    _log.error("public_document_damaged", document=id, error=str(error))
