"""The objects under one prefix of a bucket: read, written, listed and removed in our words and errors."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError, NotModifiedError, PreconditionError
from obstore.store import S3Store

from woo.domain.errors import Unavailable
from woo.storage.s3.errors import Place, is_absent, refused, told

if TYPE_CHECKING:  # these names are only there for types
    from obstore import GetOptions, ObjectMeta

PART = 8 * 2**20
"""Bytes sent or asked in one request at most; a smaller object is written in one request, and conditionally."""

_AT_ONCE = 3
_LIST = 1000


@dataclass(frozen=True, slots=True)
class Info:
    """One object: its key under the prefix, its size, and the tag of its content."""

    key: str
    size: int
    tag: str


class ChangedError(Exception):
    """The object is not the one that was looked at before: replaced, or gone."""


class Objects:
    """Objects by key under a prefix. A write is there as a whole or not at all, and seen by every later read.

    Raises:
        Unavailable: from every method, when the store cannot be reached or refuses.
    """

    def __init__(self, store: S3Store, *, prefix: str, place: Place) -> None:
        self._store = store
        self._prefix = f"{prefix}/" if prefix else ""
        self.place = place

    def check(self) -> None:
        """See whether the bucket is there and may be looked into."""
        with told(self.place):
            next(iter(obstore.list(self._store, self._prefix or None, chunk_size=1)), None)

    def head(self, key: str) -> Info | None:
        with told(self.place):
            try:
                return _info(key, obstore.head(self._store, self._prefix + key))
            except FileNotFoundError as error:
                if is_absent(error):
                    return None
                raise

    def get(self, key: str) -> tuple[bytes, Info] | None:
        """A small object as a whole."""
        with told(self.place):
            try:
                found = obstore.get(self._store, self._prefix + key)
                return bytes(found.bytes()), _info(key, found.meta)
            except FileNotFoundError as error:
                if is_absent(error):
                    return None
                raise

    def changed(self, key: str, tag: str | None) -> str | None:
        """The tag of a small object that has another one than this, else None; Unavailable where there is no object.

        One request, without content as long as nothing changed.
        """
        options: GetOptions = {"if_none_match": tag} if tag else {}
        with told(self.place):
            try:
                return obstore.get(self._store, self._prefix + key, options=options).meta["e_tag"]
            except NotModifiedError:
                return None
            except FileNotFoundError as error:
                if is_absent(error):
                    raise self.place.nothing_there() from None
                raise

    def part(self, key: str, start: int, end: int, *, tag: str | None = None) -> tuple[bytes, Info] | None:
        """The bytes from start to end (or to the end of the object) of the object with this tag; None where there is none.

        Raises ChangedError when it has another tag by now.
        """
        options: GetOptions = {"range": (start, end)}
        if tag is not None:
            options["if_match"] = tag
        with told(self.place):
            try:
                found = obstore.get(self._store, self._prefix + key, options=options)
                return bytes(found.bytes()), _info(key, found.meta)
            except PreconditionError as error:
                raise ChangedError(key) from error
            except FileNotFoundError as error:
                if is_absent(error):
                    return None
                raise
            except BaseError as error:
                if refused(error, "416"):
                    return b"", Info(key, 0, "")
                raise

    def parts(self, info: Info) -> Iterator[bytes]:
        """The whole content of the object that was looked at; raises ChangedError."""
        for start in range(0, info.size, PART):
            found = self.part(info.key, start, min(start + PART, info.size), tag=info.tag)
            if found is None:
                raise ChangedError(info.key)
            yield found[0]

    def put(self, key: str, content: bytes) -> None:
        with told(self.place):
            obstore.put(self._store, self._prefix + key, content, use_multipart=False)

    def create(self, key: str, content: bytes) -> bool:
        """Write unless there is such an object (If-None-Match); returns whether it was written.

        After a lost answer the request is sent again and finds its own object: then this returns False.
        """
        with told(self.place):
            try:
                obstore.put(self._store, self._prefix + key, content, mode="create")
            except AlreadyExistsError:
                return False
        return True

    def upload(self, key: str, chunks: Iterable[bytes]) -> None:
        """Write an object of any size; what the chunks raise passes, and nothing is written.

        Chunks come from this machine: while they are asked for, no store can be (obstore has one runtime).
        """
        source = _Held(iter(chunks))
        try:
            with told(self.place):
                obstore.put(
                    self._store,
                    self._prefix + key,
                    source,
                    chunk_size=PART,
                    max_concurrency=_AT_ONCE,
                    use_multipart=True,
                )
        except Unavailable:
            if source.raised is not None:
                raise source.raised from None
            raise

    def copy_from(self, other: "Objects", key: str, to: str) -> bool:
        """Copy within the bucket, without the bytes passing here; False when that cannot be, or there is no such object."""
        if (other.place.bucket, other.place.endpoint) != (self.place.bucket, self.place.endpoint):
            return False
        with told(self.place):
            try:
                obstore.copy(self._store, other._prefix + key, self._prefix + to)
            except FileNotFoundError as error:
                if is_absent(error):
                    return False
                raise
        return True

    def delete(self, keys: Iterable[str]) -> None:
        """Remove objects; one that is not there is fine."""
        for key in keys:
            with told(self.place):
                obstore.delete(self._store, self._prefix + key)

    def remove(self, key: str) -> bool:
        """Remove an object; returns False where the bucket keeps versions, so that its content is still there below it."""
        with told(self.place):
            try:
                version = obstore.head(self._store, self._prefix + key).get("version")
            except FileNotFoundError as error:
                if is_absent(error):
                    return True
                raise
            obstore.delete(self._store, self._prefix + key)
        return version in (None, "", "null")

    def list(self, prefix: str) -> Iterator[Info]:
        """Every object whose key begins with this folder (ending in a slash), in order of their keys."""
        with told(self.place):
            pages = obstore.list(self._store, self._prefix + prefix, chunk_size=_LIST)
        while True:
            with told(self.place):
                page = next(pages, None)
            if page is None:
                return
            for meta in page:
                yield _info(meta["path"].removeprefix(self._prefix), meta)


def _info(key: str, meta: "ObjectMeta") -> Info:
    return Info(key, meta["size"], meta["e_tag"] or "")


class _Held:
    """Hands on chunks and keeps what their source raised, to tell it from what the store refuses."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self.raised: Exception | None = None

    def __iter__(self) -> "_Held":
        return self

    def __next__(self) -> bytes:
        try:
            return next(self._chunks)
        except StopIteration:
            raise
        except Exception as error:
            self.raised = error
            raise
