"""The public store in an S3 store as the public side opens it: nothing here can write."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from woo.domain.errors import Unavailable
from woo.storage.document_file import DocumentFile
from woo.storage.durable import unavailable
from woo.storage.paths import is_id
from woo.storage.port import PublicDocument, PublicFile, PublicPage, PublicPublicatie, Regel, Withdrawn
from woo.storage.public_damage import damage_is_unavailable, document_in, publicatie_in, regels_in, whole_file
from woo.storage.s3.file_cache import FileCache
from woo.storage.s3.objects import ChangedError, Info, Objects
from woo.storage.s3.remote_file import open_remote
from woo.storage.s3.withdrawn import VERSION, S3WithdrawnReader

_TRIES = 20
_FIRST = 64 * 1024


class S3PublicReader:
    """A PublicReader on the objects that an S3PublicStore writes, with a key that may only read.

    - `documenten/{id}/document` metadata and page texts; this object alone decides whether the document is there
    - `documenten/{id}/{digest}` the file of the document
    - `publicaties/{id}.json`, and `{id}.inventaris.json` with the rows of its inventory
    - `ingetrokken/` the withdrawn list

    The document object names the digest of the file that belongs to it. A page is read without the others, by Range. A
    file that is replaced or hidden while someone reads it breaks off.

    Raises:
        Unavailable: from every method, when the store cannot be reached or refuses, or holds no public store.
    """

    def __init__(self, objects: Objects, *, cache_bytes: int = 0) -> None:
        self._objects = objects
        self._withdrawn = S3WithdrawnReader(objects)
        self._listed: Mapping[str, Withdrawn] = {}
        self._cache = FileCache(cache_bytes)

    def document(self, id: str) -> PublicDocument | None:
        for _ in range(_TRIES):
            file = self._document_file(id)
            try:
                return None if file is None else document_in(file, id)
            except ChangedError:
                continue
        raise self._restless(id)

    def page(self, id: str, nummer: int) -> PublicPage | None:
        for _ in range(_TRIES):
            file = self._document_file(id)
            try:
                with damage_is_unavailable(id):
                    return None if file is None else file.page(nummer)
            except ChangedError:
                continue
        raise self._restless(id)

    def pages(self, id: str) -> Iterator[PublicPage]:
        """All pages of one version of the document, also when it is replaced meanwhile."""
        with tempfile.SpooledTemporaryFile(max_size=2**24) as copy:
            size = self._copied(id, copy)
            if size is None:
                return

            def read(start: int, size: int) -> bytes:
                copy.seek(start)
                return copy.read(size)

            file = whole_file(read, size, id)
            with damage_is_unavailable(id):
                if file is not None:
                    yield from file.pages()

    def open_file(self, id: str) -> BinaryIO | None:
        found = self._file(id)
        return None if found is None else open_remote(self._objects, found[1])

    @contextmanager
    def local_file(self, id: str) -> Iterator[Path | None]:
        """A temporary copy of the document's file; those used last stay for a while."""
        found = self._file(id)
        if found is None:
            yield None
            return
        file, info = found
        with self._cache.local(
            id, file.digest, info.size, lambda: self._objects.parts(info), part=self._objects.place.part
        ) as path:
            yield path

    def publicatie(self, id: str) -> PublicPublicatie | None:
        content = self._content(f"publicaties/{id}.json") if is_id(id) else None
        return None if content is None else publicatie_in(content, id)

    def inventaris(self, id: str) -> Sequence[Regel]:
        """The rows of an inventory; they are an object of their own, so that a publicatie is read without them."""
        content = self._content(f"publicaties/{id}.inventaris.json") if is_id(id) else None
        return () if content is None else regels_in(content, id)

    def _content(self, key: str) -> bytes | None:
        got = self._objects.get(key)
        if got is None:
            self._require_store()
            return None
        return got[0]

    def withdrawn(self) -> Mapping[str, Withdrawn]:
        listed = self._withdrawn.entries()
        if listed is not self._listed:
            self._cache.forget(listed.keys())
            self._listed = listed
        return listed

    def _document_file(self, id: str) -> DocumentFile | None:
        """The document object, of which the beginning is read; None where there is none, or it was cut off."""
        if not is_id(id):
            return None
        key = f"documenten/{id}/document"
        first = self._objects.part(key, 0, _FIRST)
        if first is None:
            self._require_store()
            return None
        held, info = first

        def read(start: int, size: int) -> bytes:
            if start + size <= len(held) or len(held) == info.size or size == 0:
                return held[start : start + size]
            found = self._objects.part(key, start, start + size, tag=info.tag)
            if found is None:
                raise ChangedError(key)
            return found[0]

        return whole_file(read, info.size, id)

    def _copied(self, id: str, copy: "tempfile.SpooledTemporaryFile[bytes]") -> int | None:
        """Copy the document object as a whole; returns its size, or None where there is none."""
        if not is_id(id):
            return None
        for _ in range(_TRIES):
            info = self._objects.head(f"documenten/{id}/document")
            if info is None:
                self._require_store()
                return None
            copy.seek(0)
            try:
                for chunk in self._objects.parts(info):
                    with unavailable("temporary folder"):
                        copy.write(chunk)
                return info.size
            except ChangedError:
                continue
        raise self._restless(id)

    def _file(self, id: str) -> tuple[PublicFile, Info] | None:
        """Find the document's file; it is looked up again when the document was replaced in between."""
        for _ in range(_TRIES):
            document = self.document(id)
            if document is None or document.bestand is None:
                return None
            info = self._objects.head(f"documenten/{id}/{document.bestand.digest}")
            if info is not None:
                return document.bestand, info
        raise Unavailable(
            f"file of document {id}", "it is missing from the public store; woo verify puts it back"
        )

    def _require_store(self) -> None:
        """Tell a thing that is not there from a store that is not there."""
        if self._objects.head(VERSION) is None:
            raise self._objects.place.nothing_there()

    def _restless(self, id: str) -> Unavailable:
        return Unavailable(f"document {id}", "it is being replaced again and again; try again later")
