"""`woo publish`: make a publicatie public."""

import getpass
import os
import socket
from collections.abc import Callable
from typing import Annotated

import typer

from woo.cli.exits import told_errors
from woo.domain.actor import Actor, Rol
from woo.settings import Settings
from woo.usecases.platform import open_platform
from woo.usecases.publicatie import publish


def operator() -> Actor:
    """The person at the command line: whoever may run it on this machine holds the installation anyway."""
    try:
        name = getpass.getuser()
    except (OSError, KeyError):
        name = f"uid {os.getuid()}"
    return Actor(name, Rol.BEHEERDER, f"command line on {socket.gethostname()}")


def add_commands(app: typer.Typer, load: Callable[[], Settings]) -> None:
    """Add `publish`."""

    @app.command("publish")
    def publish_(id: Annotated[str, typer.Argument(help="Id of the publicatie.")]) -> None:
        """Make a publicatie public, with every document of it that was read."""
        with told_errors(), open_platform(load()) as platform:
            publicatie = publish(platform, operator(), id)
        typer.echo(f"{publicatie.id} {publicatie.status.value}")
