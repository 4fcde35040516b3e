"""Reads the rules of the legal terms (config/termijnen.yaml) and the designated days (config/feestdagen.yaml)."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from woo.diwoo.lijstbestand import line_of, read_yaml
from woo.diwoo.waarden import WaardelijstFout
from woo.domain.errors import InvalidValue
from woo.domain.kalender import Kalender
from woo.domain.termijnregel import Feitsoort, Termijnregel, Termijnregels, Termijnsoort

_TEXTS = ("code", "naam", "artikel", "bron", "wat")
_NEEDED = (*_TEXTS, "soort", "vanaf", "geldt_vanaf")
_FACTS = ("klaar_door", "vervalt_door")
_ONE_FACT = ("alleen_als", "niet_als", "blokkeert_door")
_YES_NO = ("dag_erna", "termijnenwet", "opschorting", "streef")
_OPTIONAL = (
    *_FACTS,
    *_ONE_FACT,
    *_YES_NO,
    "weken",
    "dagen",
    "wie",
    "uitleg",
    "zin",
    "geldt_tot",
    "na_einde_van",
    "niet_voor",
    "verlengt",
)
_WEEK = 7


@cache
def load_regels(path: Path) -> Termijnregels:
    """Read the rules.

    Raises:
        WaardelijstFout: the file is absent, no YAML, has an unknown key or value, or rules that contradict each other;
            names file and line.
    """
    content = read_yaml(path)
    rows = content.get("regels")
    if set(content) != {"regels"} or not isinstance(rows, list) or not rows:
        raise WaardelijstFout(path, 1, "must hold the key regels with a list of rules, nothing else")
    try:
        return Termijnregels(_regel(path, row, n) for n, row in enumerate(rows))
    except InvalidValue as error:
        raise WaardelijstFout(path, line_of(path, "regels"), str(error)) from error


@cache
def load_kalender(path: Path) -> Kalender:
    """Read the designated days; raises as `load_regels`."""
    content = read_yaml(path)
    if set(content) != {"besluiten", "uitzonderingen"}:
        raise WaardelijstFout(path, 1, "must hold the keys besluiten and uitzonderingen, nothing else")
    gelijkgesteld: set[date] = set()
    bekend: set[int] = set()
    for n, row in enumerate(_rows(path, content, "besluiten")):
        place = ("besluiten", n)
        _check_keys(path, row, place, needed=("bron", "jaren", "dagen"), optional=())
        _text(path, row, "bron", place)
        jaren = _list(path, row, "jaren", int, place)
        dagen = _list(path, row, "dagen", date, place)
        for dag in dagen:
            if dag.year not in jaren:
                raise WaardelijstFout(path, line_of(path, *place), f"{dag} lies in none of its jaren")
        gelijkgesteld.update(dagen)
        bekend.update(jaren)
    uitgezonderd: set[date] = set()
    for n, row in enumerate(_rows(path, content, "uitzonderingen")):
        place = ("uitzonderingen", n)
        _check_keys(path, row, place, needed=("dag", "bron"), optional=())
        _text(path, row, "bron", place)
        uitgezonderd.add(_day(path, row, "dag", place))
    return Kalender(frozenset(gelijkgesteld), frozenset(uitgezonderd), frozenset(bekend))


def _regel(path: Path, row: Any, n: int) -> Termijnregel:
    place = ("regels", n)
    _check_keys(path, row, place, needed=_NEEDED, optional=_OPTIONAL)
    values: dict[str, Any] = {key: _text(path, row, key, place) for key in _TEXTS}
    values["soort"] = _one_of(path, Termijnsoort, row["soort"], "soort", place)
    values["vanaf"] = _one_of(path, Feitsoort, row["vanaf"], "vanaf", place)
    values["dagen"] = _length(path, row, place)
    values["geldt_vanaf"] = _day(path, row, "geldt_vanaf", place)
    for key in ("wie", "uitleg", "zin", "na_einde_van", "niet_voor"):
        if key in row:
            values[key] = _text(path, row, key, place)
    if "geldt_tot" in row:
        values["geldt_tot"] = _day(path, row, "geldt_tot", place)
    for key in _FACTS:
        listed = _list(path, row, key, str, place) if key in row else []
        values[key] = frozenset(_one_of(path, Feitsoort, each, key, place) for each in listed)
    for key in _ONE_FACT:
        if key in row:
            values[key] = _one_of(path, Feitsoort, row[key], key, place)
    for key in _YES_NO:
        if key in row:
            values[key] = _yes_or_no(path, row, key, place)
    if "verlengt" in row:
        values["verlengt"] = frozenset(_list(path, row, "verlengt", str, place))
    try:
        return Termijnregel(**values)
    except InvalidValue as error:
        raise WaardelijstFout(path, line_of(path, *place), str(error)) from error


def _length(path: Path, row: Mapping[str, Any], place: tuple[str, int]) -> int | None:
    given = [key for key in ("weken", "dagen") if key in row]
    if len(given) > 1:
        raise WaardelijstFout(path, line_of(path, *place), "give weken or dagen, not both")
    if not given:
        return None
    value = row[given[0]]
    if type(value) is not int or value < 1:
        raise WaardelijstFout(
            path, line_of(path, *place), f"{given[0]} must be a whole number above 0, it is {value!r}"
        )
    return value * (_WEEK if given[0] == "weken" else 1)


def _check_keys(
    path: Path, row: Any, place: tuple[str, int], *, needed: tuple[str, ...], optional: tuple[str, ...]
) -> None:
    if not isinstance(row, dict):
        raise WaardelijstFout(path, line_of(path, *place), "must hold keys and values")
    missing = [key for key in needed if key not in row]
    if missing:
        raise WaardelijstFout(path, line_of(path, *place), f"missing: {', '.join(missing)}")
    unknown = [key for key in row if key not in (*needed, *optional)]
    if unknown:
        raise WaardelijstFout(path, line_of(path, *place, unknown[0]), f"unknown key {unknown[0]!r}")


def _rows(path: Path, content: Mapping[str, Any], key: str) -> list[Any]:
    rows = content[key]
    if not isinstance(rows, list):
        raise WaardelijstFout(path, line_of(path, key), f"{key} must be a list")
    return rows


def _text(path: Path, row: Mapping[str, Any], key: str, place: tuple[str, int]) -> str:
    value = row[key]
    if type(value) is not str or not value.strip():
        raise WaardelijstFout(path, line_of(path, *place), f"{key} must be text, it is {value!r}")
    return value


def _day(path: Path, row: Mapping[str, Any], key: str, place: tuple[str, int]) -> date:
    value = row[key]
    if type(value) is not date:
        why = f"{key} must be a date like 2026-01-31, it is {value!r}"
        raise WaardelijstFout(path, line_of(path, *place), why)
    return value


def _yes_or_no(path: Path, row: Mapping[str, Any], key: str, place: tuple[str, int]) -> bool:
    value = row[key]
    if type(value) is not bool:
        raise WaardelijstFout(path, line_of(path, *place), f"{key} must be true or false, it is {value!r}")
    return value


def _list(path: Path, row: Mapping[str, Any], key: str, kind: type, place: tuple[str, int]) -> list[Any]:
    values = row[key]
    if not isinstance(values, list) or any(type(each) is not kind for each in values):
        raise WaardelijstFout(path, line_of(path, *place), f"{key} must be a list of {kind.__name__}")
    return values


def _one_of(path: Path, kind: Any, value: object, key: str, place: tuple[str, int]) -> Any:
    try:
        return kind(value)
    except ValueError:
        accepted = ", ".join(each.value for each in kind)
        why = f"{key} is {value!r}; accepted are {accepted}"
        raise WaardelijstFout(path, line_of(path, *place), why) from None
