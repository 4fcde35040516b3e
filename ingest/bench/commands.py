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
        folder: Annotated[Path, typer.Argument(help="Folder of files.")],
        processes: Annotated[int, typer.Option(min=1, help="Processes that read, in every way.")] = 2,
        recognise: Annotated[bool, typer.Option(help="Recognise the text of scans too.")] = False,
        rounds: Annotated[int, typer.Option(min=1, help="Times that each way is measured, in turn.")] = 3,
        as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
    ) -> None:
        """Our whole ingest, searchable at the end, beside bare loops: of our own readers, and of pypdfium2 on the PDFs."""
        with told_errors():
            if not folder.is_dir():
                fail(ExitCode.USAGE, f"there is no folder {str(folder)!r}")
            from ingest.bench.extract import bench_extract

            measured = bench_extract(folder, processes=processes, rounds=rounds, recognise=recognise)
        if as_json:
            ratios = {"ratio": measured.ratio, "ratio_to_readers": measured.ratio_to_readers}
            typer.echo(json.dumps({**asdict(measured), **ratios}))
            return
        typer.echo(f"{measured.files} files, {processes} processes, best of {rounds}")
        ways = {
            "bare pypdfium2": measured.bare,
            "bare readers": measured.readers,
            "woo ingest": measured.ours,
        }
        for name, way in ways.items():
            typer.echo(f"{name + ':':<17}{way.pages} pages, {way.rate:.1f} pages/s")
        typer.echo(
            f"{'ratio:':<17}{measured.ratio:.2f} to pypdfium2, {measured.ratio_to_readers:.2f} to the readers"
        )

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
        if as_json:
            typer.echo(json.dumps(asdict(measured)))
            return
        for line in describe(measured):
            typer.echo(line)

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
            from ingest.bench.harvest import bench_harvest

            measured = bench_harvest(documents=documents, latency=latency, size=size, at_once=at_once)
        if as_json:
            rates = {"bare_rate": measured.bare_rate, "rate": measured.rate, "ratio": measured.ratio}
            typer.echo(json.dumps({**asdict(measured), **rates}))
            return
        typer.echo(f"bare scrapy: {measured.bare_rate:.1f} documents/s ({measured.bare_seconds:.1f} s)")
        typer.echo(f"woo harvest: {measured.rate:.1f} documents/s ({measured.seconds:.1f} s)")
        typer.echo(f"ratio:       {measured.ratio:.2f}")
        typer.echo(
            f"unchanged:   {measured.again_seconds:.1f} s, {measured.requests_again} requests for"
            f" {measured.documents} documents"
        )

    @bench.command("sitemaps")
    def sitemaps(
        documents: Annotated[int, typer.Option(min=1, help="Small texts, ten to a publicatie.")] = 5_000,
        rounds: Annotated[int, typer.Option(min=1, help="Times that one more is published.")] = 10,
        as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
    ) -> None:
        """How soon the sitemaps tell what is published, changed and withdrawn, with a real worker; and its memory."""
        with told_errors():
            from ingest.bench.sitemaps import bench_sitemaps, describe

            told = bench_sitemaps(documents=documents, rounds=rounds)
        if as_json:
            typer.echo(json.dumps(asdict(told)))
            return
        for line in describe(told):
            typer.echo(line)

    @bench.command("quality")
    def quality(
        count: Annotated[int, typer.Option(min=1, help="Letters of each kind of source.")] = 4,
        as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
    ) -> None:
        """How much is read right of generated scans and text layers, good and bad; errors per character."""
        with told_errors():
            from ingest.bench.quality import bench_quality, describe

            measured = bench_quality(load(), count=count)
        if as_json:
            typer.echo(json.dumps([asdict(each) for each in measured]))
            return
        for line in describe(measured):
            typer.echo(line)

    @bench.command("ocr")
    def ocr(
        pages: Annotated[int, typer.Option(min=2, help="Scanned pages to generate.")] = 40,
        processes: Annotated[int, typer.Option(min=1, help="Processes that read, in both ways.")] = 2,
        rounds: Annotated[int, typer.Option(min=1, help="Times that each way is measured, in turn.")] = 3,
        as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
    ) -> None:
        """Our recognition, and our whole ingest of scans, beside bare tesserocr processes on the same pages."""
        with told_errors():
            from ingest.bench.ocr import bench_ocr

            measured = bench_ocr(pages=pages, processes=processes, rounds=rounds)
        recognition = measured.readers
        ratios = {"recognition": recognition.rate / measured.bare.rate, "ingest": measured.ratio}
        if as_json:
            typer.echo(json.dumps({**asdict(measured), "ratios": ratios}))
            return
        typer.echo(f"{measured.files} files, {processes} processes, best of {rounds}")
        ways = {"bare tesserocr": measured.bare, "our recognition": recognition, "woo ingest": measured.ours}
        for name, way in ways.items():
            typer.echo(
                f"{name + ':':<17}{way.pages} pages, {way.rate:.2f} pages/s, ratio {way.rate / measured.bare.rate:.2f}"
            )

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
        if as_json:
            typer.echo(json.dumps([asdict(each) for each in measured]))
            return
        for each in measured:
            for line in describe(each):
                typer.echo(line)

    _add_load(bench)
    _add_metadata(bench)
    _add_relevance(bench)
    _add_pages(bench)


def _add_load(bench: typer.Typer) -> None:
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
        if as_json:
            typer.echo(json.dumps(asdict(measured)))
            return
        for line in describe(measured):
            typer.echo(line)


def _add_metadata(bench: typer.Typer) -> None:
    @bench.command("metadata")
    def metadata(
        folder: Annotated[
            Path,
            typer.Argument(help="Folder of PDF files, and of CSV files that say what people read in them."),
        ],
        as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
    ) -> None:
        """Dates and articles as found in decisions, beside what people read there; every miss is named."""
        with told_errors():
            if not folder.is_dir():
                fail(ExitCode.USAGE, f"there is no folder {str(folder)!r}")
            from ingest.bench.metadata import bench_metadata, describe

            measured = bench_metadata(folder)
        if as_json:
            typer.echo(json.dumps(asdict(measured)))
            return
        for line in describe(measured):
            typer.echo(line)


def _add_relevance(bench: typer.Typer) -> None:
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
        if as_json:
            typer.echo(
                json.dumps({name: [asdict(one) for one in scores] for name, scores in measured.items()})
            )
            return
        for engine, scores in measured.items():
            for line in describe(engine, scores):
                typer.echo(line)
            for tekst, gain in scores[0].vragen[:worst]:
                typer.echo(f"  {gain:.3f}  {tekst}")


def _add_pages(bench: typer.Typer) -> None:
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
        if as_json:
            typer.echo(json.dumps([asdict(each) for each in measured]))
            return
        for line in describe(measured):
            typer.echo(line)
