"""`woo waardelijsten update`: renew the value lists from a file of the standard."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from woo.cli.exits import ExitCode, fail
from woo.cli.installation import opened_platform
from woo.cli.loading import Load
from woo.cli.publicaties import operator

if TYPE_CHECKING:
    from woo.diwoo.lijstvernieuwing import Vernieuwing

_SHOWN = 20


def add_commands(app: typer.Typer, load: Load) -> None:
    """Add the group `waardelijsten`."""
    group = typer.Typer(no_args_is_help=True, help="The value lists of this installation.")
    app.add_typer(group, name="waardelijsten")

    @group.callback()
    def waardelijsten() -> None:
        """The value lists of this installation."""

    @group.command("update")
    def update(
        file: Annotated[
            Path, typer.Argument(help="diwoo-metadata-lijsten.xsd, or one list as .json or .csv.")
        ],
        yes: Annotated[bool, typer.Option("--yes", help="Do not ask before writing.")] = False,
        dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show the differences.")] = False,
    ) -> None:
        """Renew value lists: shows what is new, changed and expired, asks, and writes the lists."""
        with opened_platform(load) as platform:
            from woo.usecases.waardelijsten import compare_waardelijsten, update_waardelijsten

            found = compare_waardelijsten(platform, operator(), file)
            for each in found:
                _tell(each)
            if not found:
                typer.echo("Every list in this file is as the file says; nothing to do.")
                return
            if dry_run:
                return
            if not yes and not _agreed():
                fail(ExitCode.REFUSED, "nothing was written")
            update_waardelijsten(platform, operator(), found)
        typer.echo(f"Written: {', '.join(each.lijst for each in found)}. Restart the services to use them;")
        typer.echo("`woo verify --repair` then brings the sitemaps up to date.")


def _agreed() -> bool:
    if not sys.stdin.isatty():
        fail(ExitCode.USAGE, "nobody can be asked here; give --yes to write, or --dry-run to look")
    return typer.confirm("Write these lists?")


def _tell(each: "Vernieuwing") -> None:
    typer.echo(f"{each.lijst}: version {each.van} becomes {each.naar}")
    _lines("new", [f"{code} ({naam})" for code, naam in each.nieuw])
    _lines("changed", [f"{code}: {old} becomes {new}" for code, old, new in each.gewijzigd])
    _lines("expired (kept for what carries it)", [f"{code} ({naam})" for code, naam in each.vervallen])
    _lines("no longer expired", [f"{code} ({naam})" for code, naam in each.terug])


def _lines(what: str, values: list[str]) -> None:
    if not values:
        return
    typer.echo(f"  {what}: {len(values)}")
    for value in values[:_SHOWN]:
        typer.echo(f"    {value}")
    if len(values) > _SHOWN:
        typer.echo(f"    and {len(values) - _SHOWN} more")
