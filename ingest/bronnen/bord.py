"""Keeps the public reports about other publishers on the public side as the desk says; done by the one writer."""

import time
from collections.abc import Callable

from woo.domain.errors import WooError
from woo.logs import get_logger
from woo.projection import utc_text
from woo.storage.port import BRONNEN
from woo.usecases.platform import Platform

EVERY_SECONDS = 2.0
_log = get_logger(__name__)


class Bord:
    """Looks now and then; begins by showing once, as nobody knows what happened before."""

    def __init__(self, platform: Platform, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._platform = platform
        self._monotonic = monotonic
        self._shown: list[tuple[str, object]] | None = None
        self._next = 0.0

    def update(self, *, now: bool = False) -> None:
        """Show the reports that are public, and no others, every two seconds or at once; what fails is logged and tried again."""
        if not now and self._monotonic() < self._next:
            return
        self._next = self._monotonic() + EVERY_SECONDS
        try:
            with self._platform.registry.read() as reading:
                public = reading.broncontroles.public()
            wanted: list[tuple[str, object]] = [(each.id, each.openbaar_op) for each in public]
            if wanted == self._shown:
                return
            verslagen = [each.verslag for each in public if each.verslag is not None]
            self._platform.public.show_site(
                BRONNEN, {"bijgewerktOp": utc_text(self._platform.now()), "verslagen": verslagen}
            )
        except (WooError, OSError) as error:
            _log.error("reports_not_shown", error=f"{type(error).__name__}: {error}")
        else:
            self._shown = wanted
