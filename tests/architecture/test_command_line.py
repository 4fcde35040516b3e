"""The command line is light: it imports what a command needs when that command runs, and nothing before."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer.main
from typer.core import TyperGroup

from woo.analysis import DutchAnalysis
from woo.cli import build_app
from woo.index.open import open_house
from woo.registry import Registry
from woo.settings import config_folder, load_settings
from woo.storage.open import open_public_store

HEAVY = {
    "PIL",
    "alembic",
    "elasticsearch",
    "fastapi",
    "httpx",
    "jinja2",
    "pdfminer",
    "pikepdf",
    "pypdfium2",
    "reportlab",
    "scrapy",
    "sqlalchemy",
    "structlog",
    "tantivy",
    "uvicorn",
    "woo.settings",
    "yaml",
}
UNUSED_BY_STATUS = {
    "PIL",
    "aiosqlite",
    "alembic",
    "asyncpg",
    "elasticsearch",
    "fastapi",
    "httpx",
    "importlib_metadata",
    "jinja2",
    "lxml",
    "obstore",
    "psycopg",
    "rich",
    "sqlalchemy.dialects.mysql",
    "sqlalchemy.dialects.postgresql",
    "sqlalchemy.orm",
    "structlog",
    "tantivy",
    "twisted",
    "typer.rich_utils",
}
"""What a command that only reads the registry does without; hundreds are started, each by itself."""
UNUSED_BY_WORKER = {
    "elasticsearch",
    "fastapi",
    "httpx",
    "obstore",
    "pdfminer",
    "pypdfium2",
    "reportlab",
    "scrapy",
    "sqlalchemy.dialects.postgresql",
    "structlog",
    "tesserocr",
    "uvicorn",
}
"""What a worker that has nothing to deliver, to check or to say does without."""
UNUSED_BY_SEARCH = {
    "PIL",
    "alembic",
    "elasticsearch",
    "fastapi",
    "httpx",
    "jinja2",
    "pypdfium2",
    "reportlab",
    "scrapy",
    "sqlalchemy",
    "structlog",
    "uvicorn",
    "woo.registry",
}
"""What a question at the command line does without: the web server, the pages, the registry."""
RUN = """
import json, sys
from woo.cli import main
for line in sys.argv[1:]:
    sys.argv = ["woo", *json.loads(line)]
    try:
        main()
    except SystemExit as ended:
        print("\\f", ended.code)
print(json.dumps(sorted(sys.modules)))
"""
LOAD_SERVICE = """
import json, sys
from importlib.metadata import entry_points
from woo.cli import build_app
build_app()
[point] = entry_points(group="woo.services", name=sys.argv[1])
point.load()
print(json.dumps(sorted(sys.modules)))
"""
COLLECTING = """
import gc, json, sys
from woo.cli import loading, main
sys.argv = ["woo", "--help"]
try:
    sys.stdout, shown = open("/dev/null", "w"), sys.stdout
    main()
except SystemExit:
    sys.stdout = shown
