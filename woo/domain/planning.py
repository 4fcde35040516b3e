"""A Publicatieplan: the minute at which a publicatie is to become public, and what came of it."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from woo.domain.errors import InvalidValue, Refused

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
"""The time in which people plan; moments are kept in UTC."""

LONGEST = timedelta(days=3653)
_LATE = timedelta(minutes=2)


class Planstaat(StrEnum):
    """A plan waits until it is carried out, fails (what is wrong is told), or is cancelled."""

    GEPLAND = "gepland"
    UITGEVOERD = "uitgevoerd"
    MISLUKT = "mislukt"
    GEANNULEERD = "geannuleerd"


@dataclass(frozen=True, slots=True)
class Publicatieplan:
    """When one publicatie becomes public, to the minute.

    Attributes:
        op: The moment, in UTC.
        gepland_op: When it was planned or moved last.
        embargo: Whether it may not be published before that moment, by nobody; a plan without it may be overtaken.
        notitie: What people at the desk should know about it; never public.
        uitgevoerd_op: When it was carried out or failed.
        redenen: Codes of what was wrong when it failed.
    """

    publicatie_id: str
    op: datetime
    gepland_op: datetime
    embargo: bool = False
    notitie: str | None = None
    staat: Planstaat = Planstaat.GEPLAND
    uitgevoerd_op: datetime | None = None
    redenen: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.op.tzinfo is None or self.op.second or self.op.microsecond:
            raise InvalidValue(
                "publiceer_op", self.op.isoformat(), "it must be a whole minute with its time zone"
            )

    @property
    def wacht(self) -> bool:
        """Whether it is still to be carried out."""
        return self.staat is Planstaat.GEPLAND

    @property
    def te_laat(self) -> timedelta | None:
        """How much later than planned it was carried out; None when it was in time, or not carried out."""
        if self.uitgevoerd_op is None or self.staat is not Planstaat.UITGEVOERD:
            return None
        late = self.uitgevoerd_op - self.op
        return late if late >= _LATE else None

    def uitgevoerd(self, now: datetime) -> "Publicatieplan":
        return replace(self, staat=Planstaat.UITGEVOERD, uitgevoerd_op=now, redenen=())

    def mislukt(self, now: datetime, redenen: tuple[str, ...]) -> "Publicatieplan":
        return replace(self, staat=Planstaat.MISLUKT, uitgevoerd_op=now, redenen=redenen)

    def geannuleerd(self) -> "Publicatieplan":
        """Raises Refused when it does not wait any more."""
        if not self.wacht:
            raise Refused(
                "cancel", f"the plan of publicatie {self.publicatie_id}", f"it is {self.staat.value}"
            )
        return replace(self, staat=Planstaat.GEANNULEERD)


def check_moment(op: datetime, now: datetime) -> datetime:
    """Return the moment in UTC; raises InvalidValue unless it lies ahead, within ten years, on a whole minute."""
    if op.tzinfo is None:
        raise InvalidValue("publiceer_op", op.isoformat(), "it needs its time zone, such as +01:00")
    if op.second or op.microsecond:
        raise InvalidValue("publiceer_op", op.isoformat(), "it must be a whole minute")
    if op <= now:
        raise InvalidValue("publiceer_op", op.isoformat(), "it lies in the past; publish now instead")
    if op - now > LONGEST:
        raise InvalidValue("publiceer_op", op.isoformat(), "it lies more than ten years ahead")
    return op.astimezone(UTC)


def dutch_moment(dag: date, tijd: time) -> datetime:
    """The moment in UTC at which clocks in the Netherlands show this day and time.

    Raises:
        InvalidValue: no clock shows it (summer time begins in that hour), or clocks show it twice (it ends).
    """
    first, second = (
        datetime.combine(dag, tijd, tzinfo=AMSTERDAM).replace(fold=fold).astimezone(UTC) for fold in (0, 1)
    )
    if first.astimezone(AMSTERDAM).time() != tijd:
        why = "the clock skips this hour on that day; choose another one"
        raise InvalidValue("publiceer_op", f"{dag} {tijd:%H:%M}", why)
    if first != second:
        why = "the clock shows this hour twice on that day; choose another one"
        raise InvalidValue("publiceer_op", f"{dag} {tijd:%H:%M}", why)
    return first


def start_of(dag: date) -> datetime:
    """The moment in UTC at which this day begins in the Netherlands."""
    return datetime.combine(dag, time(), tzinfo=AMSTERDAM).astimezone(UTC)


def dutch_day(moment: datetime) -> date:
    """The day that it is in the Netherlands at this moment."""
    return moment.astimezone(AMSTERDAM).date()
