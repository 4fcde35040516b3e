"""Parameters and lines that the commands about requests and decisions have in common."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from woo.domain.errors import InvalidValue

if TYPE_CHECKING:
    from woo.domain.verzoek import Wooverzoek
    from woo.usecases.platform import Platform

Verzoek = Annotated[
    str, typer.Argument(help="Case number (kenmerk) or id of the request.", metavar="VERZOEK")
]


def day(help: str) -> Any:
    """The option for a day."""
    return typer.Option(help=help, formats=["%Y-%m-%d"], metavar="JJJJ-MM-DD")


def group(app: typer.Typer, name: str, help: str) -> typer.Typer:
    """A group of commands."""
    made = typer.Typer(no_args_is_help=True, help=help)
    app.add_typer(made, name=name)
    return made


def id_of(platform: "Platform", which: str) -> str:
    """The id of the request with this case number, or this id itself; raises InvalidValue where more have the number."""
    with platform.registry.read() as reading:
        found = reading.dossier.verzoeken(kenmerk=which)
    if len(found) > 1:
        ids = ", ".join(verzoek.id for verzoek in found)
        raise InvalidValue("verzoek", which, f"more requests have this case number; name the id: {ids}")
    return found[0].id if found else which


def told(verzoek: "Wooverzoek") -> str:
    return f"{verzoek.id} {verzoek.kenmerk} uiterste datum: {shown_day(verzoek.uiterste_datum())}"


def shown_day(dag: date | None) -> str:
    return "de termijn staat stil" if dag is None else dag.isoformat()
