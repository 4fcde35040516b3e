"""Reads the folder of sources, and says file, key and the nearest right name of whatever is wrong with it."""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from woo.diwoo.lijstbestand import read_yaml
from woo.diwoo.waardelijsten import OnbekendeWaarde, Waardelijsten, WaardelijstFout
from woo.domain.errors import NotFound
from woo.oogst.bron import Bron, Bronsoort
from woo.oogst.filters import Filters
from woo.oogst.regels import LIJSTEN, Siteregels, Woordregel
from woo.settings import Settings, SettingsError, config_folder
from woo.settings.problems import SettingsProblem

_NAAM = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


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
    problems += _unknown_codes(path, content, lijsten)
    try:
        bron = Bron.model_validate({**content, "naam": path.stem})
    except ValidationError as error:
        problems += _refused(path, error)
        return None
    return _with_codes(bron, lijsten) if len(problems) == before else None


def _unknown(
    path: Path, prefix: str, content: Mapping[Any, Any], model: type[BaseModel]
) -> Iterator[SettingsProblem]:
    known = [name for name in model.model_fields if name != "naam"]
    for key in content:
        if key not in known:
            near = difflib.get_close_matches(str(key), known, n=1, cutoff=0.6)
            tail = f"did you mean {prefix}{near[0]}?" if near else f"known are {', '.join(known)}"
            yield SettingsProblem(str(path), f"{prefix}{key}", f"unknown key; {tail}")
        elif isinstance(content[key], dict):
            part = _part(model.model_fields[key].annotation)
            if part is not None:
                yield from _unknown(path, f"{prefix}{key}.", content[key], part)


def _part(annotation: Any) -> type[BaseModel] | None:
    """The part of the file that a key holds; None for a value."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(_part, get_args(annotation))), None)


def _codes(content: Mapping[Any, Any]) -> Iterator[tuple[str, str, str]]:
    """Key, name of the value list and value of everything that must be on a list."""
    filters = _dict(content.get("filters"))
    for key, lijst, values in (
        ("publisher", "organisaties", content.get("publisher")),
        ("publishers", "organisaties", content.get("publishers")),
        ("category", "informatiecategorieen", content.get("category")),
        ("filters.publishers", "organisaties", filters.get("publishers")),
        ("filters.categories", "informatiecategorieen", filters.get("categories")),
        *_codes_of_rules(_dict(_dict(content.get("rules")).get("fields"))),
    ):
        for value in values if isinstance(values, list) else [values]:
            if isinstance(value, str):
                yield key, lijst, value


def _codes_of_rules(fields: Mapping[Any, Any]) -> Iterator[tuple[str, str, Any]]:
    """The codes that the words of a site mean."""
    for field, lijst in LIJSTEN.items():
        rule = _dict(fields.get(field))
        yield f"rules.fields.{field}.value", lijst, rule.get("value")
        for word, code in _dict(rule.get("map")).items():
            yield f"rules.fields.{field}.map.{word}", lijst, code


def _dict(value: Any) -> Mapping[Any, Any]:
    return value if isinstance(value, dict) else {}


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
    if bron.rules is not None:
        changes["rules"] = _with_uris(bron.rules, lijsten)
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


def _with_uris(rules: Siteregels, lijsten: Waardelijsten) -> Siteregels:
    """The rules with what every word of the site means as a URI: as the map says, else as the value list calls it."""
    changes: dict[str, Woordregel] = {}
    for field, naam in LIJSTEN.items():
        rule: Woordregel | None = getattr(rules.fields, field)
        if rule is None:
            continue
        lijst = lijsten.lijst(naam)
        words = rule.map or ({each.naam: each.code for each in lijst} if rule.value is None else {})
        meant = {word: lijst.get(code).uri for word, code in words.items()}
        value = None if rule.value is None else lijst.get(rule.value).uri
        changes[field] = rule.model_copy(update={"map": meant, "value": value})
    return rules.model_copy(update={"fields": rules.fields.model_copy(update=changes)})


def _refused(path: Path, error: ValidationError) -> Iterable[SettingsProblem]:
    for detail in error.errors(include_url=False):
        key = ".".join(str(part) for part in detail["loc"])
        why = detail["msg"].removeprefix("Value error, ")
        if detail["type"] == "extra_forbidden":
            continue  # told as an unknown key
        if detail["type"] == "missing":
            why = "it is missing"
        elif key and not isinstance(detail["input"], dict):
            why = f"{detail['input']!r} was refused: {why}"
        yield SettingsProblem(str(path), key, why)
