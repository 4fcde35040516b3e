"""`woo publish`: make a publicatie public."""

import getpass
import os
import socket
from typing import Annotated

import typer

from woo.cli.installation import opened_platform
from woo.cli.loading import Load
from woo.domain.actor import Actor, Rol


def operator() -> Actor:
    """The person at the command line: whoever may run it on this machine holds the installation anyway."""
    try:
        name = getpass.getuser()
    except (OSError, KeyError):
        name = f"uid {os.getuid()}"
    return Actor(name, Rol.BEHEERDER, f"command line on {socket.gethostname()}")


def add_commands(app: typer.Typer, load: Load) -> None:
    """Add `publish`."""

    @app.command("publish")
    def publish_(id: Annotated[str, typer.Argument(help="Id of the publicatie.")]) -> None:
        """Make a publicatie public, with every document of it that was read."""
        with opened_platform(load) as platform:
            from woo.usecases.publicatie import publish

            publicatie = publish(platform, operator(), id)
        typer.echo(f"{publicatie.id} {publicatie.status.value}")
