"""How often somebody gets the digest of the legal terms."""

from enum import StrEnum


class Hoevaak(StrEnum):
    """Each day, or each Monday."""

    DAGELIJKS = "dagelijks"
    WEKELIJKS = "wekelijks"
