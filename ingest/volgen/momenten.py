"""When the next mail of a follower is due."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from woo.domain.volgen import Frequentie

_AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_DIRECT = timedelta(minutes=15)
"""Between two mails to who wants to know at once: what appears meanwhile comes together."""


def next_moment(frequentie: Frequentie, uur: int, after: datetime) -> datetime:
    """The first moment after `after` at which there is mail: daily or on Mondays at this hour in the Netherlands.

    In the night that the clock goes forward an hour that is skipped comes an hour later.
    """
    if frequentie is Frequentie.DIRECT:
        return after + _DIRECT
    local = after.astimezone(_AMSTERDAM)
    moment = local.replace(hour=uur, minute=0, second=0, microsecond=0, fold=0)
    step = timedelta(days=1)
    while moment <= local or (frequentie is Frequentie.WEKELIJKS and moment.weekday() != 0):
        moment += step  # by the calendar: the zone stays, its offset follows
    return moment.astimezone(after.tzinfo)


def first_moment(frequentie: Frequentie, uur: int, now: datetime) -> datetime:
    """When there may be mail for the first time after someone confirmed."""
    return now if frequentie is Frequentie.DIRECT else next_moment(frequentie, uur, now)
