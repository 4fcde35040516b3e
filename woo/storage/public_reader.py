"""The public store in a folder as the public side opens it: nothing here can write."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from woo.domain.errors import Unavailable
from woo.storage.document_file import DocumentFile
from woo.storage.durable import unavailable
from woo.storage.paths import PublicPaths, is_id
from woo.storage.port import PublicDocument, PublicPage, PublicPublicatie, Regel, Withdrawn
from woo.storage.public_damage import damage_is_unavailable, document_in, publicatie_in, regels_in, whole_file
from woo.storage.withdrawn import WithdrawnReader

_TRIES = 20


class FilesystemPublicReader:
    """A PublicReader on the folder that a FilesystemPublicStore writes, in this process or another.

    A document is one file that is replaced as a whole, and names the digest of the file that belongs to it; whoever
    opened it keeps reading the version that was opened. A document file that was cut off (a power cut) is not shown;
    `woo verify` writes it again.

    Raises:
        Unavailable: from every method, when the folder is no public store (not mounted, not made yet) or refuses.
    """

    def __init__(self, root: Path) -> None:
        self._paths = PublicPaths(root)
        self._part = f"public store {root}"
        self._withdrawn = WithdrawnReader(self._paths.ingetrokken)

    def document(self, id: str) -> PublicDocument | None:
        with self._open(id) as file:
            return None if file is None else document_in(file, id)

    def page(self, id: str, nummer: int) -> PublicPage | None:
        with self._open(id) as file, damage_is_unavailable(id):
            return None if file is None else file.page(nummer)

    def pages(self, id: str) -> Iterator[PublicPage]:
        """All pages of one version of the document, also when it is replaced meanwhile."""
        with self._open(id) as file, damage_is_unavailable(id):
            if file is not None:
                yield from file.pages()

    def open_file(self, id: str) -> BinaryIO | None:
        found = self._opened(id)
        return None if found is None else found[0]

    @contextmanager
    def local_file(self, id: str) -> Iterator[Path | None]:
        """The path of the document's file; what it holds never changes, but it is gone once the document is."""
        found = self._opened(id)
        if found is None:
            yield None
            return
        with found[0]:
            yield found[1]

    def publicatie(self, id: str) -> PublicPublicatie | None:
        content = self._content(self._paths.publicatie(id)) if is_id(id) else None
        return None if content is None else publicatie_in(content, id)

    def inventaris(self, id: str) -> Sequence[Regel]:
        """The rows of an inventory; they are a file of their own, so that a publicatie is read without them."""
        content = self._content(self._paths.inventaris(id)) if is_id(id) else None
        return () if content is None else regels_in(content, id)

    def withdrawn(self) -> Mapping[str, Withdrawn]:
        with unavailable(self._part):
            return self._withdrawn.entries()

    @contextmanager
    def _open(self, id: str) -> Iterator[DocumentFile | None]:
        """Open the document file; None where there is none, or where it was cut off (which is logged)."""
        with unavailable(self._part):
            handle = self._handle(id)
        if handle is None:
            yield None
            return
        try:
            yield self._whole(handle, id)
        finally:
            os.close(handle)

    def _content(self, path: Path) -> bytes | None:
        with unavailable(self._part):
            try:
                return path.read_bytes()
            except FileNotFoundError:
                self._require_store()
                return None

    def _handle(self, id: str) -> int | None:
        if not is_id(id):
            return None
        try:
            return os.open(self._paths.document(id), os.O_RDONLY | os.O_CLOEXEC)
        except FileNotFoundError:
            self._require_store()
            return None

    def _whole(self, handle: int, id: str) -> DocumentFile | None:
        with unavailable(self._part):
            return whole_file(lambda start, size: os.pread(handle, size, start), os.fstat(handle).st_size, id)

    def _opened(self, id: str) -> tuple[BinaryIO, Path] | None:
        """Open the document's file; it is looked up again when the document was replaced in between."""
        for _ in range(_TRIES):
            document = self.document(id)
            if document is None or document.bestand is None:
                return None
            path = self._paths.folder(id) / document.bestand.digest
            with unavailable(self._part), suppress(FileNotFoundError):
                return path.open("rb"), path
        raise Unavailable(
            f"file of document {id}", "it is missing from the public store; woo verify puts it back"
        )

    def _require_store(self) -> None:
        """Tell a thing that is not there from a store that is not there."""
        if not self._paths.ingetrokken.is_dir():
            raise Unavailable(self._part, "this folder is no public store, or it is not mounted")
