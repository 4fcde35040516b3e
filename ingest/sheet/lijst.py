"""A checked metadata sheet: what its rows say, of which file each is, and what was left unused at the end."""

import difflib
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ingest.discover import Found
from ingest.sheet.columns import Kolom
from ingest.sheet.errors import RowError, SheetRefused
from ingest.sheet.table import Row, Table
from ingest.sheet.values import WrongCell, value_of
from woo.diwoo.waardelijsten import Waardelijsten

Waarde = str | date
_MOST_NAMES, _MOST_NEAREST = 5_000, 50


@dataclass(frozen=True, slots=True)
class Regel:
    """What one row says: its number, the file as written there, and the values of its filled cells by field."""

    nummer: int
    bestand: str
    waarden: Mapping[str, Waarde]


class Metadatalijst:
    """The rows by file; `regel_of` is asked for each file that is taken in, members of containers included.

    A row names a file by the last part of its path or by more of it, in whole segments (`brief.pdf`, `map/brief.pdf`,
    `dossier.zip/brief.pdf`). `notes` and `unused` tell at the end what people must know.
    """

    def __init__(self, naam: str, onbekend: Sequence[str], path: Path | None = None) -> None:
        self.naam = naam
        self.path = path
        self.bron = f"sheet:{naam}"
        self.onbekend = tuple(onbekend)
        self._by_key: dict[str, Regel] = {}
        self._open: dict[str, Regel] = {}
        self._taken: dict[int, str] = {}
        self._problems: dict[int, RowError] = {}
        self._idle: dict[int, Regel] = {}
        self._without: dict[str, None] = {}
        self._kept: dict[str, None] = {}

    def is_at(self, path: Path) -> bool:
        """Whether this is the sheet itself, which is no document."""
        return self.path is not None and path.name == self.path.name and path.resolve() == self.path

    def assign(self, sleutel: str, regel: Regel) -> None:
        """This file is what the row names."""
        self._by_key[sleutel] = regel
        self._idle[regel.nummer] = regel

    def await_member(self, regel: Regel) -> None:
        """This row names no file that stands by itself; it may be in a container."""
        self._open[_name(regel.bestand)] = regel

    def regel_of(self, sleutel: str, pad: str) -> Regel | None:
        """The row of this file, None when there is none; `pad` is its path for people."""
        regel = self._by_key.get(sleutel)
        if regel is not None:
            self._idle.pop(regel.nummer, None)
            return regel
        for ending in endings(pad):
            regel = self._open.get(ending)
            if regel is not None:
                return self._member(regel, sleutel, pad)
        self._without[pad] = None
        return None

    def _member(self, regel: Regel, sleutel: str, pad: str) -> Regel | None:
        first = self._taken.setdefault(regel.nummer, sleutel)
        if first != sleutel:
            why = f"fits more than one file in containers; the first got it, {pad!r} did not; give the whole path"
            self._problems[regel.nummer] = RowError(regel.nummer, None, regel.bestand, why)
            return None
        self._by_key[sleutel] = regel
        return regel

    def keep(self, pad: str, regel: Regel, velden: Iterable[str], why: str) -> None:
        """Remember for the end that values of this row were not used for this file."""
        self._kept[f"{pad}: row {regel.nummer}: {', '.join(velden)} not used: {why}"] = None

    @property
    def problems(self) -> tuple[str, ...]:
        """Rows that could not be used after all: no file, in no container, was what they name; or more than one was."""
        missing = [
            RowError(regel.nummer, None, regel.bestand, "is in none of the files and containers given")
            for regel in self._open.values()
            if regel.nummer not in self._taken
        ]
        errors: list[RowError] = sorted([*missing, *self._problems.values()], key=lambda error: error.rij)
        return tuple(f"{self.naam}: {error}" for error in errors)

    @property
    def notes(self) -> tuple[str, ...]:
        """What people are told at the end, a line each."""
        lines = list(self._kept)
        lines += [f"row {r.nummer}: {r.bestand!r} became no document" for r in self._idle.values()]
        if self.onbekend:
            lines.append(f"columns that mean nothing here: {', '.join(map(repr, self.onbekend))}")
        if self._without:
            some = ", ".join(list(self._without)[:20])
            more = f" and {len(self._without) - 20} more" if len(self._without) > 20 else ""
            lines.append(f"{len(self._without)} files without a row: {some}{more}")
        return tuple(f"{self.naam}: {line}" for line in lines)


