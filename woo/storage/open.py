"""Opens the storage that an address of the settings names: a folder, or a place in an S3 store."""

from pathlib import Path
from typing import TYPE_CHECKING

from woo.domain.errors import InvalidValue
from woo.settings import StorageSettings
from woo.storage.archive import FilesystemArchive
from woo.storage.inbox import FilesystemInbox, FilesystemInboxAdder
from woo.storage.port import Archive, Inbox, InboxAdder, PublicReader, PublicStore
from woo.storage.public_reader import FilesystemPublicReader
from woo.storage.public_store import FilesystemPublicStore

if TYPE_CHECKING:  # what an S3 store needs is loaded where there is one
    from woo.storage.s3.connection import Side
    from woo.storage.s3.objects import Objects


def open_archive(url: str, settings: StorageSettings | None = None) -> Archive:
    """Open the archive, making its folder where it is not there; raises InvalidValue for another kind of address.

    `settings` say how to reach an S3 store, here and below; for a folder they are not needed.
    """
    if is_s3(url):
        from woo.storage.s3.archive import S3Archive

        return S3Archive(_objects("storage.archive", url, settings, side="own"))
    return FilesystemArchive(_folder("storage.archive", url))


def open_public_store(url: str, settings: StorageSettings | None = None) -> PublicStore:
    """Open the public store for the worker, making it where it is not there; raises InvalidValue."""
    if is_s3(url):
        from woo.storage.s3.public_store import S3PublicStore

        return S3PublicStore(_objects("storage.public", url, settings, side="own"))
    return FilesystemPublicStore(_folder("storage.public", url))


def open_public_reader(url: str, settings: StorageSettings | None = None) -> PublicReader:
    """Open the public store for reading; it makes nothing, so until the worker did everything is Unavailable."""
    if is_s3(url):
        from woo.storage.s3.public_reader import S3PublicReader

        objects = _objects("storage.public", url, settings, side="public")
        return S3PublicReader(objects, cache_bytes=settings.s3_cache_mb * 2**20 if settings else 0)
    return FilesystemPublicReader(_folder("storage.public", url))


def open_inbox(url: str, settings: StorageSettings | None = None) -> Inbox:
    """Open the inbox for the worker, making its folder where it is not there; raises InvalidValue."""
    if is_s3(url):
        from woo.storage.s3.inbox import S3Inbox

        return S3Inbox(_objects("storage.inbox", url, settings, side="own"))
    return FilesystemInbox(_folder("storage.inbox", url))


def open_inbox_adder(url: str, settings: StorageSettings | None = None) -> InboxAdder:
    """Open the side of the inbox that adds, for the public site; raises InvalidValue."""
    if is_s3(url):
        from woo.storage.s3.inbox import S3InboxAdder

        return S3InboxAdder(_objects("storage.inbox", url, settings, side="public"))
    return FilesystemInboxAdder(_folder("storage.inbox", url))


def is_s3(url: str) -> bool:
    """Whether this address is a place in an S3 store."""
    return url.startswith("s3://")


def _objects(setting: str, url: str, settings: StorageSettings | None, *, side: "Side") -> "Objects":
    from woo.storage.s3.connection import connect

    if settings is None:
        raise InvalidValue(setting, url, "how to reach an S3 store is not known here", accepted=("a folder",))
    return connect(url, settings, setting=setting, side=side)


def _folder(setting: str, url: str) -> Path:
    scheme, separator, rest = url.partition("://")
    path = Path(rest if separator else url)
    if not url or (separator and (scheme != "file" or not path.is_absolute())):
        raise InvalidValue(
            setting,
            url,
            "this is no storage that is known",
            accepted=("a folder", "file:///folder", "s3://bucket/prefix"),
        )
    return path
