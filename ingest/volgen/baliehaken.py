"""What a webhook of the desk is told of an event: what became public, was replaced, withdrawn or restored, of its organisations."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from woo.domain.document import Document
from woo.domain.errors import NotFound
from woo.domain.openbaarheid import is_public, is_public_publicatie
from woo.domain.publicatie import Publicatie
from woo.domain.volgen import Gebeurtenissoort
from woo.projection import utc_text
from woo.registry import Reading
from woo.usecases.platform import Platform
from woo.volgers import Baliehaak, Gebeurtenis

RESTORED = "hersteld"
"""The type of an event that shows again what was withdrawn."""


class Balieberichten:
    """The bodies for one webhook, made from the registry as it is now."""

    def __init__(self, platform: Platform, site: str) -> None:
        self._platform = platform
        self._site = site

    def bodies(self, haak: Baliehaak, events: Sequence[Gebeurtenis]) -> dict[int, dict[str, Any]]:
        """By the number of its event what is told; what is of another organisation, or was taken back meanwhile, is left out."""
        with self._platform.registry.read() as reading:
            made = {event.nummer: self._body(reading, haak, event) for event in events}
        return {number: body for number, body in made.items() if body is not None}

    def _body(self, reading: Reading, haak: Baliehaak, event: Gebeurtenis) -> dict[str, Any] | None:
        try:
            if event.object_soort == "document":
                document, publicatie = reading.document_with_publicatie(event.object_id)
            else:
                document, publicatie = None, reading.publicatie(event.object_id)
        except NotFound:
            return None
        if not haak.is_for(publicatie.publisher):
            return None
        data: dict[str, Any] = {
            "soort": event.object_soort,
            "id": event.object_id,
            "publicatie": publicatie.id,
            "publisher": publicatie.publisher,
        }
        soort = event.soort.value
        if event.soort is not Gebeurtenissoort.INGETROKKEN:
            shown = is_public_publicatie(publicatie) if document is None else is_public(document, publicatie)
            if not shown:
                return None
            data |= self._told(document, publicatie)
            if event.soort is Gebeurtenissoort.GEPUBLICEERD and _came_back(reading, event, publicatie):
                soort = RESTORED
        return {"type": soort, "timestamp": utc_text(event.op), "data": data}

    def _told(self, document: Document | None, publicatie: Publicatie) -> dict[str, Any]:
        path = "publicaties" if document is None else "documenten"
        of = publicatie if document is None else document
        told: dict[str, Any] = {"officieleTitel": of.officiele_titel, "kenmerk": of.kenmerk}
        if document is not None:
            told["versie"] = document.versie
        return {**told, "url": f"{self._site}/{path}/{quote(of.id, safe='')}"}


def _came_back(reading: Reading, event: Gebeurtenis, publicatie: Publicatie) -> bool:
    """Whether it, or the publicatie with which it went, was withdrawn before and restored."""
    ids = {event.object_id, publicatie.id}
    return any(
        regel.hersteld_op is not None and regel.hersteld_op <= event.op
        for id in ids
        for regel in reading.intrekkingen.of_object(id)
    )
