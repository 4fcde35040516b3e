"""The spellings that inventories use for columns and values, from `config/inventaris.yaml`."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from woo.diwoo.lijstbestand import line_of, read_yaml
from woo.diwoo.waarden import WaardelijstFout
from woo.domain.inventaris import Beoordeling, Bijzonderheid

_NEGATIVE = re.compile(r"-\d+")
_T = TypeVar("_T", bound=StrEnum)
_LAWS = "andere_wetten"
_LISTS = ("terugval", "ja", "nee", "leeg", "geen_datum", "geen_draad")


class Veld(StrEnum):
    """The columns that mean something here; every other column is kept as it stands."""

    NUMMER = "nummer"
    DOCUMENTNAAM = "documentnaam"
    DATUM = "datum"
    SOORT = "soort"
    BEOORDELING = "beoordeling"
    GRONDEN = "gronden"
    TOELICHTING = "toelichting"
    OPGESCHORT = "opgeschort"
    LINKS = "links"
    GERELATEERD = "gerelateerd"
    ZAAKNUMMERS = "zaaknummers"
    FAMILIE = "familie"
    DRAAD = "draad"


@dataclass(frozen=True, slots=True)
class Woordenlijst:
    """Every known spelling, folded, with what it means."""

    kolommen: Mapping[str, Veld]
    beoordelingskolommen: Mapping[str, Beoordeling]
    beoordelingen: Mapping[str, Beoordeling]
    bijzonderheden: Mapping[str, Bijzonderheid]
    terugval: frozenset[str]
    """Headings that mean their column only where no other heading does."""
    ja: frozenset[str]
    nee: frozenset[str]
    leeg: frozenset[str]
    geen_datum: frozenset[str]
    geen_draad: frozenset[str]
    andere_wetten: Mapping[str, str]
    """Every spelling of a law that a ground refers to, folded, with the name that is shown."""
    spellingen: Mapping[StrEnum, tuple[str, ...]]
    """Of each column and value, how the file spells it: for messages."""

    @classmethod
    def load(cls, path: Path) -> "Woordenlijst":
        """Read the spellings.

        Raises:
            WaardelijstFout: the file is absent, no YAML, or has an unknown key or one spelling twice; names file and line.
        """
        content = read_yaml(path)
        keys = ("kolommen", "beoordelingskolommen", "beoordelingen", "bijzonderheden", _LAWS, *_LISTS)
        for key in keys:
            if key not in content:
                raise WaardelijstFout(path, 1, f"missing: {key}")
        for key in content:
            if key not in keys:
                raise WaardelijstFout(path, line_of(path, key), f"unknown key {key!r}")
        spellingen: dict[StrEnum, tuple[str, ...]] = {}
        lists = {key: frozenset(map(folded, _texts(path, content[key], key))) for key in _LISTS}
        return cls(
            kolommen=_meanings(path, content, "kolommen", Veld, spellingen),
            beoordelingskolommen=_meanings(path, content, "beoordelingskolommen", Beoordeling, {}),
            beoordelingen=_meanings(path, content, "beoordelingen", Beoordeling, spellingen),
            bijzonderheden=_meanings(path, content, "bijzonderheden", Bijzonderheid, spellingen),
            andere_wetten=_laws(path, content),
            spellingen=spellingen,
            **lists,
        )


def folded(text: str) -> str:
    """The text as spellings are compared: letters, digits and the sign of a number, or the text itself without those."""
    decomposed = "".join(unicodedata.normalize("NFKD", text).casefold().split())
    letters = "".join(c for c in decomposed if c.isalnum())
    return f"-{letters}" if _NEGATIVE.fullmatch(decomposed) else letters or decomposed


def _meanings(
    path: Path,
    content: Mapping[str, Any],
    key: str,
    kind: type[_T],
    spellingen: dict[StrEnum, tuple[str, ...]],
) -> Mapping[str, _T]:
    names = content[key]
    if not isinstance(names, dict):
        raise WaardelijstFout(path, line_of(path, key), f"{key} must hold names with lists of spellings")
    known: dict[str, _T] = {}
    for name, spelled in names.items():
        if name not in {each.value for each in kind}:
            allowed = ", ".join(each.value for each in kind)
            raise WaardelijstFout(
                path, line_of(path, key, name), f"unknown name {name!r}; there are: {allowed}"
            )
        texts = _texts(path, spelled, key, name)
        spellingen[kind(name)] = texts
        for text in texts:
            if known.setdefault(folded(text), kind(name)) is not kind(name):
                raise WaardelijstFout(path, line_of(path, key, name), f"{text!r} has two meanings")
    return known


def _laws(path: Path, content: Mapping[str, Any]) -> Mapping[str, str]:
    listed = content[_LAWS]
    if not isinstance(listed, list):
        raise WaardelijstFout(path, line_of(path, _LAWS), f"{_LAWS} must be a list of lists of spellings")
    known: dict[str, str] = {}
    for place, spelled in enumerate(listed):
        texts = _texts(path, spelled, _LAWS)
        for text in texts:
            if known.setdefault(folded(text), texts[0]) != texts[0]:
                raise WaardelijstFout(
                    path, line_of(path, _LAWS), f"{text!r} has two meanings (law {place + 1})"
                )
    return known


def _texts(path: Path, value: Any, *place: str) -> tuple[str, ...]:
    listed: Iterable[Any] = value if isinstance(value, list) else [None]
    if not all(type(text) is str and text.strip() for text in listed):
        why = "must be a list of texts; put words like yes, no and numbers between quotes"
        raise WaardelijstFout(path, line_of(path, *place), f"{place[-1]} {why}")
    return tuple(listed)
