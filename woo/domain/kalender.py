"""The days on which a legal term cannot end, and the day on which it then does (Algemene termijnenwet)."""

from datetime import date, timedelta

_DAG = timedelta(days=1)
_ZATERDAG, _ZONDAG = 5, 6


def is_feestdag(dag: date) -> bool:
    """Whether this is a generally recognised holiday, or a day that the law puts on a par with one.

    Art. 3, first and second paragraph, Algemene termijnenwet: New Year's Day, Good Friday, Easter Monday, the King's
    birthday, 5 May, Ascension Day, Whit Monday and both days of Christmas. Days that a royal decree adds for one year
    (third paragraph) are not known here.
    """
    pasen = _pasen(dag.year)
    beweeglijk = (-2, 1, 39, 50)  # Good Friday, Easter Monday, Ascension Day, Whit Monday
    vast = ((1, 1), (5, 5), (12, 25), (12, 26))
    return (
        (dag.month, dag.day) in vast
        or dag == _koningsdag(dag.year)
        or any(dag == pasen + shift * _DAG for shift in beweeglijk)
    )


def einde_termijn(dag: date) -> date:
    """The last day of a term that would end on `dag`: the first that is no Saturday, Sunday or holiday (art. 1)."""
    while dag.weekday() >= _ZATERDAG or is_feestdag(dag):
        dag += _DAG
    return dag


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
