"""How a command ends: exit codes, and errors told in one line on stderr instead of a stack trace."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum
from typing import NoReturn

import typer

from woo.domain.errors import LeaseHeld, Unavailable, WooError


class ExitCode(IntEnum):
    """The exit codes of every command."""

    OK = 0
    REFUSED = 1
    """Something in the input was refused or failed; the report or the message says what."""
    USAGE = 2
    """The command was used wrongly, or the settings are wrong."""
    UNREACHABLE = 3
    """A part that is needed cannot be reached."""
    INTERRUPTED = 130


def fail(code: ExitCode, message: str) -> NoReturn:
    """Say on stderr what is wrong, and end with this code."""
    sys.stderr.write(f"woo: {message}\n")
    raise typer.Exit(int(code))


@contextmanager
def told_errors() -> Iterator[None]:
    """Turn the platform's own errors into a line on stderr and the right exit code; others keep their trace."""
    try:
        yield
    except WooError as error:
        fail(_code_of(error), str(error))
    except KeyboardInterrupt:
        fail(ExitCode.INTERRUPTED, "interrupted")


def _code_of(error: WooError) -> ExitCode:
    from woo.settings import SettingsError

    match error:
        case SettingsError():
            return ExitCode.USAGE
        case Unavailable() | LeaseHeld():
            return ExitCode.UNREACHABLE
        case _:
            return ExitCode.REFUSED
