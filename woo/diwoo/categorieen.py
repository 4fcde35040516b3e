"""The fields that a publicatie of each informatiecategorie asks for, from `config/categorieen.yaml`."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from woo.diwoo.lijstbestand import line_of, read_yaml
from woo.diwoo.waarden import WaardelijstFout
from woo.domain.errors import InvalidValue

LONGEST = 1_000
"""Characters that a value may have."""

_JAAR = re.compile(r"(?:19|20|21)\d\d")
_DAG = re.compile(r"\d{4}-\d{2}-\d{2}")
_NAAM = re.compile(r"[a-z][a-z_]*")
_FIELD_KEYS = frozenset({"naam", "label", "soort", "vereist", "uitleg"})
_KEYS = frozenset({"code", "artikel", "velden"})


class Veldsoort(StrEnum):
    """What a value of a field looks like: free text, a day (ISO 8601), a year."""

    TEKST = "tekst"
    DATUM = "datum"
    JAAR = "jaar"


@dataclass(frozen=True, slots=True)
class Categorieveld:
    """One field: its name, what it is called, what a value looks like, whether it must have one, and what to fill in."""

    naam: str
    label: str
    soort: Veldsoort
    vereist: bool
    uitleg: str

    def checked(self, waarde: str) -> str:
        """Return the value as it is kept; raises InvalidValue for one that the field does not accept."""
        text = waarde.strip()
        if len(text) > LONGEST:
            raise InvalidValue(self.naam, f"{text[:40]}…", f"it is longer than {LONGEST} characters")
        if self.soort is Veldsoort.JAAR and not _JAAR.fullmatch(text):
            raise InvalidValue(self.naam, text, "it is not a year such as 2026")
        if self.soort is Veldsoort.DATUM:
            _check_day(self.naam, text)
        return text


@dataclass(frozen=True, slots=True)
class Categorie:
    """What belongs to one category: its article of the Woo, its fields, and whether a decision on a request belongs to it."""

    code: str
    artikel: str
    velden: tuple[Categorieveld, ...]
    met_besluit: bool


class Categorieen:
    """The categories by code."""

    def __init__(self, categorieen: Iterable[Categorie]) -> None:
        self._by_code = {each.code: each for each in categorieen}

    @classmethod
    def load(cls, path: Path, codes: Iterable[str]) -> "Categorieen":
        """Read the file; every one of these codes of the value list must be in it, and no other.

        Raises:
            WaardelijstFout: with file and line of whatever is wrong with it.
        """
        content = read_yaml(path)
        rows = content.get("categorieen")
        if set(content) != {"categorieen"} or not isinstance(rows, list):
            raise WaardelijstFout(path, 1, "must hold a list 'categorieen' and nothing else")
        found = [_categorie(path, row, n) for n, row in enumerate(rows)]
        known, given = set(codes), [each.code for each in found]
        for n, code in enumerate(given):
            if code not in known or code in given[:n]:
                why = "is there twice" if code in known else "is not in the list informatiecategorieen"
                raise WaardelijstFout(path, line_of(path, "categorieen", n), f"{code} {why}")
        missing = sorted(known.difference(given))
        if missing:
            raise WaardelijstFout(path, 1, f"these categories are missing: {', '.join(missing)}")
        return cls(found)

    def categorie(self, code: str) -> Categorie | None:
        """What belongs to this category; None for a code that is not known (any more)."""
        return self._by_code.get(code)

    def velden(self, codes: Iterable[str]) -> tuple[Categorieveld, ...]:
        """The fields of a publicatie in these categories; a field that two ask for is there once, and must have a value if one asks so."""
        found: dict[str, Categorieveld] = {}
        for code in codes:
            categorie = self._by_code.get(code)
            for veld in () if categorie is None else categorie.velden:
                if veld.naam not in found or veld.vereist:
                    found[veld.naam] = veld
        return tuple(found.values())

    def met_besluit(self, codes: Iterable[str]) -> bool:
        """Whether a decision on a request belongs to a publicatie in these categories."""
        return any(self._by_code[code].met_besluit for code in codes if code in self._by_code)


def _check_day(naam: str, text: str) -> None:
    try:
        if not _DAG.fullmatch(text):
            raise ValueError
        date.fromisoformat(text)
    except ValueError:
        raise InvalidValue(naam, text, "it is not a day such as 2026-03-02") from None


def _categorie(path: Path, row: Any, n: int) -> Categorie:
    place = ("categorieen", n)
    if not isinstance(row, Mapping) or not _KEYS <= set(row) <= _KEYS | {"dossier"}:
        raise WaardelijstFout(
            path, line_of(path, *place), "must have code, artikel, velden, and at most dossier"
        )
    if row.get("dossier", "besluit") != "besluit":
        raise WaardelijstFout(path, line_of(path, *place), "dossier can only be 'besluit'")
    if not isinstance(row["velden"], list):
        raise WaardelijstFout(path, line_of(path, *place), "velden must be a list")
    velden = tuple(_veld(path, veld, (*place, "velden", m)) for m, veld in enumerate(row["velden"]))
    return Categorie(str(row["code"]), str(row["artikel"]), velden, met_besluit="dossier" in row)


def _veld(path: Path, row: Any, place: tuple[str | int, ...]) -> Categorieveld:
    if not isinstance(row, Mapping) or set(row) != _FIELD_KEYS:
        raise WaardelijstFout(
            path, line_of(path, *place), f"must have exactly {', '.join(sorted(_FIELD_KEYS))}"
        )
    if not _NAAM.fullmatch(str(row["naam"])):
        raise WaardelijstFout(path, line_of(path, *place), "naam must be small letters, joined by _")
    if row["soort"] not in set(Veldsoort):
        raise WaardelijstFout(path, line_of(path, *place), f"soort must be one of {', '.join(Veldsoort)}")
    if type(row["vereist"]) is not bool:
        raise WaardelijstFout(path, line_of(path, *place), "vereist must be true or false")
    return Categorieveld(
        row["naam"], str(row["label"]), Veldsoort(row["soort"]), row["vereist"], str(row["uitleg"])
    )
