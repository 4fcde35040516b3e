"""So many lines in a minute: what anybody can cause may not fill the log."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

LINES_PER_MINUTE = 60
"""Refusals written to the log in a minute, over all addresses; the others are counted."""

_MINUTE = timedelta(minutes=1)


@dataclass(slots=True)
class _Minute:
    start: datetime
    taken: int = 0


class Budget:
    """So many in a minute; says how many were left out since the last."""

    def __init__(self, most: int = LINES_PER_MINUTE) -> None:
        self._most = most
        self._lock = Lock()
        self._minute: _Minute | None = None
        self._unwritten = 0

    def take(self, now: datetime) -> int | None:
        """How many were left out before this one; None when this one is to be left out too."""
        with self._lock:
            if self._minute is None or not timedelta() <= now - self._minute.start < _MINUTE:
                self._minute = _Minute(now)
            if self._minute.taken >= self._most:
                self._unwritten += 1
                return None
            self._minute.taken += 1
            unwritten, self._unwritten = self._unwritten, 0
            return unwritten
