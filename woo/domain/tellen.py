"""How the days of a term are counted while it may stand still."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Protocol

_DAG = timedelta(days=1)


class Periode(Protocol):
    """Days on which a term stands still: the first and the last, both counted; `tot` is None while it lasts."""

    @property
    def van(self) -> date: ...

    @property
    def tot(self) -> date | None: ...


def laatste_dag(vanaf: date, dagen: int, stil: Iterable[Periode]) -> date | None:
    """The day on which this many days have been counted, from the day after `vanaf`; None where they never all are.

    A day in one or more of the periods does not count, and none counts twice. What art. 1 Algemene termijnenwet adds to
    the end is left to the calendar.
    """
    periodes = tuple(stil)
    dag, over = vanaf, dagen
    while over:
        dag += _DAG
        eindes = [each.tot for each in periodes if each.van <= dag and (each.tot is None or dag <= each.tot)]
        if None in eindes:
            return None
        if eindes:
            dag = max(tot for tot in eindes if tot is not None)
        else:
            over -= 1
    return dag
