"""Read the settings when a command runs, so that declaring commands costs nothing."""

import gc
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from woo.settings import Settings

Load: TypeAlias = "Callable[[], Settings]"
"""Reads the settings of this process; every commands module is given one and calls it when a command runs."""


def load() -> "Settings":
    """Read the settings of this process and set up its logs; raises SettingsError."""
    from woo.logs import configure_logs
    from woo.settings import load_settings

    settings = load_settings(os.environ, cwd=Path.cwd())
    configure_logs(settings.logging)
    _collect_garbage_from_here()
    return settings


def _collect_garbage_from_here() -> None:
    """End what `main` began; what was made until now stays, so it is not looked through for garbage again and again."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
