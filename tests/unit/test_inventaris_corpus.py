"""Real inventories, and the headings that real ones have."""

import csv
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from woo.diwoo.gronden import WOB_GRONDEN, WOO_GRONDEN
from woo.domain.errors import InvalidValue
from woo.inventaris.datums import Volgorde
from woo.inventaris.lezen import Leeswijze, read_inventaris
from woo.inventaris.woordenlijst import Woordenlijst, folded
from woo.sandbox import FileRefused, Limits, Sandbox
from woo.sandbox.table import read_table

GRONDEN = (*WOO_GRONDEN, *WOB_GRONDEN)
TABLES = {".xlsx", ".xls", ".csv"}

pytestmark = pytest.mark.needs("shared")


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(Limits(seconds=30)) as made:
        yield made


@pytest.fixture(scope="module")
def woorden(root: Path) -> Woordenlijst:
    return Woordenlijst.load(root / "config" / "inventaris.yaml")


def outcome(sandbox: Sandbox, woorden: Woordenlijst, path: Path, datums: Volgorde | None) -> tuple[str, int]:
    """What becomes of a file, and how many rows of it are read."""
    wijze = Leeswijze(datums=datums)
    try:
        table = read_table(sandbox, path)
        found = read_inventaris(table, woorden, GRONDEN, wijze=wijze, vandaag=date(2026, 11, 25))
    except FileRefused:
        return "no table", 0
    except InvalidValue:
        return "no inventory", 0
    assert len(found.regels) + len({each.rij for each in found.fouten}) == found.rijen  # nothing goes unsaid
    return ("with errors" if found.fouten else "whole"), len(found.regels)


@pytest.mark.parametrize(
    ("datums", "expected", "rows"),
    [
        (None, {"whole": 5, "with errors": 27, "no inventory": 5}, 9),
        (Volgorde.MAAND_DAG, {"whole": 30, "with errors": 2, "no inventory": 5}, 131),
    ],
)
def test_real_inventories_are_read_wholly_or_say_why_not(
    sandbox: Sandbox,
    woorden: Woordenlijst,
    shared: Path,
    datums: Volgorde | None,
    expected: object,
    rows: int,
) -> None:
    folder = shared / "corpus" / "office-mail" / "nl-xlsx-inventaris"
    paths = sorted(path for path in folder.iterdir() if path.suffix in TABLES)
    found = [outcome(sandbox, woorden, path, datums) for path in paths]
    assert dict(Counter(name for name, _ in found)) == expected
    assert sum(count for _, count in found) == rows


def test_what_is_no_table_is_refused(sandbox: Sandbox, woorden: Woordenlijst, shared: Path) -> None:
    folder = shared / "corpus" / "office-mail" / "nl-xlsx-inventaris"
    others = [path for path in folder.iterdir() if path.suffix not in TABLES]
    assert {outcome(sandbox, woorden, path, None) for path in others} == {("no table", 0)}
    assert len(others) == 10


def test_most_headings_of_real_inventories_mean_something_here(woorden: Woordenlijst, shared: Path) -> None:
    """Headings of the inventories of 260 decisions of ministries, each with how often it was found."""
    path = shared / "corpus" / "metadata" / "wob-decisions" / "columnheaders_RO.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        counted = {row["kolomnaam"]: int(row["aantalkeer"]) for row in csv.DictReader(lines)}
    gronden = {folded(code) for code in GRONDEN}  # the headings were counted without their points
    known = {
        name
        for name in counted
        if name in woorden.kolommen or name in woorden.beoordelingskolommen or name in gronden
    }
    for name in ("nr", "naamdocument", "weigeringsgrond", "beoordeling", "datum", "102e"):
        assert name in known
    share = sum(counted[name] for name in known) / sum(counted.values())
    assert share > 0.7
    unread = {"afzender", "ontvanger", "tijd"}  # kept as they stand: senders and receivers are names
    assert share + sum(counted[name] for name in unread) / sum(counted.values()) > 0.89
