"""Writes the table of docs/settings.md: `python -m woo.settings.reference > docs/settings.md`."""

import sys
from typing import Any

import yaml

from woo.settings.model import SECTIONS
from woo.settings.sources import config_folder

_INTRODUCTION = """\
# Settings

Settings come from three sources; a later one wins.

1. `config/default.yaml`: every setting with its default.
2. The YAML file named by the variable `WOO_CONFIG`: only the keys that differ.
3. Variables `WOO_<SECTION>__<KEY>`. `WOO_<SECTION>__<KEY>_FILE` names a file that holds the value instead, for example
   `WOO_REGISTRY__URL_FILE=/run/secrets/registry_url`; white space around it does not count. This is the way for
   passwords and keys, as a variable can be read by whoever may look at the process. Setting both is refused, and so
   is a file that cannot be read or is empty. What the file holds is never repeated in a message.

`{WOO_HOME}` in a value is the folder named by the variable `WOO_HOME` (`./var` when it is not set). Relative paths count
from the folder in which the command runs. Settings are read once, at the start of a command. An unknown key or a value
that is not accepted stops the command; the message names the file or variable, the key and what is accepted.

This page is made from the settings themselves: `python -m woo.settings.reference > docs/settings.md`.
"""


def settings_page() -> str:
    """Return docs/settings.md: each setting with its variable, its default and its meaning."""
    defaults: dict[str, dict[str, Any]] = yaml.safe_load(
        (config_folder() / "default.yaml").read_text("utf-8")
    )
    parts = [_INTRODUCTION]
    for section, model in SECTIONS.items():
        rows = [
            f"| `{key}` | `WOO_{section.upper()}__{key.upper()}` | {_shown(defaults[section][key])} | {field.description} |"
            for key, field in model.model_fields.items()
        ]
        parts.append(
            f"## {section}\n\n{model.__doc__}\n\n| key | variable | default | meaning |\n|---|---|---|---|\n"
            + "\n".join(rows)
            + "\n"
        )
    return "\n".join(parts)


def _shown(value: object) -> str:
    return "(empty)" if value == "" else f"`{value}`"


if __name__ == "__main__":
    sys.stdout.write(settings_page())
