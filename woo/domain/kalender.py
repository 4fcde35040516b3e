"""The days on which a legal term cannot end, and the day on which it then does (Algemene termijnenwet)."""

from dataclasses import dataclass
from datetime import date, timedelta

_DAG = timedelta(days=1)
_ZATERDAG, _ZONDAG = 5, 6


@dataclass(frozen=True, slots=True)
class Kalender:
    """The holidays that follow from the law, and what royal decrees say of single days.

    `gelijkgesteld` are days that a decree puts on a par with a holiday (art. 3, third paragraph, Algemene termijnenwet);
    `uitgezonderd` are days that would be a holiday by the rule and are none. `bekend` are the years of which the decrees
    are known: of other years only what follows from the law is.
    """

    gelijkgesteld: frozenset[date] = frozenset()
    uitgezonderd: frozenset[date] = frozenset()
    bekend: frozenset[int] = frozenset()

    def is_feestdag(self, dag: date) -> bool:
        """Whether no term ends on this day, weekends left out of account."""
        return dag in self.gelijkgesteld or (_is_wettelijk(dag) and dag not in self.uitgezonderd)

    def is_werkdag(self, dag: date) -> bool:
        """Whether a term can end on this day: no Saturday, Sunday or holiday (art. 1)."""
        return dag.weekday() < _ZATERDAG and not self.is_feestdag(dag)

    def einde(self, dag: date) -> date:
        """The last day of a term that would end on `dag`: the first on which one can (art. 1)."""
        while not self.is_werkdag(dag):
            dag += _DAG
        return dag

    def kent(self, dag: date) -> bool:
        """Whether the decrees for the year of this day are known."""
        return dag.year in self.bekend


_in_use = Kalender()


def use_kalender(kalender: Kalender) -> None:
    """Count with this calendar in the whole process: the holidays are the same for everybody (config/feestdagen.yaml)."""
    global _in_use
    _in_use = kalender


def kalender_in_use() -> Kalender:
    """The calendar of this process; until one was read it holds what follows from the law alone."""
    return _in_use


def is_feestdag(dag: date) -> bool:
    """Whether this is a generally recognised holiday, or a day on a par with one, by the calendar in use."""
    return _in_use.is_feestdag(dag)


def einde_termijn(dag: date) -> date:
    """The last day of a term that would end on `dag`, by the calendar in use (art. 1)."""
    return _in_use.einde(dag)


def _is_wettelijk(dag: date) -> bool:
    """Whether the law itself says so, in the first and second paragraph of art. 3.

    New Year's Day, Good Friday, Easter Monday, the King's birthday, 5 May, Ascension Day, Whit Monday, both days of Christmas.
    """
    pasen = _pasen(dag.year)
    beweeglijk = (-2, 1, 39, 50)  # Good Friday, Easter Monday, Ascension Day, Whit Monday
    vast = ((1, 1), (5, 5), (12, 25), (12, 26))
    return (
        (dag.month, dag.day) in vast
        or dag == _koningsdag(dag.year)
        or any(dag == pasen + shift * _DAG for shift in beweeglijk)
    )


def _koningsdag(year: int) -> date:
    """27 April since 2014, before that 30 April (Koninginnedag, since 1980 so counted); a day earlier on a Sunday."""
    dag = date(year, 4, 27 if year >= 2014 else 30)
    return dag - _DAG if dag.weekday() == _ZONDAG else dag


def _pasen(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (algorithm of Meeus, Jones and Butcher)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)
