"""The queue of owed work: what to look at again, how often it was asked, who is busy with it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from woo.domain.events import Jobsoort, Jobwens, Prioriteit
from woo.registry.database import Database, InTransaction, repeated
from woo.registry.statements import want_job
from woo.registry.tables import job as table

_BATCH = 500
_ERROR_LENGTH = 2000
_STOPPED = "the worker stopped each time while it ran"


@dataclass(frozen=True, slots=True)
class Retry:
    """When failed work is tried again: after `base` × 2ⁿ, at most `cap`; it rests after `attempts` failures."""

    base: timedelta = timedelta(seconds=10)
    cap: timedelta = timedelta(hours=1)
    attempts: int = 5

    def pause(self, attempts: int) -> timedelta:
        """How long to wait after this many attempts, counted from 1."""
        doublings = min(max(attempts - 1, 0), 30)
        return min(self.base * (1 << doublings), self.cap)


@dataclass(frozen=True, slots=True)
class Job:
    """One owed piece of work as it was seen.

    `wanted` is the number of wishes seen, `attempts` counts this attempt too, `token` is the fence: it goes up with
    each claim, so only the latest claim can strike the job.
    """

    id: int
    soort: Jobsoort
    object_id: str
    prioriteit: Prioriteit
    due: datetime
    wanted: int
    attempts: int
    token: int
    error: str | None = None
    resting: bool = False


class JobQueue:
    """Jobs by kind and object, at most one of each; every method is a short transaction of its own unless given `tx`."""

    def __init__(self, database: Database, retry: Retry) -> None:
        self._database = database
        self._retry = retry

    @repeated
    def want(self, wens: Jobwens, *, now: datetime, tx: InTransaction | None = None) -> None:
        """Ask that an object be looked at (again); wakes a resting job, and leaves a running one running."""
        with self._database.joined(tx) as connection:
            want(connection, [wens], now)

    @repeated
    def claim(
        self, owner: str, *, now: datetime, soorten: Sequence[Jobsoort], limit: int, lease: timedelta
    ) -> list[Job]:
        """Take up to `limit` jobs until `now + lease`: most urgent first, then longest due, then oldest.

        A job whose lease ran out is given out again; when that was its last attempt it goes to rest instead.
        """
        with self._database.read() as connection:  # an idle worker must not take the write lock each time
            if not connection.execute(_any_ready(tuple(soorten)), {"now": now}).scalar_one():
                return []
        with self._database.write(durable=False) as connection:
            rows = _ready(connection, soorten, now, limit)
            spent = {row.id for row in rows if row.lease_until and row.attempts >= self._retry.attempts}
            _update(connection, spent, **_FREE, resting=True, error=_STOPPED)
            taken = [_job(row) for row in rows if row.id not in spent]
            _update(
                connection,
                [job.id for job in taken],
                attempts=table.c.attempts + 1,
                token=table.c.token + 1,
                lease_until=now + lease,
                lease_owner=owner,
            )
        return [replace(job, attempts=job.attempts + 1, token=job.token + 1) for job in taken]

    @repeated
    def done(self, jobs: Sequence[Job], *, now: datetime, tx: InTransaction | None = None) -> list[Job]:
        """Strike what was seen; a job that was wanted again meanwhile stays and is due at once.

        Returns:
            The jobs whose lease had gone to another claim; those are left alone.
        """
        with self._database.joined(tx) as connection:
            held, lost = _held(connection, jobs)
            struck = [job.id for job, row in held if row.wanted == job.wanted]
            for ids in _batches(struck):
                connection.execute(table.delete().where(table.c.id.in_(ids)))
            for job, row in held:
                if row.wanted != job.wanted:
                    left = row.wanted - job.wanted
                    _update(
                        connection,
                        [job.id],
                        **_FREE,
                        wanted=left,
                        attempts=0,
                        due=min(row.due, now),
                        error=None,
                    )
        return lost

    @repeated
    def fail(self, job: Job, *, error: str, now: datetime, tx: InTransaction | None = None) -> bool:
        """Note that it failed: it is tried again after a pause, or rests where a person can see it.

        Returns:
            Whether the lease was still that of this claim; otherwise nothing changed.
        """
        with self._database.joined(tx, durable=False) as connection:
            held, _ = _held(connection, [job])
            for _, row in held:
                resting = row.attempts >= self._retry.attempts
                due = now + self._retry.pause(row.attempts)
                _update(connection, [job.id], **_FREE, error=_storable(error), resting=resting, due=due)
        return bool(held)

    @repeated
    def release(self, jobs: Sequence[Job], *, tx: InTransaction | None = None) -> None:
        """Give back untouched, as at a shutdown; it does not count as an attempt."""
        with self._database.joined(tx, durable=False) as connection:
            held, _ = _held(connection, jobs)
            ids = [job.id for job, _ in held]
            fewer = sa.case((table.c.attempts > 0, table.c.attempts - 1), else_=0)
            _update(connection, ids, **_FREE, attempts=fewer)

    @repeated
    def postpone(self, job: Job, *, due: datetime, now: datetime, tx: InTransaction | None = None) -> None:
        """Give back until a later moment, as one that came too early; what was wanted again meanwhile is due at once."""
        with self._database.joined(tx) as connection:
            held, _ = _held(connection, [job])
            for _, row in held:
                later = due if row.wanted == job.wanted else now
                _update(connection, [job.id], **_FREE, attempts=0, due=later, error=None)

    @repeated
    def renew(self, jobs: Sequence[Job], *, now: datetime, lease: timedelta) -> list[Job]:
        """Hold the jobs until `now + lease`; returns those that another claim has taken over."""
        with self._database.write(durable=False) as connection:
            held, lost = _held(connection, jobs)
            _update(connection, [job.id for job, _ in held], lease_until=now + lease)
        return lost

    @property
    def attempts(self) -> int:
        """How often a job is tried before it rests."""
        return self._retry.attempts

    def owners(self) -> list[str]:
        """Who holds jobs now, or held them when they died."""
        held = sa.select(table.c.lease_owner).where(table.c.lease_owner.is_not(None)).distinct()
        with self._database.read() as connection:
            return list(connection.execute(held).scalars())

    @repeated
    def release_owner(self, owner: str) -> int:
        """Give back what an owner held that is known to be dead; returns how many.

        The attempt counts: what stops its worker each time comes to rest.
        """
        with self._database.write(durable=False) as connection:
            held = table.update().where(table.c.lease_owner == owner)
            spent = held.where(table.c.attempts >= self._retry.attempts)
            stopped = connection.execute(spent.values(**_FREE, resting=True, error=_STOPPED)).rowcount
            return stopped + connection.execute(held.values(**_FREE)).rowcount

    def resting(self) -> list[Job]:
        """The jobs that failed too often, with their last error."""
        with self._database.read() as connection:
            found = connection.execute(sa.select(table).where(table.c.resting.is_(True)).order_by(table.c.id))
            return [_job(row) for row in found]

    @repeated
    def retry(self, ids: Collection[int] | None = None, *, now: datetime) -> int:
        """Wake resting jobs, all or these; returns how many."""
        fresh = table.update().where(table.c.resting.is_(True)).values(resting=False, attempts=0, due=now)
        with self._database.write() as connection:
            if ids is None:
                return connection.execute(fresh).rowcount
            return sum(
                connection.execute(fresh.where(table.c.id.in_(batch))).rowcount for batch in _batches(ids)
            )

    def waiting(self, soorten: Sequence[Jobsoort] = tuple(Jobsoort)) -> int:
        """How many jobs are still to be done, those being worked on included, those at rest not."""
        counted = sa.select(sa.func.count()).select_from(table)
        with self._database.read() as connection:
            return connection.execute(counted.where(_open(soorten))).scalar_one()

    def next_due(self, soorten: Sequence[Jobsoort] = tuple(Jobsoort)) -> datetime | None:
        """The first moment at which a job can be claimed (may lie in the past); None when there are none."""
        moment = sa.case((table.c.lease_until > table.c.due, table.c.lease_until), else_=table.c.due)
        first = sa.select(sa.func.min(moment, type_=table.c.due.type)).where(_open(soorten))
        with self._database.read() as connection:
            found: datetime | None = connection.execute(first).scalar_one()
            return found


_FREE: dict[str, Any] = {"lease_until": None, "lease_owner": None}


def want(connection: Connection, wensen: Iterable[Jobwens], now: datetime) -> None:
    """Write these wishes: a new job, or one more wish for the job that there is."""
    rows = [
        {
            "soort": wens.soort.value,
            "object_id": wens.object_id,
            "prioriteit": int(wens.prioriteit),
            "wanted": 1,
            "attempts": 0,
            "token": 0,
            "due": now,
            "resting": False,
        }
        for wens in sorted(wensen, key=lambda wens: (wens.soort, wens.object_id))
    ]
    if not rows:
        return
    connection.execute(want_job(connection.dialect.name), rows)


def _open(soorten: Sequence[Jobsoort]) -> sa.ColumnElement[bool]:
    return sa.and_(table.c.soort.in_([soort.value for soort in soorten]), table.c.resting.is_(False))


def _claimable(soorten: Sequence[Jobsoort]) -> sa.ColumnElement[bool]:
    """Those that are free and due (parameter `now`)."""
    now: sa.BindParameter[datetime] = sa.bindparam("now", type_=table.c.due.type)
    free = sa.or_(table.c.lease_until.is_(None), table.c.lease_until <= now)
    return sa.and_(_open(soorten), table.c.due <= now, free)


@cache
def _any_ready(soorten: tuple[Jobsoort, ...]) -> sa.Select[Any]:
    return sa.select(sa.exists().where(_claimable(soorten)))


@cache
def _first_ready(soort: Jobsoort) -> sa.Select[Any]:
    """The first of this kind (parameters `now` and `limit`), straight from the index; what another holds is passed."""
    order = (table.c.prioriteit, table.c.due, table.c.id)
    first = sa.select(table).where(_claimable([soort])).order_by(*order)
    return first.limit(sa.bindparam("limit", type_=sa.Integer)).with_for_update(skip_locked=True)


def _ready(connection: Connection, soorten: Sequence[Jobsoort], now: datetime, limit: int) -> list[Row[Any]]:
    """Per kind the first ones; then the first of those."""
    rows: list[Row[Any]] = []
    for soort in dict.fromkeys(soorten):
        rows += connection.execute(_first_ready(soort), {"now": now, "limit": limit})
    return sorted(rows, key=lambda row: (row.prioriteit, row.due, row.id))[:limit]


def _held(connection: Connection, jobs: Sequence[Job]) -> tuple[list[tuple[Job, Row[Any]]], list[Job]]:
    """The jobs whose latest claim is the one seen, each with its row of now, and the others."""
    rows: dict[tuple[int, int], Row[Any]] = {}
    for ids in _batches(
        sorted({job.id for job in jobs})
    ):  # everybody takes rows in this order, so nobody waits in a ring
        mine = sa.select(table).where(table.c.id.in_(ids), table.c.lease_until.is_not(None))
        mine = mine.order_by(table.c.id).with_for_update()
        rows |= {(row.id, row.token): row for row in connection.execute(mine)}
    held = [(job, rows[job.id, job.token]) for job in jobs if (job.id, job.token) in rows]
    return held, [job for job in jobs if (job.id, job.token) not in rows]


def _update(connection: Connection, ids: Collection[int], **values: Any) -> None:
    for batch in _batches(ids):
        connection.execute(table.update().where(table.c.id.in_(batch)).values(**values))


def _batches(ids: Collection[int]) -> Iterable[list[int]]:
    listed = list(ids)
    return (listed[start : start + _BATCH] for start in range(0, len(listed), _BATCH))


def _storable(error: str) -> str:
    """Any program's error message, cut and without what a database cannot keep: noting a failure may not fail."""
    return error[:_ERROR_LENGTH].encode(errors="replace").decode().replace("\x00", "?")


def _job(row: Row[Any]) -> Job:
    return Job(
        id=row.id,
        soort=Jobsoort(row.soort),
        object_id=row.object_id,
        prioriteit=Prioriteit(row.prioriteit),
        due=row.due,
        wanted=row.wanted,
        attempts=row.attempts,
        token=row.token,
        error=row.error,
        resting=row.resting,
    )
