"""Remembers what a short string was found to be, within bounds."""

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Memo(dict[str, T], Generic[T]):
    """A dict that makes what it lacks, in two halves: when the young one is full, the old one is dropped.

    May be shared by threads; two may then make the same entry, which must be alike.

    Args:
        make: makes the entry of a key.
        most: how many entries a half holds.
        longest: longer keys are rare and are not remembered.
    """

    def __init__(self, make: Callable[[str], T], *, most: int, longest: int) -> None:
        super().__init__()
        self._make = make
        self._most = most
        self._longest = longest
        self._old: dict[str, T] = {}

    def __missing__(self, key: str) -> T:
        try:
            entry = self._old[key]
        except KeyError:
            entry = self._make(key)
            if len(key) > self._longest:
                return entry
        if len(self) >= self._most:
            self._old = dict(self)
            self.clear()
        self[key] = entry
        return entry
