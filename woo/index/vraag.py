"""A question that is kept: the words and filters of a search as JSON values, and back into a question for the index."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any

from woo.analysis import DutchAnalysis
from woo.domain.errors import InvalidValue
from woo.index.askable import askable
from woo.index.parse import parse
from woo.index.query import FILTERS, DateRange, Filters, SearchQuery, Soort

_MAX_VALUES = 1000
_MAX_LENGTH = 200
_ONLY_DOCUMENTS = frozenset(FILTERS) - {
    "publisher",
    "provincie",
    "soortOrganisatie",
    "informatiecategorie",
    "thema",
}


@dataclass(frozen=True, slots=True)
class Vraag:
    """What someone follows: the words as typed, the filters, and the query string with which the site shows it."""

    zoek: str = ""
    filters: Filters = field(default_factory=Filters)
    adres: str = ""

    @property
    def alles(self) -> bool:
        """Whether nothing is asked, so that everything is found."""
        return not self.zoek and self.filters == Filters()

    def query(
        self, soort: Soort, analysis: DutchAnalysis, *, since: DateRange | None = None, aantal: int = 100
    ) -> SearchQuery | None:
        """The question for the index, understood as on the site; `since` narrows the days of publication.

        None where nothing of this kind can match: publicaties have fewer filters. Raises InvalidValue for words that cannot
        be asked.
        """
        filters = self.filters
        if soort is Soort.PUBLICATIE and not _for_publicaties(filters):
            return None
        if since is not None:
            period = _both(filters.publicatiedatum, since)
            if period is None:
                return None
            filters = replace(filters, publicatiedatum=period)
        node = askable(parse(self.zoek), analysis).node if self.zoek else None
        return SearchQuery(zoek=node, soort=soort, filters=filters, aantal=aantal, paginas=0)

    def as_json(self) -> dict[str, Any]:
        """The JSON values that `vraag_of` reads; what is not asked is left out."""
        told: dict[str, Any] = {"zoek": self.zoek, "adres": self.adres}
        for one in fields(Filters):
            value = getattr(self.filters, one.name)
            if isinstance(value, DateRange):
                told[one.name] = {"van": _iso(value.van), "tot": _iso(value.tot)}
            elif isinstance(value, bool):
                told |= {one.name: True} if value else {}
            elif value:
                told[one.name] = {veld: list(given) for veld, given in value.items()}
        return told


def vraag_of(told: Any) -> Vraag:
    """Read a kept question; raises InvalidValue for what is none, a filter that is not known included."""
    if not isinstance(told, dict):
        raise _refused("it is no object")
    known = {one.name for one in fields(Filters)}
    filters: dict[str, Any] = {}
    for naam, value in told.items():
        if naam in ("zoek", "adres"):
            continue
        if naam not in known:
            raise _refused(f"the filter {str(naam)[:40]!r} is not known")
        filters[naam] = _filter(naam, value)
    zoek, adres = told.get("zoek", ""), told.get("adres", "")
    if not isinstance(zoek, str) or not isinstance(adres, str):
        raise _refused("its words are no text")
    parse(zoek)  # raises for words that have no measure
    return Vraag(zoek, Filters(**filters), adres)


def _filter(naam: str, value: Any) -> Any:
    if value is True and isinstance(getattr(Filters(), naam), bool):
        return True
    if not isinstance(value, dict):
        raise _refused(f"the filter {naam!r} has another shape")
    if isinstance(getattr(Filters(), naam), Mapping):
        return {veld: _values(veld, given) for veld, given in value.items()}
    return DateRange(_day(value.get("van")), _day(value.get("tot")))


def _values(veld: str, given: Any) -> tuple[str, ...]:
    fits = isinstance(given, list) and 0 < len(given) <= _MAX_VALUES
    if (
        veld not in FILTERS
        or not fits
        or not all(isinstance(one, str) and len(one) <= _MAX_LENGTH for one in given)
    ):
        raise _refused(f"the filter {str(veld)[:40]!r} has values that are not accepted")
    return tuple(given)


def _day(text: Any) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except (TypeError, ValueError):
        raise _refused("a day is no date") from None


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _for_publicaties(filters: Filters) -> bool:
    """Whether these filters mean something for a publicatie."""
    own = {one.name: getattr(filters, one.name) for one in fields(Filters)}
    waarden, _ = own.pop("waarden"), own.pop("publicatiedatum")
    return not any(own.values()) and not _ONLY_DOCUMENTS & set(waarden)


def _both(one: DateRange | None, other: DateRange) -> DateRange | None:
    """The days that are in both periods; None when there are none."""
    if one is None:
        return other
    van = max((day for day in (one.van, other.van) if day is not None), default=None)
    tot = min((day for day in (one.tot, other.tot) if day is not None), default=None)
    return None if van is not None and tot is not None and van > tot else DateRange(van, tot)


def _refused(why: str) -> InvalidValue:
    return InvalidValue("vraag", "(withheld)", why)
