"""Requests, decisions, procedures, inventories and contacts in the registry: read from a snapshot, written in a transaction."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from woo.domain.besluit import Woobesluit
from woo.domain.contactpersoon import Contactpersoon
from woo.domain.errors import NotFound
from woo.domain.inventaris import Beoordeling, Inventarisregel
from woo.domain.procedure import Procedure
from woo.domain.publicatie import Publicatiestatus
from woo.domain.regelsleutels import Sleutels
from woo.domain.verzoek import Wooverzoek
from woo.registry import dossier_mapping as mapping
from woo.registry import history, selects, statements
from woo.registry.dossier_tables import (
    besluitprocedure,
    contactpersoon,
    inventarisregel,
    woobesluit,
    wooverzoek,
)
from woo.registry.history import Happened
from woo.registry.tables import publicatie

Saving = Callable[[str], AbstractContextManager[None]]
"""Names the object that a rule of the database refuses, and spoils the transaction."""


@dataclass(frozen=True, slots=True)
class Regelkeuze:
    """Which rows of an inventory: those with all these words in number or name, a judgement, without a document."""

    woorden: str = ""
    beoordeling: Beoordeling | None = None
    zonder_document: bool = False


@cache
def _regels_of() -> sa.Select[Any]:
    """Built once: it is asked for every document that is shown or hidden."""
    of = inventarisregel.c
    chosen = sa.select(inventarisregel).where(of.document_id == sa.bindparam("document_id"))
    return chosen.order_by(of.volgorde)


class DossierReading:
    """What can be asked of one snapshot about requests, decisions and inventories."""

    def __init__(self, connection: Connection, *, locks: bool = False) -> None:
        self._connection = connection
        self._locks = locks

    def verzoek(self, id: str) -> Wooverzoek:
        """Raises NotFound. Inside a transaction it stays as it is until the end."""
        row = self._connection.execute(selects.by_id(wooverzoek, locks=self._locks), {"id": id}).first()
        if row is None:
            raise NotFound("wooverzoek", id)
        return mapping.to_verzoek(row)

    def verzoeken(
        self, *, kenmerk: str | None = None, organisaties: frozenset[str] | None = None
    ) -> list[Wooverzoek]:
        """Requests with this case number and of these organisations, or all, in the order in which they came in."""
        chosen = sa.select(wooverzoek).order_by(wooverzoek.c.ontvangen_op, wooverzoek.c.id)
        if kenmerk is not None:
            chosen = chosen.where(wooverzoek.c.kenmerk == kenmerk)
        if organisaties is not None:
            chosen = chosen.where(wooverzoek.c.organisatie.in_(sorted(organisaties)))
        return [mapping.to_verzoek(row) for row in self._connection.execute(chosen)]

    def besluit(self, id: str) -> Woobesluit:
        """Raises NotFound. Inside a transaction it stays as it is until the end."""
        row = self._connection.execute(selects.by_id(woobesluit, locks=self._locks), {"id": id}).first()
        if row is None:
            raise NotFound("woobesluit", id)
        return mapping.to_besluit(row)

    def besluiten(
        self, verzoek_id: str | None = None, *, publicatie_id: str | None = None
    ) -> list[Woobesluit]:
        """Decisions on this request, or those that this publicatie shows, in the order of their date."""
        if verzoek_id is None and publicatie_id is not None:
            rows = self._connection.execute(selects.shown_besluiten(), {"publicatie_id": publicatie_id})
            return [mapping.to_besluit(row) for row in rows]
        of = woobesluit.c
        chosen = sa.select(woobesluit).order_by(of.datum, of.deelbesluit, of.id)
        if verzoek_id is not None:
            chosen = chosen.where(of.verzoek_id == verzoek_id)
        if publicatie_id is not None:
            chosen = chosen.where(of.publicatie_id == publicatie_id)
        return [mapping.to_besluit(row) for row in self._connection.execute(chosen)]

    def procedure(self, id: str) -> Procedure:
        """Raises NotFound. Inside a transaction it stays as it is until the end."""
        row = self._connection.execute(selects.by_id(besluitprocedure, locks=self._locks), {"id": id}).first()
        if row is None:
            raise NotFound("procedure", id)
        return mapping.to_procedure(row)

    def procedures(self, besluit_ids: Sequence[str]) -> list[Procedure]:
        """The objections and cases about these decisions, in the order in which they were lodged."""
        if not besluit_ids:
            return []
        of = besluitprocedure.c
        chosen = sa.select(besluitprocedure).where(of.besluit_id.in_(besluit_ids)).order_by(of.datum, of.id)
        return [mapping.to_procedure(row) for row in self._connection.execute(chosen)]

    def contactpersoon(self, soort: str, object_id: str) -> Contactpersoon | None:
        """The contact of an `organisatie` (by code) or a `publicatie` (by id); None where there is none."""
        given = {"soort": soort, "object_id": object_id}
        row = self._connection.execute(selects.contact(), given).first()
        return None if row is None else mapping.to_contactpersoon(row)

    def published_by(self, publisher: str) -> list[str]:
        """The ids of the published publicaties of this organisation."""
        of = publicatie.c
        chosen = sa.select(of.id).where(
            of.publisher == publisher, of.status == Publicatiestatus.GEPUBLICEERD.value
        )
        return list(self._connection.execute(chosen.order_by(of.id)).scalars())

    def withdrawn_documents(self, publicatie_id: str, *, since: datetime) -> frozenset[str]:
        """The ids of the documents of this publicatie that were withdrawn by themselves, from this moment on."""
        given = {"publicatie_id": publicatie_id, "since": since}
        return frozenset(self._connection.execute(selects.withdrawn_documents(), given).scalars())

    def happened(self, publicatie_id: str, *, since: datetime, limit: int) -> list[Happened]:
        """What happened to this publicatie, its documents, its decisions and its requests; see `history`."""
        return history.happened(self._connection, publicatie_id, since=since, limit=limit)

    def regels(self, publicatie_id: str) -> tuple[Inventarisregel, ...]:
        """The inventory of this publicatie in the order of the list; empty where there is none."""
        rows = self._connection.execute(selects.regels(), {"publicatie_id": publicatie_id})
        return tuple(mapping.to_regel(row) for row in rows)

    def chosen_regels(
        self, publicatie_id: str, keuze: Regelkeuze, *, after: int = 0, limit: int
    ) -> tuple[Inventarisregel, ...]:
        """The rows that fit and stand after this place, in the order of the list."""
        of = inventarisregel.c
        chosen = _fitting(sa.select(inventarisregel), publicatie_id, keuze).where(of.volgorde > after)
        rows = self._connection.execute(chosen.order_by(of.volgorde).limit(limit))
        return tuple(mapping.to_regel(row) for row in rows)

    def count_regels(self, publicatie_id: str, keuze: Regelkeuze | None = None) -> int:
        """How many rows fit."""
        chosen = sa.select(sa.func.count()).select_from(inventarisregel)
        found = self._connection.execute(_fitting(chosen, publicatie_id, keuze or Regelkeuze()))
        return int(found.scalar_one())

    def regel(self, publicatie_id: str, sleutel: str) -> Inventarisregel | None:
        """One row; None where it is not, or not any more, in the inventory."""
        of = inventarisregel.c
        chosen = sa.select(inventarisregel).where(of.publicatie_id == publicatie_id, of.sleutel == sleutel)
        row = self._connection.execute(chosen).first()
        return None if row is None else mapping.to_regel(row)

    def regels_of(self, document_id: str) -> tuple[Inventarisregel, ...]:
        """The rows that are about this document, in the order of the list; mostly one or none."""
        rows = self._connection.execute(_regels_of(), {"document_id": document_id})
        return tuple(mapping.to_regel(row) for row in rows)

    def regels_by(self, publicatie_id: str, sleutels: Sleutels) -> tuple[Inventarisregel, ...]:
        """The rows of this inventory that have one of these numbers or names, in the order of the list."""
        given = {
            "publicatie_id": publicatie_id,
            "nummers": sorted(sleutels.nummers),
            "namen": sorted(sleutels.namen),
        }
        rows = self._connection.execute(selects.regels_by(), given)
        return tuple(mapping.to_regel(row) for row in rows)

    def sleutels(self, publicatie_id: str) -> list[str]:
        """The keys of all rows of this inventory, in the order of the list."""
        return list(self._connection.execute(selects.sleutels(), {"publicatie_id": publicatie_id}).scalars())

    def all_regels(
        self, *, after: tuple[str, str] | None = None, limit: int = 1000
    ) -> tuple[Inventarisregel, ...]:
        """Rows of all inventories by publicatie and key; `after` is the publicatie and key of the last one before."""
        of = inventarisregel.c
        chosen = sa.select(inventarisregel).order_by(of.publicatie_id, of.sleutel).limit(limit)
        if after is not None:
            chosen = chosen.where(sa.tuple_(of.publicatie_id, of.sleutel) > after)
        return tuple(mapping.to_regel(row) for row in self._connection.execute(chosen))

    def has_refused(self, publicatie_id: str) -> bool:
        """Whether a row of this inventory says that its document may not be public (Inventarisregel.mag_openbaar)."""
        found = self._connection.execute(selects.refused_row(), {"publicatie_id": publicatie_id})
        return found.first() is not None


class DossierWriting(DossierReading):
    """The same inside a transaction, and its changes; what a rule of the database refuses raises Refused."""

    def __init__(self, connection: Connection, saving: Saving) -> None:
        super().__init__(connection, locks=True)
        self._saving = saving

    def save_verzoek(self, verzoek: Wooverzoek) -> None:
        """Insert it, or write all its fields over those of its row."""
        with self._saving(f"wooverzoek {verzoek.id}"):
            self._save(wooverzoek, mapping.verzoek_values(verzoek))

    def save_besluit(self, besluit: Woobesluit) -> None:
        """Insert it, or write all its fields over those of its row.

        Raises:
            Refused: its request or publicatie is not there, or the request has this partial decision already.
        """
        with self._saving(f"woobesluit {besluit.id}"):
            self._save(woobesluit, mapping.besluit_values(besluit))

    def save_procedure(self, procedure: Procedure) -> None:
        """Insert it, or write all its fields over those of its row; raises Refused where its decision is not there."""
        with self._saving(f"procedure {procedure.id}"):
            self._save(besluitprocedure, mapping.procedure_values(procedure))

    def save_contactpersoon(self, soort: str, object_id: str, contact: Contactpersoon | None) -> None:
        """Keep this contact of an organisation or publicatie in the place of another; None takes it away."""
        of = contactpersoon.c
        with self._saving(f"the contact of {soort} {object_id}"):
            self._connection.execute(
                contactpersoon.delete().where(of.soort == soort, of.object_id == object_id)
            )
            if contact is not None:
                values = {"soort": soort, "object_id": object_id, **asdict(contact)}
                self._connection.execute(contactpersoon.insert(), values)

    def save_regels(self, publicatie_id: str, regels: Iterable[Inventarisregel]) -> None:
        """Replace the whole inventory of this publicatie.

        Raises:
            Refused: a number or place is there twice, or the publicatie or a document is not there.
            ValueError: a row of another publicatie.
        """
        rows: list[dict[str, Any]] = []
        for regel in regels:
            if regel.publicatie_id != publicatie_id:
                raise ValueError(
                    f"row {regel.nummer} belongs to {regel.publicatie_id}, not to {publicatie_id}"
                )
            rows.append(mapping.regel_values(regel))
        with self._saving(f"the inventory of publicatie {publicatie_id}"):
            self._connection.execute(
                inventarisregel.delete().where(inventarisregel.c.publicatie_id == publicatie_id)
            )
            if rows:
                self._connection.execute(inventarisregel.insert(), rows)

    def save_regel(self, regel: Inventarisregel) -> None:
        """Insert one row, or write all its fields over those of the row with its number.

        Raises Refused where its place is taken, or its publicatie or document is not there.
        """
        with self._saving(f"row {regel.nummer} of the inventory of publicatie {regel.publicatie_id}"):
            self._save(inventarisregel, mapping.regel_values(regel))

    def drop_regel(self, publicatie_id: str, sleutel: str) -> None:
        """Take one row away; taking away what is not there is fine."""
        of = inventarisregel.c
        self._connection.execute(
            inventarisregel.delete().where(of.publicatie_id == publicatie_id, of.sleutel == sleutel)
        )

    def _save(self, table: sa.Table, values: dict[str, Any]) -> None:
        self._connection.execute(statements.save_row(self._connection.dialect.name, table), values)


def _fitting(chosen: sa.Select[Any], publicatie_id: str, keuze: Regelkeuze) -> sa.Select[Any]:
    of = inventarisregel.c
    chosen = chosen.where(of.publicatie_id == publicatie_id)
    for word in keuze.woorden.casefold().split():
        chosen = chosen.where(
            sa.or_(of.sleutel.contains(word, autoescape=True), of.naamsleutel.contains(word, autoescape=True))
        )
    if keuze.beoordeling is not None:
        chosen = chosen.where(of.beoordeling == keuze.beoordeling.value)
    return chosen.where(of.document_id.is_(None)) if keuze.zonder_document else chosen
