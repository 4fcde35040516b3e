"""Searches a text by the pattern of an operator: a limited text, and a limited time, so that no pattern can hold up a harvest."""

import re
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

MOST = 5_000
"""Characters of a text that a pattern sees."""
_SECONDS = 1.0


class TeLang(Exception):
    """A pattern needed more time than it may have."""


def zoek_alle(patroon: re.Pattern[str], tekst: str, groep: int | str) -> list[str]:
    """What the pattern finds in the first characters of the text, of each hit this group; empty ones are left out.

    Raises:
        TeLang: it takes more than a second of the processor.
    """
    with _hurried():
        found = [hit[groep] for hit in patroon.finditer(tekst[:MOST])]
    return [each for each in found if each]


@contextmanager
def _hurried() -> Iterator[None]:
    """Ends the block with TeLang when it runs too long; only the main thread of a process can be ended so."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGVTALRM, _too_long)
    signal.setitimer(signal.ITIMER_VIRTUAL, _SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _too_long(_number: int, _frame: FrameType | None) -> None:
    raise TeLang
