"""An Inventarisregel: one row of the inventarislijst of a decision, with what was judged of one document and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID, uuid5

from woo.domain.errors import InvalidValue

_REGELS = UUID("5b1f0d3e-6f0c-4c0e-9d55-6b1f5a0c9a51")
"""The namespace of the ids of rows (UUID version 5, RFC 9562)."""


class Beoordeling(StrEnum):
    """What was decided of one document; the four values of the convention of minvws (nl-rdo-woo-web)."""

    OPENBAAR = "openbaar"
    DEELS_OPENBAAR = "deels_openbaar"
    NIET_OPENBAAR = "niet_openbaar"
    REEDS_OPENBAAR = "reeds_openbaar"


class Bijzonderheid(StrEnum):
    """What lists put where a ground belongs though it is none.

    The document is there twice, was not asked for, or goes to the requester alone (art. 5.5 to 5.7 Woo).
    """

    DUBBEL = "dubbel"
    BUITEN_VERZOEK = "buiten_verzoek"
    ALLEEN_AAN_VERZOEKER = "alleen_aan_verzoeker"


@dataclass(frozen=True, slots=True)
class Inventarisregel:
    """One row; what it says, and the document of the publicatie that it is about where that is known.

    Attributes:
        nummer: The number or id of the document in the list; unique in it, capitals and small letters alike.
        volgorde: The place in the list, from 1.
        documentnaam: Title or file name, as the list has it.
        gronden: Codes of the lists weigeringsgronden and wob_gronden; a ground of the Wob stays one of the Wob.
        wetten: The other law and its article that a ground refers to (art. 8.8 Woo, geheimhouding): `artikel 67 AWR`.
        datum: The date of the document.
        soort: What kind of document it is, in the words of the list.
        opgeschort: Whether its disclosure waits, as when a third party objects (art. 4.4, fifth paragraph, Woo).
        links: Where it is public already.
        gerelateerd: Numbers of rows that belong to it.
        zaaknummers: Cases that it belongs to.
        familie: Number of the message that it was attached to, or of itself.
        draad: Number of the conversation that the message is part of.
        overig: Every other filled column of the list, by heading. May hold names: never shown.
        document_id: The document of the same publicatie; None where none was found.
    """

    publicatie_id: str
    volgorde: int
    nummer: str
    documentnaam: str
    beoordeling: Beoordeling
    gronden: tuple[str, ...] = ()
    bijzonderheden: tuple[Bijzonderheid, ...] = ()
    datum: date | None = None
    soort: str | None = None
    toelichting: str | None = None
    opgeschort: bool = False
    links: tuple[str, ...] = ()
    gerelateerd: tuple[str, ...] = ()
    zaaknummers: tuple[str, ...] = ()
    familie: str | None = None
    draad: str | None = None
    overig: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}), hash=False)
    document_id: str | None = None
    wetten: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in ("nummer", "documentnaam"):
            if not getattr(self, name).strip():
                raise InvalidValue(name, getattr(self, name), "a row of an inventory needs one")
        if self.volgorde < 1:
            raise InvalidValue("volgorde", self.volgorde, "rows are counted from 1")

    @property
    def sleutel(self) -> str:
        """The number as it is compared: capitals and small letters alike."""
        return self.nummer.casefold()

    @property
    def plaats(self) -> str:
        """Which row it is, as jobs name it: the publicatie, a colon, and its `sleutel`."""
        return plaats_of(self.publicatie_id, self.sleutel)

    @property
    def id(self) -> str:
        """What the public side calls it: the same as long as publicatie and number stay the same."""
        return regel_id(self.plaats)

    @property
    def mag_openbaar(self) -> bool:
        """Whether the document of this row may be public: it was not refused, is for everyone, and does not wait."""
        alone = Bijzonderheid.ALLEEN_AAN_VERZOEKER in self.bijzonderheden
        return self.beoordeling is not Beoordeling.NIET_OPENBAAR and not self.opgeschort and not alone


def plaats_of(publicatie_id: str, sleutel: str) -> str:
    """Name a row by its publicatie and its `sleutel`."""
    return f"{publicatie_id}:{sleutel}"


def split_plaats(plaats: str) -> tuple[str, str]:
    """The publicatie and the `sleutel` of a row; ids have no colon."""
    publicatie_id, _, sleutel = plaats.partition(":")
    return publicatie_id, sleutel


def regel_id(plaats: str) -> str:
    """The public id of the row at this place, also of one that is not there any more."""
    return str(uuid5(_REGELS, plaats))
