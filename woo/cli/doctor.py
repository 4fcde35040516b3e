"""`woo doctor`: what is installed, reachable and missing, each with what to do."""

import importlib.util
import json
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from woo.cli.exits import ExitCode, told_errors
from woo.cli.loading import Load
from woo.domain.errors import WooError

if TYPE_CHECKING:
    from woo.settings import Settings, StorageSettings

_LIBRARIES = (
    "tantivy",
    "pypdfium2",
    "pikepdf",
    "pdfminer",
    "tesserocr",
    "Stemmer",
    "sqlalchemy",
    "psycopg",
    "fastapi",
    "scrapy",
    "elasticsearch",
    "obstore",
)
_LOW_DISK = 2 * 1024**3


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: `ok`, `missing` (works without, but less) or `broken` (does not work)."""

    part: str
    level: Literal["ok", "missing", "broken"]
    what: str


def examine(settings: "Settings") -> Iterator[Finding]:
    """Look at everything; nothing is changed but what opening an installation makes on first use."""
    yield Finding("python", "ok", sys.version.split()[0])
    for name in _LIBRARIES:
        there = importlib.util.find_spec(name) is not None
        yield Finding(
            name, "ok" if there else "broken", "installed" if there else "not installed; run: make setup"
        )
    yield Finding("sqlite", "ok", sqlite3.sqlite_version)
    yield _program("chromium", "the browser tests need it")
    yield _recognition(settings)
    yield _scanner(settings)
    yield from _places(settings)
    yield _registry(settings)
    yield _index(settings)


def _program(name: str, without: str) -> Finding:
    path = shutil.which(name)
    if path:
        return Finding(name, "ok", path)
    return Finding(name, "missing", f"not installed; {without}. Run: make system-packages")


def _recognition(settings: "Settings") -> Finding:
    from woo.sandbox.ocr import tessdata_folder

    languages = settings.ocr.languages
    if not settings.ocr.enabled:
        return Finding("ocr", "missing", "switched off (ocr.enabled); scans stay without text")
    folder = tessdata_folder(languages)
    if folder is None:
        what = f"no data of Tesseract for {languages} below /usr/share or /usr/local/share"
        return Finding("ocr", "missing", f"{what}; scans stay without text. Run: make system-packages")
    return Finding("ocr", "ok", f"{languages} in {folder}")


def _scanner(settings: "Settings") -> Finding:
    from woo.scan import open_scanner

    try:
        version = open_scanner(settings.scan).version()
    except WooError as error:
        return Finding("virus scan", "broken", f"{error} Nothing is taken in without it.")
    if version is None:
        return Finding(
            "virus scan", "missing", "switched off (scan.clamd); files are not scanned for viruses"
        )
    return Finding("virus scan", "ok", f"{version} at {settings.scan.clamd}")


def _places(settings: "Settings") -> Iterator[Finding]:
    from woo.storage.open import is_s3, open_archive, open_inbox, open_public_store

    storage = settings.storage
    yield _folder("home", settings.home)
    for name, url, open_it in (
        ("archive", storage.archive, lambda: open_archive(storage.archive, storage)),
        ("public", storage.public, lambda: open_public_store(storage.public, storage)),
        ("inbox", storage.inbox, lambda: open_inbox(storage.inbox, storage)),
    ):
        yield _store(name, url, storage, open_it) if is_s3(url) else _folder(name, Path(url))


def _folder(name: str, place: Path) -> Finding:
    existing = next(folder for folder in (place, *place.parents) if folder.exists())
    free = shutil.disk_usage(existing).free
    level: Literal["ok", "missing"] = "ok" if free > _LOW_DISK else "missing"
    return Finding(name, level, f"{place}: {free / 1024**3:.1f} GiB free")


def _store(name: str, url: str, settings: "StorageSettings", open_it: Callable[[], object]) -> Finding:
    """Whether worker and desk reach it; the public site has a key of its own, which is not here to try."""
    try:
        open_it()
    except WooError as error:
        return Finding(name, "broken", str(error))
    return Finding(name, "ok", f"{url} at {settings.s3_endpoint or 'Amazon S3'}: reachable")


def _registry(settings: "Settings") -> Finding:
    from woo.usecases.platform import open_platform

    try:
        with open_platform(settings) as platform, platform.registry.read() as reading:
            counts = reading.counts()
            database = platform.registry.database()
            writer = platform.registry.leases.holder("schrijver", now=platform.now())
    except (WooError, OSError) as error:
        return Finding("registry", "broken", str(error))
    worker = f"worker: {writer}" if writer else "no worker is running (woo work, or woo serve)"
    return Finding("registry", "ok", f"{database}; {sum(counts.documenten.values())} documents; {worker}")


def _index(settings: "Settings") -> Finding:
    from woo.analysis import DutchAnalysis
    from woo.index.open import open_house
    from woo.settings import config_folder

    try:
        house = open_house(settings.index, DutchAnalysis.load(config_folder() / "zoeken"))
        live, size = house.live(), house.size()
    except (WooError, OSError) as error:
        return Finding("index", "broken", str(error))
    if live is None:
        return Finding("index", "ok", f"{settings.index.url}: reachable; no index yet, the worker makes it")
    return Finding("index", "ok", f"{settings.index.url}: {live}, {size / 1024**2:.1f} MiB")


def add_commands(app: typer.Typer, load: Load) -> None:
    """Add `doctor`."""

    @app.command("doctor")
    def doctor(as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False) -> None:
        """Say what is installed, reachable and missing."""
        with told_errors():
            findings = list(examine(load()))
        if as_json:
            typer.echo(json.dumps([asdict(finding) for finding in findings], indent=2))
        else:
            for finding in findings:
                typer.echo(f"{finding.level:<8} {finding.part:<14} {finding.what}")
        if any(finding.level == "broken" for finding in findings):
            raise typer.Exit(int(ExitCode.UNREACHABLE))
