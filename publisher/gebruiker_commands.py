"""`woo gebruiker`: make, list, change, help, close and reopen the accounts of people at the desk."""

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from woo.cli.exits import ExitCode, fail, told_errors
from woo.cli.loading import Load
from woo.cli.publicaties import operator
from woo.domain.account import Account, Roltoekenning
from woo.domain.actor import Rol
from woo.domain.errors import NotFound

if TYPE_CHECKING:
    from woo.settings import Settings
    from woo.usecases.toegang.accounts import Uitnodiging
    from woo.usecases.toegang.onderdelen import Toegang

_ROL_HELP = (
    "What the person may do: lezer, redacteur, publiceerder or beheerder, for every organisation, or as "
    "ROLE@ORGANISATION (TOOI code) for one; may be given more than once."
)
_WHO = "E-mail address or id of the account."


def add_commands(app: typer.Typer, load: Load) -> None:
    """Add `gebruiker` with its commands to the command line."""
    group = typer.Typer(no_args_is_help=True, help="The accounts of people who log in at the desk.")
    _add_maak(group, load)
    _add_lijst(group, load)
    _add_rollen(group, load)
    _add_herstel(group, load)
    _add_sluit(group, load)
    _add_heropen(group, load)
    app.add_typer(group, name="gebruiker")


def _add_maak(group: typer.Typer, load: Load) -> None:
    @group.command("maak")
    def maak(
        email: Annotated[str, typer.Argument(help="E-mail address, with which the person logs in.")],
        naam: Annotated[str, typer.Option(help="Name of the person.")],
        rol: Annotated[list[str], typer.Option(help=_ROL_HELP)],
        wachtwoord: Annotated[
            bool,
            typer.Option(
                "--wachtwoord", help="Ask for a password (or read a line of stdin) instead of making a link."
            ),
        ] = False,
    ) -> None:
        """Make an account; the link with which the person sets a password goes to stdout, once."""
        rollen = [_role(text) for text in rol]
        typed = _password() if wachtwoord else None
        with _opened(load) as (toegang, settings):
            from woo.domain.account import checked_wachtwoord
            from woo.usecases.toegang.aanmelden import Vanwaar
            from woo.usecases.toegang.accounts import make_account
            from woo.usecases.toegang.eigen import set_first_password

            if typed is not None:
                tekens = toegang.settings.wachtwoord_tekens
                checked_wachtwoord(typed, tekens=tekens, weg=(naam, email))
            account, link = make_account(toegang, operator(), naam=naam, email=email, rollen=rollen)
            if typed is not None and link is not None:
                set_first_password(toegang, account.id, typed, Vanwaar(operator().herkomst))
                link = None
        typer.echo(f"Account {account.id}: {', '.join(map(str, account.rollen))}.", err=True)
        if link is not None:
            _tell(link, settings)


def _add_lijst(group: typer.Typer, load: Load) -> None:
    @group.command("lijst")
    def lijst(as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False) -> None:
        """List every account, closed ones too, by name."""
        with _opened(load) as (toegang, _):
            from woo.usecases.toegang.accounts import list_accounts

            found = list_accounts(toegang, operator())
        if as_json:
            typer.echo(json.dumps([_told(one) for one in found], ensure_ascii=False, indent=2))
            return
        for one in found:
            rollen = ", ".join(map(str, one.rollen)) or "-"
            typer.echo(f"{one.id}  {one.staat.value:<11}  {one.email or '(erased)'}  {one.naam}  {rollen}")


def _add_rollen(group: typer.Typer, load: Load) -> None:
    @group.command("rollen")
    def rollen(
        wie: Annotated[str, typer.Argument(help=_WHO)],
        rol: Annotated[list[str], typer.Option(help=_ROL_HELP)],
    ) -> None:
        """Give an account these roles in the place of those it has; its sessions end at once."""
        wanted = [_role(text) for text in rol]
        with _opened(load) as (toegang, _):
            from woo.usecases.toegang.accounts import change_roles

            account = change_roles(toegang, operator(), _id(toegang, wie), wanted)
        typer.echo(f"Account {account.id}: {', '.join(map(str, account.rollen))}.", err=True)


