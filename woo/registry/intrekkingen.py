"""Withdrawals, proposals, leak sheets, terms and counts in the registry: read from a snapshot, written in a transaction."""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from woo.domain.bewaring import Bewaartermijn
from woo.domain.datalek import Lekblad
from woo.domain.errors import NotFound, Refused
from woo.domain.ingreep import Ingreep, Ingreepsoort, Ingreepstatus
from woo.domain.publicatie import Publicatiestatus
from woo.registry import intrekking_mapping as mapping
from woo.registry import selects, statements
from woo.registry.intrekking_mapping import Intrekkingsregel
from woo.registry.intrekking_tables import (
    bewaartermijn,
    ingreep,
    intrekking,
    lekblad,
    raadpleging,
    verklaring,
    vernietigd,
)
from woo.registry.records import Soort
from woo.registry.tables import bestandsversie, document, publicatie

Saving = Callable[[str], AbstractContextManager[None]]
"""Names the object that a rule of the database refuses, and spoils the transaction."""

Welke = Literal["ingetrokken", "hersteld", "vernietigd", "alle"]
_FILES = (("bestand", document.c.bestand_digest), ("weergave", document.c.weergave_digest))


@dataclass(frozen=True, slots=True)
class Geteld:
    """How often a document was asked for; `vanaf` is the first day that was counted, None before any."""

    weergaven: int
    downloads: int
    vanaf: date | None


@cache
def _undone() -> sa.Select[Any]:
    """Built once: it is asked for every document that is shown."""
    of = intrekking.c
    return (
        sa.select(sa.literal(1))
        .where(
            of.object_id.in_((sa.bindparam("id"), sa.bindparam("publicatie_id"))), of.hersteld_op.is_not(None)
        )
        .limit(1)
    )


