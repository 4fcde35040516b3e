"""The commands of the desk: make, list and revoke API keys."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Annotated

import typer

from publisher.keys import create_key, list_keys, revoke_key
from publisher.limits import MAX_DAYS
from woo.cli.exits import told_errors
from woo.cli.publicaties import operator
from woo.domain.actor import Rol
from woo.registry import Key
from woo.settings import Settings
from woo.usecases.platform import open_platform


def add_commands(app: typer.Typer, load: Callable[[], Settings]) -> None:
    """Add `key` with its commands to the command line."""
    group = typer.Typer(no_args_is_help=True, help="Make, list and revoke the API keys of the desk.")
    _add_create(group, load)
    _add_list(group, load)
    _add_revoke(group, load)
    app.add_typer(group, name="key")


def _add_create(group: typer.Typer, load: Callable[[], Settings]) -> None:
    @group.command("create")
    def create(
        naam: Annotated[
            str, typer.Option(help="Whose key it is: a person or a system; it stands in the log.")
        ],
        rol: Annotated[Rol, typer.Option(help="What it may do.")],
        dagen: Annotated[int, typer.Option(min=1, max=MAX_DAYS, help="Days until it expires.")],
    ) -> None:
        """Make a key; its secret goes to stdout, once and never again."""
        with told_errors(), open_platform(load()) as platform:
            key, secret = create_key(platform, operator(), naam, rol=rol, dagen=dagen)
        typer.echo(secret)
        typer.echo(f"Key {key.id} ({key.rol.value}) expires on {_moment(key.vervalt_op)}.", err=True)
        typer.echo("Keep the secret in a safe place now; it cannot be shown again.", err=True)


def _add_list(group: typer.Typer, load: Callable[[], Settings]) -> None:
    @group.command("list")
    def list_(as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False) -> None:
        """List every key ever made, oldest first, without their secrets."""
        with told_errors(), open_platform(load()) as platform:
            keys, now = list_keys(platform, operator()), platform.now()
        if as_json:
            typer.echo(json.dumps([_told(key, now) for key in keys], ensure_ascii=False, indent=2))
            return
        for key in keys:
            typer.echo(
                f"{key.id}  {key.rol.value:<12}  {_state(key, now):<7}  until {_moment(key.vervalt_op)}  {key.naam}"
            )


def _add_revoke(group: typer.Typer, load: Callable[[], Settings]) -> None:
    @group.command("revoke")
    def revoke(id: Annotated[str, typer.Argument(help="Id of the key, from `woo key list`.")]) -> None:
        """End a key at once."""
        with told_errors(), open_platform(load()) as platform:
            key = revoke_key(platform, operator(), id)
        typer.echo(f"Key {key.id} is revoked.", err=True)


def _state(key: Key, now: datetime) -> str:
    if key.ingetrokken_op is not None:
        return "revoked"
    return "valid" if key.is_valid(now) else "expired"


def _told(key: Key, now: datetime) -> dict[str, str | None]:
    return {
        "id": key.id,
        "naam": key.naam,
        "rol": key.rol.value,
        "staat": _state(key, now),
        "aangemaakt_op": _moment(key.aangemaakt_op),
        "vervalt_op": _moment(key.vervalt_op),
        "ingetrokken_op": None if key.ingetrokken_op is None else _moment(key.ingetrokken_op),
        "laatst_gebruikt": None if key.laatst_gebruikt is None else _moment(key.laatst_gebruikt),
    }


def _moment(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
