"""The command that imports an inventory into a publicatie: compare, confirm, apply."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from woo.cli.exits import ExitCode, fail, told_errors
from woo.cli.loading import Load
from woo.inventaris.datums import Volgorde

if TYPE_CHECKING:
    from woo.usecases.publicatie import NieuwePublicatie

_NIEUW = "nieuw"
_WOO_VERZOEKEN_EN_BESLUITEN = "c_3baef532"
_YES = frozenset({"j", "ja", "y", "yes"})


def add_commands(app: typer.Typer, load: Load) -> None:
    """Add the group `import` with `inventaris`."""
    group = typer.Typer(no_args_is_help=True, help="Take over what others made: inventories of decisions.")
    app.add_typer(group, name="import")

    @group.callback()
    def import_() -> None:
        """Take over what others made: inventories of decisions."""

    @group.command("inventaris")
    def inventaris(
        file: Annotated[Path, typer.Argument(help="The list: xlsx, xls, ods or csv.", metavar="FILE")],
        publicatie: Annotated[
            str, typer.Option(help="Id of the publicatie, or 'nieuw' to make a concept.", metavar="ID|nieuw")
        ],
        dry_run: Annotated[
            bool, typer.Option("--dry-run", help="Show what is wrong and what would change, and stop.")
        ] = False,
        yes: Annotated[
            bool, typer.Option("--yes", help="Take it over without asking, as scripts do.")
        ] = False,
        publisher: Annotated[
            str | None, typer.Option(help="With 'nieuw': who publishes, as code or URI.")
        ] = None,
        titel: Annotated[str | None, typer.Option(help="With 'nieuw': the title.")] = None,
        kenmerk: Annotated[str | None, typer.Option(help="With 'nieuw': the case number.")] = None,
        informatiecategorie: Annotated[
            str, typer.Option(help="With 'nieuw': category of art. 3.3 Woo, as code or URI.")
        ] = _WOO_VERZOEKEN_EN_BESLUITEN,
        blad: Annotated[str | None, typer.Option(help="The sheet, where more than one holds a list.")] = None,
        datums: Annotated[
            Volgorde | None, typer.Option(help="Order of day and month in dates that can be read both ways.")
        ] = None,
        kolom: Annotated[
            list[str] | None,
            typer.Option(
                help="Which heading is which column, as nummer=Volgnr.; may be repeated.", metavar="VELD=KOP"
            ),
        ] = None,
    ) -> None:
        """Compare an inventory with what the publicatie has, and take the differences over once they are confirmed.

        Errors in rows are all told, and while there are any nothing is taken over. No document is hidden or removed.
        """
        with told_errors():
            if not file.is_file():
                fail(ExitCode.USAGE, f"there is no file {str(file)!r}")
            if not (dry_run or yes or sys.stdin.isatty()):
                fail(
                    ExitCode.USAGE,
                    "there is nobody to confirm; use --dry-run to look, or --yes to take it over",
                )
            doel = (
                _new(publisher, titel, kenmerk, informatiecategorie) if publicatie == _NIEUW else publicatie
            )
            if publicatie != _NIEUW and (publisher or titel or kenmerk):
                fail(ExitCode.USAGE, "--publisher, --titel and --kenmerk go with --publicatie nieuw")
            from ingest.inventaris import Bevestiging, bring_in
            from woo.inventaris.lezen import Leeswijze

            how = Bevestiging.NIET if dry_run else Bevestiging.JA if yes else Bevestiging.VRAAG
            wijze = Leeswijze(blad=blad, datums=datums, kolommen=tuple(kolom or ()))
            ok = bring_in(load(), file, doel, wijze, how, tell=typer.echo, ask=_ask)
        if not ok:
            raise typer.Exit(int(ExitCode.REFUSED))


def _new(
    publisher: str | None, titel: str | None, kenmerk: str | None, informatiecategorie: str
) -> "NieuwePublicatie":
    if not publisher or not titel or not titel.strip():
        fail(ExitCode.USAGE, "--publicatie nieuw needs --publisher and --titel")
    from woo.usecases.publicatie import NieuwePublicatie

    return NieuwePublicatie(publisher, titel, (informatiecategorie,), kenmerk=kenmerk)


def _ask(question: str) -> bool:
    """Ask on stderr; anything but yes is no."""
    sys.stderr.write(f"{question} [j/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().casefold() in _YES
