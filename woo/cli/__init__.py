"""The command line `woo`: its commands come from the core and, by entry point, from the services."""

import gc
import os
import sys

import typer

from woo.cli import doctor, publicaties, serve, status, waardelijsten
from woo.cli.loading import load
from woo.cli.parts import entry_points

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
    for point in entry_points(COMMANDS):
        point.load()(app, load)
    return app


def main() -> None:
    """Run the command line; the entry point of `woo`."""
    gc.disable()  # starting makes many objects and no garbage; `load` ends it
    sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    sys.stderr.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    # what somebody else installed has no say in what is validated here, and is not searched for
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    build_app()()
