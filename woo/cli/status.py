"""`woo status` and `woo retry`: what there is, what is owed, what failed and why, and trying that again."""

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from woo.cli.exits import ExitCode, fail, told_errors
from woo.cli.installation import opened_platform
from woo.cli.loading import Load
from woo.cli.publicaties import operator

if TYPE_CHECKING:
    from woo.settings import Settings
    from woo.usecases.platform import Platform

_MOST_FAILURES = 1000


def overview(platform: "Platform") -> dict[str, Any]:
    """Counts per state, the queue, and the failures with their reasons."""
    with platform.registry.read() as reading:
        counts = reading.counts()
        failures = [
            {"document": d.id, "status": d.lezing.status.value, "reason": d.lezing.reden}
            for d in reading.quarantined(limit=_MOST_FAILURES)
        ]
    resting = platform.registry.jobs.resting()
    return {
        "publicaties": {str(k): v for k, v in counts.publicaties.items()},
        "documenten": {str(k): v for k, v in counts.documenten.items()},
        "leesbaarheid": dict(counts.leesbaarheid),
        "items": dict(counts.items),
        "getoond": dict(counts.shown),
        "wachtrij": {str(k): v for k, v in counts.jobs_waiting.items()},
        "rust": [
            {"id": job.id, "soort": job.soort.value, "object": job.object_id, "error": job.error}
            for job in resting
        ],
        "mislukt": failures,
    }


def following(settings: "Settings") -> dict[str, Any]:
    """How many follow by e-mail (never who), the webhooks at rest and why, and the reports still open."""
    from woo.domain.errors import WooError
    from woo.volgers import open_volgers

    try:
        with open_volgers(settings) as opslag:
            counts = opslag.volgers.counts()
            resting = [one for one in opslag.webhooks.all() if one.rust]
            return {
                "volgers": {one.value: number for one, number in counts.bevestigd.items()},
                "onbevestigd": counts.onbevestigd,
                "webhooksInRust": [{"id": one.id, "fout": one.fout} for one in resting],
                "meldingen": opslag.meldingen.count_open(),
            }
    except WooError as error:
        return {"fout": str(error)}


def _print(seen: dict[str, Any]) -> None:
    for name, label in (
        ("publicaties", "Publicaties"),
        ("documenten", "Documents, by reading"),
        ("items", "Items, by state"),
        ("getoond", "Public side holds"),
        ("wachtrij", "Queue"),
    ):
        typer.echo(label)
        for key, value in seen[name].items():
            if value:
                typer.echo(f"{value:>8}  {key}")
    typer.echo(_readability(seen["leesbaarheid"]))
    _print_following(seen["volgen"])
    for job in seen["rust"]:
        typer.echo(f"job {job['id']} ({job['soort']} {job['object']}) rests: {job['error']}")
    for failure in seen["mislukt"]:
        typer.echo(f"document {failure['document']} {failure['status']}: {failure['reason']}")


def _print_following(seen: dict[str, Any]) -> None:
    if "fout" in seen:
        typer.echo(f"following: {seen['fout']}")
        return
    typer.echo(
        f"{sum(seen['volgers'].values())} follow by e-mail, {seen['onbevestigd']} did not confirm yet; "
        f"{seen['meldingen']} reports of visitors are open"
    )
    for webhook in seen["webhooksInRust"]:
        typer.echo(f"webhook {webhook['id']} rests: {webhook['fout']}")


def _readability(counted: dict[str, int]) -> str:
    """How much cannot be found, or not for certain, since it could not be read well."""
    hard, pages = counted["onleesbaar"] + counted["onzeker"], counted["paginas"]
    share = f" ({100 * hard / pages:.1f}%)" if hard else ""
    return (
        f"{hard} of {pages} pages{share} could not be read well, in {counted['documenten']} documents: "
        f"{counted['onleesbaar']} not at all, {counted['onzeker']} with little certainty"
    )


def add_commands(app: typer.Typer, load: Load) -> None:
    """Add `status` and `retry`."""

    @app.command("status")
    def status(as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False) -> None:
        """Show counts per state, the queue, and failures with their reasons."""
        with told_errors():
            from woo.usecases.platform import open_platform

            settings = load()
            with open_platform(settings) as platform:
                seen = overview(platform) | {"volgen": following(settings)}
        if as_json:
            typer.echo(json.dumps(seen, indent=2))
        else:
            _print(seen)

    @app.command("retry")
    def retry_(
        ids: Annotated[
            list[str] | None, typer.Argument(help="Documents or jobs; everything that failed without.")
        ] = None,
    ) -> None:
        """Try again what failed: jobs at rest, and documents in quarantine are read anew."""
        with opened_platform(load) as platform:
            from woo.usecases.opnieuw import retry

            jobs, documents, unknown = retry(platform, operator(), ids)
        typer.echo(f"{jobs} jobs and {documents} documents are tried again.")
        if unknown:
            fail(ExitCode.REFUSED, f"nothing failed with id {', '.join(unknown)}")