def check_table(
    table: Table,
    found: Sequence[Found],
    lijsten: Waardelijsten,
    *,
    today: date,
    has_containers: Callable[[], bool],
    path: Path | None = None,
) -> Metadatalijst:
    """Check every row and say which file it is of, before anything is taken in.

    Where `has_containers` says so, a row without a file may still name one inside a container. Raises SheetRefused with every error.
    """
    errors: list[RowError] = []
    regels = [
        regel for row in table.rows if (regel := _regel(row, table, lijsten, today, errors)) is not None
    ]
    lijst = Metadatalijst(table.naam, table.onbekend, path)
    _match(lijst, regels, found, errors, has_containers=has_containers)
    if errors:
        errors.sort(key=lambda error: error.rij)
        raise SheetRefused(table.naam, errors)
    return lijst


def _regel(
    row: Row, table: Table, lijsten: Waardelijsten, today: date, errors: list[RowError]
) -> Regel | None:
    waarden: dict[str, Waarde] = {}
    bestand: str | None = None
    for at, cell in enumerate(row.cells):
        kolom = table.kolommen[at] if at < len(table.kolommen) else None
        if cell is None:
            continue
        if at >= len(table.koppen) or not table.koppen[at]:
            why = "stands in a column without a heading; are there too many separators in this row?"
            errors.append(RowError(row.nummer, None, str(cell), why))
        elif kolom is Kolom.BESTAND:
            bestand = str(cell)
        elif kolom is not None:
            try:
                waarden[kolom.value] = value_of(kolom, cell, lijsten, today=today)
            except WrongCell as wrong:
                errors.append(RowError(row.nummer, table.koppen[at], str(cell)[:200], str(wrong)))
    if bestand is None:
        errors.append(RowError(row.nummer, None, None, "it names no file"))
        return None
    return Regel(row.nummer, bestand, waarden)


def _match(
    lijst: Metadatalijst,
    regels: Sequence[Regel],
    found: Sequence[Found],
    errors: list[RowError],
    *,
    has_containers: Callable[[], bool],
) -> None:
    by_ending = _by_ending(found)
    nearest = _Nearest(found)
    rows_of: dict[str, Regel] = {}
    for regel in regels:
        name = _name(regel.bestand)
        files = by_ending.get(name, [])
        if len(files) > 1:
            paths = ", ".join(repr(file.pad) for file in files[:3])
            why = f"is the name of {len(files)} files ({paths}); give more of the path"
            errors.append(RowError(regel.nummer, None, regel.bestand, why))
            continue
        key = files[0].sleutel if files else f"member {name}"
        if key in rows_of:
            why = f"is also named by row {rows_of[key].nummer}; keep one of them"
            errors.append(RowError(regel.nummer, None, regel.bestand, why))
            continue
        rows_of[key] = regel
        if files:
            lijst.assign(key, regel)
        elif has_containers():
            lijst.await_member(regel)
        else:
            why = f"is none of the files given{nearest.of(name)}"
            errors.append(RowError(regel.nummer, None, regel.bestand, why))


class _Nearest:
    """The name that may be meant; only for the first rows, since looking for it takes long."""

    def __init__(self, found: Sequence[Found]) -> None:
        self._names = [file.pad.rpartition("/")[2] for file in found[:_MOST_NAMES]]
        self._left = _MOST_NEAREST

    def of(self, name: str) -> str:
        self._left -= 1
        if self._left < 0:
            return ""
        close = difflib.get_close_matches(name.rpartition("/")[2], self._names, n=1)
        return f"; is {close[0]!r} meant?" if close else ""


def _by_ending(found: Sequence[Found]) -> dict[str, list[Found]]:
    by_ending: dict[str, list[Found]] = defaultdict(list)
    for file in found:
        # the path on this machine holds the path for people, but its odd bytes are not written out
        for ending in dict.fromkeys((*endings(str(file.path)), *endings(file.pad))):
            by_ending[ending].append(file)
    return by_ending


def endings(path: str) -> list[str]:
    """Every way to name a path in a sheet: the whole of it, and each part that begins at a segment; longest first."""
    whole = _name(path.replace("!/", "/"))
    segments = whole.split("/")
    return ["/".join(segments[at:]) for at in range(len(segments))]


def _name(path: str) -> str:
    """A path as it is compared: composed characters, forward slashes, no leading `./`."""
    text = unicodedata.normalize("NFC", path.strip()).replace("\\", "/")
    return text.removeprefix("./").strip("/")
