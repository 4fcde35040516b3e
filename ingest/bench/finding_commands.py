"""`woo bench search|load|relevance|pages`: how fast and how well the public site finds."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from ingest.bench.telling import tell
from woo.cli.exits import ExitCode, fail, told_errors


def add_search(bench: typer.Typer) -> None:
    @bench.command("search")
    def search(
        documents: Annotated[int, typer.Option(min=1, help="Documents to generate.")] = 4000,
        pages: Annotated[int, typer.Option(min=1, help="Pages of each document.")] = 25,
        queries: Annotated[int, typer.Option(min=2, max=500, help="Different queries of each kind.")] = 150,
        elasticsearch: Annotated[
            str | None,
            typer.Option(
                help="Measure this one too, for example elasticsearch://127.0.0.1:9200/bench; its indices there are removed."
            ),
        ] = None,
        elastic_documents: Annotated[
            int | None, typer.Option(min=1, help="Documents to generate for it; as many as for the other.")
        ] = None,
        as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
    ) -> None:
        """Searching a generated index over HTTP, with facets and fragments, one client; both engines in one run."""
        with told_errors():
            from ingest.bench.search import bench_search, describe
            from ingest.bench.served import Load

            measured = [bench_search(Load(documents, pages, queries))]
            if elasticsearch is not None:
                load = Load(elastic_documents or documents, pages, queries)
                measured.append(bench_search(load, index_url=elasticsearch))
        lines = (line for each in measured for line in describe(each))
        tell([asdict(each) for each in measured], lines, as_json=as_json)


def add_load(bench: typer.Typer) -> None:
    @bench.command("load")
    def load_(
        documents: Annotated[int, typer.Option(min=1, help="Documents to generate.")] = 4000,
        pages: Annotated[int, typer.Option(min=1, help="Pages of each document.")] = 25,
        visitors: Annotated[int, typer.Option(min=1, max=200, help="Visitors at once.")] = 50,
        seconds: Annotated[float, typer.Option(min=1, help="How long each crowd asks.")] = 30.0,
        elasticsearch: Annotated[
            str | None,
            typer.Option(
                help="Measure this engine instead, for example elasticsearch://127.0.0.1:9200/bench."
            ),
        ] = None,
        as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
    ) -> None:
        """The search page under many visitors at once, and what a greedy one does to polite ones, with limits and without."""
        with told_errors():
            from ingest.bench.load import bench_load, describe
            from ingest.bench.served import Load

            measured = bench_load(
                Load(documents, pages, 150), visitors=visitors, seconds=seconds, index_url=elasticsearch
            )
        tell(asdict(measured), describe(measured), as_json=as_json)


def add_relevance(bench: typer.Typer) -> None:
    @bench.command("relevance")
    def relevance(
        questions: Annotated[Path, typer.Option(help="File of questions with judged answers.")] = Path(
            "tests/relevance/questions.yaml"
        ),
        corpus: Annotated[Path, typer.Option(help="Folder of the files that they are about.")] = Path(
            "../shared/corpus"
        ),
        elasticsearch: Annotated[
            str | None,
            typer.Option(
                help="Measure this one too, for example elasticsearch://127.0.0.1:9200/bench; its indices there are removed."
            ),
        ] = None,
        record: Annotated[
            Path | None, typer.Option(help="Write the figures to this file, from which the tests take them.")
        ] = None,
        worst: Annotated[int, typer.Option(min=0, help="Name so many questions with the worst answers.")] = 0,
        as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
    ) -> None:
        """The order of answers to judged questions: nDCG@10 and recall@100 per set, on each engine."""
        with told_errors():
            for path in (questions, corpus):
                if not path.exists():
                    fail(
                        ExitCode.USAGE, f"there is no {str(path)!r}; run this beside the files, or name them"
                    )
            from ingest.bench.relevance.bench import bench_relevance, describe, load_sets, write_record

            sets = load_sets(questions, corpus)
            measured = {"tantivy": bench_relevance(sets)}
            if elasticsearch is not None:
                measured["elasticsearch"] = bench_relevance(sets, index_url=elasticsearch)
            for engine, scores in measured.items():
                if record is not None:
                    write_record(record, engine, scores)
        told = {name: [asdict(one) for one in scores] for name, scores in measured.items()}
        lines = (line for each in measured.items() for line in describe(*each, worst=worst))
        tell(told, lines, as_json=as_json)


def add_pages(bench: typer.Typer) -> None:
    @bench.command("pages")
    def pages(
        rounds: Annotated[
            int, typer.Option(min=1, help="Times that each page is opened, as a first visit.")
        ] = 5,
        as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
    ) -> None:
        """First paint of the pages of the demo in a real Chromium, and the bytes that it takes; needs the test packages."""
        with told_errors():
            from ingest.bench.pages import bench_pages, describe

            measured = bench_pages(rounds=rounds)
        tell([asdict(each) for each in measured], describe(measured), as_json=as_json)
