"""A Mededeling: what is published in the place of a document that may not be public (art. 3.3, eighth paragraph, Woo)."""

from dataclasses import dataclass

from woo.domain.errors import InvalidValue


@dataclass(frozen=True, slots=True)
class Mededeling:
    """That a document of a category that must be public was withheld as a whole, and why.

    A publicatie with one has no public documents. `gronden` are codes of the list weigeringsgronden; `toelichting` is read
    by everyone.
    """

    publicatie_id: str
    gronden: tuple[str, ...]
    toelichting: str

    def __post_init__(self) -> None:
        if not self.gronden:
            raise InvalidValue(
                "gronden", (), "a mededeling names at least one ground (art. 3.3, eighth paragraph, Woo)"
            )
        if not self.toelichting.strip():
            raise InvalidValue(
                "toelichting", self.toelichting, "citizens read why the document is not public"
            )
