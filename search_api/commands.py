"""The command `woo search`: what the public would find, as text or as the JSON of the API."""

from typing import Annotated

import typer

from search_api.limits import DEFAULT_AANTAL, MAX_AANTAL
from woo.cli.exits import told_errors
from woo.cli.loading import Load


def add_commands(app: typer.Typer, load: Load) -> None:
    """Add `search` to the command line."""

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
