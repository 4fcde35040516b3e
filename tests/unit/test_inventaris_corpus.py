"""Real inventories, the headings that real ones have, and the words that the manuals of others have for judgements."""

import csv
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from woo.diwoo.gronden import WOB_GRONDEN, WOO_GRONDEN
from woo.diwoo.waardelijsten import Waardelijsten
from woo.domain.errors import InvalidValue
from woo.inventaris.bestand import read_bestand, uitleg_van
from woo.inventaris.datums import Volgorde
from woo.inventaris.fouten import Lijstfout
from woo.inventaris.lezen import Inventaris, Leeswijze, read_inventaris
from woo.inventaris.woordenlijst import Woordenlijst, folded
from woo.sandbox import FileRefused, Limits, Sandbox
from woo.sandbox.table import Row, Sheet, Table, read_table

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


WOORDEN = {
    "openbaar": ("Openbaar", "openbaar.", "Volledig openbaar", "Geheel openbaar", "public", "Openbaar maken"),
    "deels_openbaar": (
        "Deels openbaar",
        "Gedeeltelijk openbaar",
        "gedeeltelijke openbaarmaking",
        "Deels",
        "partial_public",
        "Deels verstrekken",
    ),
    "niet_openbaar": ("Niet openbaar", "geen openbaarmaking", "Geweigerd", "not_public", "Niet verstrekken"),
    "reeds_openbaar": ("Reeds openbaar", "Al openbaar", "Was al openbaar", "already_public"),
}
"""The words of minvws (nl-rdo-woo-web: four judgements, and the outcomes of a decision) and of manuals for inventories."""

GEEN_BEOORDELING = (
    "Opgeschort",
    "Geen documenten aangetroffen",
    "?",
    "open",
    "ja",
    "x",
    "5.1.2.e",
    "concept",
)


@pytest.mark.parametrize(
    ("beoordeling", "text"), [(b, text) for b, texts in WOORDEN.items() for text in texts]
)
def test_every_word_for_a_judgement_is_known(woorden: Woordenlijst, beoordeling: str, text: str) -> None:
    found = read_rows(woorden, text)
    assert [regel.beoordeling.value for regel in found.regels] == [beoordeling], found.fouten


@pytest.mark.parametrize("text", GEEN_BEOORDELING)
def test_no_other_word_becomes_a_judgement(woorden: Woordenlijst, text: str) -> None:
    found = read_rows(woorden, text)
    assert found.regels == ()
    for each in found.fouten:
        assert (each.rij, each.kolom, each.waarde) == (2, "Beoordeling", text)
        assert "schrijf openbaar, deels openbaar, niet openbaar, reeds openbaar" in each.uitleg


def read_rows(woorden: Woordenlijst, text: str) -> Inventaris:
    rows = (Row(1, ("Nr.", "Titel", "Beoordeling")), Row(2, ("1", "Brief", text)))
    table = Table((Sheet("Lijst", True, rows),))
    return read_inventaris(table, woorden, GRONDEN, wijze=Leeswijze(), vandaag=date(2026, 11, 25))


def test_every_file_of_real_lists_ends_applied_or_told_row_by_row(
    sandbox: Sandbox, root: Path, shared: Path
) -> None:
    """Each fault names row, column, value and remedy; a file that is no list says why in plain Dutch. Names are not told."""
    lijsten = Waardelijsten.load(root / "config" / "waardelijsten")
    ends: Counter[str] = Counter()
    reasons: list[str] = []
    for folder in ("nl-xlsx-inventaris", "nl-xlsx-wob-registers"):
        for number, path in enumerate(sorted((shared / "corpus" / "office-mail" / folder).iterdir())):
            where = f"{folder} {number}"
            try:
                found = read_bestand(sandbox, lijsten, path, wijze=Leeswijze(), vandaag=date(2026, 11, 25))
            except FileRefused as error:
                ends["no table"] += 1
                reasons.append(uitleg_van(error))
                continue
            except Lijstfout as error:
                ends["no inventory"] += 1
                reasons.append(error.uitleg)
                continue
            wrong = {each.rij for each in found.fouten}
            assert (
                len(found.regels) + len(wrong) == found.rijen == len(found.regels) + len(found.foutrijen)
            ), where
            assert wrong == {each.rij for each in found.foutrijen}, where
            for fault in found.fouten:
                assert fault.rij > 0, where
                assert fault.kolom or "rij" in fault.uitleg, where
                remedies = (
                    "schrijf",
                    "vul",
                    "geef",
                    "haal",
                    "verbeter",
                    "scheid",
                    "splits",
                    "kort",
                    "kruis",
                    "open",
                    "zeg",
                )
                assert any(remedy in fault.uitleg for remedy in remedies), (where, fault.kolom)
            ends["with errors" if wrong else "whole"] += 1
    assert sum(ends.values()) == 55
    assert all(
        any(word in each for word in ("Kies", "kop", "Zeg", "Sla", "geen rekenblad")) for each in reasons
    )
    assert ends == {"whole": 5, "with errors": 27, "no inventory": 13, "no table": 10}
