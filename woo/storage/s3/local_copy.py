"""A temporary copy on this machine of what is in an S3 store, compared with its digest and removed afterwards."""

import hashlib
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from woo.domain.errors import Unavailable
from woo.storage.durable import unavailable
from woo.storage.s3.objects import ChangedError


@contextmanager
def local_copy(chunks: Iterable[bytes], *, digest: str, part: str) -> Iterator[Path]:
    """Give the path of the copy; raises Unavailable when it is not the file of that digest."""
    with tempfile.NamedTemporaryFile(prefix="woo-") as file:
        write_copy(Path(file.name), chunks, digest=digest, part=part)
        yield Path(file.name)


def write_copy(path: Path, chunks: Iterable[bytes], *, digest: str, part: str) -> None:
    """Write the file of that digest to this path; raises Unavailable when it is another."""
    with unavailable("temporary folder"):
        file = path.open("wb")
    with file:
        for chunk in verified(chunks, digest=digest, part=part):
            with unavailable("temporary folder"):
                file.write(chunk)
        with unavailable("temporary folder"):
            file.flush()


def verified(chunks: Iterable[bytes], *, digest: str, part: str) -> Iterator[bytes]:
    """Hand on chunks; raises Unavailable at their end when together they are not what the digest names."""
    hashed = hashlib.sha256()
    try:
        for chunk in chunks:
            hashed.update(chunk)
            yield chunk
    except ChangedError:
        raise Unavailable(part, f"file {digest} was replaced or taken away while it was read") from None
    if hashed.hexdigest() != digest:
        raise Unavailable(part, f"file {digest} is damaged; put it there again from a backup or its source")
