"""`woo bench`: the benchmarks of docs/benchmarks.md."""

import typer

from ingest.bench import finding_commands, publishing_commands, reading_commands
from woo.cli.loading import Load


def add_commands(app: typer.Typer, load: Load) -> None:
    """Add the group `bench`."""
    bench = typer.Typer(
        no_args_is_help=True, help="Measure; every benchmark uses an installation of its own."
    )
    app.add_typer(bench, name="bench")
    reading_commands.add_extract(bench)
    publishing_commands.add_desk(bench)
    publishing_commands.add_harvest(bench)
    publishing_commands.add_sitemaps(bench)
    reading_commands.add_quality(bench, load)
    reading_commands.add_ocr(bench)
    finding_commands.add_search(bench)
    finding_commands.add_load(bench)
    reading_commands.add_metadata(bench)
    finding_commands.add_relevance(bench)
    finding_commands.add_pages(bench)
