"""Keeps each address within so many requests a minute; never more than a fixed number of addresses are remembered."""

import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from publisher.backoff import network_of

_MINUTE = 60.0
_REMEMBER = 4_096


class Kraan:
    """Counts the requests of each address in the running minute (IPv6 per /64); the address that came first goes first."""

    def __init__(self, per_minute: int, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = per_minute
        self._clock = clock
        self._lock = Lock()
        self._seen: OrderedDict[str, tuple[float, int]] = OrderedDict()

    def wait(self, address: str) -> int:
        """Count one request; returns the whole seconds to wait where it is one too many, else 0."""
        network, now = network_of(address), self._clock()
        with self._lock:
            start, number = self._seen.pop(network, (now, 0))
            if now - start >= _MINUTE:
                start, number = now, 0
            self._seen[network] = (start, number + 1)
            while len(self._seen) > _REMEMBER:
                self._seen.popitem(last=False)
        return max(1, int(start + _MINUTE - now)) if number >= self._most else 0
