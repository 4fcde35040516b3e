"""The commands of ingest: ingest, work, withdraw, reindex, verify."""

import json
import os
import signal
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from ingest.owner import is_dead
from ingest.progress import ProgressBar
from ingest.register import Opdracht, Registrar, check_opdracht
from ingest.report import Report, accounting
from ingest.run import BatchRun
from ingest.setup import open_house, open_sandbox, open_worker
from ingest.verify import Difference, verify
from ingest.worker import WRITER_LEASE
from woo.cli.exits import ExitCode, fail, told_errors
from woo.cli.lifeline import die_with_parent
from woo.cli.publicaties import operator
from woo.domain.errors import Unavailable
from woo.domain.events import Jobsoort, Jobwens, Prioriteit
from woo.settings import Settings
from woo.usecases.intrekking import withdraw
from woo.usecases.platform import Platform, await_platform, open_platform

_WOO_VERZOEKEN_EN_BESLUITEN = "c_3baef532"


def add_commands(app: typer.Typer, load: Callable[[], Settings]) -> None:
    """Add the commands of ingest to the command line."""
    _add_ingest(app, load)
    _add_work(app, load)
    _add_withdraw(app, load)
    _add_reindex(app, load)
    _add_verify(app, load)


def _add_ingest(app: typer.Typer, load: Callable[[], Settings]) -> None:
    @app.command("ingest")
    def ingest(
        paths: Annotated[list[Path], typer.Argument(help="Files, folders and zips.", metavar="PATH…")],
        publisher: Annotated[
            str | None, typer.Option(help="Organisation that publishes, as code or URI, for example gm0153.")
        ] = None,
        informatiecategorie: Annotated[
            str, typer.Option(help="Category of art. 3.3 Woo, as code or URI.")
        ] = _WOO_VERZOEKEN_EN_BESLUITEN,
        publish: Annotated[
            bool, typer.Option("--publish", help="Make everything public that can be read.")
        ] = False,
        report: Annotated[
            Path | None, typer.Option(help="Write the account of every item here, as JSON.")
        ] = None,
    ) -> None:
        """Take in files, read them, and wait until all are searchable (or ready, without --publish).

        A file given by itself becomes a publicatie of its own. The files directly in a folder that is given become one
        publicatie, and each folder directly under it becomes one. Stop it at any moment and run it again: only
        unfinished work is done again.
        """
        with told_errors():
            for path in paths:
                if not os.path.exists(path):  # noqa: PTH110 - a name that is too long is no file either
                    fail(ExitCode.USAGE, f"there is no file or folder {str(path)!r}")
            if report is not None and (report.is_dir() or not report.parent.is_dir()):
                fail(ExitCode.USAGE, f"the report cannot be written to {str(report)!r}")
            settings = load()
            opdracht = Opdracht(publisher, informatiecategorie, publish)
            done = run_batch(settings, opdracht, paths)
            typer.echo(accounting(done))
            if report is not None:
                write_report(report, done)
        if done.refused:
            raise typer.Exit(int(ExitCode.REFUSED))


def run_batch(settings: Settings, opdracht: Opdracht, paths: list[Path]) -> Report:
    """One batch run over an installation; raises what `BatchRun.run` raises."""
    with open_platform(settings) as platform, open_sandbox(settings) as sandbox, ProgressBar() as bar:
        actor = operator()
        registrar = Registrar(platform, actor, check_opdracht(platform, actor, opdracht))
        worker = open_worker(platform, sandbox, settings)
        return BatchRun(registrar, worker, settings.limits).run(paths, bar)


def write_report(path: Path, report: Report) -> None:
    """Write the report whole or not at all; raises Unavailable when the place cannot be written."""
    temporary = path.with_name(path.name + ".tmp")
    try:
        text = json.dumps(report.as_json(), indent=1, ensure_ascii=False) + "\n"
        temporary.write_text(text, "utf-8", errors="backslashreplace")
        temporary.replace(path)
    except OSError as error:
        raise Unavailable(f"report {path}", error.strerror or str(error)) from error


