"""The commands that fill a dossier: requests, decisions, procedures, and who helps citizens."""

from datetime import datetime
from typing import Annotated

import typer

from ingest import besluit_commands, verzoek_commands
from ingest.verzoek_parameters import day
from ingest.verzoek_parameters import group as group_of
from woo.cli.exits import ExitCode, fail
from woo.cli.installation import opened_platform
from woo.cli.loading import Load
from woo.cli.publicaties import operator
from woo.domain.contactpersoon import Contactpersoon
from woo.domain.procedure import Proceduresoort, Procedureuitkomst


def add_commands(app: typer.Typer, load: Load) -> None:
    """Add the groups `verzoek`, `besluit`, `procedure` and `contact`."""
    verzoek_commands.add_commands(app, load)
    besluit_commands.add_commands(app, load)
    _procedure(app, load)
    _contact(app, load)


def _procedure(app: typer.Typer, load: Load) -> None:
    group = group_of(app, "procedure", "Objections and court cases about decisions.")

    @group.command("add")
    def add(
        besluit: Annotated[str, typer.Option(help="Id of the decision.")],
        soort: Annotated[Proceduresoort, typer.Option(help="What was lodged.")],
        datum: Annotated[datetime, day("Day on which it was lodged.")],
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
        op: Annotated[datetime, day("Day of the outcome.")],
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
