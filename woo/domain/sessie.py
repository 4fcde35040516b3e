"""A log-in that lasts: how far it came, how long it may be quiet, and when it ends whatever happens."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

HALF = timedelta(minutes=15)
"""How long somebody may take over the second step."""


class Fase(StrEnum):
    """How far a log-in came; only VOLLEDIG opens the desk."""

    TWEEDE_STAP = "tweede_stap"
    INSTELLEN = "instellen"
    VOLLEDIG = "volledig"


@dataclass(frozen=True, slots=True)
class Duur:
    """How long sessions last."""

    stil: timedelta
    hoogstens: timedelta


@dataclass(frozen=True, slots=True)
class Sessie:
    """One log-in of one account; its token is only with the browser."""

    id: str
    account_id: str
    fase: Fase
    aangemaakt_op: datetime
    gebruikt_op: datetime
    eindigt_op: datetime
    herkomst: str
    apparaat: str
    via_provider: bool = False
    beeindigd_op: datetime | None = None

    def is_open(self, now: datetime, duur: Duur) -> bool:
        """Whether it still counts: not ended, not quiet for too long, and before its last moment."""
        return self.beeindigd_op is None and now < min(self.eindigt_op, self.gebruikt_op + duur.stil)
