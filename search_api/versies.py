"""The published versions of a document's file: which is the present one, and by what an earlier one was replaced."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from search_api import addresses
from search_api.problems import invalid
from woo.domain.errors import NotFound
from woo.storage.port import PublicDocument
from woo.taal import gettext
from woo.views.problems import InputFault, quoted


@dataclass(frozen=True, slots=True)
class Versie:
    """One published version; `door` is the published version that came after it, None for the present one."""

    nummer: int
    gegevens: Mapping[str, Any]
    door: int | None

    @property
    def is_huidig(self) -> bool:
        return self.door is None


def versions(document: PublicDocument) -> tuple[Versie, ...]:
    """The published versions, the oldest first."""
    told = document.kaart.get("versies") or [_only(document)]
    later = [each["versie"] for each in told[1:]]
    return tuple(Versie(each["versie"], each, door) for each, door in zip(told, [*later, None], strict=True))


def version(document: PublicDocument, asked: str) -> Versie:
    """One published version by its number as in the address; raises NotFound, and the 400 for what is no number."""
    if not (asked.isascii() and asked.isdigit() and len(asked) <= 7):
        detail = gettext("%(waarde)s is geen versienummer. Gebruik een getal vanaf 1.", waarde=quoted(asked))
        raise invalid(InputFault("path", "versie", "ongeldig-getal", detail))
    found = next((each for each in versions(document) if each.nummer == int(asked)), None)
    if found is None:
        raise NotFound("versie", asked)
    return found


def answer(document: PublicDocument, versie: Versie, site: str) -> dict[str, Any]:
    """One version as the API tells it; only the present one has a file to fetch."""
    file = addresses.file(document.kaart) if versie.is_huidig else None
    return {
        "reden": None,
        **versie.gegevens,
        "huidig": versie.is_huidig,
        "vervangenDoor": versie.door,
        "url": site + addresses.version(document.id, versie.nummer),
        "documentUrl": site + addresses.document(document.id),
        "bestandUrl": None if file is None else site + file,
    }


def _only(document: PublicDocument) -> dict[str, Any]:
    """The present version of a document that was shown before versions were."""
    bestand = document.bestand
    return {
        "versie": document.kaart.get("versie", 1),
        "gepubliceerdOp": document.kaart["publicatiedatum"],
        "vervangenOp": None,
        "sha256": None if bestand is None else bestand.digest,
        "grootte": None if bestand is None else bestand.grootte,
    }
