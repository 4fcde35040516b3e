"""Reads one YAML file of a value list, and says file and line of whatever is wrong with it."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from woo.diwoo.waarden import Waarde, Waardelijst, WaardelijstFout

_Loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_HEADER = ("lijst", "versie", "bron", "datum", "waarden")
_OPTIONAL = ("uri_basis", "kolommen")
_NEEDED = ("code", "uri", "naam")


def read_lijst(path: Path) -> Waardelijst:
    """Read the value list in `path`; the key `lijst` must equal the file's name.

    Values are mappings with `code`, `uri`, `naam` and more, or, where the header names `kolommen`, rows in that order
    whose URI follows `uri_basis` and whose last columns may be left out.

    Raises:
        WaardelijstFout: the file is absent, no YAML, or not built like a value list; names file and line.
    """
    content = read_yaml(path)
    _check_keys(path, content, needed=_HEADER, optional=_OPTIONAL)
    if content["lijst"] != path.stem:
        raise WaardelijstFout(
            path, line_of(path, "lijst"), f"lijst is {content['lijst']!r}, expected {path.stem!r}"
        )
    if type(content["versie"]) is not str:
        raise WaardelijstFout(path, line_of(path, "versie"), "versie must be text; put it between quotes")
    if type(content["datum"]) is not date:
        raise WaardelijstFout(
            path, line_of(path, "datum"), f"datum must be a date like 2026-01-31, not {content['datum']!r}"
        )
    rows = content["waarden"]
    if not isinstance(rows, list) or not rows:
        raise WaardelijstFout(
            path, line_of(path, "waarden"), "waarden must be a list with at least one value"
        )
    kolommen, basis = content.get("kolommen"), content.get("uri_basis", "")
    waarden = [
        parse_waarde(path, _as_mapping(path, row, kolommen, n), ("waarden", n), basis=basis)
        for n, row in enumerate(rows)
    ]
    check_unique(path, waarden, ("waarden",))
    return Waardelijst(content["lijst"], content["versie"], waarden)


def read_yaml(path: Path) -> dict[str, Any]:
    """Read a YAML file that must hold a mapping; raises WaardelijstFout with file and line."""
    try:
        content = yaml.load(path.read_bytes(), Loader=_Loader)  # noqa: S506 - a safe loader
    except OSError as error:
        raise WaardelijstFout(path, None, f"cannot be read: {error.strerror or error}") from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise WaardelijstFout(
            path, mark.line + 1 if mark else None, f"no valid YAML: {error.problem}"
        ) from error
    except (yaml.YAMLError, ValueError) as error:
        raise WaardelijstFout(path, None, f"no valid YAML: {error}") from error
    if not isinstance(content, dict):
        raise WaardelijstFout(path, 1, "must hold keys and values")
    return content


def parse_waarde(
    path: Path, row: Mapping[str, Any], place: Sequence[str | int], *, basis: str = ""
) -> Waarde:
    """Build the value that stands at `place` in `path`; code, uri and naam must be filled text."""
    for key in _NEEDED:
        if type(row.get(key)) is not str or not row[key].strip():
            raise WaardelijstFout(path, line_of(path, *place), f"{key} must be text, it is {row.get(key)!r}")
    uri = basis + row["uri"]
    if not uri.startswith(("http://", "https://")):
        raise WaardelijstFout(
            path, line_of(path, *place), f"uri must begin with http:// or https://, it is {uri!r}"
        )
    extra = {key: _frozen(value) for key, value in row.items() if key not in _NEEDED}
    return Waarde(row["code"], uri, row["naam"], MappingProxyType(extra))


def check_unique(path: Path, waarden: Sequence[Waarde], place: Sequence[str | int]) -> None:
    """Raise WaardelijstFout at the first value whose code or URI was used before in `waarden`."""
    seen: set[str] = set()
    for n, waarde in enumerate(waarden):
        for key in (waarde.code, waarde.uri):
            if key in seen:
                raise WaardelijstFout(path, line_of(path, *place, n), f"{key!r} stands in the list twice")
        seen.update((waarde.code, waarde.uri))


def _check_keys(
    path: Path, content: Mapping[str, Any], *, needed: Sequence[str], optional: Sequence[str]
) -> None:
    missing = [key for key in needed if key not in content]
    if missing:
        raise WaardelijstFout(path, 1, f"missing: {', '.join(missing)}")
    unknown = [key for key in content if key not in (*needed, *optional)]
    if unknown:
        raise WaardelijstFout(path, line_of(path, unknown[0]), f"unknown key {unknown[0]!r}")


def _as_mapping(path: Path, row: Any, kolommen: Sequence[str] | None, n: int) -> Mapping[str, Any]:
    if kolommen is None:
        if not isinstance(row, dict):
            raise WaardelijstFout(
                path, line_of(path, "waarden", n), f"a value must have code, uri and naam, not {row!r}"
            )
        return row
    if not isinstance(row, list) or len(row) > len(kolommen):
        why = f"a row must hold at most {len(kolommen)} values: {', '.join(kolommen)}"
        raise WaardelijstFout(path, line_of(path, "waarden", n), why)
    return dict(zip(kolommen, row, strict=False))


def _frozen(value: Any) -> object:
    return tuple(value) if isinstance(value, list) else value


def line_of(path: Path, *place: str | int) -> int | None:
    """Find the line of a place in the file (keys and list positions); read again, only ever for an error."""
    node = yaml.compose(path.read_bytes(), Loader=_Loader)
    for step in place:
        if isinstance(step, int) and isinstance(node, yaml.SequenceNode):
            node = node.value[step]
        elif isinstance(node, yaml.MappingNode):
            node = next((value for key, value in node.value if key.value == step), node)
    return int(node.start_mark.line) + 1 if node is not None else None
