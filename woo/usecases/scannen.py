"""Look for viruses in a file before anything else reads it; what is infected is refused and written down."""

import hashlib
from typing import BinaryIO

from woo.domain.actor import Actor
from woo.domain.errors import Refused
from woo.domain.events import Actie, Gebeurtenis
from woo.usecases.platform import Platform

_CHUNK = 1024 * 1024


class Infected(Refused):
    """There is a virus in a file; `found` is what the scanner calls it."""

    def __init__(self, found: str) -> None:
        super().__init__("take in", "this file", f"it is infected with {found}")
        self.found = found


def require_clean(platform: Platform, source: BinaryIO, *, actor: Actor) -> None:
    """Scan a file from its begin to its end, and leave it at its begin.

    The log gets the digest of an infected file and what was found, never its name.

    Raises:
        Infected: there is a virus in it.
        Unavailable: the scanner cannot be reached, or cannot say; the file is not taken in then.
    """
    source.seek(0)
    found = platform.scanner.scan(source)
    source.seek(0)
    if found is None:
        return
    digest = hashlib.sha256()
    while chunk := source.read(_CHUNK):
        digest.update(chunk)
    source.seek(0)
    with platform.registry.transaction() as tx:
        tx.record(
            Gebeurtenis(
                Actie.FILE_INFECTED,
                "bestand",
                digest.hexdigest(),
                actor,
                platform.now(),
                uitkomst="geweigerd",
                details={"gevonden": found},
            )
        )
    raise Infected(found)
