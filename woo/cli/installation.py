"""The installation that a command works on, opened when it runs."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from woo.cli.exits import told_errors
from woo.cli.loading import Load

if TYPE_CHECKING:
    from woo.usecases.platform import Platform


@contextmanager
def opened_platform(load: Load) -> Iterator["Platform"]:
    """The installation that the settings name, for one command; the platform's errors are told."""
    with told_errors():
        from woo.usecases.platform import open_platform

        with open_platform(load()) as platform:
            yield platform
