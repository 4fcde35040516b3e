"""The commands that fill a dossier: requests and their term, decisions, procedures, and who helps citizens."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from woo.cli.exits import ExitCode, fail
from woo.cli.installation import opened_platform
from woo.cli.loading import Load
from woo.cli.publicaties import operator
from woo.domain.besluit import Uitkomst
from woo.domain.contactpersoon import Contactpersoon
from woo.domain.errors import InvalidValue
from woo.domain.procedure import Proceduresoort, Procedureuitkomst
from woo.domain.verzoek import VERDAGING_DAGEN, Opschorting, Opschortingsgrond

if TYPE_CHECKING:
    from woo.domain.verzoek import Wooverzoek
    from woo.usecases.platform import Platform

_DAY = "JJJJ-MM-DD"
Verzoek = Annotated[
    str, typer.Argument(help="Case number (kenmerk) or id of the request.", metavar="VERZOEK")
]


def _day(help: str) -> Any:
    """The option for a day."""
    return typer.Option(help=help, formats=["%Y-%m-%d"], metavar=_DAY)


def add_commands(app: typer.Typer, load: Load) -> None:
    """Add the groups `verzoek`, `besluit`, `procedure` and `contact`."""
    _verzoek(app, load)
    _besluit(app, load)
    _procedure(app, load)
    _contact(app, load)


def _group(app: typer.Typer, name: str, help: str) -> typer.Typer:
    group = typer.Typer(no_args_is_help=True, help=help)
    app.add_typer(group, name=name)
    return group


def _verzoek(app: typer.Typer, load: Load) -> None:
    group = _group(app, "verzoek", "Requests under the Woo, and what befalls their term.")

    @group.command("add")
    def add(
        kenmerk: Annotated[str, typer.Option(help="The case number.")],
        onderwerp: Annotated[str, typer.Option(help="What is asked; citizens read it. Never who asked.")],
        ontvangen: Annotated[datetime, _day("Day of receipt.")],
    ) -> None:
        """Register a request."""
        with opened_platform(load) as platform:
            from woo.usecases.verzoek import register_verzoek

            verzoek = register_verzoek(
                platform, operator(), kenmerk=kenmerk, onderwerp=onderwerp, ontvangen_op=ontvangen.date()
            )
        typer.echo(_told(verzoek))

    @group.command("put-off")
    def put_off_(
        which: Verzoek,
        op: Annotated[datetime, _day("Day on which it was told.")],
        dagen: Annotated[int, typer.Option(help="By how many days.")] = VERDAGING_DAGEN,
    ) -> None:
        """Put off the decision, once, by at most two weeks (art. 4.4, second paragraph, Woo)."""
        with opened_platform(load) as platform:
            from woo.usecases.verzoek import put_off

            verzoek = put_off(platform, operator(), _id_of(platform, which), op=op.date(), dagen=dagen)
        typer.echo(_told(verzoek))

    @group.command("suspend")
    def suspend_(
        which: Verzoek,
        van: Annotated[datetime, _day("First day that does not count.")],
        grond: Annotated[Opschortingsgrond, typer.Option(help="Why the term stands still.")],
        tot: Annotated[
            datetime | None,
            _day("Last day that does not count; without it until resumed."),
        ] = None,
    ) -> None:
        """Let the term stand still."""
        with opened_platform(load) as platform:
            from woo.usecases.verzoek import suspend

            opschorting = Opschorting(van.date(), None if tot is None else tot.date(), grond)
            verzoek = suspend(platform, operator(), _id_of(platform, which), opschorting)
        typer.echo(_told(verzoek))

    @group.command("resume")
    def resume_(
        which: Verzoek,
        op: Annotated[datetime, _day("First day that counts again.")],
    ) -> None:
        """Let the term run again."""
        with opened_platform(load) as platform:
            from woo.usecases.verzoek import resume

            verzoek = resume(platform, operator(), _id_of(platform, which), op=op.date())
        typer.echo(_told(verzoek))

    @group.command("show")
    def show(which: Verzoek) -> None:
        """Tell a request with its term, decisions and procedures, and their ids."""
        with opened_platform(load) as platform, platform.registry.read() as reading:
            from ingest.dossier import told_dossier

            for line in told_dossier(reading, _id_of(platform, which)):
                typer.echo(line)


def _besluit(app: typer.Typer, load: Load) -> None:
    group = _group(app, "besluit", "Decisions on requests under the Woo.")

    @group.command("add")
    def add(
        verzoek: Annotated[str, typer.Option(help="Case number or id of the request.")],
        kenmerk: Annotated[str, typer.Option(help="The number of the decision.")],
        datum: Annotated[datetime, _day("Day of the decision.")],
        uitkomst: Annotated[Uitkomst, typer.Option(help="What was decided.")],
        deelbesluit: Annotated[int | None, typer.Option(help="Its number, for a partial decision.")] = None,
        publicatie: Annotated[str | None, typer.Option(help="Id of the publicatie that shows it.")] = None,
    ) -> None:
        """Register a decision, or one of several partial decisions."""
        with opened_platform(load) as platform:
            from woo.usecases.verzoek import NieuwBesluit, register_besluit

            nieuw = NieuwBesluit(kenmerk, datum.date(), uitkomst, deelbesluit, publicatie)
            besluit = register_besluit(platform, operator(), _id_of(platform, verzoek), nieuw)
        typer.echo(f"{besluit.id} {besluit.kenmerk}")

    @group.command("show-in")
    def show_in(
        id: Annotated[str, typer.Argument(help="Id of the decision.")],
        publicatie: Annotated[str, typer.Argument(help="Id of the publicatie.")],
    ) -> None:
        """Say which publicatie shows a decision."""
        with opened_platform(load) as platform:
            from woo.usecases.verzoek import show_besluit_in

            besluit = show_besluit_in(platform, operator(), id, publicatie)
        typer.echo(f"{besluit.id} {besluit.kenmerk}: {besluit.publicatie_id}")


def _procedure(app: typer.Typer, load: Load) -> None:
    group = _group(app, "procedure", "Objections and court cases about decisions.")

    @group.command("add")
    def add(
        besluit: Annotated[str, typer.Option(help="Id of the decision.")],
        soort: Annotated[Proceduresoort, typer.Option(help="What was lodged.")],
        datum: Annotated[datetime, _day("Day on which it was lodged.")],
    ) -> None:
        """Register an objection or a case; never who lodged it."""
        with opened_platform(load) as platform:
            from woo.usecases.procedure import register_procedure

            made = register_procedure(platform, operator(), besluit, soort=soort, datum=datum.date())
        typer.echo(f"{made.id} {made.soort.value}")

    @group.command("decide")
    def decide(
        id: Annotated[str, typer.Argument(help="Id of the procedure.")],
        uitkomst: Annotated[Procedureuitkomst, typer.Option(help="How it ended.")],
        op: Annotated[datetime, _day("Day of the outcome.")],
        ecli: Annotated[
            str | None, typer.Option(help="Identifier of the ruling, as ECLI:NL:RBOVE:2024:1234.")
        ] = None,
    ) -> None:
        """Register how an objection or a case ended."""
        with opened_platform(load) as platform:
            from woo.usecases.procedure import decide_procedure

            done = decide_procedure(platform, operator(), id, uitkomst=uitkomst, op=op.date(), ecli=ecli)
        typer.echo(f"{done.id} {done.soort.value}: {uitkomst.value}")


def _contact(app: typer.Typer, load: Load) -> None:
    @app.command("contact")
    def contact(
        publisher: Annotated[
            str | None, typer.Option(help="Of all publicaties of this organisation: code or URI.")
        ] = None,
        publicatie: Annotated[str | None, typer.Option(help="Of this publicatie alone: its id.")] = None,
        naam: Annotated[
            str, typer.Option(help="Name of the person or the function.")
        ] = "De Woo-contactpersoon",
        email: Annotated[str | None, typer.Option(help="E-mail address.")] = None,
        telefoon: Annotated[str | None, typer.Option(help="Telephone number.")] = None,
        remove: Annotated[bool, typer.Option("--remove", help="Take the contact away.")] = False,
    ) -> None:
        """Say who helps citizens (art. 4.7 Woo): for an organisation, or for one publicatie in its place."""
        if (publisher is None) == (publicatie is None):
            fail(ExitCode.USAGE, "name either --publisher or --publicatie")
        if remove and (email or telefoon):
            fail(ExitCode.USAGE, "--remove goes without --email and --telefoon")
        with opened_platform(load) as platform:
            from woo.usecases import contactpersoon as usecases

            person = None if remove else Contactpersoon(naam.strip(), email, telefoon)
            if publisher is not None:
                publisher = usecases.set_contact_of_organisatie(platform, operator(), publisher, person)
            elif publicatie is not None:
                usecases.set_contact_of_publicatie(platform, operator(), publicatie, person)
        typer.echo(f"{publisher or publicatie} {'no contact' if person is None else person.naam}")


def _id_of(platform: "Platform", which: str) -> str:
    """The id of the request with this case number, or this id itself; raises InvalidValue where more have the number."""
    with platform.registry.read() as reading:
        found = reading.dossier.verzoeken(kenmerk=which)
    if len(found) > 1:
        ids = ", ".join(verzoek.id for verzoek in found)
        raise InvalidValue("verzoek", which, f"more requests have this case number; name the id: {ids}")
    return found[0].id if found else which


def _told(verzoek: "Wooverzoek") -> str:
    return f"{verzoek.id} {verzoek.kenmerk} uiterste datum: {_dag(verzoek.uiterste_datum())}"


def _dag(dag: date | None) -> str:
    return "de termijn staat stil" if dag is None else dag.isoformat()
