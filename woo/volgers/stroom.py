"""The stream of events that followers are told of: what waits to be looked at, what is known, and the numbered events."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from woo.domain.volgen import Gebeurtenissoort
from woo.registry.statements import insert
from woo.volgers.tables import bekend, gebeurtenis, stand, volger, wacht, webhook
from woo.volgers.transacties import Transacties

_BATCH = 500
_SHORTEST, _LONGEST = timedelta(seconds=1), timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Gebeurtenis:
    """One event: its number (they count up without end), what happened to which object, and when it was seen."""

    nummer: int
    soort: Gebeurtenissoort
    object_soort: str
    object_id: str
    op: datetime


@dataclass(frozen=True, slots=True)
class Wachtend:
    """An object that changed; `vervangen` when its file was replaced, `sinds` when it began to wait."""

    soort: str
    id: str
    vervangen: bool
    sinds: datetime


class Stroom:
    """One process at a time writes here: the holder of the lease of following."""

    def __init__(self, transacties: Transacties) -> None:
        self._in = transacties

    def positie(self) -> int | None:
        """How far the log was followed; None before the first time."""
        with self._in.read() as connection:
            place: int | None = connection.execute(sa.select(stand.c.positie)).scalar()
        return place

    def begin(self, positie: int, known: Iterable[tuple[str, str]]) -> None:
        """Start (again) at this place of the log, with all (kind, id) that is public already and nobody is told of."""
        with self._in.write() as connection:
            connection.execute(bekend.delete())
            connection.execute(wacht.delete())
            for rows in _batches({"soort": soort, "id": id} for soort, id in known):
                connection.execute(bekend.insert(), rows)
            _set_positie(connection, positie)

    def follow(self, positie: int, changed: Iterable[Wachtend]) -> None:
        """Move on in the log, with what changed by then; what waits already is looked at anew."""
        with self._in.write() as connection:
            for rows in _batches(
                {
                    "soort": one.soort,
                    "id": one.id,
                    "vervangen": one.vervangen,
                    "sinds": one.sinds,
                    "niet_voor": one.sinds,
                }
                for one in changed
            ):
                statement = insert(connection.dialect.name, wacht)
                connection.execute(
                    statement.on_conflict_do_update(
                        index_elements=["soort", "id"],
                        set_={
                            "vervangen": sa.or_(wacht.c.vervangen, statement.excluded.vervangen),
                            "niet_voor": statement.excluded.niet_voor,
                        },
                    ),
                    rows,
                )
            _set_positie(connection, positie)

    def waiting(self, *, now: datetime, limit: int = _BATCH) -> list[Wachtend]:
        """What is to be looked at now, the longest waiting first."""
        chosen = (
            sa.select(wacht).where(wacht.c.niet_voor <= now).order_by(wacht.c.sinds, wacht.c.id).limit(limit)
        )
        with self._in.read() as connection:
            return [
                Wachtend(row.soort, row.id, row.vervangen, row.sinds) for row in connection.execute(chosen)
            ]

    def known(self, objects: Collection[Wachtend]) -> set[tuple[str, str]]:
        """Kind and id of those of these that were told to be public."""
        chosen = sa.select(bekend.c.soort, bekend.c.id).where(bekend.c.id.in_([one.id for one in objects]))
        with self._in.read() as connection:
            return {(row.soort, row.id) for row in connection.execute(chosen)}

    def settle(
        self,
        seen: Iterable[tuple[Wachtend, Gebeurtenissoort | None]],
        waiting: Iterable[Wachtend],
        *,
        now: datetime,
    ) -> None:
        """Write the events of what was looked at (None: nothing to tell); the others wait on, longer each time."""
        with self._in.write() as connection:
            for one, soort in seen:
                of = {"soort": one.soort, "id": one.id}
                connection.execute(wacht.delete().filter_by(**of))
                if soort is None:
                    continue
                if soort is Gebeurtenissoort.GEPUBLICEERD:
                    connection.execute(bekend.insert(), of)
                elif soort is Gebeurtenissoort.INGETROKKEN:
                    connection.execute(bekend.delete().filter_by(**of))
                connection.execute(
                    gebeurtenis.insert(),
                    {"soort": soort, "object_soort": one.soort, "object_id": one.id, "op": now},
                )
            for one in waiting:
                pause = min(max((now - one.sinds) / 4, _SHORTEST), _LONGEST)
                update = wacht.update().filter_by(soort=one.soort, id=one.id)
                connection.execute(update.values(niet_voor=now + pause))

    def laatste(self) -> int:
        """The number of the newest event; 0 before the first."""
        with self._in.read() as connection:
            return last_number(connection)

    def between(self, after: int, until: int | None = None, *, limit: int | None = None) -> list[Gebeurtenis]:
        """The events with a number above `after`, up to and with `until`, in order."""
        chosen = sa.select(gebeurtenis).where(gebeurtenis.c.nummer > after).order_by(gebeurtenis.c.nummer)
        if until is not None:
            chosen = chosen.where(gebeurtenis.c.nummer <= until)
        if limit is not None:
            chosen = chosen.limit(limit)
        with self._in.read() as connection:
            return [_event(row) for row in connection.execute(chosen)]

    def first_shown(self, after: int, until: int) -> list[Gebeurtenis]:
        """As `between`, of what was shown for the first time alone."""
        return [event for event in self.between(after, until) if event.soort is Gebeurtenissoort.GEPUBLICEERD]

    def forget(self, *, before: datetime) -> int:
        """Remove events from before this moment that nobody is still to be told of; returns how many.

        A webhook at rest does not hold them back.
        """
        needed = sa.union_all(
            sa.select(volger.c.gezien_tot.label("tot")).where(volger.c.bevestigd_op.is_not(None)),
            sa.select(webhook.c.gezien_tot.label("tot")).where(webhook.c.rust.is_(False)),
        ).subquery()
        with self._in.write() as connection:
            least = connection.execute(sa.select(sa.func.min(needed.c.tot))).scalar()
            gone = gebeurtenis.delete().where(gebeurtenis.c.op < before)
            # the newest stays, so that numbers go on where they were
            gone = gone.where(gebeurtenis.c.nummer < last_number(connection))
            if least is not None:
                gone = gone.where(gebeurtenis.c.nummer <= least)
            return connection.execute(gone).rowcount


def last_number(connection: Connection) -> int:
    return int(connection.execute(sa.select(sa.func.max(gebeurtenis.c.nummer))).scalar() or 0)


def _set_positie(connection: Connection, positie: int) -> None:
    statement = insert(connection.dialect.name, stand).values(id=1, positie=positie)
    connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_={"positie": positie}))


def _batches(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _event(row: Row[Any]) -> Gebeurtenis:
    return Gebeurtenis(row.nummer, Gebeurtenissoort(row.soort), row.object_soort, row.object_id, row.op)
