"""What a task in the child is given and may give back."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO


@dataclass(frozen=True, slots=True)
class Request:
    """What the parent asks: open files (read only, at their start) and plain values."""

    files: tuple[BinaryIO, ...]
    params: Mapping[str, object]

    def number(self, name: str) -> int:
        """Give a parameter that must be a whole number.

        Raises:
            TypeError: The parent sent something else, which is a mistake in our code.
        """
        value = self.params[name]
        if not isinstance(value, int):
            raise TypeError(f"{name} must be an int")
        return value


Answer = tuple[Mapping[str, object], bytes]
"""One part of an answer: small values, and raw bytes."""

Task = Callable[[Request], Iterator[Answer]]
"""A task: `module:function` names it. It runs in the child and yields its answer part by part."""


class Refusal(Exception):
    """The task says no to the file; the code (`[a-z_]`) reaches the parent, nothing else does."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
