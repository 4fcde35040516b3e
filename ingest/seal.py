"""Seal the event log after commit, and export the head of its chain once a day so that truncation shows."""

import json
from datetime import date
from pathlib import Path

from woo.logs import get_logger
from woo.usecases.platform import Platform

_log = get_logger(__name__)
_MOST = 2000


class Sealer:
    """Seals what was logged since; made by the one writer."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._exported: date | None = None

    def seal(self) -> int:
        """Seal at most a few thousand lines; returns how many. On the first call of a day the head is exported.

        A folder of heads that cannot be written is logged and tried again: the public side does not wait for it.
        """
        sealed = self._platform.registry.log.seal(self._platform.log_key, limit=_MOST)
        today = self._platform.now().date()
        if self._exported != today:
            try:
                if export_head(self._platform, day=today) is not None:
                    self._exported = today
            except OSError as error:
                _log.error("head_not_exported", folder=str(self._platform.heads), why=error.strerror)
        return sealed


def export_head(platform: Platform, *, day: date) -> Path | None:
    """Write number and seal of the last sealed line to `{heads}/{day}.json`, once; None when nothing is sealed yet."""
    head = platform.registry.log.head()
    if head is None:
        return None
    platform.heads.mkdir(parents=True, exist_ok=True)
    target = platform.heads / f"{day.isoformat()}.json"
    if target.exists():
        return target
    temporary = target.with_suffix(".tmp")
    temporary.write_text(json.dumps(head._asdict()) + "\n")
    temporary.replace(target)
    return target
