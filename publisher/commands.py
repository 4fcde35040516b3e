"""The commands of the desk: API keys here, accounts in a module of their own."""

import json
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from publisher import gebruiker_commands
from publisher.limits import MAX_DAYS
from woo.cli.installation import opened_platform
from woo.cli.loading import Load
from woo.cli.publicaties import operator
from woo.domain.actor import Rol

if TYPE_CHECKING:
    from woo.registry import Key


def add_commands(app: typer.Typer, load: Load) -> None:
    """Add `key` and `gebruiker` with their commands to the command line."""
    group = typer.Typer(no_args_is_help=True, help="Make, list and revoke the API keys of the desk.")
    _add_create(group, load)
    _add_list(group, load)
    _add_revoke(group, load)
    app.add_typer(group, name="key")
    gebruiker_commands.add_commands(app, load)


def _add_create(group: typer.Typer, load: Load) -> None:
    @group.command("create")
    def create(
        naam: Annotated[
            str, typer.Option(help="Whose key it is: a person or a system; it stands in the log.")
        ],
        dagen: Annotated[int, typer.Option(min=1, max=MAX_DAYS, help="Days until it expires.")],
        rol: Annotated[Rol | None, typer.Option(help="What it may do at every organisation.")] = None,
        organisatie: Annotated[
            list[str] | None,
            typer.Option(help="What it may do at one organisation, as gm0153=redacteur; in place of --rol."),
        ] = None,
        handeling: Annotated[
            list[str] | None,
            typer.Option(help="An action of docs/rechten.md that it is limited to; may be given again."),
        ] = None,
    ) -> None:
        """Make a key; its secret goes to stdout, once and never again."""
        roles = None if not organisatie else dict(map(_role_at, organisatie))
        with opened_platform(load) as platform:
            from publisher.keys import create_key

            key, secret = create_key(
                platform,
                operator(),
                naam,
                rol=rol,
                dagen=dagen,
                organisaties=roles,
                handelingen=handeling or None,
            )
        typer.echo(secret)
        typer.echo(f"Key {key.id} ({key.rol.value}) expires on {_moment(key.vervalt_op)}.", err=True)
        typer.echo("Keep the secret in a safe place now; it cannot be shown again.", err=True)


def _role_at(given: str) -> tuple[str, Rol]:
    """Read `gm0153=redacteur`."""
    code, _, rol = given.partition("=")
    try:
        return code.strip(), Rol(rol.strip())
    except ValueError:
        known = ", ".join(Rol)
        raise typer.BadParameter(f"{given!r}: write CODE=ROL with one of {known}") from None


def _add_list(group: typer.Typer, load: Load) -> None:
    @group.command("list")
    def list_(as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False) -> None:
        """List every key ever made, oldest first, without their secrets."""
        with opened_platform(load) as platform:
            from publisher.keys import list_keys

            keys, now = list_keys(platform, operator()), platform.now()
        if as_json:
            typer.echo(json.dumps([_told(key, now) for key in keys], ensure_ascii=False, indent=2))
            return
        for key in keys:
            typer.echo(
                f"{key.id}  {key.rol.value:<12}  {_state(key, now):<7}  until {_moment(key.vervalt_op)}  {key.naam}"
            )


def _add_revoke(group: typer.Typer, load: Load) -> None:
    @group.command("revoke")
    def revoke(id: Annotated[str, typer.Argument(help="Id of the key, from `woo key list`.")]) -> None:
        """End a key at once."""
        with opened_platform(load) as platform:
            from publisher.keys import revoke_key

            key = revoke_key(platform, operator(), id)
        typer.echo(f"Key {key.id} is revoked.", err=True)


def _state(key: "Key", now: datetime) -> str:
    if key.ingetrokken_op is not None:
        return "revoked"
    return "valid" if key.is_valid(now) else "expired"


def _told(key: "Key", now: datetime) -> dict[str, object]:
    return {
        "id": key.id,
        "naam": key.naam,
        "rol": key.rol.value,
        "organisaties": None
        if key.per_organisatie is None
        else {code: rol.value for code, rol in key.per_organisatie.items()},
        "handelingen": None if key.handelingen is None else sorted(key.handelingen),
        "staat": _state(key, now),
        "aangemaakt_op": _moment(key.aangemaakt_op),
        "vervalt_op": _moment(key.vervalt_op),
        "ingetrokken_op": None if key.ingetrokken_op is None else _moment(key.ingetrokken_op),
        "laatst_gebruikt": None if key.laatst_gebruikt is None else _moment(key.laatst_gebruikt),
    }


def _moment(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
