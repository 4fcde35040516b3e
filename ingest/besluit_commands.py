"""The commands about decisions on requests."""

from datetime import datetime
from typing import Annotated

import typer

from ingest.verzoek_parameters import day, id_of
from ingest.verzoek_parameters import group as group_of
from woo.cli.installation import opened_platform
from woo.cli.loading import Load
from woo.cli.publicaties import operator
from woo.domain.besluit import Herziening, Uitkomst


def add_commands(app: typer.Typer, load: Load) -> None:
    """Add the group `besluit`."""
    group = group_of(app, "besluit", "Decisions on requests under the Woo.")

    @group.command("add")
    def add(
        verzoek: Annotated[str, typer.Option(help="Case number or id of the request.")],
        kenmerk: Annotated[str, typer.Option(help="The number of the decision.")],
        datum: Annotated[datetime, day("Day of the decision.")],
        uitkomst: Annotated[Uitkomst, typer.Option(help="What was decided.")],
        deelbesluit: Annotated[int | None, typer.Option(help="Its number, for a partial decision.")] = None,
        publicatie: Annotated[str | None, typer.Option(help="Id of the publicatie that shows it.")] = None,
        laatste: Annotated[
            bool, typer.Option("--laatste", help="The last partial decision: the request is decided.")
        ] = False,
        grond: Annotated[
            list[str] | None, typer.Option(help="A ground of refusal, as 5.1.2e; more than once for more.")
        ] = None,
        ondertekenaar: Annotated[str | None, typer.Option(help="The role that signed; never a name.")] = None,
        aangemerkt_als: Annotated[
            str | None, typer.Option(help="What a geen_woo_verzoek was taken as.")
        ] = None,
        herziet: Annotated[str | None, typer.Option(help="Id of the decision whose place it takes.")] = None,
        herziening: Annotated[Herziening | None, typer.Option(help="Why it takes that place.")] = None,
    ) -> None:
        """Register a decision, one of several partial decisions, or one that takes the place of another."""
        with opened_platform(load) as platform:
            from woo.usecases.verzoek import NieuwBesluit, register_besluit

            nieuw = NieuwBesluit(
                kenmerk,
                datum.date(),
                uitkomst,
                deelbesluit,
                publicatie,
                laatste,
                tuple(grond or ()),
                ondertekenaar,
                aangemerkt_als,
                herziet,
                herziening,
            )
            besluit = register_besluit(platform, operator(), id_of(platform, verzoek), nieuw)
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

    @group.command("make-publicatie")
    def make_publicatie_(
        id: Annotated[str, typer.Argument(help="Id of the decision.")],
        titel: Annotated[str | None, typer.Option(help="Its title; else made from the request.")] = None,
    ) -> None:
        """Make the concept that is to show a decision, filled in from its request."""
        with opened_platform(load) as platform:
            from woo.usecases.besluit import make_publicatie

            publicatie = make_publicatie(platform, operator(), id, officiele_titel=titel)
        typer.echo(f"{publicatie.id} {publicatie.officiele_titel}")
