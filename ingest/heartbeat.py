"""Keep leases alive from a thread of their own, so that a long commit does not cost them."""

import threading
from collections.abc import Callable

from woo.domain.errors import WooError
from woo.logs import get_logger

_log = get_logger(__name__)


class Heartbeat:
    """Calls `beat` every so many seconds between entering and leaving; a beat that fails is logged and the next one tries again."""

    def __init__(self, beat: Callable[[], None], *, every: float) -> None:
        self._beat = beat
        self._every = every
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="heartbeat", daemon=True)

    def _run(self) -> None:
        while not self._stop.wait(self._every):
            try:
                self._beat()
            except WooError as error:
                _log.warning("heartbeat_failed", error=str(error))
            except Exception:
                _log.exception("heartbeat_failed")

    def __enter__(self) -> "Heartbeat":
        self._thread.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._stop.set()
        self._thread.join()
