"""The commands of ingest: ingest, work, reextract, withdraw, herstel, reindex, verify, and those of following."""

import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ingest.volgen.commands import add_volgen_commands
from woo.cli.exits import ExitCode, fail, told_errors
from woo.cli.lifeline import die_with_parent
from woo.cli.loading import Load
from woo.domain.errors import InvalidValue

if TYPE_CHECKING:
    from ingest.verify import Difference

_WOO_VERZOEKEN_EN_BESLUITEN = "c_3baef532"


def add_commands(app: typer.Typer, load: Load) -> None:
    """Add the commands of ingest to the command line."""
    _add_ingest(app, load)
    _add_work(app, load)
    _add_reextract(app, load)
    _add_withdraw(app, load)
    _add_herstel(app, load)
    _add_reindex(app, load)
    _add_verify(app, load)
    add_volgen_commands(app, load)


def _add_ingest(app: typer.Typer, load: Load) -> None:
    @app.command("ingest")
    def ingest(
        paths: Annotated[list[Path], typer.Argument(help="Files, folders and zips.", metavar="PATH…")],
        publisher: Annotated[
            str | None, typer.Option(help="Organisation that publishes, as code or URI, for example gm0153.")
        ] = None,
        informatiecategorie: Annotated[
            str, typer.Option(help="Category of art. 3.3 Woo, as code or URI.")
        ] = _WOO_VERZOEKEN_EN_BESLUITEN,
        metadata: Annotated[
            Path | None,
            typer.Option(help="Sheet (CSV or XLSX) that says of each file what it is.", metavar="FILE"),
        ] = None,
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
        unfinished work is done again. A metadata sheet is checked whole before anything is taken in.
        """
        with told_errors():
            _check_places([*paths, *([] if metadata is None else [metadata])], report)
            from ingest.errands import run_batch
            from ingest.register import Opdracht
            from ingest.report import accounting, kinds_table, write_report

            opdracht = Opdracht(publisher, informatiecategorie, publish)
            done = run_batch(load(), opdracht, paths, metadata=metadata)
            typer.echo(accounting(done))
            if done.kinds:
                typer.echo(f"\n{kinds_table(done)}")
            if report is not None:
                write_report(report, done)
        if done.refused:
            raise typer.Exit(int(ExitCode.REFUSED))


def _check_places(paths: list[Path], report: Path | None) -> None:
    for path in paths:
        if not os.path.exists(path):  # noqa: PTH110 - a name that is too long is no file either
            fail(ExitCode.USAGE, f"there is no file or folder {str(path)!r}")
    if report is not None and (report.is_dir() or not report.parent.is_dir()):
        fail(ExitCode.USAGE, f"the report cannot be written to {str(report)!r}")


def _add_work(app: typer.Typer, load: Load) -> None:
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
            from ingest.errands import run_worker

            run_worker(load(), until_idle=until_idle, processes=processes)


def _add_reextract(app: typer.Typer, load: Load) -> None:
    @app.command("reextract")
    def reextract_(
        kind: Annotated[
            list[str] | None,
            typer.Option("--kind", help="Kind of file, such as pdf or docx; may be repeated. All without."),
        ] = None,
        older_than: Annotated[
            str | None,
            typer.Option(help="Only what a reader older than this version read.", metavar="VERSION"),
        ] = None,
    ) -> None:
        """Read files again with the readers of now. The public keeps seeing the old text until the new one is there.

        A worker that runs does it; where none runs, it is done here. Stop it at any moment: what was asked stays asked.
        """
        with told_errors():
            from ingest.errands import reextract

            try:
                reextract(load(), kind or [], older_than, tell=typer.echo)
            except InvalidValue as error:
                fail(ExitCode.USAGE, str(error))


def _add_withdraw(app: typer.Typer, load: Load) -> None:
    @app.command("withdraw")
    def withdraw_(
        id: Annotated[str, typer.Argument(help="Id of a publicatie or document.")],
        reason: Annotated[
            str | None, typer.Option("--reason", help="Why; citizens read it (plain Dutch).")
        ] = None,
        reden: Annotated[
            str | None,
            typer.Option("--reden", help="Code of a reason, such as privacy; --reason then explains it."),
        ] = None,
    ) -> None:
        """Take a publicatie or document from everything public, at once."""
        if reason is None and reden is None:
            fail(ExitCode.USAGE, "say why: with --reason in words, or with --reden and the code of a reason")
        with told_errors():
            from ingest.errands import withdraw_everywhere

            withdraw_everywhere(load(), id, reden=reason, code=reden)
        typer.echo(f"{id} ingetrokken")


def _add_herstel(app: typer.Typer, load: Load) -> None:
    @app.command("herstel")
    def herstel(
        id: Annotated[str, typer.Argument(help="Id of a publicatie or document that was withdrawn.")],
        toelichting: Annotated[
            str | None, typer.Option("--toelichting", help="Why it may be public again; stays inside.")
        ] = None,
    ) -> None:
        """Make public again what was withdrawn by mistake; what takes two people is refused here."""
        with told_errors():
            from ingest.errands import restore_everywhere

            restore_everywhere(load(), id, toelichting=toelichting)
        typer.echo(f"{id} hersteld")


def _add_reindex(app: typer.Typer, load: Load) -> None:
    @app.command("reindex")
    def reindex() -> None:
        """Build the index anew beside the old one and swap; searching goes on meanwhile. Repairs the public store too."""
        with told_errors():
            from ingest.errands import rebuild

            rebuild(load())
        typer.echo("The index was built anew.")


def _add_verify(app: typer.Typer, load: Load) -> None:
    @app.command("verify")
    def verify_(
        repair: Annotated[bool, typer.Option("--repair", help="Order a fresh sync of what differs.")] = False,
        as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
    ) -> None:
        """Compare registry, archive, index, public store, withdrawn list and the sealed log."""
        with told_errors():
            from ingest.errands import compare

            differences = compare(load(), repair=repair)
        _tell(differences, as_json=as_json)


def _tell(differences: list["Difference"], *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps([asdict(difference) for difference in differences], indent=1))
    else:
        for d in differences:
            typer.echo(f"{d.part}: {d.object_id}: {d.what}{' (repaired)' if d.repaired else ''}")
        typer.echo(f"{len(differences)} differences")
    if any(not difference.repaired for difference in differences):
        raise typer.Exit(int(ExitCode.REFUSED))
