"""Reads the reasons for withdrawal and the selectielijst from their files, and says file and line of whatever is wrong."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from woo.diwoo.lijstbestand import line_of, read_yaml
from woo.diwoo.waarden import WaardelijstFout
from woo.domain.bewaring import ANDERS, Bewaarregel, Selectielijst, Trigger, Waardering
from woo.domain.errors import InvalidValue
from woo.domain.intrekreden import BEWAARTERMIJN, Herstel, Intrekreden, Intrekredenen

_Place = tuple[str | int, ...]
_DIWOO = ("c_098c1346", "c_c77c86e0")
_REDEN = {"naam": str, "zin": str, "lekblad": bool, "herstel": str, "diwoo": str}
_REGEL = {"categorie": str, "waardering": str, "jaren": int, "trigger": str, "bron": str}


def read_redenen(path: Path) -> Intrekredenen:
    """The reasons for withdrawal; raises WaardelijstFout."""
    content = read_yaml(path)
    rows = content.get("redenen")
    if set(content) != {"redenen"} or not isinstance(rows, dict) or not rows:
        raise WaardelijstFout(path, 1, "must hold the key redenen, with a row per code, and nothing else")
    found: dict[str, Intrekreden] = {}
    for code, row in rows.items():
        place = ("redenen", code)
        _check_row(path, place, row, _REDEN, optional=("diwoo",))
        if row["herstel"] not in list(Herstel):
            raise _fault(path, place, f"herstel must be one of: {', '.join(Herstel)}")
        if row.get("diwoo") not in (None, *_DIWOO):
            raise _fault(path, place, f"diwoo must be one of {', '.join(_DIWOO)}, or be left out")
        found[str(code)] = Intrekreden(
            str(code), row["naam"], row["zin"], row["lekblad"], Herstel(row["herstel"]), row.get("diwoo")
        )
    if BEWAARTERMIJN not in found:
        raise WaardelijstFout(path, 1, f"must have the reason {BEWAARTERMIJN!r}: the worker gives it")
    return Intrekredenen(found)


def read_selectielijst(path: Path) -> Selectielijst:
    """The selectielijst; raises WaardelijstFout."""
    content = read_yaml(path)
    rows, naam = content.get("regels"), content.get("naam")
    if set(content) != {"naam", "regels"} or not isinstance(rows, list) or type(naam) is not str:
        raise WaardelijstFout(path, 1, "must hold the keys naam and regels (a list), and nothing else")
    found: dict[str, Bewaarregel] = {}
    for number, row in enumerate(rows):
        place = ("regels", number)
        _check_row(path, place, row, _REGEL, optional=("jaren",))
        if row["categorie"] in found:
            raise _fault(path, place, f"category {row['categorie']!r} stands there twice")
        found[row["categorie"]] = _regel(path, place, row)
    if ANDERS not in found:
        raise WaardelijstFout(path, 1, f"must have a row for the category {ANDERS!r}")
    return Selectielijst(naam, found)


def _regel(path: Path, place: _Place, row: Mapping[str, Any]) -> Bewaarregel:
    try:
        waardering, trigger = Waardering(row["waardering"]), Trigger(row["trigger"])
        return Bewaarregel(row["categorie"], waardering, trigger, row["bron"], row.get("jaren"))
    except InvalidValue as error:
        raise _fault(path, place, f"{error.field}: {error.why}") from error
    except ValueError as error:
        accepted = f"waardering: {', '.join(Waardering)}; trigger: {', '.join(Trigger)}"
        raise _fault(path, place, f"a value is not accepted ({accepted})") from error


def _check_row(
    path: Path, place: _Place, row: object, keys: Mapping[str, type], *, optional: tuple[str, ...]
) -> None:
    if not isinstance(row, dict):
        raise _fault(path, place, f"a row holds the keys {', '.join(keys)}")
    for key in row:
        if key not in keys:
            raise _fault(path, place, f"unknown key {key!r}; there are: {', '.join(keys)}")
    for key, kind in keys.items():
        if key not in row and key in optional:
            continue
        value = row.get(key)
        if type(value) is not kind or (isinstance(value, str) and not value.strip()):
            raise _fault(path, place, f"{key} must be a {kind.__name__} and not empty")


def _fault(path: Path, place: _Place, why: str) -> WaardelijstFout:
    return WaardelijstFout(path, line_of(path, *place), why)
