"""Looks once an hour whether terms end: announces them, and takes offline what was announced in time."""

import time

from woo.domain.actor import Actor, Rol
from woo.domain.errors import WooError
from woo.logs import get_logger
from woo.usecases.bewaring import keep_terms
from woo.usecases.platform import Platform

_EVERY = 3600.0
_log = get_logger(__name__)


class Bewaarder:
    """Part of the writer, so that one process at a time does it. What fails is logged, and tried again an hour later."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._next = 0.0

    def turn(self) -> None:
        """Look when an hour has gone by since the last time."""
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + _EVERY
        actor = Actor("worker", Rol.BEHEERDER, "bewaartermijnen")
        try:
            announced, withdrawn = keep_terms(self._platform, actor)
        except (WooError, OSError) as error:
            _log.error("terms_not_kept", why=str(error))
            return
        if announced or withdrawn:
            _log.info("terms_kept", announced=announced, withdrawn=withdrawn)
