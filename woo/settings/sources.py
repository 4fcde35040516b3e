"""Finds the settings in their three sources, lays them over each other and refuses what it does not know."""

import difflib
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import yaml
from pydantic import SecretStr, ValidationError

import woo
from woo.settings.model import SECTIONS, Settings
from woo.settings.problems import SettingsError, SettingsProblem
from woo.settings.value_files import value_of_file

_NOT_SETTINGS = {"WOO_HOME", "WOO_CONFIG", "WOO_REQUIRE_ALL", "WOO_PROVE"}
_FOR_TESTS = "WOO_TEST_"
_BY_FILE = "_FILE"
_KEYS = [f"{section}.{key}" for section, model in SECTIONS.items() for key in model.model_fields]
_VARIABLES = {f"WOO_{key.upper().replace('.', '__')}": key for key in _KEYS}
_SECRETS = {
    f"{section}.{key}"
    for section, model in SECTIONS.items()
    for key, field in model.model_fields.items()
    if field.annotation is SecretStr
}
_PASSWORD = re.compile(r"(://[^:/@\s]*):\S*@")
_PASSWORD_IN_QUERY = re.compile(r"(password=)[^&\s'\"]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Written:
    """A value and where it was written: a file, or a variable; a value of a file of its own is never told."""

    origin: str
    value: Any
    told: bool = True

    def told_as(self, name: str) -> str:
        """The value as it may stand in a message about the setting of this name: secrets and passwords are hidden."""
        if not self.told:
            return "what is in the file"
        if name in _SECRETS:
            return "***"
        return _PASSWORD_IN_QUERY.sub(r"\1***", _PASSWORD.sub(r"\1:***@", repr(self.value)))


_SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_SafeLoader):  # type: ignore[misc]
    """The safe loader, refusing a key that is written twice (PyYAML would keep the last in silence)."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key.value!r} is there twice", key.start_mark
                )
            seen.add(key.value)
        return cast(dict[Any, Any], super().construct_mapping(node, deep))


def config_folder() -> Path:
    """Find the folder of configuration that came with this installation.

    It is `woo/config` in an installed wheel, and `config` beside the packages in a source tree.

    Raises:
        SettingsError: it is in neither place.
    """
    package = Path(woo.__file__).resolve().parent
    for folder in (package / "config", package.parent / "config"):
        if (folder / "default.yaml").is_file():
            return folder
    raise SettingsError(
        [SettingsProblem(str(package / "config" / "default.yaml"), "", "the file is missing; install again")]
    )


def load_settings(environ: Mapping[str, str] = os.environ, *, cwd: Path) -> Settings:
    """Read the settings: config/default.yaml, over it the file of `WOO_CONFIG`, over it `WOO_<SECTION>__<KEY>`.

    `WOO_<SECTION>__<KEY>_FILE` names a file that holds the value, so that a secret need not be in the environment.
    `{WOO_HOME}` in a value becomes the folder of `WOO_HOME` (default `var` under `cwd`). Relative paths count from `cwd`.

    Raises:
        SettingsError: with every unknown key and every refused value of all sources.
    """
    problems: list[SettingsProblem] = []
    home = Path(os.path.normpath(cwd.absolute() / (environ.get("WOO_HOME") or "var")))
    written: dict[str, _Written] = {}
    files = [config_folder() / "default.yaml"]
    if environ.get("WOO_CONFIG"):
        files.append(cwd / environ["WOO_CONFIG"])
    for path in files:
        written.update(_of_file(path, problems))
    written.update(_of_environment(environ, cwd, problems))
    settings = _validated(written, home=home, cwd=cwd, problems=problems)
    if problems or settings is None:
        raise SettingsError(problems)
    return settings


def _of_file(path: Path, problems: list[SettingsProblem]) -> dict[str, _Written]:
    """Read one YAML file into `section.key` -> value; what is wrong with it goes to `problems`."""
    found: dict[str, _Written] = {}
    for section, content in _top_level(path, problems).items():
        if section not in SECTIONS:
            problems.append(
                SettingsProblem(str(path), str(section), f"unknown section{_nearest(str(section), SECTIONS)}")
            )
        elif content is not None and not isinstance(content, dict):
            problems.append(
                SettingsProblem(str(path), section, f"a section with keys is accepted here, not {content!r}")
            )
        else:
            for key, value in (content or {}).items():
                name = f"{section}.{key}"
                if name in _KEYS:
                    found[name] = _Written(str(path), value)
                else:
                    problems.append(SettingsProblem(str(path), name, f"unknown key{_nearest(name, _KEYS)}"))
    return found


def _top_level(path: Path, problems: list[SettingsProblem]) -> dict[Any, Any]:
    try:
        content = yaml.load(path.read_text("utf-8"), Loader=_Loader)  # noqa: S506 - a SafeLoader
    except OSError as error:
        problems.append(SettingsProblem(str(path), "", f"the file cannot be read: {error.strerror}"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        problems.append(SettingsProblem(str(path), "", f"this is not YAML: {' '.join(str(error).split())}"))
    else:
        if content is None or isinstance(content, dict):
            return content or {}
        problems.append(SettingsProblem(str(path), "", "sections with keys are accepted here"))
    return {}


def _of_environment(
    environ: Mapping[str, str], cwd: Path, problems: list[SettingsProblem]
) -> dict[str, _Written]:
    found: dict[str, _Written] = {}
    for variable, value in environ.items():
        if not variable.startswith("WOO_") or variable in _NOT_SETTINGS or variable.startswith(_FOR_TESTS):
            continue
        plain = variable.removesuffix(_BY_FILE)
        if variable in _VARIABLES:
            found[_VARIABLES[variable]] = _Written(f"variable {variable}", value)
        elif plain not in _VARIABLES:
            nearest = _nearest(variable, ["WOO_HOME", "WOO_CONFIG", *_VARIABLES])
            problems.append(SettingsProblem(f"variable {variable}", "", f"unknown setting{nearest}"))
        elif plain in environ:
            why = f"{plain} is set too; keep one of the two"
            problems.append(SettingsProblem(f"variable {variable}", _VARIABLES[plain], why))
        elif (written := _by_file(variable, _VARIABLES[plain], value, cwd, problems)) is not None:
            found[_VARIABLES[plain]] = written
    return found


def _by_file(
    variable: str, key: str, name: str, cwd: Path, problems: list[SettingsProblem]
) -> _Written | None:
    """The value in the file that a variable names; what is wrong with it goes to `problems`."""
    origin = f"variable {variable}"
    if not name:
        problems.append(SettingsProblem(origin, key, "it names no file"))
        return None
    try:
        return _Written(origin, value_of_file(cwd / name), told=False)
    except ValueError as error:
        problems.append(SettingsProblem(origin, key, str(error)))
        return None


def _nearest(name: str, names: Iterable[str]) -> str:
    """Say which right name is meant, or which there are in the same section."""
    known = list(names)
    section, _, key = name.rpartition(".")
    beside = [other for other in known if section and other.startswith(f"{section}.")]
    near = [other for other in known if key and section and other.endswith(f".{key}")]
    if not near and section:
        near = [
            f"{section}.{key}"
            for key in difflib.get_close_matches(key, [k.partition(".")[2] for k in beside], n=1)
        ]
    elif not near:
        near = difflib.get_close_matches(name, known, n=1, cutoff=0.65)
    return f"; did you mean {near[0]}?" if near else f"; known are {', '.join(beside or known)}"


def _validated(
    written: Mapping[str, _Written], *, home: Path, cwd: Path, problems: list[SettingsProblem]
) -> Settings | None:
    values: dict[str, Any] = {"home": home, **{section: {} for section in SECTIONS}}
    if "?" in str(home) or "#" in str(home):
        problems.append(
            SettingsProblem("variable WOO_HOME", "", f"{str(home)!r} was refused: a path without ? and #")
        )
    for name, entry in written.items():
        section, key = name.split(".")
        value = entry.value.replace("{WOO_HOME}", str(home)) if isinstance(entry.value, str) else entry.value
        if isinstance(value, str) and "{WOO_" in value:
            problems.append(
                SettingsProblem(
                    entry.origin, name, f"{entry.told_as(name)} was refused: only {{WOO_HOME}} is filled in"
                )
            )
        values[section][key] = value
    try:
        return Settings.model_validate(values, context={"cwd": cwd.absolute(), "config": config_folder()})
    except ValidationError as error:
        problems.extend(_refused(error, written))
        return None


def _refused(error: ValidationError, written: Mapping[str, _Written]) -> Iterator[SettingsProblem]:
    for detail in error.errors(include_url=False):
        name = ".".join(str(part) for part in detail["loc"][:2])
        why = detail["msg"].removeprefix("Value error, ")
        if name in written:
            yield SettingsProblem(
                written[name].origin, name, f"{written[name].told_as(name)} was refused: {why}"
            )
        else:
            origins = {entry.origin for key, entry in written.items() if key.startswith(f"{name}.")}
            yield SettingsProblem(", ".join(sorted(origins)) or "config/default.yaml", name, why)
