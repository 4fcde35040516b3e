"""Counts how often each public document is looked at and downloaded: per day, without any address, person or search."""

import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from threading import Lock
from typing import Literal

from woo.domain.errors import WooError
from woo.logs import get_logger
from woo.storage.port import InboxAdder

SOORT = "raadplegingen"
"""The kind of entry in the inbox."""

_EVERY = 60.0
_PER_ENTRY = 500
_MOST = 10_000
_log = get_logger(__name__)

Wat = Literal["weergave", "download"]


class Teller:
    """Counts in memory and leaves sums in the inbox once a minute; from any thread.

    At most 10,000 documents are counted between two sums (more than that are left out, and logged); a sum that cannot be
    left is kept for the next time. What was counted in the last minute is lost when the process is killed.
    """

    def __init__(
        self,
        inbox: InboxAdder,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._inbox = inbox
        self._now = now
        self._monotonic = monotonic
        self._lock = Lock()
        self._counted: dict[tuple[date, str], list[int]] = {}
        self._next = monotonic() + _EVERY
        self._left_out = 0

    def count(self, document_id: str, wat: Wat) -> None:
        """Count one; now and then this leaves the sums."""
        key = (self._now().date(), document_id)
        with self._lock:
            if key in self._counted or len(self._counted) < _MOST:
                self._counted.setdefault(key, [0, 0])[wat == "download"] += 1
            else:
                self._left_out += 1
            due = self._monotonic() >= self._next
        if due:
            self.flush()

    def flush(self) -> None:
        """Leave the sums in the inbox; what cannot be left now is kept. Never raises for an inbox that is out of reach."""
        with self._lock:
            taken, self._counted = self._counted, {}
            left_out, self._left_out = self._left_out, 0
            self._next = self._monotonic() + _EVERY
        if left_out:
            _log.warning("views_not_counted", aantal=left_out)
        for keys, content in _entries(taken):
            try:
                self._inbox.add(SOORT, content)
            except (WooError, OSError) as error:
                _log.warning("views_not_left", why=str(error))
                self._keep({key: taken[key] for key in keys})

    def _keep(self, counted: Mapping[tuple[date, str], list[int]]) -> None:
        with self._lock:
            for key, (views, downloads) in counted.items():
                sums = self._counted.setdefault(key, [0, 0])
                sums[0] += views
                sums[1] += downloads


def _entries(
    counted: Mapping[tuple[date, str], list[int]],
) -> Iterator[tuple[list[tuple[date, str]], dict[str, object]]]:
    """The sums as entries of one day and some hundreds of documents each, far below the limit of the inbox."""
    for dag in sorted({dag for dag, _ in counted}):
        keys = [key for key in counted if key[0] == dag]
        for start in range(0, len(keys), _PER_ENTRY):
            some = keys[start : start + _PER_ENTRY]
            yield some, {"dag": dag.isoformat(), "aantallen": {id: counted[dag, id] for _, id in some}}
