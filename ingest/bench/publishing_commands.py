"""`woo bench desk|harvest|sitemaps`: how soon things come in, and are told."""

from dataclasses import asdict
from typing import Annotated

import typer

from ingest.bench.telling import tell
from woo.cli.exits import told_errors


def add_desk(bench: typer.Typer) -> None:
    @bench.command("desk")
    def desk(
        documents: Annotated[int, typer.Option(min=1, help="Small texts in one publicatie.")] = 5_000,
        rounds: Annotated[int, typer.Option(min=1, help="Times that each page is asked.")] = 20,
        as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
    ) -> None:
        """Publish thousands of documents in one publicatie: times of its pages at the desk, and until all is found."""
        with told_errors():
            from ingest.bench.desk import bench_desk, describe

            measured = bench_desk(documents=documents, rounds=rounds)
        tell(asdict(measured), describe(measured), as_json=as_json)


def add_harvest(bench: typer.Typer) -> None:
    @bench.command("harvest")
    def harvest(
        documents: Annotated[int, typer.Option(min=1, help="Documents of the generated site.")] = 2_000,
        latency: Annotated[float, typer.Option(min=0, help="Seconds before each answer.")] = 0.05,
        size: Annotated[int, typer.Option(min=1, help="Bytes of each file.")] = 20_000,
        at_once: Annotated[int, typer.Option(min=1, max=16, help="Requests at the same time.")] = 4,
        as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
    ) -> None:
        """A harvest of a generated site beside a bare Scrapy spider that downloads the same files."""
        with told_errors():
            from ingest.bench.harvest import bench_harvest, describe

            measured = bench_harvest(documents=documents, latency=latency, size=size, at_once=at_once)
        rates = {"bare_rate": measured.bare_rate, "rate": measured.rate, "ratio": measured.ratio}
        tell({**asdict(measured), **rates}, describe(measured), as_json=as_json)


def add_sitemaps(bench: typer.Typer) -> None:
    @bench.command("sitemaps")
    def sitemaps(
        documents: Annotated[int, typer.Option(min=1, help="Small texts, ten to a publicatie.")] = 5_000,
        rounds: Annotated[int, typer.Option(min=1, help="Times that one more is published.")] = 10,
        as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
    ) -> None:
        """How soon the sitemaps tell what is published, changed and withdrawn, with a real worker; and its memory."""
        with told_errors():
            from ingest.bench.sitemaps import bench_sitemaps, describe

            measured = bench_sitemaps(documents=documents, rounds=rounds)
        tell(asdict(measured), describe(measured), as_json=as_json)
