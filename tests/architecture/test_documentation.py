"""What the documentation must name is named: commands, settings, API paths, decisions; and its links lead somewhere."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import typer
import yaml

from tests.api.site import PublicSite, load_analysis, load_lijsten, make_settings
from tests.conftest import ROOT
from woo.cli import build_app
from woo.sandbox import Limits, Sandbox
from woo.settings.model import SECTIONS

PACKAGES = ("woo", "ingest", "search_api", "publisher")
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def commands(command: Any, name: str = "woo") -> Iterator[tuple[str, Any]]:
    """Every command that a user may give, with the words to give it."""
    for word, below in getattr(command, "commands", {}).items():
        if not below.hidden:
            yield from commands(below, f"{name} {word}")
    if not hasattr(command, "commands"):
        yield name, command


COMMANDS = dict(commands(typer.main.get_command(build_app())))
KEYS = [f"{section}.{key}" for section, model in SECTIONS.items() for key in model.model_fields]


def test_the_command_line_is_walked_whole() -> None:
    assert {"woo ingest", "woo serve", "woo key create", "woo bench search", "woo doctor"} <= set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_named_in_the_documentation_and_has_help(name: str) -> None:
    assert COMMANDS[name].help
    pages = [page for page in PAGES if "adr" not in page.parts]
    assert any(re.search(rf"\b{name}\b", page.read_text("utf-8")) for page in pages), name


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_and_argument_of_a_command_has_help(name: str) -> None:
    parameters = [each for each in COMMANDS[name].params if not getattr(each, "hidden", False)]
    assert [each.name for each in parameters if not getattr(each, "help", None)] == []


@pytest.mark.parametrize("key", KEYS)
def test_every_setting_is_in_the_page_and_in_the_default_file(key: str, root: Path) -> None:
    section, name = key.split(".")
    page = (root / "docs" / "settings.md").read_text("utf-8")
    [part] = [each for each in page.split("\n## ") if each.startswith(f"{section}\n")]
    assert f"| `{name}` | `WOO_{section.upper()}__{name.upper()}` |" in part
    assert name in yaml.safe_load((root / "config" / "default.yaml").read_text("utf-8"))[section]


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The description that the public side gives of its API."""
    folder = tmp_path_factory.mktemp("api")
    with Sandbox(Limits(seconds=60), processes=1) as sandbox:
        site = PublicSite(folder, make_settings(folder), load_analysis(), load_lijsten(), sandbox)
        description: dict[str, Any] = json.loads(site.visitor.get("/v1/openapi.json").content)
    return description


def without_names(path: str) -> str:
    """The path with every parameter alike: what it is called is not what is looked at."""
    return re.sub(r"\{[^}]*\}", "{}", path)


def test_every_path_of_the_api_is_in_its_page(api: dict[str, Any], root: Path) -> None:
    page = without_names((root / "docs" / "api.md").read_text("utf-8"))
    routes = [f"{method.upper()} /v1{path}" for path, item in api["paths"].items() for method in item]
    assert len(routes) >= 8
    assert [route for route in routes if f"`{without_names(route)}`" not in page] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_within_the_documentation_leads_to_a_file(page: Path) -> None:
    text = _FENCE.sub("", page.read_text("utf-8"))
    links = [link for link in _LINK.findall(text) if not re.match(r"[a-z]+:|#", link)]
    broken = [link for link in links if not (page.parent / unquote(link.split("#")[0])).exists()]
    assert broken == []


@pytest.mark.parametrize("package", PACKAGES)
def test_every_module_says_in_its_first_line_what_it_holds(package: str, root: Path) -> None:
    silent = []
    for path in sorted((root / package).rglob("*.py")):
        text = path.read_text("utf-8")
        if text.strip() and not (ast.get_docstring(ast.parse(text)) or "").strip():
            silent.append(str(path.relative_to(root)))
    assert silent == []


def test_decisions_are_numbered_without_gaps_and_carry_their_number(root: Path) -> None:
    decisions = sorted((root / "docs" / "adr").glob("*.md"))
    numbers = [int(path.name[:4]) for path in decisions]
    assert numbers == list(range(1, len(decisions) + 1))
    for number, path in zip(numbers, decisions, strict=True):
        assert re.match(rf"# (ADR )?0*{number}\b", path.read_text("utf-8")), path.name
