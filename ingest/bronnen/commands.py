"""`woo sources`: what other publishers show."""

import json
from typing import Annotated

import typer

from woo.cli.exits import ExitCode, fail, told_errors
from woo.cli.loading import Load


def add_commands(app: typer.Typer, load: Load) -> None:
    """Add the group `sources` with `check`."""
    group = typer.Typer(no_args_is_help=True, help="What other publishers show.")
    app.add_typer(group, name="sources")

    @group.callback()
    def sources() -> None:
        """What other publishers show."""

    @group.command("check")
    def check(
        address: Annotated[
            str, typer.Argument(help="The site of a publisher, such as https://open.voorbeeld.nl.")
        ],
        as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
    ) -> None:
        """Walk robots.txt, indices, sitemaps and some files as the national harvester does, and report what it would trip over."""
        with told_errors():
            settings = load()
            from ingest.bronnen.uitvoeren import controleer
            from ingest.bronnen.verslag import goed, regels
            from woo.domain.errors import InvalidValue
            from woo.usecases.broncontrole import site_of
            from woo.usecases.platform import load_lijsten

            try:
                site_of(address)
            except InvalidValue as error:
                fail(ExitCode.USAGE, str(error))
            told = controleer(address, settings, load_lijsten(settings))
        typer.echo(json.dumps(told, ensure_ascii=False) if as_json else "\n".join(regels(told)))
        if not goed(told):
            raise typer.Exit(int(ExitCode.REFUSED))
