"""The commands of harvesting: harvest, warc."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from woo.cli.exits import ExitCode, fail, told_errors
from woo.cli.lifeline import die_with_parent
from woo.cli.loading import Load
from woo.domain.errors import NotFound

if TYPE_CHECKING:
    from ingest.oogst.lopen import Proef

_LINE = 200


def add_commands(app: typer.Typer, load: Load) -> None:
    """Add `harvest` and `warc` to the command line."""
    _add_warc(app, load)

    @app.command("harvest")
    def harvest_(
        source: Annotated[str, typer.Argument(help="Name of a source: that of its file in config/sources.")],
        limit: Annotated[
            int | None,
            typer.Option(min=1, help="Look at so many documents at most; nothing is withdrawn then."),
        ] = None,
        dry_run: Annotated[
            bool,
            typer.Option(
                "--dry-run",
                help="Only tell what would happen, and what the rules of a site find; no file is fetched.",
            ),
        ] = False,
        report: Annotated[
            Path | None, typer.Option(help="Write the account of every item here, as JSON.")
        ] = None,
        no_wait: Annotated[bool, typer.Option("--no-wait", hidden=True)] = False,
        with_parent: Annotated[int | None, typer.Option("--with-parent", hidden=True)] = None,
    ) -> None:
        """Harvest what a publisher offers: new and changed documents are taken in, what is gone is withdrawn.

        Stop it at any moment and run it again: it goes on where it was. See docs/oogst.md.
        """
        if with_parent is not None:
            die_with_parent(with_parent)
        if report is not None and (report.is_dir() or not report.parent.is_dir()):
            fail(ExitCode.USAGE, f"the report cannot be written to {str(report)!r}")
        if report is not None and (dry_run or no_wait):
            fail(ExitCode.USAGE, "a dry run has no items to report; leave out --report or --dry-run")
        with told_errors():
            from ingest.harvest import harvest, probeer
            from ingest.oogst.verslag import als_regels, is_in_orde
            from ingest.report import write_json

            try:
                if dry_run:
                    _tell(probeer(load(), source, limiet=limit))
                    return
                run, verslag = harvest(load(), source, limiet=limit, wait=not no_wait)
            except NotFound as error:
                fail(ExitCode.USAGE, str(error))
            if verslag is None:
                refused = not is_in_orde(run)
            else:
                typer.echo(als_regels(verslag))
                refused = verslag.refused
                if report is not None:
                    write_json(report, verslag.as_json())
        if refused:
            raise typer.Exit(int(ExitCode.REFUSED))


def _add_warc(app: typer.Typer, load: Load) -> None:
    @app.command("warc")
    def warc_(
        source: Annotated[str, typer.Argument(help="Name of a source: that of its file in config/sources.")],
        output: Annotated[
            Path, typer.Option("-o", "--output", help="File to write; packed when its name ends in .gz.")
        ],
    ) -> None:
        """Write what a source answered to all harvests as a WARC file: files, headers, moments and digests.

        It holds files that were withdrawn since; keep it where the public cannot come.
        """
        if output.is_dir() or not output.parent.is_dir():
            fail(ExitCode.USAGE, f"the file cannot be written to {str(output)!r}")
        with told_errors():
            from ingest.harvest import export_warc

            try:
                count = export_warc(load(), source, output)
            except NotFound as error:
                fail(ExitCode.USAGE, str(error))
        typer.echo(f"{count} answers")


def _tell(proef: "Proef") -> None:
    """Tell of a dry run; the exit code says whether the run would be refused, incomplete, or with failures."""
    found = proef.gevonden
    for gelezen in found.gelezen:
        typer.echo(f"{gelezen.wat} {gelezen.url}")
        for naam, gevonden in gelezen.gevonden.items():
            for place, line in enumerate(gevonden or ["nothing found"]):
                typer.echo(f"    {naam if place == 0 else '':<18} {_one_line(line)}".rstrip())
    for verschil, count in sorted(found.verschillen.items()):
        typer.echo(f"{count:>8}  {verschil.value}")
    typer.echo(f"{proef.afwezig:>8}  absent")
    for kind, url, count in found.waarschuwingen:
        typer.echo(f"{count:>8}  warning {kind} (first: {url})")
    typer.echo(f"{found.aantal:>8}  discovered, {found.verzoeken} requests")
    for why in filter(None, (found.reden, proef.reden)):
        typer.echo(why, err=True)
    if proef.reden is not None or not found.in_orde or found.mislukt:
        raise typer.Exit(int(ExitCode.REFUSED))


def _one_line(text: str) -> str:
    """What a site says, so that it cannot steer a terminal; cut off where it is long."""
    line = "".join(c if c.isprintable() else " " for c in text)
    return f"{line[:_LINE]}…" if len(line) > _LINE else line
