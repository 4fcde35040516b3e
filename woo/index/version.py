"""What an index was made with; an index of another version is built anew, never read."""

import hashlib
from dataclasses import dataclass

from woo.index.fields import SCHEMA_VERSION


@dataclass(frozen=True, slots=True)
class Version:
    """What an index was made with; another version means other tokens or other fields."""

    schema: int
    analysis: str

    @property
    def digest(self) -> str:
        """A short name of this version, for engines that name things by it."""
        return hashlib.sha256(f"{self.schema}\0{self.analysis}".encode()).hexdigest()[:12]


def current_version(analysis: str) -> Version:
    """Return the version that this program reads and writes with this analysis."""
    return Version(SCHEMA_VERSION, analysis)