def _add_herstel(group: typer.Typer, load: Load) -> None:
    @group.command("herstel")
    def herstel(
        wie: Annotated[str, typer.Argument(help=_WHO)],
        tweede_stap: Annotated[
            bool, typer.Option("--tweede-stap", help="Take the second step away too, for a lost telephone.")
        ] = False,
    ) -> None:
        """Help somebody back in: the link with which they set a new password goes to stdout, once."""
        with _opened(load) as (toegang, settings):
            from woo.usecases.toegang.accounts import make_link, reset_second_step

            id = _id(toegang, wie)
            if tweede_stap:
                reset_second_step(toegang, operator(), id)
                typer.echo(f"The second step of account {id} is gone.", err=True)
            if toegang.settings.wachtwoorden:
                _tell(make_link(toegang, operator(), id), settings)


def _add_sluit(group: typer.Typer, load: Load) -> None:
    @group.command("sluit")
    def sluit(
        wie: Annotated[str, typer.Argument(help=_WHO)],
        wis: Annotated[
            bool, typer.Option("--wis", help="Erase name and address too, also in the log (AVG art. 17).")
        ] = False,
    ) -> None:
        """Close an account: it opens nothing any more, at once."""
        with _opened(load) as (toegang, _):
            from woo.usecases.toegang.accounts import close_account, erase_account

            id = _id(toegang, wie)
            close_account(toegang, operator(), id)
            if wis:
                erase_account(toegang, operator(), id)
        typer.echo(f"Account {id} is closed{' and erased' if wis else ''}.", err=True)


def _add_heropen(group: typer.Typer, load: Load) -> None:
    @group.command("heropen")
    def heropen(wie: Annotated[str, typer.Argument(help=_WHO)]) -> None:
        """Open a closed account again with the roles it had; the link to set a password goes to stdout, once."""
        with _opened(load) as (toegang, settings):
            from woo.usecases.toegang.heropenen import reopen_account

            account, link = reopen_account(toegang, operator(), _id(toegang, wie))
        typer.echo(
            f"Account {account.id} is open again: {', '.join(map(str, account.rollen)) or 'no role'}.",
            err=True,
        )
        if link is not None:
            _tell(link, settings)


@contextmanager
def _opened(load: Load) -> Iterator[tuple["Toegang", "Settings"]]:
    with told_errors():
        from woo.usecases.platform import open_platform
        from woo.usecases.toegang.onderdelen import Toegang

        settings = load()
        with open_platform(settings) as platform:
            yield Toegang.of(platform, settings.aanmelden), settings


def _role(text: str) -> Roltoekenning:
    rol, at, organisatie = text.partition("@")
    if rol not in tuple(Rol) or (at and not organisatie):
        fail(ExitCode.USAGE, f"{text!r} is no role; accepted are {', '.join(Rol)}, or ROLE@ORGANISATION")
    return Roltoekenning(Rol(rol), organisatie or None)


def _password() -> str:
    if sys.stdin.isatty():
        return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))
    return sys.stdin.readline().rstrip("\r\n")


def _id(toegang: "Toegang", wie: str) -> str:
    if "@" not in wie:
        return wie
    from woo.domain.account import folded_email

    with toegang.platform.registry.read() as reading:
        account = reading.accounts.by_email(folded_email(wie))
    if account is None:
        raise NotFound("account", wie)
    return account.id


def _tell(link: "Uitnodiging", settings: "Settings") -> None:
    address = settings.aanmelden.url or f"http://127.0.0.1:{settings.serve.desk_port}"
    typer.echo(f"{address}/uitnodiging/{link.token}")
    typer.echo(f"The link works once, until {_moment(link.vervalt_op)}; it cannot be shown again.", err=True)


def _told(one: Account) -> dict[str, str | bool | Sequence[str] | None]:
    return {
        "id": one.id,
        "naam": one.naam,
        "email": one.email,
        "staat": one.staat.value,
        "rollen": [str(rol) for rol in one.rollen],
        "tweede_stap": one.heeft_tweede_stap,
        "aangemaakt_op": _moment(one.aangemaakt_op),
        "laatst_aangemeld": _moment(one.laatst_aangemeld),
        "gesloten_op": _moment(one.gesloten_op),
    }


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else moment.strftime("%Y-%m-%dT%H:%M:%SZ")
