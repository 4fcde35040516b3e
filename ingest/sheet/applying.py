"""Apply the rows of a metadata sheet: to a new document, or to one of an earlier run where they say something else."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.discover import title_of
from ingest.sheet.lijst import Metadatalijst, Regel
from woo.domain.actor import Actor
from woo.domain.document import Bestand, Document
from woo.domain.herkomst import found_by_program, from_sheet
from woo.registry import Transaction
from woo.usecases.document import NieuwDocument, change_within
from woo.usecases.platform import Platform

_BY_DESK = "the desk gave another value"


@dataclass(frozen=True, slots=True)
class Beschrijving:
    """The metadata sheet of one run (None when none was given), applied in the name of one actor."""

    platform: Platform
    actor: Actor
    lijst: Metadatalijst | None

    def new(self, bestand: Bestand, sleutel: str, pad: str) -> NieuwDocument:
        """What is known of a file before it is read: its row, and a title from its name where the row has none."""
        regel = self._regel(sleutel, pad)
        values: dict[str, Any] = {
            "officiele_titel": title_of(Path(bestand.naam).stem),
            **({} if regel is None else regel.waarden),
        }
        herkomst = {"officiele_titel": "bestandsnaam"}
        if regel is not None and self.lijst is not None:
            herkomst |= dict.fromkeys(regel.waarden, self.lijst.bron)
        return NieuwDocument(bestand=bestand, herkomst=herkomst, **values)

    def apply(self, tx: Transaction, document: Document, sleutel: str, pad: str) -> Document:
        """Give a document of an earlier run what its row says now, only where that is something else.

        What a person changed at the desk stays, and is told at the end; so is what is said of a withdrawn document.
        """
        regel = self._regel(sleutel, pad)
        if regel is None or self.lijst is None:
            return document
        other = {veld: waarde for veld, waarde in regel.waarden.items() if getattr(document, veld) != waarde}
        if document.intrekking is not None:
            self._keep(pad, regel, other, "it was withdrawn")
            return document
        by_desk = {veld: waarde for veld, waarde in other.items() if _is_by_desk(document, veld)}
        self._keep(pad, regel, by_desk, _BY_DESK)
        changes = {
            veld: waarde
            for veld, waarde in regel.waarden.items()
            if veld not in by_desk and (veld in other or found_by_program(document.herkomst, veld))
        }
        if not changes:
            return document
        return change_within(tx, self.platform, self.actor, document, changes, bron=self.lijst.bron)

    def unused(self, sleutel: str, pad: str, why: str) -> None:
        """Remember for the end that the row of this file was not used."""
        regel = self._regel(sleutel, pad)
        if regel is not None:
            self._keep(pad, regel, regel.waarden, why)

    def _regel(self, sleutel: str, pad: str) -> Regel | None:
        return None if self.lijst is None else self.lijst.regel_of(sleutel, pad)

    def _keep(self, pad: str, regel: Regel, values: Mapping[str, object], why: str) -> None:
        if values and self.lijst is not None:
            self.lijst.keep(pad, regel, sorted(values), why)


def _is_by_desk(document: Document, veld: str) -> bool:
    """Whether a person gave this field its value (an empty field that nobody emptied is free)."""
    if veld not in document.herkomst:
        return getattr(document, veld) is not None
    return not (found_by_program(document.herkomst, veld) or from_sheet(document.herkomst, veld))
