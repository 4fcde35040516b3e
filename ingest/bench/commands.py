"""`woo bench`: the benchmarks of docs/benchmarks.md."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from woo.cli.exits import ExitCode, fail, told_errors
from woo.cli.loading import Load


def add_commands(app: typer.Typer, load: Load) -> None:
    """Add the group `bench`."""
    bench = typer.Typer(
        no_args_is_help=True, help="Measure; every benchmark uses an installation of its own."
    )
    app.add_typer(bench, name="bench")

    @bench.command("extract")
    def extract(
        folder: Annotated[Path, typer.Argument(help="Folder of PDF files.")],
        processes: Annotated[int, typer.Option(min=1, help="Processes that read, in both ways.")] = 2,
        rounds: Annotated[int, typer.Option(min=1, help="Times that each way is measured, in turn.")] = 3,
        as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
    ) -> None:
        """Our whole ingest, searchable at the end, beside a bare pypdfium2 text loop."""
        with told_errors():
            if not folder.is_dir():
                fail(ExitCode.USAGE, f"there is no folder {str(folder)!r}")
            from ingest.bench.extract import bench_extract

            measured = bench_extract(folder, processes=processes, rounds=rounds)
        if as_json:
            typer.echo(json.dumps({**asdict(measured), "ratio": measured.ratio}))
            return
        typer.echo(f"{measured.files} files, {processes} processes, best of {rounds}")
        typer.echo(f"bare pypdfium2: {measured.bare.pages} pages, {measured.bare.rate:.0f} pages/s")
        typer.echo(f"woo ingest:     {measured.ours.pages} pages, {measured.ours.rate:.0f} pages/s")
        typer.echo(f"ratio:          {measured.ratio:.2f}")

    @bench.command("search")
    def search(
        documents: Annotated[int, typer.Option(min=1, help="Documents to generate.")] = 4000,
        pages: Annotated[int, typer.Option(min=1, help="Pages of each document.")] = 25,
        queries: Annotated[int, typer.Option(min=2, max=500, help="Different queries of each kind.")] = 150,
        as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
    ) -> None:
        """Searching a generated index over HTTP, with facets and fragments, one client."""
        with told_errors():
            from ingest.bench.search import bench_search, describe

            measured = bench_search(documents=documents, pages=pages, queries=queries)
        if as_json:
            typer.echo(json.dumps(asdict(measured)))
            return
        for line in describe(measured):
            typer.echo(line)
