"""The names of our indices and aliases in an Elasticsearch that others may use too."""

import re
from dataclasses import dataclass
from typing import Self

from woo.index.version import Version

_NUMBERED = re.compile(r"(.+)-v(\d{1,6})-(\d{6,9})", re.ASCII | re.DOTALL)


@dataclass(frozen=True, slots=True, order=True)
class IndexName:
    """The name of one index: the installation's prefix, the version of the schema, a number; like woo-v1-000002."""

    prefix: str
    schema: int
    number: int

    def __str__(self) -> str:
        return f"{self.prefix}-v{self.schema}-{self.number:06}"

    @classmethod
    def parse(cls, text: str, prefix: str) -> Self | None:
        """Return the name that this text is, or None when it is no index of this prefix."""
        found = _NUMBERED.fullmatch(text)
        if not found or found[1] != prefix:
            return None
        name = cls(prefix, int(found[2]), int(found[3]))
        return name if str(name) == text else None

    @property
    def write_alias(self) -> str:
        """What is written to: every index has one of its own.

        So a writer that a swap left behind can neither write into the successor nor bring a removed index back to life.
        """
        return f"{self}-schrijven"

    def next(self, schema: int) -> "IndexName":
        """Return the name after this one."""
        return IndexName(self.prefix, schema, self.number + 1)


def all_of(prefix: str) -> str:
    """The pattern of every index of this prefix."""
    return f"{prefix}-v*"


def read_alias(prefix: str, version: Version) -> str:
    """What readers of this version ask: the one live index, if it was made with this version.

    The version is in the name, so that each question checks it, also in the moment of a swap.
    """
    return f"{prefix}-lezen-{version.digest}"


def is_read_alias(alias: str, prefix: str) -> bool:
    """Whether this alias points readers, of whatever version, to the live index of this prefix."""
    return re.fullmatch(f"{re.escape(prefix)}-lezen-[0-9a-f]{{12}}", alias) is not None