class IntrekkingReading:
    """What can be asked of one snapshot about what came back from public."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def regels(
        self,
        *,
        welke: Welke = "alle",
        after: tuple[datetime, str] | None = None,
        limit: int = 100,
        organisaties: Collection[str] | None = None,
    ) -> list[Intrekkingsregel]:
        """Withdrawals with a reason, the last one first; `after` is moment and object of the last one of the list before."""
        of = intrekking.c
        chosen = sa.select(intrekking).order_by(of.op.desc(), of.object_id.desc()).limit(limit)
        if welke == "ingetrokken":
            chosen = chosen.where(of.hersteld_op.is_(None), of.vernietigd_op.is_(None))
        elif welke != "alle":
            chosen = chosen.where((of.hersteld_op if welke == "hersteld" else of.vernietigd_op).is_not(None))
        if after is not None:
            chosen = chosen.where(sa.tuple_(of.op, of.object_id) < sa.tuple_(*map(sa.literal, after)))
        if organisaties is not None:
            own = sa.select(publicatie.c.id).where(publicatie.c.publisher.in_(sorted(organisaties)))
            chosen = chosen.where(of.publicatie_id.in_(own))
        return [mapping.to_regel(row) for row in self._connection.execute(chosen)]

    def regel(self, object_id: str, op: datetime) -> Intrekkingsregel | None:
        """What is known of this withdrawal; None for one from before reasons had a code."""
        of = intrekking.c
        row = self._connection.execute(
            sa.select(intrekking).where(of.object_id == object_id, of.op == op)
        ).first()
        return None if row is None else mapping.to_regel(row)

    def of_object(self, object_id: str) -> list[Intrekkingsregel]:
        """The withdrawals of one object, the oldest first."""
        of = intrekking.c
        chosen = sa.select(intrekking).where(of.object_id == object_id).order_by(of.op)
        return [mapping.to_regel(row) for row in self._connection.execute(chosen)]

    def was_restored(self, id: str, publicatie_id: str) -> bool:
        """Whether a withdrawal of this document or its publicatie was ever undone."""
        values = {"id": id, "publicatie_id": publicatie_id}
        return self._connection.execute(_undone(), values).first() is not None

    def restored_at(self, object_id: str, op: datetime) -> bool:
        """Whether the withdrawal of this moment was undone."""
        found = self.regel(object_id, op)
        return found is not None and found.hersteld_op is not None

    def ingreep(self, id: str) -> Ingreep:
        """Raises NotFound."""
        row = self._connection.execute(sa.select(ingreep).where(ingreep.c.id == id)).first()
        if row is None:
            raise NotFound("ingreep", id)
        return mapping.to_ingreep(row)

    def ingrepen(
        self,
        *,
        object_id: str | None = None,
        status: Ingreepstatus | None = None,
        organisaties: Collection[str] | None = None,
        limit: int = 1000,
    ) -> list[Ingreep]:
        """Proposals, the last one first."""
        of = ingreep.c
        chosen = sa.select(ingreep).order_by(of.voorgesteld_op.desc(), of.id).limit(limit)
        if object_id is not None:
            chosen = chosen.where(of.object_id == object_id)
        if status is not None:
            chosen = chosen.where(of.status == status.value)
        if organisaties is not None:
            chosen = chosen.where(of.organisatie.in_(sorted(organisaties)))
        return [mapping.to_ingreep(row) for row in self._connection.execute(chosen)]

    def unfinished(self) -> list[Ingreep]:
        """Destructions that were approved, and whose files are still to leave the archive."""
        return [
            one
            for one in self.ingrepen(status=Ingreepstatus.GOEDGEKEURD)
            if one.soort is Ingreepsoort.VERNIETIGING
        ]

    def knows_destroyed(self, zegels: Collection[str]) -> set[str]:
        """Those of these keyed digests that are of a destroyed file."""
        listed = list(zegels)
        if len(listed) == 1:
            return set(self._connection.execute(selects.destroyed(), {"zegel": listed[0]}).scalars())
        chosen = sa.select(vernietigd.c.zegel).where(vernietigd.c.zegel.in_(listed))
        return set(self._connection.execute(chosen).scalars())

    def destroyed(self) -> Iterator[str]:
        """The keyed digest of every destroyed file."""
        yield from self._connection.execute(sa.select(vernietigd.c.zegel)).scalars()

    def holders(self, digests: Collection[str]) -> list[str]:
        """The ids of the documents that have or had one of these files, in order."""
        listed = list(digests)
        of = bestandsversie.c
        had = sa.select(of.document_id.label("id")).where(of.digest.in_(listed))
        shown = sa.select(document.c.id).where(document.c.weergave_digest.in_(listed))
        found = sa.union(had, shown).subquery()
        return list(self._connection.execute(sa.select(found.c.id).order_by(found.c.id)).scalars())

    def digests_of(self, document_id: str) -> tuple[str, ...]:
        """Every file that this document has or had, renditions included, each once."""
        of = bestandsversie.c
        had = sa.select(of.digest).where(of.document_id == document_id)
        own = [
            sa.select(column).where(document.c.id == document_id, column.is_not(None)) for _, column in _FILES
        ]
        return tuple(sorted(self._connection.execute(sa.union(had, *own)).scalars()))

    def verklaring(self, ingreep_id: str) -> bytes | None:
        """The statement of destruction as PDF; None where nothing was destroyed (yet)."""
        chosen = sa.select(verklaring.c.inhoud).where(verklaring.c.ingreep_id == ingreep_id)
        inhoud: bytes | None = self._connection.execute(chosen).scalar()
        return inhoud

    def lekblad(self, object_id: str, ingetrokken_op: datetime) -> Lekblad | None:
        """The leak sheet of this withdrawal; None where none was made."""
        of = lekblad.c
        chosen = sa.select(lekblad).where(of.object_id == object_id, of.ingetrokken_op == ingetrokken_op)
        row = self._connection.execute(chosen).first()
        return None if row is None else mapping.to_lekblad(row)

    def lekbladen(self) -> list[Lekblad]:
        """Every leak sheet, the last one first."""
        rows = self._connection.execute(sa.select(lekblad).order_by(lekblad.c.ontdekt_op.desc()))
        return [mapping.to_lekblad(row) for row in rows]

    def bewaartermijn(self, publicatie_id: str) -> Bewaartermijn:
        """What holds for this publicatie by itself; where nothing does, one without any exception."""
        given = {"publicatie_id": publicatie_id}
        row = self._connection.execute(selects.of_this_publicatie("bewaartermijn"), given).first()
        return Bewaartermijn(publicatie_id) if row is None else Bewaartermijn(**row._mapping)

    def geteld(self, document_ids: Collection[str]) -> Geteld:
        """How often these documents were asked for together, and since which day anything is counted here."""
        of = raadpleging.c
        sums = sa.select(sa.func.sum(of.weergaven), sa.func.sum(of.downloads))
        shown, fetched = self._connection.execute(sums.where(of.document_id.in_(list(document_ids)))).one()
        vanaf = self._connection.execute(sa.select(sa.func.min(of.dag))).scalar()
        return Geteld(int(shown or 0), int(fetched or 0), vanaf)


class IntrekkingWriting(IntrekkingReading):
    """The same inside a transaction, and its changes; what a rule of the database refuses raises Refused."""

    def __init__(self, connection: Connection, saving: Saving) -> None:
        super().__init__(connection)
        self._saving = saving

    def save_regel(self, regel: Intrekkingsregel) -> None:
        """Insert this withdrawal, or write all its fields over those of its row."""
        with self._saving(f"the withdrawal of {regel.object_soort} {regel.object_id}"):
            self._save(intrekking, mapping.regel_values(regel))

    def undo(self, soort: Soort, id: str, *, op: datetime, now: datetime) -> None:
        """Take the withdrawal of this moment off the object.

        Raises:
            Refused: it is not withdrawn at that moment, or its publicatie has this file again in another document.
        """
        table = document if soort == "document" else publicatie
        status = {} if soort == "document" else {"status": Publicatiestatus.GEPUBLICEERD.value}
        values = {"ingetrokken_op": None, "intrekking_reden": None, "gewijzigd_op": now, **status}
        with self._saving(f"{soort} {id}"):
            chosen = table.update().where(table.c.id == id, table.c.ingetrokken_op == op).values(values)
            if self._connection.execute(chosen).rowcount != 1:
                raise Refused("restore", f"{soort} {id}", "the registry holds a later state of it")

    def save_ingreep(self, one: Ingreep) -> None:
        """Insert it, or write all its fields over those of its row; its keyed digests are known from then on."""
        with self._saving(f"proposal {one.id}"):
            self._save(ingreep, mapping.ingreep_values(one))
        if one.zegels and one.beslist_op is not None:
            self.save_zegels(one.zegels, op=one.beslist_op, ingreep_id=one.id)

    def save_zegels(self, zegels: Iterable[str], *, op: datetime, ingreep_id: str | None = None) -> None:
        """Keep the keyed digests of destroyed files; those that are known stay as they are."""
        statement = statements.insert(self._connection.dialect.name, vernietigd)
        rows = [{"zegel": zegel, "ingreep_id": ingreep_id, "op": op} for zegel in zegels]
        if rows:
            with self._saving("the digests of destroyed files"):
                self._connection.execute(statement.on_conflict_do_nothing(index_elements=["zegel"]), rows)

    def save_verklaring(self, ingreep_id: str, inhoud: bytes, op: datetime) -> None:
        """Keep the statement of a destruction (PDF)."""
        with self._saving(f"the statement of proposal {ingreep_id}"):
            self._save(verklaring, {"ingreep_id": ingreep_id, "op": op, "inhoud": inhoud})

    def save_lekblad(self, blad: Lekblad) -> None:
        """Insert it, or write all its fields over those of its row."""
        with self._saving(f"the leak sheet of {blad.object_soort} {blad.object_id}"):
            self._save(lekblad, mapping.lekblad_values(blad))

    def save_bewaartermijn(self, termijn: Bewaartermijn) -> None:
        """Insert it, or write all its fields over those of its row; raises Refused without its publicatie."""
        with self._saving(f"the term of publicatie {termijn.publicatie_id}"):
            self._save(bewaartermijn, mapping.bewaartermijn_values(termijn))

    def count(self, dag: date, rows: Iterable[tuple[str, int, int]]) -> None:
        """Add to what was counted of documents on a day: id, views, downloads."""
        insert = statements.insert(self._connection.dialect.name, raadpleging)
        old, new = raadpleging.c, insert.excluded
        add = insert.on_conflict_do_update(
            index_elements=["document_id", "dag"],
            set_={"weergaven": old.weergaven + new.weergaven, "downloads": old.downloads + new.downloads},
        )
        values = [{"document_id": id, "dag": dag, "weergaven": w, "downloads": d} for id, w, d in rows]
        if values:
            with self._saving("what was counted"):
                self._connection.execute(add, values)

    def _save(self, table: sa.Table, values: dict[str, Any]) -> None:
        self._connection.execute(statements.save_row(self._connection.dialect.name, table), values)