print(gc.isenabled(), "\f", end="")
loading.load()
print(gc.isenabled())
print(json.dumps(sorted(sys.modules)))
"""
USED_WRONGLY = [
    ["nonsense"],
    ["ingest", "/no/such/folder"],
    ["search", "x", "--aantal", "0"],
    ["key", "create"],
]


@pytest.fixture(scope="module")
def command_line() -> TyperGroup:
    group = typer.main.get_command(build_app())
    assert isinstance(group, TyperGroup)
    return group


def commands(group: TyperGroup, *before: str) -> Iterator[list[str]]:
    """The words of every command, groups and hidden ones too."""
    yield [*before]
    for name, command in group.commands.items():
        if isinstance(command, TyperGroup):
            yield from commands(command, *before, name)
        else:
            yield [*before, name]


def child(code: str, root: Path, *arguments: str) -> tuple[list[str], set[str]]:
    """Run this code in a fresh process; returns what it printed between form feeds, and the modules it imported."""
    ran = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env={**os.environ, "PYTHONPATH": str(root), "COLUMNS": "120"},
        cwd=root,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    printed, _, imported = ran.stdout.rstrip().rpartition("\n")
    return printed.split("\f"), set(json.loads(imported))


def run_all(root: Path, lines: list[list[str]]) -> tuple[list[str], set[str]]:
    """Run the command line with each of these lines, all in one fresh process."""
    return child(RUN, root, *(json.dumps(words) for words in lines))


def test_the_help_of_every_command_is_shown_without_importing_anything_heavy(
    command_line: TyperGroup, root: Path
) -> None:
    lines = list(commands(command_line))
    assert ["search"] in lines
    assert ["bench", "extract"] in lines
    helps, imported = run_all(root, [[*words, "--help"] for words in lines])
    for words, shown in zip(lines, helps, strict=False):
        assert " ".join(["Usage: woo", *words]) in shown
    assert all(text.startswith(" 0") for text in helps[1:])
    assert HEAVY & imported == set()


def test_the_help_names_every_command_and_what_it_does(command_line: TyperGroup, root: Path) -> None:
    [shown, _], _ = run_all(root, [["--help"]])
    listed = {line.strip("│ ").partition(" ")[0] for line in shown.splitlines() if line.startswith("│")}
    for name, command in command_line.commands.items():
        assert command.help
        assert (name in listed) is not command.hidden


def test_a_command_used_wrongly_says_so_without_importing_anything_heavy(root: Path) -> None:
    codes, imported = run_all(root, USED_WRONGLY)
    assert [code.strip() for code in codes[1:]] == ["2"] * len(USED_WRONGLY)
    assert HEAVY & imported == set()


def test_a_command_that_reads_the_registry_imports_no_more_than_that_takes(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WOO_HOME", str(tmp_path))
    Registry.create(f"sqlite:///{tmp_path / 'registry.sqlite3'}").close()
    _, imported = run_all(root, [["status"]])
    assert {"sqlalchemy", "woo.registry", "yaml"} <= imported
    assert UNUSED_BY_STATUS & imported == set()


def test_a_search_and_an_export_import_no_web_server(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WOO_HOME", str(tmp_path))
    settings = load_settings({"WOO_HOME": str(tmp_path)}, cwd=tmp_path)
    house = open_house(settings.index, DutchAnalysis.load(config_folder() / "zoeken"))
    built = house.build()
    house.make_live(built)
    built.index.close()
    open_public_store(settings.storage.public, settings.storage)
    printed, imported = run_all(root, [["search", "zonneweide"], ["export", "csv", "zonneweide"]])
    assert [each.strip().partition("\n")[0] for each in printed[1:]] == ["0", "0"]
    assert "0 documents" in printed[0]
    assert {"search_api.searching", "search_api.exporting", "tantivy"} <= imported
    assert UNUSED_BY_SEARCH & imported == set()


def test_a_worker_imports_only_what_it_works_with(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WOO_HOME", str(tmp_path))
    monkeypatch.setenv("WOO_LOGGING__LEVEL", "error")
    Registry.create(f"sqlite:///{tmp_path / 'registry.sqlite3'}").close()
    _, imported = run_all(root, [["work", "--until-idle"]])
    assert {"ingest.worker", "tantivy", "woo.sandbox"} <= imported
    assert UNUSED_BY_WORKER & imported == set()


def test_garbage_is_collected_as_soon_as_a_command_runs(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WOO_HOME", str(tmp_path))
    [while_starting, while_running], _ = child(COLLECTING, root)
    assert while_starting.strip() == "False"
    assert while_running.strip() == "True"


def test_the_process_of_the_public_side_has_no_registry_in_it(root: Path) -> None:
    _, imported = child(LOAD_SERVICE, root, "search_api")
    assert "fastapi" in imported
    assert {"sqlalchemy", "woo.registry", "woo.usecases"} & imported == set()


def test_the_process_of_the_desk_has_no_search_engine_in_it(root: Path) -> None:
    _, imported = child(LOAD_SERVICE, root, "publisher")
    assert "fastapi" in imported
    assert {"elasticsearch", "tantivy", "woo.index.tantivy_index"} & imported == set()
