"""What people write on the leak sheet of a withdrawal, and the clock of the GDPR that it keeps."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from woo.domain.errors import InvalidValue

MELDTERMIJN = timedelta(hours=72)
"""Art. 33(1) AVG: a breach is reported to the authority within 72 hours after the controller became aware of it."""


@dataclass(frozen=True, slots=True)
class Lekblad:
    """The leak sheet of one withdrawal (by object and moment): when the leak was discovered, what was counted when the sheet was made, and the decision.

    `melden` is None as long as nobody decided. `vastgelegd` is what was known at that moment, as JSON values: how long it
    was public, how often it was asked for, where it went. Moments are UTC.
    """

    object_soort: str
    object_id: str
    ingetrokken_op: datetime
    ontdekt_op: datetime
    gemaakt_op: datetime
    vastgelegd: Mapping[str, Any] = field(default_factory=dict)
    melden: bool | None = None
    besluit_reden: str | None = None
    besloten_op: datetime | None = None
    gemeld_op: datetime | None = None

    def __post_init__(self) -> None:
        if self.ontdekt_op > self.gemaakt_op:
            raise InvalidValue(
                "ontdekt_op", self.ontdekt_op.isoformat(), "a leak is not discovered in the future"
            )
        if self.melden is not None and not (self.besluit_reden and self.besluit_reden.strip()):
            raise InvalidValue(
                "besluit_reden",
                self.besluit_reden,
                "the decision to report or not needs reasons (art. 33(5) AVG)",
            )
        if self.gemeld_op is not None and not self.melden:
            raise InvalidValue(
                "gemeld_op", self.gemeld_op.isoformat(), "only what is to be reported was reported"
            )

    @property
    def melden_voor(self) -> datetime:
        """The end of the 72 hours (art. 33(1) AVG); the term runs on through weekends and holidays."""
        return self.ontdekt_op + MELDTERMIJN
