"""The public store in a folder as the worker opens it: shows, hides, and keeps the withdrawn list."""

import errno
import os
import shutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from woo.storage.document_file import document_bytes, json_bytes
from woo.storage.durable import replace_file, sweep, sync_folder, temporary_file, unavailable
from woo.storage.paths import checked_id, is_id, names_in
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
from woo.storage.public_reader import FilesystemPublicReader
from woo.storage.withdrawn import WithdrawnList

_CANNOT_LINK = {errno.EXDEV, errno.EPERM, errno.EMLINK, errno.ENOTSUP, errno.EACCES}


class FilesystemPublicStore(FilesystemPublicReader):
    """A PublicStore in a folder; one process at a time shows and hides, any may change the withdrawn list.

    The withdrawn list is durable. The rest is not flushed file by file: it can be rebuilt from registry and archive, and
    what a power cut leaves half is not shown. The file of a document is a hard link to the archive's read-only file
    where the file system allows it, else a copy.

    Raises:
        Unavailable: from every method, when the folder refuses (disk full, no rights).
        InvalidValue: where an id is no UUID.
    """

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self._new = root / "nieuw"
        with unavailable(self._part):
            for folder in (
                self._paths.documenten,
                self._paths.publicaties,
                self._paths.ingetrokken,
                self._new,
            ):
                folder.mkdir(parents=True, exist_ok=True)
            sync_folder(root)
            sync_folder(root.parent)
            sweep(self._new)
            sweep(self._paths.ingetrokken)
        self._withdrawn = self._list = WithdrawnList(self._paths.ingetrokken)

    def show(self, document: PublicDocument, pages: Sequence[PublicPage], source: Archive) -> None:
        """Make the document readable; raises NotFound when the archive has not its file, and nothing changes.

        Pages are numbered from 1 without gaps (InvalidValue otherwise).
        """
        content = document_bytes(document, pages)
        folder = self._paths.folder(document.id)
        keep = {"document"}
        if document.bestand is None:
            with unavailable(self._part):
                folder.mkdir(parents=True, exist_ok=True)
        else:
            self._take(document.bestand, folder, source)
            keep.add(document.bestand.digest)
        with unavailable(self._part):
            replace_file(folder / "document", content, durable=False, new=self._new)
            _clear(folder, keep=keep)

    def hide(self, id: str) -> None:
        folder = self._paths.folder(id)
        with unavailable(self._part):
            try:
                (folder / "document").unlink(missing_ok=True)
                _clear(folder, keep=())
                folder.rmdir()
            except FileNotFoundError:
                return  # the folder is not there

    def show_publicatie(self, publicatie: PublicPublicatie, inventaris: Sequence[Regel] = ()) -> None:
        content = publicatie_bytes(publicatie)
        path, rows = self._paths.publicatie(publicatie.id), self._paths.inventaris(publicatie.id)
        listed = json_bytes(list(inventaris), "inventaris") if inventaris else None
        with unavailable(self._part):
            path.parent.mkdir(exist_ok=True)
            if listed is None:
                rows.unlink(missing_ok=True)
            else:
                replace_file(rows, listed, durable=False, new=self._new)
            replace_file(path, content, durable=False, new=self._new)

    def hide_publicatie(self, id: str) -> None:
        with unavailable(self._part):
            self._paths.publicatie(id).unlink(missing_ok=True)
            self._paths.inventaris(id).unlink(missing_ok=True)

    def show_site(self, naam: str, inhoud: Mapping[str, Any]) -> None:
        path, content = self._paths.site(naam), json_bytes(dict(inhoud), naam)
        with unavailable(self._part):
            path.parent.mkdir(exist_ok=True)
            replace_file(path, content, durable=False, new=self._new)

    def hide_site(self, naam: str) -> None:
        with unavailable(self._part):
            self._paths.site(naam).unlink(missing_ok=True)

    def withdraw(self, entry: Withdrawn) -> None:
        with unavailable(self._part):
            self._list.put(entry)

    def settle(self, id: str, at: datetime) -> None:
        """Note from when the entry is gone everywhere; nothing happens when it is not on the list."""
        with unavailable(self._part):
            self._list.settle(id, at)

    def unwithdraw(self, id: str) -> None:
        with unavailable(self._part):
            self._list.remove(checked_id(id))

    def documents(self) -> Iterator[str]:
        """Every id with something in the store, sorted: also what a killed process left, which `hide` clears."""
        yield from (name for name in self._names(self._paths.documenten) if is_id(name))

    def publicaties(self) -> Iterator[str]:
        names = (name.removesuffix(".json") for name in self._names(self._paths.publicaties))
        yield from (name for name in names if is_id(name))

    def _names(self, folder: Path) -> Iterator[str]:
        with unavailable(self._part):
            outer = names_in(folder)
        for name in outer:
            with unavailable(self._part):
                inner = names_in(folder / name)
            yield from inner

    def _take(self, bestand: PublicFile, folder: Path, source: Archive) -> None:
        with source.local(bestand.digest) as local, unavailable(self._part):
            target = folder / bestand.digest
            folder.mkdir(parents=True, exist_ok=True)
            if target.exists() and target.stat().st_size == local.stat().st_size:
                return
            target.unlink(missing_ok=True)
            try:
                os.link(local, target)
            except OSError as error:
                if error.errno not in _CANNOT_LINK:
                    raise
                self._copy(local, target)

    def _copy(self, local: Path, target: Path) -> None:
        with temporary_file(self._new) as (handle, temporary), local.open("rb") as file:
            with os.fdopen(os.dup(handle), "wb") as copy:
                shutil.copyfileobj(file, copy)
            os.fchmod(handle, 0o444)
            temporary.replace(target)


def _clear(folder: Path, *, keep: Collection[str]) -> None:
    """Remove everything in the folder but what to keep: the file of an earlier version."""
    for name in names_in(folder):
        if name not in keep:
            (folder / name).unlink()
