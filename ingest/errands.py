"""What each command of ingest does, on the installation that the settings name."""

import signal
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from ingest.bronnen.wachtrij import checking
from ingest.oogst.rooster import harvesting
from ingest.owner import is_dead
from ingest.progress import ProgressBar
from ingest.register import Opdracht, Registrar, check_opdracht
from ingest.report import Report
from ingest.run import BatchRun
from ingest.setup import open_house, open_sandbox, open_unpacking, open_worker
from ingest.sheet.opening import open_lijst
from ingest.verify import Difference, verify
from ingest.volgen.rondes import following, round_once
from woo.cli.publicaties import operator
from woo.domain.errors import Unavailable
from woo.domain.events import Jobsoort, Jobwens, Prioriteit
from woo.registry import SCHRIJVER
from woo.settings import Settings
from woo.usecases.herlezen import reread
from woo.usecases.herstel import restore
from woo.usecases.intrekking import soort_of, withdraw
from woo.usecases.platform import Platform, await_platform, open_platform


def run_batch(
    settings: Settings, opdracht: Opdracht, paths: list[Path], *, metadata: Path | None = None
) -> Report:
    """One batch run over an installation; raises what `BatchRun.run` raises.

    `metadata` is a sheet that says what the files are; it is checked first: SheetRefused means that nothing was changed.
    """
    with (
        open_platform(settings) as platform,
        open_sandbox(settings) as sandbox,
        open_unpacking(settings) as unpacking,
        ProgressBar() as bar,
    ):
        actor = operator()
        checked = check_opdracht(platform, actor, opdracht)
        lijst = None if metadata is None else open_lijst(platform, sandbox, metadata, paths)
        registrar = Registrar(platform, actor, checked, lijst)
        worker = open_worker(platform, sandbox, settings)
        patience = settings.worker.patience_seconds
        run = BatchRun(registrar, worker, settings.limits, unpacking=unpacking, patience=patience)
        report = run.run(paths, bar)
    return report if lijst is None else replace(report, notes=lijst.notes, problems=lijst.problems)


def run_worker(settings: Settings, *, until_idle: bool, processes: int | None) -> None:
    """A worker in this process, until it is told to stop (SIGTERM, SIGINT) or, if so asked, nothing is waiting."""
    opened = open_platform(settings) if until_idle else await_platform(settings)
    with opened as platform, open_sandbox(settings, processes=processes) as sandbox:
        worker = open_worker(platform, sandbox, settings, processes=processes)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: worker.stop.set())
        if until_idle:
            worker.run(until_idle=True)
            round_once(platform, settings)
        else:
            with following(platform, settings), harvesting(platform, settings), checking(platform, settings):
                worker.run()


def reextract(
    settings: Settings, kinds: list[str], older_than: str | None, *, tell: Callable[[str], None]
) -> None:
    """Have files read again, by this process where no worker lives; raises what `reread` and `Worker.run` raise."""
    with open_platform(settings) as platform:
        count = reread(platform, operator(), kinds, older_than)
        tell(f"{count} {'document is' if count == 1 else 'documents are'} read again.")
        if not count:
            return
        if writer_lives(platform):
            tell("A worker is running; it does so as soon as it can.")
            return
        with open_sandbox(settings) as sandbox:
            open_worker(platform, sandbox, settings).run(until_idle=True)


def withdraw_everywhere(settings: Settings, id: str, *, reden: str | None, code: str | None = None) -> None:
    """Withdraw, and take it from the public side in this process where no writer lives."""
    with open_platform(settings) as platform:
        withdraw(platform, operator(), id, reden=reden, code=code)
        if not writer_lives(platform):
            sync_now(platform, settings)


def restore_everywhere(settings: Settings, id: str, *, toelichting: str | None) -> None:
    """Restore, and show it in this process where no writer lives."""
    with open_platform(settings) as platform:
        with platform.registry.read() as reading:
            soort = soort_of(reading, id)
        restore(platform, operator(), soort, id, toelichting=toelichting)
        if not writer_lives(platform):
            sync_now(platform, settings)


def rebuild(settings: Settings) -> None:
    """Repair the public store, and build the index anew; returns when it has been swapped."""
    with open_platform(settings) as platform:
        if not writer_lives(platform):
            sync_now(platform, settings)  # what is owed counts as busy, and would not be compared
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
    holder = platform.registry.leases.holder(SCHRIJVER, now=platform.now())
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
