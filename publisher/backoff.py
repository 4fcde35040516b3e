"""Remembers which addresses keep failing to log in, and how long each has to wait; never more than a fixed number of them."""

import ipaddress
import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

_V6_NETWORK = 64


@dataclass(slots=True)
class _Failures:
    number: int
    last: float
    until: float


class BackOff:
    """After `free` failures an address waits 1, 2, 4 … seconds, at most `longest`; an hour of quiet forgets it.

    At most `remember` addresses are kept (IPv6 per /64, which one client commands whole); the oldest goes first.
    """

    def __init__(
        self,
        *,
        free: int = 5,
        longest: float = 300.0,
        remember: int = 4_096,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._free = free
        self._longest = longest
        self._remember = remember
        self._clock = clock
        self._lock = Lock()
        self._known: OrderedDict[str, _Failures] = OrderedDict()

    def wait(self, address: str) -> int:
        """Whole seconds that this address still has to wait; 0 when it may try."""
        with self._lock:
            known = self._known.get(network_of(address))
            return 0 if known is None else max(0, math.ceil(known.until - self._clock()))

    def failed(self, address: str) -> None:
        """Note a failure."""
        network, now = network_of(address), self._clock()
        with self._lock:
            known = self._known.pop(network, None)
            number = 1 if known is None or now - known.last > _FORGET else known.number + 1
            over = number - self._free
            pause = min(2.0 ** min(over, 30), self._longest) if over >= 0 else 0.0
            self._known[network] = _Failures(number, now, now + pause)
            while len(self._known) > self._remember:
                self._known.popitem(last=False)

    def __len__(self) -> int:
        return len(self._known)


_FORGET = 3_600.0


def network_of(address: str) -> str:
    """What an address is known by: itself, or of IPv6 its /64, which one client commands whole."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address[:64]
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped is None:
        return str(ipaddress.ip_network((parsed, _V6_NETWORK), strict=False))
    return str(parsed)
