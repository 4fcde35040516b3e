"""The command line `woo`: its commands come from the core and, by entry point, from the services."""

import sys
from importlib.metadata import entry_points

import typer

from woo.cli import doctor, publicaties, serve, status, waardelijsten
from woo.cli.loading import load

COMMANDS = "woo.commands"


def build_app() -> typer.Typer:
    """The whole command line, with the commands of every installed service."""
    app = typer.Typer(
        name="woo",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        help="Publish and search documents under the Woo (Wet open overheid).",
    )
    for module in (serve, status, publicaties, waardelijsten, doctor):
        module.add_commands(app, load)
    for point in sorted(entry_points(group=COMMANDS), key=lambda point: point.name):
        point.load()(app, load)
    return app


def main() -> None:
    """Run the command line; the entry point of `woo`."""
    sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    sys.stderr.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    build_app()()
