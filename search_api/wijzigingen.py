"""Reads the feed of changes: numbers and states from the public store, what is public of each document behind the gate."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

from search_api import answers
from search_api.parts import Parts
from search_api.problems import ProblemError, invalid
from woo.domain.document import Relatiesoort, lasting_name
from woo.domain.errors import Unavailable
from woo.domain.wijziging import Wijzigingstatus, deel_van
from woo.index.port import Kaart
from woo.storage.port import WIJZIGINGEN, PublicDocument, Withdrawn, wijzigingen_naam
from woo.views.problems import InputFault, Problem, quoted

_CURSOR = re.compile(r"([0-9a-f]{12})-(\d{1,15})", re.ASCII)
_BIJLAGE = Relatiesoort.HEEFT_BIJLAGE.value


@dataclass(frozen=True, slots=True)
class Regel:
    """A change as the worker wrote it: it may be behind what the gate knows, never ahead."""

    nummer: int
    document_id: str
    publicatie_id: str
    status: str
    op: str


@dataclass(frozen=True, slots=True)
class Bladzijde:
    """Some changes in the order of their numbers, the number to go on from, and whether there is more now."""

    regels: tuple[Regel, ...]
    tot: int
    meer: bool


class Wijzigingen:
    """The feed as the worker listed it last; raises Unavailable where it did not yet."""

    def __init__(self, parts: Parts) -> None:
        listed = parts.store.site(WIJZIGINGEN)
        if listed is None:
            raise Unavailable("the feed of changes", "no worker wrote it yet")
        self._parts = parts
        self._editie: str = listed["editie"]
        self._hoogste: int = listed["hoogste"]
        self._delen: list[tuple[int, int, str]] = [tuple(each) for each in listed["delen"]]
        self._publicaties: dict[str, Kaart | None] = {}

    def cursor(self, nummer: int) -> str:
        """The cursor of a reader who saw everything up to this number."""
        return f"{self._editie}-{nummer}"

    def nummer(self, cursor: str) -> int:
        """The number of a cursor.

        Raises the 400 for what is no cursor, or one of a change that is still to come; the 410 for one of another edition.
        """
        found = _CURSOR.fullmatch(cursor.strip())
        if found is None:
            raise _refused(
                f"{quoted(cursor)} is geen cursor. Begin zonder 'na', en gebruik daarna 'volgende' uit het antwoord."
            )
        if found[1] != self._editie:
            raise ProblemError(
                Problem(
                    410,
                    "Deze lijst is opnieuw begonnen",
                    "De cursor hoort bij een eerdere lijst van wijzigingen. Begin opnieuw zonder 'na'; wat u dan niet meer ziet, is "
                    "hier niet meer openbaar.",
                )
            )
        if int(found[2]) > self._hoogste:
            raise _refused(
                f"De cursor {quoted(cursor)} is van een wijziging die er nog niet is. Gebruik 'volgende' uit het vorige antwoord."
            )
        return int(found[2])

    def bladzijde(self, na: int, aantal: int, *, sinds: datetime | None = None) -> Bladzijde:
        """At most so many changes with a higher number, of this moment or later."""
        found: list[Regel] = []
        for regel in self._regels(na, sinds):
            if len(found) == aantal:
                return Bladzijde(tuple(found), found[-1].nummer, meer=True)
            found.append(regel)
        return Bladzijde(tuple(found), self._hoogste, meer=False)

    def _regels(self, na: int, sinds: datetime | None) -> Iterator[Regel]:
        """The changes of the files that may hold one; what left a file meanwhile has a higher number by now, and comes later."""
        for deel, _, laatst in self._delen:
            if deel < deel_van(na + 1) or (sinds is not None and datetime.fromisoformat(laatst) < sinds):
                continue
            for row in self._rows(deel):
                regel = Regel(*row)
                if not na < regel.nummer <= self._hoogste:
                    continue
                if sinds is None or datetime.fromisoformat(regel.op) >= sinds:
                    yield regel

    def _rows(self, deel: int) -> list[list[Any]]:
        """What stands in a file: nothing where it went since it was listed; one that is lost must not be passed over."""
        content = self._parts.store.site(wijzigingen_naam(deel))
        if content is not None:
            rows: list[list[Any]] = content["rijen"]
            return rows
        listed = self._parts.store.site(WIJZIGINGEN)
        if listed is None or any(each[0] == deel for each in listed["delen"]):
            raise Unavailable(
                "the feed of changes", f"its file {deel} is lost; woo verify --repair writes it again"
            )
        return []

    def vertel(self, regel: Regel) -> dict[str, Any] | None:
        """A change as the API tells it; of what is not public (any more) no more than that.

        None where the document is not shown at this moment: once it is again, or it is clear that it will not be, that is
        a change with a number of its own.
        """
        told: dict[str, Any] = {
            "nummer": regel.nummer,
            "op": regel.op,
            "documentId": regel.document_id,
            "publicatieId": regel.publicatie_id,
            "status": regel.status,
        }
        expected = regel.status == Wijzigingstatus.INGETROKKEN
        gone = self._parts.gate.tombstone(regel.document_id, regel.publicatie_id, expected=expected)
        if gone is not None or expected:
            return {**told, "status": Wijzigingstatus.INGETROKKEN.value, **_withdrawn(gone)}
        if regel.status != Wijzigingstatus.OPENBAAR:
            return told
        document = self._parts.gate.find(regel.document_id)
        if document is None:
            return None
        return {
            **told,
            "document": self._document(document),
            "publicatie": self._publicatie(regel.publicatie_id),
        }

    def _document(self, document: PublicDocument) -> dict[str, Any]:
        site, bestand = self._parts.site, document.bestand
        lasting = None
        if bestand is not None:
            naam = quote(lasting_name(bestand.naam), safe="")
            lasting = f"{site}/v1/documenten/{quote(document.id, safe='')}/bestand/{naam}"
        return {
            **answers.document_fields(document.kaart, site),
            "vasteBestandUrl": lasting,
            "bijlageVan": self._wholes(document),
        }

    def _wholes(self, document: PublicDocument) -> list[str]:
        """What it is attached to, as far as that is public and of the same publicatie."""
        relations = document.kaart.get("relaties") or []
        ids = [each["document"] for each in relations if each["soort"] == _BIJLAGE and each["omgekeerd"]]
        found = [self._parts.gate.find(id) for id in ids]
        return [
            each.id for each in found if each is not None and each.publicatie_id == document.publicatie_id
        ]

    def _publicatie(self, id: str) -> Mapping[str, Any] | None:
        if id not in self._publicaties:
            found = self._parts.store.publicatie(id)
            self._publicaties[id] = (
                None if found is None else answers.publicatie(found.kaart, self._parts.site)
            )
        return self._publicaties[id]


def _withdrawn(entry: Withdrawn | None) -> dict[str, Any]:
    if entry is None:
        return {"ingetrokkenOp": None, "reden": None}
    return {"ingetrokkenOp": entry.op.strftime("%Y-%m-%dT%H:%M:%SZ"), "reden": entry.reden or None}


def _refused(detail: str) -> ProblemError:
    return invalid(InputFault("query", "na", "onbekende-cursor", detail))
