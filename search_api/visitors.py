"""How much each address asks: points in a minute, and requests at the same time; so one cannot slow down the others."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from math import ceil
from time import time

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from search_api.problems import ProblemError, too_many

WAITING = 50
"""Requests of one address that may wait for their turn; more are refused at once."""

Network = IPv4Network | IPv6Network


def key_of(host: str) -> str:
    """The address that is counted: of IPv6 the network of 64 bits, as one visitor has all of it."""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return str(ip_network((address, 64), strict=False))
    return str(address)


@dataclass(slots=True)
class _Turn:
    semaphore: asyncio.Semaphore
    inside: int = 0


class Visitors:
    """Counts in the memory of this process; nothing about a visitor is written down.

    Args:
        points: Points that an address may spend in a minute; 0 is no limit.
        at_once: Requests of an address that are worked on at the same time.
        unlimited: Networks that are not counted.
    """

    def __init__(self, *, points: int, at_once: int, unlimited: Iterable[Network] = ()) -> None:
        self._item = RateLimitItemPerMinute(points) if points else None
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._at_once = at_once
        self._unlimited = tuple(unlimited)
        self._turns: dict[str, _Turn] = {}

    def is_counted(self, host: str) -> bool:
        """Whether there is a limit for this address."""
        try:
            address = ip_address(host)
        except ValueError:
            return True
        return not any(address in network for network in self._unlimited)

    def charge(self, key: str, points: int) -> None:
        """Take points from an address; raises the 429 that says when to come back, and takes nothing then."""
        item = self._item
        if item is None or not points:
            return
        if not self._limiter.hit(item, key, cost=min(points, item.amount)):
            reset = self._limiter.get_window_stats(item, key).reset_time
            raise ProblemError(too_many(min(60, max(1, ceil(reset - time())))))

    @asynccontextmanager
    async def turn(self, key: str) -> AsyncIterator[None]:
        """Wait until fewer than `at_once` requests of this address are worked on; raises the 429 where too many wait."""
        turn = self._turns.setdefault(key, _Turn(asyncio.Semaphore(self._at_once)))
        if turn.inside >= self._at_once + WAITING:
            raise ProblemError(too_many(1))
        turn.inside += 1
        try:
            async with turn.semaphore:
                yield
        finally:
            turn.inside -= 1
            if not turn.inside:
                self._turns.pop(key, None)
