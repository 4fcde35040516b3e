"""What each command of ingest does, on the installation that the settings name."""

import signal
import time
from contextlib import closing
from pathlib import Path

from ingest.owner import is_dead
from ingest.progress import ProgressBar
from ingest.register import Opdracht, Registrar, check_opdracht
from ingest.report import Report
from ingest.run import BatchRun
from ingest.setup import open_house, open_sandbox, open_worker
from ingest.verify import Difference, verify
from ingest.worker import WRITER_LEASE
from woo.cli.publicaties import operator
from woo.domain.errors import Unavailable
from woo.domain.events import Jobsoort, Jobwens, Prioriteit
from woo.settings import Settings
from woo.usecases.intrekking import withdraw
from woo.usecases.platform import Platform, await_platform, open_platform


def run_batch(settings: Settings, opdracht: Opdracht, paths: list[Path]) -> Report:
    """One batch run over an installation; raises what `BatchRun.run` raises."""
    with open_platform(settings) as platform, open_sandbox(settings) as sandbox, ProgressBar() as bar:
        actor = operator()
        registrar = Registrar(platform, actor, check_opdracht(platform, actor, opdracht))
        worker = open_worker(platform, sandbox, settings)
        patience = settings.worker.patience_seconds
        return BatchRun(registrar, worker, settings.limits, patience=patience).run(paths, bar)


def run_worker(settings: Settings, *, until_idle: bool, processes: int | None) -> None:
    """A worker in this process, until it is told to stop (SIGTERM, SIGINT) or, if so asked, nothing is waiting."""
    opened = open_platform(settings) if until_idle else await_platform(settings)
    with opened as platform, open_sandbox(settings, processes=processes) as sandbox:
        worker = open_worker(platform, sandbox, settings, processes=processes)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: worker.stop.set())
        worker.run(until_idle=until_idle)


def withdraw_everywhere(settings: Settings, id: str, *, reden: str) -> None:
    """Withdraw, and take it from the public side in this process where no writer lives."""
    with open_platform(settings) as platform:
        withdraw(platform, operator(), id, reden=reden)
        if not writer_lives(platform):
            sync_now(platform, settings)


def rebuild(settings: Settings) -> None:
    """Repair the public store, and build the index anew; returns when it has been swapped."""
    with open_platform(settings) as platform:
        verify(platform, None, repair=True)
        platform.registry.jobs.want(
            Jobwens(Jobsoort.REINDEX, "index", Prioriteit.NORMAAL), now=platform.now()
        )
        await_reindex(platform, settings)


def compare(settings: Settings, *, repair: bool) -> list[Difference]:
    """Verify everything; what was ordered to repair it is done in this process where no writer lives."""
    with open_platform(settings) as platform, closing(open_house(settings).open_reader()) as index:
        differences = verify(platform, index.ids, repair=repair)
        if repair and differences and not writer_lives(platform):
            sync_now(platform, settings)
    return differences


def writer_lives(platform: Platform) -> bool:
    """Whether a process that is alive holds the writer's lease."""
    holder = platform.registry.leases.holder(WRITER_LEASE, now=platform.now())
    return holder is not None and not is_dead(holder)


def sync_now(platform: Platform, settings: Settings) -> None:
    """Do what is owed to the public side in this process; the withdrawn list hides already, so failing is no leak."""
    with open_sandbox(settings, processes=1) as sandbox:
        worker = open_worker(platform, sandbox, settings, processes=1, reads=False)
        worker.run(until_idle=True)


def await_reindex(platform: Platform, settings: Settings, *, every: float = 0.2) -> None:
    """Wait until the index was built, by this process where no writer lives; raises Unavailable when it came to rest."""
    jobs = platform.registry.jobs
    while jobs.waiting([Jobsoort.REINDEX]):
        if writer_lives(platform):
            time.sleep(every)
        else:
            sync_now(platform, settings)
    failed = [job for job in jobs.resting() if job.soort is Jobsoort.REINDEX]
    if failed:
        raise Unavailable("the index", f"reindex failed: {failed[0].error}")
