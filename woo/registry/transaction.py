"""Writing the registry: changes, the log lines that tell of them and the jobs they owe, in one commit."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from woo.domain.document import Document, Pagina, Relatie, Relatiesoort
from woo.domain.errors import Refused, WooError
from woo.domain.events import Gebeurtenis, Jobwens, jobs_owed
from woo.domain.publicatie import Publicatie
from woo.registry import jobs, mapping, selects, statements, tables, wissen
from woo.registry.database import refusing
from woo.registry.log import Recorder
from woo.registry.records import Bestandsversie, Item, Soort
from woo.registry.writing_parts import WritingParts

_LATER = "the registry holds a later state of it; read it again inside this transaction"


class Transaction(WritingParts):
    """Changes that are committed together, or not at all.

    What a rule of the database refuses raises Refused and spoils the whole transaction, also when it is caught.
    """

    _locks = True

    def __init__(self, connection: Connection, key: bytes | None) -> None:
        super().__init__(connection)
        self._recorder = Recorder(connection, key)
        self._spoiled: WooError | None = None
        self._gathered: list[Gebeurtenis] | None = None

    def erase(self, soort: Soort, id: str, now: datetime) -> None:
        """Erase what a destroyed document or publicatie (itself, not its documents) holds; it stays withdrawn."""
        with self._saving(f"{soort} {id}"):
            (wissen.erase_document if soort == "document" else wissen.erase_publicatie)(
                self.connection, id, now
            )

    def item(self, sleutel: str) -> Item | None:
        """As in `Reading`; nobody else can look for it or make it here before the end of this transaction."""
        self._hold(f"item {sleutel}")
        return super().item(sleutel)

    def publicatie_by_bron(self, bron: str) -> Publicatie | None:
        """As in `Reading`; nobody else can look for it or make it here before the end of this transaction."""
        self._hold(f"bron {bron}")
        return super().publicatie_by_bron(bron)

    def save_publicatie(self, publicatie: Publicatie) -> None:
        """Insert it, or write all its fields over those of its row.

        Raises:
            Refused: its `bron` belongs to another, or the row has a status that this one cannot follow
                (a withdrawal is never undone by an older copy).
        """
        name = f"publicatie {publicatie.id}"
        with self._saving(name):
            if self._save(statements.save_publicatie, mapping.publicatie_values(publicatie)).rowcount != 1:
                raise Refused("save", name, _LATER)

    def save_document(self, document: Document, *, reden: str | None = None) -> None:
        """Insert it, or write all its fields over those of its row; each version of its file is kept as a row too.

        `reden` says to everyone why a new version came; that of a version that is kept already stays as it is.

        Raises:
            Refused: its publicatie is not there, has this number or this file already, or the row is ahead of
                this copy: withdrawn, a later version, or the same version with another file; or it is for others.
        """
        name = f"document {document.id}"
        with self._saving(name):
            if self._save(statements.save_document, mapping.document_values(document)).rowcount != 1:
                raise Refused("save", name, _LATER)
            self._save_version(document, name, reden)

    def next_volgnummer(self, publicatie_id: str) -> int:
        """The first free number in this publicatie, from 1; raises NotFound."""
        self._one("publicatie", tables.publicatie, publicatie_id)
        last = self._rows(selects.last_volgnummer(), publicatie_id=publicatie_id).scalar_one()
        return int(last or 0) + 1

    def save_pages(self, document_id: str, pages: Iterable[Pagina]) -> None:
        """Replace all pages of this document; raises Refused for a number twice or a document that is not there."""
        rows = [mapping.pagina_values(document_id, page) for page in pages]
        with self._saving(f"the pages of document {document_id}"):
            self.connection.execute(statements.drop_of_document(tables.pagina), {"document_id": document_id})
            if rows:
                self.connection.execute(tables.pagina.insert(), rows)

    def save_relatie(self, relatie: Relatie) -> None:
        """Insert it, or write its likeness over that of its row; raises Refused for an end that is not there."""
        with self._saving(f"the relation of document {relatie.van} to {relatie.naar}"):
            self._save(statements.save_relatie, mapping.relatie_values(relatie))

    def drop_relaties(self, document_id: str, soort: Relatiesoort) -> tuple[str, ...]:
        """Remove the relations of this kind that programs found of this document, from either end.

        Returns the ids of the other ends. What a person made stays.
        """
        gone = [r for r in self.relaties(document_id) if r.soort is soort and not r.met_de_hand]
        of = tables.relatie.c
        either = sa.or_(of.van_id == document_id, of.naar_id == document_id)
        found = sa.and_(of.soort == soort.value, of.met_de_hand.is_(False), either)
        self.connection.execute(tables.relatie.delete().where(found))
        return tuple(r.naar if r.van == document_id else r.van for r in gone)

    def drop_relatie(self, relatie: Relatie) -> bool:
        """Remove this one relation, whoever made it; returns whether it was there."""
        of = tables.relatie.c
        this = sa.and_(of.van_id == relatie.van, of.soort == relatie.soort.value, of.naar_id == relatie.naar)
        return self.connection.execute(tables.relatie.delete().where(this)).rowcount == 1

    def renumber(self, publicatie_id: str, numbers: Mapping[str, int]) -> None:
        """Give documents of this publicatie these volgnummers; together with the others they stay unique.

        They are lifted over all others first: each step of the way has no number twice. Raises Refused when they do not.
        """
        of = tables.document.c
        last = int(self._rows(selects.last_volgnummer(), publicatie_id=publicatie_id).scalar_one() or 0)
        lift = max(last, *numbers.values())
        change = tables.document.update().where(
            of.publicatie_id == publicatie_id, of.id == sa.bindparam("document")
        )
        with self._saving(f"the order of publicatie {publicatie_id}"):
            for above in (lift, 0):
                values = [{"document": id, "nummer": above + number} for id, number in numbers.items()]
                self.connection.execute(change.values(volgnummer=sa.bindparam("nummer")), values)

    def save_vingerafdruk(self, document_id: str, waarden: bytes | None, banden: Sequence[int] = ()) -> None:
        """Replace the fingerprint of this document's text and its bands; None takes it away."""
        values, bands = tables.vingerafdruk, tables.vingerafdrukband
        with self._saving(f"the fingerprint of document {document_id}"):
            for table in (values, bands):
                self.connection.execute(statements.drop_of_document(table), {"document_id": document_id})
            if waarden is None:
                return
            self.connection.execute(values.insert(), {"document_id": document_id, "waarden": waarden})
            rows = [
                {"document_id": document_id, "band": band, "waarde": waarde}
                for band, waarde in enumerate(banden)
            ]
            if rows:
                self.connection.execute(bands.insert(), rows)

    def one_at_a_time(self, name: str) -> None:
        """Make others that call this with the same name wait until the end of this transaction."""
        self._hold(name)

    def save_item(self, item: Item) -> None:
        """Insert it, or write all its fields over those of its row."""
        self.save_items([item])

    def save_items(self, items: Iterable[Item]) -> None:
        """As `save_item`, for many."""
        rows = [mapping.item_values(item) for item in items]
        if not rows:
            return
        with self._saving(f"item {rows[0]['pad']!r}" if len(rows) == 1 else f"{len(rows)} items"):
            self._save(statements.save_item, rows)

    def mark_shown(self, soort: Soort, id: str, *, paginas: int, vingerafdruk: str, op: datetime) -> None:
        """Remember what the public side holds of this object now."""
        self.mark_many_shown({(soort, id): (paginas, vingerafdruk)}, op=op)

    def mark_many_shown(self, held: Mapping[tuple[Soort, str], tuple[int, str]], *, op: datetime) -> None:
        """As `mark_shown`, for many: by soort and id the number of pages and the fingerprint."""
        rows = [
            {"soort": soort, "id": id, "paginas": paginas, "vingerafdruk": vingerafdruk, "op": op}
            for (soort, id), (paginas, vingerafdruk) in held.items()
        ]
        if not rows:
            return
        first = f"{rows[0]['soort']} {rows[0]['id']}"
        with self._saving(f"what is shown of {first}" if len(rows) == 1 else f"what is shown of {len(rows)}"):
            self._save(statements.mark_shown, rows)

    def mark_hidden(self, soort: Soort, id: str) -> None:
        """Remember that the public side holds nothing of this object."""
        self.connection.execute(statements.mark_hidden(), {"soort": soort, "id": id})

    def record(self, event: Gebeurtenis) -> None:
        """Write the line of the log and the jobs that it owes; raises Refused without the key of the log."""
        if self._gathered is not None:
            self._gathered.append(event)
            return
        with self._saving(f"the log line of {event.object_soort} {event.object_id}"):
            self._recorder.record([event])
        self.want_many(jobs_owed(event), event.tijd)

    @contextmanager
    def gathering(self) -> Iterator[None]:
        """Write the lines of the log of this block, and the jobs that they owe, together at its end.

        For many objects at once: the block itself may not read the log, or who prepared something.
        """
        gathered: list[Gebeurtenis] = []
        self._gathered = gathered
        try:
            yield
        finally:
            self._gathered = None
        if not gathered:
            return
        with self._saving(f"{len(gathered)} log lines"):
            self._recorder.record(gathered)
        self.want_many((wish for event in gathered for wish in jobs_owed(event)), gathered[-1].tijd)

    def want(self, wens: Jobwens, *, now: datetime) -> None:
        """Ask for a job that no event owes."""
        self.want_many([wens], now)

    def want_at(self, wens: Jobwens, due: datetime) -> None:
        """Ask for a job at a moment that lies ahead; one that is there already keeps the earlier of the two moments."""
        jobs.want(self.connection, [wens], due)

    def want_many(self, wensen: Iterable[Jobwens], now: datetime) -> None:
        """As `want`, for many."""
        jobs.want(self.connection, wensen, now)

    def finish(self) -> None:
        """Raise Refused when something in this transaction was refused, so that it is not committed by half."""
        if self._spoiled is not None:
            raise Refused("commit", "the transaction", f"a part of it was refused ({self._spoiled})")

    def _hold(self, name: str) -> None:
        """Make others that look for the same name wait (on SQLite they wait anyway)."""
        if self.connection.dialect.name == "postgresql":
            self._rows(selects.hold_name(), name=name)

    def _save_version(self, document: Document, name: str, reden: str | None) -> None:
        if document.bestand is None:
            return
        version = Bestandsversie(document.versie, document.bestand, document.gewijzigd_op, reden)
        if self._save(statements.save_version, mapping.versie_values(document.id, version)).rowcount != 1:
            why = (
                f"version {document.versie} is another file; a new file is a new version (Document.replaced)"
            )
            raise Refused("save", name, why)

    def _save(
        self, statement: Callable[[str], statements.Insert], values: mapping.Values | list[mapping.Values]
    ) -> sa.CursorResult[Any]:
        return self.connection.execute(statement(self.connection.dialect.name), values)

    @contextmanager
    def _saving(self, name: str) -> Iterator[None]:
        try:
            with refusing("save", name):
                yield
        except WooError as refusal:
            self._spoiled = refusal
            raise
