"""Opens the storage that an address of the settings names; a path without scheme is a folder."""

from pathlib import Path

from woo.domain.errors import InvalidValue
from woo.storage.archive import FilesystemArchive
from woo.storage.port import Archive, PublicReader, PublicStore
from woo.storage.public_reader import FilesystemPublicReader
from woo.storage.public_store import FilesystemPublicStore


def open_archive(url: str) -> Archive:
    """Open the archive, making its folder where it is not there; raises InvalidValue for another kind of address."""
    return FilesystemArchive(_folder("storage.archive", url))


def open_public_store(url: str) -> PublicStore:
    """Open the public store for the worker, making its folder where it is not there; raises InvalidValue."""
    return FilesystemPublicStore(_folder("storage.public", url))


def open_public_reader(url: str) -> PublicReader:
    """Open the public store for reading; it makes nothing, so until the worker did everything is Unavailable."""
    return FilesystemPublicReader(_folder("storage.public", url))


def _folder(setting: str, url: str) -> Path:
    scheme, separator, rest = url.partition("://")
    path = Path(rest if separator else url)
    if not url or (separator and (scheme != "file" or not path.is_absolute())):
        raise InvalidValue(
            setting, url, "this is no storage that is known", accepted=("a folder", "file:///folder")
        )
    return path
