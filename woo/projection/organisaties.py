"""What the public sees of every organisation that published here: how much, per category and year, how well, and how recently."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from woo.projection.values import utc_text
from woo.registry import Reading
from woo.registry.volledigheid import Volledigheid

_NONE = Volledigheid(0, 0, 0, 0, {})


def public_organisaties(
    reading: Reading,
    statistieken: Mapping[str, Any],
    *,
    now: datetime,
) -> dict[str, Any]:
    """The figures by code as JSON values, from the same snapshot as those of `public_statistieken`.

    `perJaar` counts publicaties per year of first publication here and category; `metadata` the documents that have a value,
    by field; `opTijd` and `beslist` the decisions of which is known whether they were in time, days of suspension left out.
    `laatsteOogst` is when its site was last seen whole; None where it is not harvested: unknown, as are shares of nothing.
    """
    completeness, last = reading.completeness(), reading.last_published()
    harvested = reading.last_harvested()
    return {
        "bijgewerktOp": utc_text(now),
        "organisaties": {
            code: _figures(figures, completeness.get(code, _NONE), last.get(code), harvested.get(code))
            for code, figures in statistieken["organisaties"].items()
        },
    }


def _figures(
    figures: Mapping[str, Any], volledigheid: Volledigheid, last: datetime | None, harvested: datetime | None
) -> dict[str, Any]:
    in_time = figures["verzoeken"]["metOpschorting"]
    return {
        "aantalPublicaties": figures["aantalPublicaties"],
        "perJaar": _per_year(figures),
        "documenten": volledigheid.documenten,
        "paginas": volledigheid.paginas,
        "paginasMetTekst": volledigheid.paginas - volledigheid.onleesbaar,
        "gescandeDocumenten": volledigheid.gescand,
        "metadata": dict(volledigheid.gevuld),
        "opTijd": in_time["opTijd"],
        "beslist": in_time["opTijd"] + in_time["teLaat"],
        "laatstePublicatie": None if last is None else utc_text(last),
        "laatsteOogst": None if harvested is None else utc_text(harvested),
    }


def _per_year(figures: Mapping[str, Any]) -> list[dict[str, Any]]:
    counted: Counter[tuple[str, str]] = Counter()
    for each in figures["publicaties"]:
        counted[each["maand"][:4], each["informatiecategorie"]] += each["aantal"]
    return [
        {"jaar": jaar, "informatiecategorie": categorie, "aantal": aantal}
        for (jaar, categorie), aantal in sorted(counted.items())
    ]
