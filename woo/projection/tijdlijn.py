"""The timeline of a request: what happened to it and its term, in the order of the days."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from woo.domain.besluit import Woobesluit
from woo.domain.publicatie import Publicatie
from woo.domain.verzoek import Wooverzoek

_AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_ORDER = (
    "ontvangen",
    "doorgezonden",
    "verdaagd",
    "opgeschort",
    "ingetrokken",
    "uiterste_datum",
    "besluit",
    "gepubliceerd",
)


def timeline(
    verzoek: Wooverzoek, besluiten: Iterable[Woobesluit], publicatie: Publicatie
) -> list[dict[str, Any]]:
    """The moments as JSON values: `soort`, `datum`, `tot` (end of a suspension), `besluit` (its kenmerk)."""
    moments = [_moment("ontvangen", verzoek.ontvangen_op)]
    if verzoek.verdaagd_op is not None:
        moments.append(_moment("verdaagd", verzoek.verdaagd_op))
    moments += [_moment("doorgezonden", each.op) for each in verzoek.doorzendingen]
    if verzoek.ingetrokken_op is not None:
        moments.append(_moment("ingetrokken", verzoek.ingetrokken_op))
    moments += [_moment("opgeschort", each.van, tot=each.tot) for each in verzoek.opschortingen]
    uiterste = verzoek.uiterste_datum()
    if uiterste is not None:
        moments.append(_moment("uiterste_datum", uiterste))
    moments += [_moment("besluit", each.datum, besluit=each.kenmerk) for each in besluiten]
    if publicatie.eerste_publicatie is not None:
        day = publicatie.eerste_publicatie.astimezone(_AMSTERDAM).date()
        moments.append(_moment("gepubliceerd", day))
    return sorted(moments, key=lambda each: (each["datum"], _ORDER.index(each["soort"])))


def _moment(
    soort: str, datum: date, *, tot: date | None = None, besluit: str | None = None
) -> dict[str, Any]:
    return {
        "soort": soort,
        "datum": datum.isoformat(),
        "tot": None if tot is None else tot.isoformat(),
        "besluit": besluit,
    }
