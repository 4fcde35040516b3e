"""What a worker does at moments that people chose: publish what is planned, show what waited."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta

from woo.domain.actor import Actor
from woo.domain.errors import NotFound, Unavailable, WooError
from woo.domain.events import OP_TIJD, Jobsoort
from woo.logs import get_logger
from woo.registry import Job, Transaction
from woo.usecases.opschorting import release_when_due
from woo.usecases.planning import carry_out_plan
from woo.usecases.platform import Platform

_log = get_logger(__name__)
_LOOK_SECONDS = 1.0
_CLAIM = 8

_Do = Callable[[Transaction, Platform, Actor, str], datetime | None]
_DOES: dict[Jobsoort, _Do] = {Jobsoort.PUBLICEER: carry_out_plan, Jobsoort.VRIJGEVEN: release_when_due}


class OpTijd:
    """Takes the jobs that are due; any worker may, and what is done is done in the transaction that strikes the job."""

    def __init__(self, platform: Platform, actor: Actor) -> None:
        self._platform = platform
        self._actor = actor
        self._next_look = 0.0

    def turn(self, *, owner: str, lease: timedelta) -> bool:
        """Do what is due, looking once a second; returns whether anything was done."""
        if time.monotonic() < self._next_look:
            return False
        jobs = self._platform.registry.jobs.claim(
            owner, now=self._platform.now(), soorten=OP_TIJD, limit=_CLAIM, lease=lease
        )
        if not jobs:
            self._next_look = time.monotonic() + _LOOK_SECONDS
        for job in jobs:
            self._try(job)
        return bool(jobs)

    def is_due(self) -> bool:
        """Whether something waits whose moment has come."""
        due = self._platform.registry.jobs.next_due(OP_TIJD)
        return due is not None and due <= self._platform.now()

    def _try(self, job: Job) -> None:
        try:
            self._platform.registry.run(lambda tx: self._do(tx, job))
        except Unavailable:
            raise
        except (WooError, OSError) as error:
            self._fail(job, f"{type(error).__name__}: {error}")
        except Exception as error:
            _log.exception("planned_work_failed", object=job.object_id)
            self._fail(job, type(error).__name__)

    def _do(self, tx: Transaction, job: Job) -> None:
        jobs, now = self._platform.registry.jobs, self._platform.now()
        try:
            later = _DOES[job.soort](tx, self._platform, self._actor, job.object_id)
        except NotFound:
            later = None
        if later is None:
            jobs.done([job], now=now, tx=tx)
        else:
            jobs.postpone(job, due=later, now=now, tx=tx)

    def _fail(self, job: Job, error: str) -> None:
        _log.warning("planned_work_failed", object=job.object_id, error=error)
        self._platform.registry.jobs.fail(job, error=error, now=self._platform.now())
