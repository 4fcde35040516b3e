"""What a change says of itself in the log: which fields, what they were and are, and why, inside and for everyone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from woo.domain.events import VrijeTekst

CODED = frozenset({"publisher", "informatiecategorieen", "themas", "documentsoort", "creatiedatum", "taal"})
"""Fields that hold codes or days and never what someone typed; they stand in the log as they are."""


@dataclass(frozen=True, slots=True)
class Toelichting:
    """Why something changed: `intern` for the desk alone, `publiek` for the public page of changes; None says nothing."""

    intern: str | None = None
    publiek: str | None = None

    def details(self) -> dict[str, object]:
        """As the details of a line hold it: the public words as they are, the others beside the chain."""
        said: dict[str, object] = {}
        if self.intern is not None and self.intern.strip():
            said["toelichting"] = VrijeTekst(self.intern.strip())
        if self.publiek is not None and self.publiek.strip():
            said["publieke_toelichting"] = VrijeTekst(self.publiek.strip())
        return said


NOTHING_SAID = Toelichting()


def change_details(
    before: object, after: object, fields: Iterable[str], toelichting: Toelichting = NOTHING_SAID
) -> Mapping[str, object]:
    """The details of a line about a change of these fields.

    `wijzigingen` has of each field that differs what it `was` and `is`: codes and days as they are, and what someone typed
    as a digest, with the words beside the chain (AVG art. 17).
    """
    names = sorted(fields)
    pairs = {name: (getattr(before, name), getattr(after, name)) for name in names}
    changed = {
        name: {"was": _told(name, was), "is": _told(name, is_)}
        for name, (was, is_) in pairs.items()
        if was != is_
    }
    details: dict[str, object] = {"velden": ",".join(names)}
    if changed:
        details["wijzigingen"] = changed
    return details | toelichting.details()


def _told(name: str, value: Any) -> object:
    if value is None:
        return None
    if name in CODED:
        if isinstance(value, date):
            return value.isoformat()
        return list(value) if isinstance(value, tuple) else value
    return VrijeTekst(str(value))
