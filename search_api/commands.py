"""The commands `woo search` and `woo export`: what the public would find, shown or taken away whole."""

from pathlib import Path
from typing import Annotated

import typer

from search_api.limits import DEFAULT_AANTAL, MAX_AANTAL
from woo.cli.exits import told_errors
from woo.cli.loading import Load

_FORMS = {
    "csv": "Every document that is found, a row each.",
    "jsonl": "Every document that is found, a line of JSON each, as the API gives it.",
    "zip": "The files of every document that is found, with a list, a manifest and digests.",
}


def add_commands(app: typer.Typer, load: Load) -> None:
    """Add `search` and `export` to the command line."""
    _add_search(app, load)
    group = typer.Typer(
        no_args_is_help=True, help="Write everything that a search finds, as the public may have it."
    )
    for formaat, what in _FORMS.items():
        _add_export(group, load, formaat, what)
    app.add_typer(group, name="export")


def _add_search(app: typer.Typer, load: Load) -> None:

    @app.command("search")
    def search(
        query: Annotated[str, typer.Argument(help="The query, in the language of the search box.")],
        as_json: Annotated[bool, typer.Option("--json", help="The same JSON as the API.")] = False,
        aantal: Annotated[
            int, typer.Option(min=1, max=MAX_AANTAL, help="How many results.")
        ] = DEFAULT_AANTAL,
    ) -> None:
        """Search as the public does: what is not public, or is withdrawn, is not found."""
        with told_errors():
            from search_api.terminal import searched

            typer.echo(searched(load(), query, aantal=aantal, as_json=as_json))


def _add_export(group: typer.Typer, load: Load, formaat: str, what: str) -> None:
    @group.command(formaat, help=what)
    def export(
        query: Annotated[
            str, typer.Argument(help="The query, in the language of the search box; empty for everything.")
        ] = "",
        filters: Annotated[
            list[str] | None,
            typer.Option(
                "--filter",
                "-f",
                help="A parameter of GET /v1/export, such as publisher=gm0153; may be repeated.",
                metavar="NAME=VALUE",
            ),
        ] = None,
        output: Annotated[
            Path | None,
            typer.Option("--output", "-o", help="Write here instead of to stdout.", metavar="FILE"),
        ] = None,
        resume: Annotated[
            bool, typer.Option("--resume", help="Go on behind the last whole row of FILE.")
        ] = False,
    ) -> None:
        with told_errors():
            from search_api.export_command import write_export

            said = write_export(load(), formaat, query, filters or [], output=output, resume=resume)
            typer.echo(said, err=True)
