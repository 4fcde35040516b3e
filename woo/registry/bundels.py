"""Publicaties with all their documents, hundreds in a few questions, for who goes through many of them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from woo.domain.besluit import Woobesluit
from woo.domain.document import Document, Relatie, Relatiesoort
from woo.domain.publicatie import Publicatie
from woo.registry import mapping, tables
from woo.registry.dossier_mapping import to_besluit
from woo.registry.dossier_tables import woobesluit

_BATCH = 500
_MOST = 1_000


@dataclass(frozen=True, slots=True)
class Bundel:
    """A publicatie (None where there is none with this id) with all its documents, in the order of their numbers."""

    id: str
    publicatie: Publicatie | None
    documenten: tuple[Document, ...]


class BundelReading:
    """What can be asked of one snapshot about many publicaties and documents at once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, publicatie_ids: Iterable[str]) -> Iterator[list[Bundel]]:
        """Each of these publicaties once, some hundreds together; to be used up inside the snapshot.

        In memory are a thousand documents, or one publicatie with more. Every 500 ids come in the order of their ids.
        """
        listed = list(dict.fromkeys(publicatie_ids))
        for start in range(0, len(listed), _BATCH):
            yield from self._bundels(listed[start : start + _BATCH])

    def _bundels(self, ids: Sequence[str]) -> Iterator[list[Bundel]]:
        of = tables.publicatie.c.id
        rows = self._asked(sa.select(tables.publicatie), of, ids, [of])
        publicaties = {row.id: mapping.to_publicatie(row) for row in rows}
        some: list[Bundel] = []
        held = 0
        without = set(ids)
        for id, documents in groupby(self._documents(ids), key=lambda each: each.publicatie_id):
            without.discard(id)
            some.append(Bundel(id, publicaties.get(id), tuple(documents)))
            held += len(some[-1].documenten)
            if held >= _MOST:
                yield some
                some, held = [], 0
        some += [Bundel(id, publicaties.get(id), ()) for id in sorted(without)]
        if some:
            yield some

    def _documents(self, ids: Sequence[str]) -> Iterator[Document]:
        of = tables.document.c
        chosen = sa.select(tables.document).where(of.publicatie_id.in_(ids))
        ordered = chosen.order_by(of.publicatie_id, of.volgnummer)
        rows = self._connection.execute(ordered, execution_options={"yield_per": _BATCH})
        return (mapping.to_document(row) for row in rows)

    def relaties(
        self, document_ids: Sequence[str], soorten: Sequence[Relatiesoort]
    ) -> dict[str, list[Relatie]]:
        """The relations of these kinds that go out from these documents, by document; those without any are left out."""
        of, found = tables.relatie.c, dict[str, list[Relatie]]()
        chosen = sa.select(tables.relatie).where(of.soort.in_([soort.value for soort in soorten]))
        for row in self._asked(chosen, of.van_id, document_ids, [of.van_id, of.soort, of.naar_id]):
            found.setdefault(row.van_id, []).append(mapping.to_relatie(row))
        return found

    def besluiten(self, publicatie_ids: Sequence[str]) -> dict[str, list[Woobesluit]]:
        """The decisions that these publicaties show, by publicatie, in the order of their date; those without are left out."""
        of, found = woobesluit.c, dict[str, list[Woobesluit]]()
        order = [of.datum, of.deelbesluit, of.id]
        for row in self._asked(sa.select(woobesluit), of.publicatie_id, publicatie_ids, order):
            found.setdefault(row.publicatie_id, []).append(to_besluit(row))
        return found

    def _asked(
        self,
        chosen: sa.Select[Any],
        column: sa.ColumnElement[str],
        ids: Sequence[str],
        order: Sequence[sa.ColumnElement[Any]],
    ) -> Iterator[Row[Any]]:
        for start in range(0, len(ids), _BATCH):
            of_these = chosen.where(column.in_(ids[start : start + _BATCH]))
            yield from self._connection.execute(of_these.order_by(*order))
