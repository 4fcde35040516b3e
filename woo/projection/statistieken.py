"""The figures of openness as the public sees them: what was published, how requests ended, and whether in time."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from statistics import median
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from pydantic.alias_generators import to_camel

from woo.domain.besluit import Uitkomst, Woobesluit, in_force
from woo.domain.termijn import Telling, termijnstand
from woo.projection.values import utc_text
from woo.registry import Reading
from woo.registry.figures import Afgehandeld, Gepubliceerd, Omvang

_OfPublisher = TypeVar("_OfPublisher", Gepubliceerd, Afgehandeld)
_AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def public_statistieken(reading: Reading, *, now: datetime) -> dict[str, Any]:
    """Count within one snapshot; JSON values: `bijgewerktOp`, `alles`, and `organisaties` by code.

    Each has `maanden`, `publicaties` (per month and category; one in two categories counts in both), `aantalPublicaties`, `documenten`,
    `paginas`, `moeilijkLeesbarePaginas` and `verzoeken`. Only what is public counts: a request does when a decision on it is.
    """
    gepubliceerd = list(reading.published())
    omvang = reading.sizes()
    afgehandeld = list(reading.decided())
    per_publisher = _grouped(gepubliceerd)
    afgehandeld_per_publisher = _grouped(afgehandeld)
    alles = Omvang(
        sum(each.documenten for each in omvang.values()),
        sum(each.paginas for each in omvang.values()),
        sum(each.moeilijk_leesbaar for each in omvang.values()),
    )
    return {
        "bijgewerktOp": utc_text(now),
        "alles": _figures(gepubliceerd, alles, afgehandeld),
        "organisaties": {
            code: _figures(
                per_publisher[code],
                omvang.get(code, Omvang()),
                afgehandeld_per_publisher.get(code, []),
            )
            for code in sorted(per_publisher)
        },
    }


def _grouped(counted: Iterable[_OfPublisher]) -> dict[str, list[_OfPublisher]]:
    """What is counted, by organisation, in one pass."""
    found: dict[str, list[_OfPublisher]] = {}
    for each in counted:
        found.setdefault(each.publisher, []).append(each)
    return found


def _figures(
    gepubliceerd: Sequence[Gepubliceerd], omvang: Omvang, afgehandeld: Sequence[Afgehandeld]
) -> dict[str, Any]:
    return {
        "aantalPublicaties": len(gepubliceerd),
        "maanden": _per_month(gepubliceerd),
        "publicaties": _per_month_and_category(gepubliceerd),
        "documenten": omvang.documenten,
        "paginas": omvang.paginas,
        "moeilijkLeesbarePaginas": omvang.moeilijk_leesbaar,
        "verzoeken": _verzoeken(afgehandeld),
    }


def _per_month(gepubliceerd: Iterable[Gepubliceerd]) -> list[dict[str, Any]]:
    counted = Counter(_month(each) for each in gepubliceerd)
    return [{"maand": maand, "aantal": aantal} for maand, aantal in sorted(counted.items())]


def _month(gepubliceerd: Gepubliceerd) -> str:
    return gepubliceerd.sinds.astimezone(_AMSTERDAM).strftime("%Y-%m")


def _per_month_and_category(gepubliceerd: Iterable[Gepubliceerd]) -> list[dict[str, Any]]:
    counted = Counter(
        (_month(each), categorie) for each in gepubliceerd for categorie in each.informatiecategorieen
    )
    return [
        {"maand": maand, "informatiecategorie": categorie, "aantal": aantal}
        for (maand, categorie), aantal in sorted(counted.items())
    ]


def _verzoeken(afgehandeld: Sequence[Afgehandeld]) -> dict[str, Any]:
    """Of requests decided in parts the last public decision counts: then all that is here was told.

    A revised decision counts for how the request ended, and not for its term.
    """
    uitkomsten = Counter(in_force(each.besluiten)[-1].uitkomst for each in afgehandeld)
    standen = [termijnstand(each.verzoek, _first_taken(each.besluiten)) for each in afgehandeld]
    return {
        "aantal": len(afgehandeld),
        "uitkomsten": {to_camel(each.value): uitkomsten[each] for each in Uitkomst},
        "metOpschorting": _in_time([stand.met_opschorting for stand in standen]),
        "zonderOpschorting": _in_time([stand.zonder_opschorting for stand in standen]),
    }


def _first_taken(besluiten: Sequence[Woobesluit]) -> Woobesluit:
    """The last decision that was taken on the request itself, where one of these is."""
    return [*besluiten, *(each for each in besluiten if each.herziet is None)][-1]


def _in_time(tellingen: Sequence[Telling]) -> dict[str, Any]:
    """`dagenMediaan` and `dagenGemiddeld` are None where nothing was decided; `onbekend` where the term stood still."""
    over = [telling.over for telling in tellingen if telling.over is not None]
    dagen = [telling.dagen for telling in tellingen]
    return {
        "opTijd": sum(each <= 0 for each in over),
        "teLaat": sum(each > 0 for each in over),
        "onbekend": len(tellingen) - len(over),
        "dagenMediaan": median(dagen) if dagen else None,
        "dagenGemiddeld": round(sum(dagen) / len(dagen), 1) if dagen else None,
    }
