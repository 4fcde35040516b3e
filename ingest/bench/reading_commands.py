"""`woo bench extract|ocr|quality|metadata`: how fast and how well files are read."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from ingest.bench.telling import tell
from woo.cli.exits import ExitCode, fail, told_errors
from woo.cli.loading import Load


def add_extract(bench: typer.Typer) -> None:
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
            from ingest.bench.extract import bench_extract, describe

            measured = bench_extract(folder, processes=processes, rounds=rounds, recognise=recognise)
        ratios = {"ratio": measured.ratio, "ratio_to_readers": measured.ratio_to_readers}
        tell({**asdict(measured), **ratios}, describe(measured, rounds), as_json=as_json)


def add_ocr(bench: typer.Typer) -> None:
    @bench.command("ocr")
    def ocr(
        pages: Annotated[int, typer.Option(min=2, help="Scanned pages to generate.")] = 40,
        processes: Annotated[int, typer.Option(min=1, help="Processes that read, in both ways.")] = 2,
        rounds: Annotated[int, typer.Option(min=1, help="Times that each way is measured, in turn.")] = 3,
        as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
    ) -> None:
        """Our recognition, and our whole ingest of scans, beside bare tesserocr processes on the same pages."""
        with told_errors():
            from ingest.bench.ocr import bench_ocr, describe

            measured = bench_ocr(pages=pages, processes=processes, rounds=rounds)
        ratios = {"recognition": measured.readers.rate / measured.bare.rate, "ingest": measured.ratio}
        tell({**asdict(measured), "ratios": ratios}, describe(measured, rounds), as_json=as_json)


def add_quality(bench: typer.Typer, load: Load) -> None:
    @bench.command("quality")
    def quality(
        count: Annotated[int, typer.Option(min=1, help="Letters of each kind of source.")] = 4,
        as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
    ) -> None:
        """How much is read right of generated scans and text layers, good and bad; errors per character."""
        with told_errors():
            from ingest.bench.quality import bench_quality, describe

            measured = bench_quality(load(), count=count)
        tell([asdict(each) for each in measured], describe(measured), as_json=as_json)


def add_metadata(bench: typer.Typer) -> None:
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
        tell(asdict(measured), describe(measured), as_json=as_json)
