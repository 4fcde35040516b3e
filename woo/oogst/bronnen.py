"""Reads the folder of sources, and says file, key and the nearest right name of whatever is wrong with it."""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from woo.diwoo.lijstbestand import read_yaml
from woo.diwoo.waardelijsten import OnbekendeWaarde, Waardelijsten, WaardelijstFout
from woo.domain.errors import NotFound
from woo.oogst.bron import Bron, Bronsoort, Feed, Grenzen, Toetsen
from woo.oogst.filters import Filters
from woo.settings import Settings, SettingsError, config_folder
from woo.settings.problems import SettingsProblem

_NAAM = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_PARTS: Mapping[str, type[BaseModel]] = {
    "limits": Grenzen,
    "assertions": Toetsen,
    "filters": Filters,
    "feed": Feed,
}


@dataclass(frozen=True, slots=True)
class Bronnen:
    """The sources by name, in the order of their names."""

    bronnen: Mapping[str, Bron]

    def get(self, naam: str) -> Bron:
        """Raises NotFound, naming the nearest ones."""
        if naam not in self.bronnen:
            near = difflib.get_close_matches(naam, self.bronnen, n=3) or sorted(self.bronnen)[:10]
            raise NotFound(f"source (there are: {', '.join(near) or 'none'})", naam)
        return self.bronnen[naam]

    def __iter__(self) -> Iterator[Bron]:
        return iter(self.bronnen.values())


def load_bronnen(settings: Settings, lijsten: Waardelijsten) -> Bronnen:
    """Read every `*.yaml` of the folder that the setting `oogst.sources` names.

    Raises:
        SettingsError: with every problem of every file.
    """
    folder = settings.oogst.sources or config_folder() / "sources"
    problems: list[SettingsProblem] = []
    found = [_read(path, lijsten, problems) for path in sorted(folder.glob("*.yaml"))]
    if problems:
        raise SettingsError(problems)
    return Bronnen({bron.naam: bron for bron in found if bron is not None})


def _read(path: Path, lijsten: Waardelijsten, problems: list[SettingsProblem]) -> Bron | None:
    before = len(problems)
    try:
        content = read_yaml(path)
    except WaardelijstFout as error:
        why = f"line {error.line}: {error.why}" if error.line else error.why
        problems.append(SettingsProblem(str(path), "", why))
        return None
    if not _NAAM.fullmatch(path.stem):
        why = "the name of the file must be small letters and digits, joined by - (it is that of the source)"
        problems.append(SettingsProblem(str(path), "", why))
    problems += _unknown(path, "", content, Bron)
    for key, part in _PARTS.items():
        if isinstance(content.get(key), dict):
            problems += _unknown(path, f"{key}.", content[key], part)
    problems += _unknown_codes(path, content, lijsten)
    if len(problems) > before:
        return None
    try:
        return _with_codes(Bron.model_validate({**content, "naam": path.stem}), lijsten)
    except ValidationError as error:
        problems += _refused(path, error)
        return None


def _unknown(
    path: Path, prefix: str, content: Mapping[Any, Any], model: type[BaseModel]
) -> Iterator[SettingsProblem]:
    known = [name for name in model.model_fields if name != "naam"]
    for key in content:
        if key not in known:
            near = difflib.get_close_matches(str(key), known, n=1, cutoff=0.6)
            tail = f"did you mean {prefix}{near[0]}?" if near else f"known are {', '.join(known)}"
            yield SettingsProblem(str(path), f"{prefix}{key}", f"unknown key; {tail}")


def _codes(content: Mapping[Any, Any]) -> Iterator[tuple[str, str, str]]:
    """Key, name of the value list and value of everything that must be on a list."""
    filters = content.get("filters")
    filters = filters if isinstance(filters, dict) else {}
    for key, lijst, values in (
        ("publisher", "organisaties", content.get("publisher")),
        ("publishers", "organisaties", content.get("publishers")),
        ("category", "informatiecategorieen", content.get("category")),
        ("filters.publishers", "organisaties", filters.get("publishers")),
        ("filters.categories", "informatiecategorieen", filters.get("categories")),
    ):
        for value in values if isinstance(values, list) else [values]:
            if isinstance(value, str):
                yield key, lijst, value


def _unknown_codes(
    path: Path, content: Mapping[Any, Any], lijsten: Waardelijsten
) -> Iterator[SettingsProblem]:
    for key, lijst, value in _codes(content):
        try:
            lijsten.lijst(lijst).get(value)
        except OnbekendeWaarde as error:
            yield SettingsProblem(str(path), key, str(error))


def _with_codes(bron: Bron, lijsten: Waardelijsten) -> Bron:
    """The same source with codes where its file has URIs."""
    code = lijsten.organisaties.get
    changes: dict[str, Any] = {
        "publisher": code(bron.publisher).code,
        "publishers": tuple(code(each).code for each in bron.publishers),
    }
    if bron.category is not None:
        changes["category"] = lijsten.informatiecategorieen.get(bron.category).code
    if bron.kind is Bronsoort.OPENOVERHEID:
        changes["filters"] = _with_names(bron, lijsten)
    return bron.model_copy(update=changes)


def _with_names(bron: Bron, lijsten: Waardelijsten) -> Filters:
    """What is asked of the API, which knows organisations and categories by name."""
    filters = bron.filters or Filters()
    publishers = filters.publishers or (bron.publisher, *bron.publishers)
    return filters.model_copy(
        update={
            "publishers": tuple(dict.fromkeys(lijsten.organisaties.get(each).naam for each in publishers)),
            "categories": tuple(
                dict.fromkeys(lijsten.informatiecategorieen.get(each).naam for each in filters.categories)
            ),
        }
    )


def _refused(path: Path, error: ValidationError) -> Iterable[SettingsProblem]:
    for detail in error.errors(include_url=False):
        key = ".".join(str(part) for part in detail["loc"])
        why = detail["msg"].removeprefix("Value error, ")
        if detail["type"] == "missing":
            why = "it is missing"
        else:
            why = f"{detail['input']!r} was refused: {why}" if key else why
        yield SettingsProblem(str(path), key, why)
