"""The properties of an Outlook message ([MS-OXMSG]), read so that one that is damaged does not cost the others."""

import io
import struct
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import BinaryIO, TypeVar

from olefile import OleFileIO
from oxmsg.properties import Properties
from oxmsg.storage import Storage

from woo.sandbox.mail.headers import text_of
from woo.sandbox.task import Refusal

ROOT, EMBEDDED, BELOW = 32, 24, 8
"""Bytes before the properties of a message, of one inside another, and of an attachment or receiver (2.4.1)."""

_EMBEDDED_STORAGE = "__substg1.0_3701000D"
_BAD = (
    OSError,
    ValueError,
    KeyError,
    IndexError,
    AttributeError,
    TypeError,
    LookupError,
    AssertionError,
    OverflowError,
    struct.error,
)
_T = TypeVar("_T")


class Store:
    """A message, attachment or receiver: its properties by their number."""

    def __init__(self, storage: Storage, offset: int) -> None:
        self._storage = storage
        self._properties = Properties(storage, properties_header_offset=offset)

    @classmethod
    def load(cls, file: BinaryIO) -> "Store":
        """Open a message.

        Raises:
            Refusal: damaged_message.
        """
        try:
            with OleFileIO(io.BytesIO(file.read())) as ole:
                storage = Storage.from_ole(ole)
            storage.properties_stream_bytes  # noqa: B018 - a message without it is none
        except _BAD as error:
            raise Refusal("damaged_message") from error
        except RecursionError as error:
            raise Refusal("too_deep") from error
        return cls(storage, ROOT)

    def text(self, *pids: int) -> str:
        """The first of these properties that is a text and says something."""
        for pid in pids:
            found = self._tried(lambda pid=pid: self._properties.str_prop_value(pid))  # type: ignore[misc]
            if isinstance(found, str) and found.strip("\0 \r\n\t"):
                return found.replace("\0", "")
        return ""

    def content(self, pid: int) -> bytes | None:
        """The bytes of a property; None when it is not there or damaged."""
        return self._tried(lambda: self._properties.binary_prop_value(pid))

    def whole(self, pid: int) -> int | None:
        """A whole number."""
        found = self._tried(lambda: self._properties.int_prop_value(pid))
        return found if isinstance(found, int) else None

    def moment(self, *pids: int) -> datetime | None:
        """The first of these properties that is a moment."""
        for pid in pids:
            found = self._tried(lambda pid=pid: self._properties.date_prop_value(pid))  # type: ignore[misc]
            if isinstance(found, datetime):
                return found
        return None

    def decoded(self, content: bytes) -> str:
        """The text of bytes that are in the code page of the message."""
        return text_of(content, self._tried(lambda: self._properties.body_encoding))

    def receivers(self) -> Iterator["Store"]:
        return (Store(storage, BELOW) for storage in self._storage.iter_recipient_storages())

    def attachments(self) -> Iterator["Store"]:
        return (Store(storage, BELOW) for storage in self._storage.iter_attachment_storages())

    def embedded(self) -> "Store | None":
        """The message that this attachment is."""
        for storage in self._storage.storages:
            if storage.name == _EMBEDDED_STORAGE:
                return Store(storage, EMBEDDED)
        return None

    @staticmethod
    def _tried(read: "Callable[[], _T]") -> "_T | None":
        try:
            return read()
        except _BAD:
            return None
