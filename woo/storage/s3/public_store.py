"""The public store in an S3 store as the worker opens it: shows, hides, and keeps the withdrawn list."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from woo.domain.errors import NotFound
from woo.storage.document_file import document_bytes, json_bytes
from woo.storage.paths import checked_id, checked_site_name, is_digest, is_id
from woo.storage.port import (
    Archive,
    PublicDocument,
    PublicFile,
    PublicPage,
    PublicPublicatie,
    Regel,
    Withdrawn,
)
from woo.storage.public_damage import publicatie_bytes
from woo.storage.s3.archive import S3Archive
from woo.storage.s3.local_copy import verified
from woo.storage.s3.objects import PART, Objects
from woo.storage.s3.public_reader import S3PublicReader
from woo.storage.s3.withdrawn import S3WithdrawnList

_CHUNK = 2**20
_COPY_LIMIT = 5 * 2**30


class S3PublicStore(S3PublicReader):
    """A PublicStore in an S3 store; one process at a time shows and hides, any may change the withdrawn list.

    The file of a document is copied within the store where the archive is in the same bucket, else it passes through
    this machine, compared with its digest.

    Raises:
        Unavailable: from every method, when the store cannot be reached or refuses.
        InvalidValue: where an id is no UUID.
    """

    def __init__(self, objects: Objects) -> None:
        super().__init__(objects)
        self._withdrawn = self._list = S3WithdrawnList(objects)
        self._list.make()

    def show(self, document: PublicDocument, pages: Sequence[PublicPage], source: Archive) -> None:
        """Make the document readable; raises NotFound when the archive has not its file, and nothing changes.

        Pages are numbered from 1 without gaps (InvalidValue otherwise).
        """
        content = document_bytes(document, pages)
        folder = _folder(document.id)
        keep = {f"{folder}document"}
        if document.bestand is not None:
            keep.add(folder + document.bestand.digest)
            self._take(document.bestand, folder, source)
        self._write(f"{folder}document", content)
        self._clear(folder, keep=keep)

    def hide(self, id: str) -> None:
        folder = _folder(id)
        self._objects.delete([f"{folder}document"])
        self._clear(folder, keep=())

    def show_publicatie(self, publicatie: PublicPublicatie, inventaris: Sequence[Regel] = ()) -> None:
        key = f"publicaties/{checked_id(publicatie.id)}"
        content = publicatie_bytes(publicatie)
        listed = json_bytes(list(inventaris), "inventaris") if inventaris else None
        if listed is not None:
            self._write(f"{key}.inventaris.json", listed)
        else:
            self._objects.delete([f"{key}.inventaris.json"])
        self._write(f"{key}.json", content)

    def hide_publicatie(self, id: str) -> None:
        key = f"publicaties/{checked_id(id)}"
        self._objects.delete([f"{key}.json", f"{key}.inventaris.json"])

    def show_site(self, naam: str, inhoud: Mapping[str, Any]) -> None:
        self._write(f"site/{checked_site_name(naam)}.json", json_bytes(dict(inhoud), naam))

    def hide_site(self, naam: str) -> None:
        self._objects.delete([f"site/{checked_site_name(naam)}.json"])

    def withdraw(self, entry: Withdrawn) -> None:
        self._list.put(entry)

    def settle(self, id: str, at: datetime) -> None:
        """Note from when the entry is gone everywhere; nothing happens when it is not on the list."""
        self._list.settle(id, at)

    def unwithdraw(self, id: str) -> None:
        self._list.remove(checked_id(id))

    def documents(self) -> Iterator[str]:
        """Every id with something in the store, sorted: also what a killed process left, which `hide` clears."""
        ids = (info.key.split("/")[1] for info in self._objects.list("documenten/"))
        yield from (id for id, _ in groupby(ids) if is_id(id))

    def publicaties(self) -> Iterator[str]:
        names = (info.key.split("/")[1] for info in self._objects.list("publicaties/"))
        yield from (id for name in names if is_id(id := name.removesuffix(".json")))

    def _write(self, key: str, content: bytes) -> None:
        if len(content) <= PART:
            self._objects.put(key, content)
        else:
            self._objects.upload(key, (content[at : at + _CHUNK] for at in range(0, len(content), _CHUNK)))

    def _take(self, bestand: PublicFile, folder: str, source: Archive) -> None:
        if not is_digest(bestand.digest):
            raise NotFound("file in the archive", bestand.digest)
        key = folder + bestand.digest
        there = self._objects.head(key)
        if there is not None and there.size == bestand.grootte:
            return
        if (
            isinstance(source, S3Archive)
            and bestand.grootte <= _COPY_LIMIT
            and self._objects.copy_from(source.objects, bestand.digest, key)
        ):
            return
        with source.local(bestand.digest) as path, path.open("rb") as file:
            chunks = verified(
                iter(lambda: file.read(_CHUNK), b""),
                digest=bestand.digest,
                part=f"archive file {bestand.digest}",
            )
            if bestand.grootte <= PART:
                self._objects.put(key, b"".join(chunks))
            else:
                self._objects.upload(key, chunks)

    def _clear(self, folder: str, *, keep: Collection[str]) -> None:
        """Remove everything of the document but what to keep: the file of an earlier version."""
        self._objects.delete([info.key for info in self._objects.list(folder) if info.key not in keep])


def _folder(id: str) -> str:
    return f"documenten/{checked_id(id)}/"