def _add_work(app: typer.Typer, load: Callable[[], Settings]) -> None:
    @app.command("work")
    def work(
        until_idle: Annotated[
            bool, typer.Option("--until-idle", help="Stop when nothing is waiting.")
        ] = False,
        processes: Annotated[int | None, typer.Option(min=1, help="Child processes that read files.")] = None,
        with_parent: Annotated[int | None, typer.Option("--with-parent", hidden=True)] = None,
    ) -> None:
        """Run a worker: it reads files and keeps the public side equal to the registry."""
        if with_parent is not None:
            die_with_parent(with_parent)
        with told_errors():
            settings = load()
            opened = open_platform(settings) if until_idle else await_platform(settings)
            with opened as platform, open_sandbox(settings, processes=processes) as sandbox:
                worker = open_worker(platform, sandbox, settings, processes=processes)
                for number in (signal.SIGINT, signal.SIGTERM):
                    signal.signal(number, lambda *_: worker.stop.set())
                worker.run(until_idle=until_idle)


def _add_withdraw(app: typer.Typer, load: Callable[[], Settings]) -> None:
    @app.command("withdraw")
    def withdraw_(
        id: Annotated[str, typer.Argument(help="Id of a publicatie or document.")],
        reason: Annotated[str, typer.Option("--reason", help="Why; citizens read it (plain Dutch).")],
    ) -> None:
        """Take a publicatie or document from everything public, at once."""
        with told_errors():
            settings = load()
            with open_platform(settings) as platform:
                withdraw(platform, operator(), id, reden=reason)
                if not writer_lives(platform):
                    sync_now(platform, settings)
        typer.echo(f"{id} ingetrokken")


def writer_lives(platform: Platform) -> bool:
    """Whether a process that is alive holds the writer's lease."""
    holder = platform.registry.leases.holder(WRITER_LEASE, now=platform.now())
    return holder is not None and not is_dead(holder)


def sync_now(platform: Platform, settings: Settings) -> None:
    """Do what is owed to the public side in this process; the withdrawn list hides already, so failing is no leak."""
    with open_sandbox(settings, processes=1) as sandbox:
        worker = open_worker(platform, sandbox, settings, processes=1, reads=False)
        worker.run(until_idle=True)


def _add_reindex(app: typer.Typer, load: Callable[[], Settings]) -> None:
    @app.command("reindex")
    def reindex() -> None:
        """Build the index anew beside the old one and swap; searching goes on meanwhile. Repairs the public store too."""
        with told_errors():
            settings = load()
            with open_platform(settings) as platform:
                verify(platform, None, repair=True)
                platform.registry.jobs.want(
                    Jobwens(Jobsoort.REINDEX, "index", Prioriteit.NORMAAL), now=platform.now()
                )
                await_reindex(platform, settings)
        typer.echo("The index was built anew.")


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


def _add_verify(app: typer.Typer, load: Callable[[], Settings]) -> None:
    @app.command("verify")
    def verify_(
        repair: Annotated[bool, typer.Option("--repair", help="Order a fresh sync of what differs.")] = False,
        as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
    ) -> None:
        """Compare registry, archive, index, public store, withdrawn list and the sealed log."""
        with told_errors():
            settings = load()
            with open_platform(settings) as platform, closing(open_house(settings).open_reader()) as index:
                differences = verify(platform, index.ids, repair=repair)
                if repair and differences and not writer_lives(platform):
                    sync_now(platform, settings)
        _tell(differences, as_json=as_json)


def _tell(differences: list[Difference], *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps([asdict(difference) for difference in differences], indent=1))
    else:
        for d in differences:
            typer.echo(f"{d.part}: {d.object_id}: {d.what}{' (repaired)' if d.repaired else ''}")
        typer.echo(f"{len(differences)} differences")
    if any(not difference.repaired for difference in differences):
        raise typer.Exit(int(ExitCode.REFUSED))
