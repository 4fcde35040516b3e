"""The commands about requests: registered, their term, and what else befalls them."""

from datetime import datetime
from typing import Annotated

import typer

from ingest.verzoek_parameters import Verzoek, day, id_of, told
from ingest.verzoek_parameters import group as group_of
from woo.cli.installation import opened_platform
from woo.cli.loading import Load
from woo.cli.publicaties import operator
from woo.domain.verloop import Doorzending, Periode
from woo.domain.verzoek import VERDAGING_DAGEN, Opschorting, Opschortingsgrond, Verzoekfeit


def add_commands(app: typer.Typer, load: Load) -> None:
    """Add the group `verzoek`."""
    group = group_of(app, "verzoek", "Requests under the Woo, and what befalls their term.")

    @group.command("add")
    def add(
        kenmerk: Annotated[str, typer.Option(help="The case number.")],
        onderwerp: Annotated[str, typer.Option(help="What is asked; citizens read it. Never who asked.")],
        ontvangen: Annotated[datetime, day("Day of receipt.")],
        organisatie: Annotated[str, typer.Option(help="Code or URI of the organisation that decides.")],
        periode_van: Annotated[datetime | None, day("First day of the period asked about.")] = None,
        periode_tot: Annotated[datetime | None, day("Last day of that period.")] = None,
    ) -> None:
        """Register a request."""
        with opened_platform(load) as platform:
            from woo.usecases.verzoek import register_verzoek

            bounds = [None if each is None else each.date() for each in (periode_van, periode_tot)]
            verzoek = register_verzoek(
                platform,
                operator(),
                kenmerk=kenmerk,
                onderwerp=onderwerp,
                ontvangen_op=ontvangen.date(),
                organisatie=organisatie,
                periode=Periode(*bounds) if any(bounds) else None,
            )
        typer.echo(told(verzoek))

    @group.command("put-off")
    def put_off_(
        which: Verzoek,
        op: Annotated[datetime, day("Day on which it was told.")],
        dagen: Annotated[int, typer.Option(help="By how many days.")] = VERDAGING_DAGEN,
    ) -> None:
        """Put off the decision, once, by at most two weeks (art. 4.4, second paragraph, Woo)."""
        with opened_platform(load) as platform:
            from woo.usecases.verzoek import put_off

            verzoek = put_off(platform, operator(), id_of(platform, which), op=op.date(), dagen=dagen)
        typer.echo(told(verzoek))

    @group.command("suspend")
    def suspend_(
        which: Verzoek,
        van: Annotated[datetime, day("First day that does not count.")],
        grond: Annotated[Opschortingsgrond, typer.Option(help="Why the term stands still.")],
        tot: Annotated[
            datetime | None,
            day("Last day that does not count; without it until resumed."),
        ] = None,
    ) -> None:
        """Let the term stand still."""
        with opened_platform(load) as platform:
            from woo.usecases.verzoek import suspend

            opschorting = Opschorting(van.date(), None if tot is None else tot.date(), grond)
            verzoek = suspend(platform, operator(), id_of(platform, which), opschorting)
        typer.echo(told(verzoek))

    @group.command("resume")
    def resume_(
        which: Verzoek,
        op: Annotated[datetime, day("First day that counts again.")],
    ) -> None:
        """Let the term run again."""
        with opened_platform(load) as platform:
            from woo.usecases.verzoek import resume

            verzoek = resume(platform, operator(), id_of(platform, which), op=op.date())
        typer.echo(told(verzoek))

    _befalls(group, load)

    @group.command("show")
    def show(which: Verzoek) -> None:
        """Tell a request with its term, decisions and procedures, and their ids."""
        with opened_platform(load) as platform, platform.registry.read() as reading:
            from ingest.dossier import told_dossier

            for line in told_dossier(reading, id_of(platform, which), platform.now().date()):
                typer.echo(line)


def _befalls(group: typer.Typer, load: Load) -> None:
    """Add the commands for what befalls a request beside its term."""

    @group.command("forward")
    def forward(
        which: Verzoek,
        aan: Annotated[str, typer.Option(help="Code, URI or name of the body that it went to.")],
        op: Annotated[datetime, day("Day on which it was sent on.")],
        deel: Annotated[str | None, typer.Option(help="Which part; without it all of it went.")] = None,
    ) -> None:
        """Note that a request, or part of it, was sent on to another body (art. 4.2 Woo)."""
        with opened_platform(load) as platform:
            from woo.usecases.verloop import send_on

            doorzending = Doorzending(aan, op.date(), deel)
            verzoek = send_on(platform, operator(), id_of(platform, which), doorzending)
        typer.echo(told(verzoek))

    @group.command("ask")
    def ask(which: Verzoek, op: Annotated[datetime, day("Day on which it was asked.")]) -> None:
        """Note that the requester was asked what exactly is meant (art. 4.1, fifth paragraph, Woo)."""
        with opened_platform(load) as platform:
            from woo.usecases.verloop import ask_precision

            verzoek = ask_precision(platform, operator(), id_of(platform, which), op=op.date())
        typer.echo(told(verzoek))

    @group.command("answered")
    def answered(which: Verzoek, op: Annotated[datetime, day("Day of the answer.")]) -> None:
        """Note that the requester answered the open question."""
        with opened_platform(load) as platform:
            from woo.usecases.verloop import note_precision

            verzoek = note_precision(platform, operator(), id_of(platform, which), op=op.date())
        typer.echo(told(verzoek))

    @group.command("late")
    def late(which: Verzoek, op: Annotated[datetime, day("Day on which the notice came.")]) -> None:
        """Note that the requester called the decision late (ingebrekestelling, art. 8.3 Woo)."""
        with opened_platform(load) as platform:
            from woo.usecases.verloop import note_late

            verzoek = note_late(platform, operator(), id_of(platform, which), op=op.date())
        typer.echo(told(verzoek))

    @group.command("take-back")
    def take_back_(which: Verzoek, op: Annotated[datetime, day("Day on which it was taken back.")]) -> None:
        """Note that the requester took the request back."""
        with opened_platform(load) as platform:
            from woo.usecases.verloop import take_back

            verzoek = take_back(platform, operator(), id_of(platform, which), op=op.date())
        typer.echo(told(verzoek))

    @group.command("strike")
    def strike(
        which: Verzoek,
        feit: Annotated[Verzoekfeit, typer.Option(help="What was noted by mistake.")],
        nummer: Annotated[int, typer.Option(help="Which one, counted from 1.", min=1)] = 1,
    ) -> None:
        """Strike out what was noted by mistake; the log keeps that it was there."""
        with opened_platform(load) as platform:
            from woo.usecases.verloop import strike_out

            verzoek = strike_out(platform, operator(), id_of(platform, which), feit, nummer=nummer)
        typer.echo(told(verzoek))
