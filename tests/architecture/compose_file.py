"""docker-compose.yml as the tests see it: merged, and with the defaults of its variables filled in."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

OURS = "woo-platform"
_VARIABLE = re.compile(r"\$\$|\$\{(\w+)(?::-([^}]*))?\}")


def load(root: Path) -> dict[str, Any]:
    """The file with what `${NAME:-default}` becomes when no variable is set."""
    filled: dict[str, Any] = _filled(yaml.safe_load((root / "docker-compose.yml").read_text("utf-8")))
    return filled


def variables(root: Path) -> set[str]:
    """Every variable that the file takes from .env or the environment."""
    found = _VARIABLE.findall((root / "docker-compose.yml").read_text("utf-8"))
    return {name for name, _ in found if name}


def _filled(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _filled(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_filled(inner) for inner in value]
    if isinstance(value, str):
        return _VARIABLE.sub(lambda found: "$" if found[0] == "$$" else found[2] or "", value)
    return value


def is_ours(service: Mapping[str, Any]) -> bool:
    return str(service["image"]).startswith(OURS)


def is_one_shot(service: Mapping[str, Any]) -> bool:
    """Whether it does its work and ends, so that there is nothing to keep running or to ask how it is."""
    return service.get("restart") == "no"


def environment(service: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in (service.get("environment") or {}).items()}


def mounts(service: Mapping[str, Any]) -> dict[str, tuple[str, bool]]:
    """Where it is mounted -> what (a named volume, or a path of the checkout), and whether it can be written."""
    found = {}
    for mount in service.get("volumes", ()):
        what, where, *options = mount.split(":")
        found[where] = (what, "ro" not in options)
    return found
