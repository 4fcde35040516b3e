"""Keeps the figures of openness on the public side up to date, a while after something changed."""

import time
from collections.abc import Callable

from woo.domain.errors import WooError
from woo.logs import get_logger
from woo.projection.organisaties import public_organisaties
from woo.projection.statistieken import public_statistieken
from woo.storage.port import ORGANISATIES, STATISTIEKEN
from woo.usecases.platform import Platform

_log = get_logger(__name__)
EVERY_SECONDS = 30.0
"""Shortest time between two countings: they go over every publicatie."""

REFRESH_SECONDS = 3600.0
"""Longest time: that a source was harvested whole changes nothing that is public, and is told all the same."""


class Figures:
    """Counts for the one writer; begins by counting once, as nobody knows what happened before."""

    def __init__(self, platform: Platform, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._platform = platform
        self._monotonic = monotonic
        self._changed = True
        self._next = 0.0
        self._stale = 0.0

    def note_change(self) -> None:
        """Remember that what is public changed."""
        self._changed = True

    def update(self, *, now: bool = False) -> None:
        """Count when something changed or an hour went by, at most every half minute, or at once; what fails is logged and tried again."""
        changed = self._changed or self._monotonic() >= self._stale
        if not changed or (not now and self._monotonic() < self._next):
            return
        self._next = self._monotonic() + EVERY_SECONDS
        try:
            with self._platform.registry.read() as reading:
                moment = self._platform.now()
                counted = public_statistieken(reading, now=moment)
                of_each = public_organisaties(reading, counted, now=moment)
            self._platform.public.show_site(STATISTIEKEN, counted)
            self._platform.public.show_site(ORGANISATIES, of_each)
        except (WooError, OSError) as error:
            _log.error("figures_not_counted", error=f"{type(error).__name__}: {error}")
        else:
            self._changed = False
            self._stale = self._monotonic() + REFRESH_SECONDS
