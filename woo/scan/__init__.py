"""The port to a virus scanner, and which one the settings name: nothing reads a file that was not scanned first."""

from typing import BinaryIO, Protocol

from woo.scan.clamd import PART, Clamd
from woo.settings import ScanSettings

__all__ = ["NO_SCANNER", "PART", "Clamd", "NoScanner", "Scanner", "open_scanner"]


class Scanner(Protocol):
    """Looks for viruses in a stream of bytes."""

    def scan(self, source: BinaryIO) -> str | None:
        """The name of what is in it, None when nothing was found; read from where the stream stands to its end.

        Raises Unavailable when the scanner cannot say so: a file is never taken for clean.
        """
        ...

    def version(self) -> str | None:
        """What scanner it is, with the version of its signatures; None when nothing is scanned. Raises Unavailable."""
        ...


class NoScanner:
    """Scans nothing: what an installation has that named no scanner."""

    def scan(self, source: BinaryIO) -> str | None:  # noqa: ARG002
        return None

    def version(self) -> str | None:
        return None


NO_SCANNER = NoScanner()


def open_scanner(settings: ScanSettings) -> Scanner:
    """The scanner that the settings name; it is not spoken to yet."""
    if settings.clamd is None:
        return NO_SCANNER
    return Clamd(settings.clamd, seconds=settings.seconds)
