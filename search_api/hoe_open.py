"""The league table of openness: every organisation that published here, by one measure at a time, each place said."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from search_api import organisatiefilters
from search_api.organisaties import (
    Cijfers,
    aandeel_metadata,
    aandeel_op_tijd,
    aandeel_tekst,
    chosen_filters,
    geteld,
)
from search_api.parts import Parts
from search_api.problems import invalid
from search_api.queries import Parameter, Values
from woo.domain.organisatie import Organisatie
from woo.taal import gettext, gettext_noop
from woo.views.problems import InputFault, quoted

Value = float | int | str | None
DEFAULT = "-metadata"

MATEN: Mapping[str, Callable[[Cijfers], Value]] = {
    "metadata": aandeel_metadata,
    "leesbareTekst": aandeel_tekst,
    "opTijd": aandeel_op_tijd,
    "soortenInformatie": lambda cijfers: len({each["informatiecategorie"] for each in cijfers["perJaar"]}),
    "publicaties": lambda cijfers: cijfers["aantalPublicaties"],
    "documenten": lambda cijfers: cijfers["documenten"],
    "laatstePublicatie": lambda cijfers: cijfers["laatstePublicatie"],
    "laatsteOogst": lambda cijfers: cijfers["laatsteOogst"],
}
"""What organisations are compared by; more, or later, is better. None is unknown."""

AANDELEN = frozenset({"metadata", "leesbareTekst", "opTijd"})
"""The measures that are shares, 0 to 1."""

DAGEN = frozenset({"laatstePublicatie", "laatsteOogst"})
"""The measures that are moments."""

NAMEN = {
    "metadata": gettext_noop("Gegevens ingevuld"),
    "leesbareTekst": gettext_noop("Pagina's met tekst"),
    "opTijd": gettext_noop("Op tijd beslist"),
    "soortenInformatie": gettext_noop("Soorten informatie"),
    "publicaties": gettext_noop("Publicaties"),
    "documenten": gettext_noop("Documenten"),
    "laatstePublicatie": gettext_noop("Laatste publicatie"),
    "laatsteOogst": gettext_noop("Laatst opgehaald"),
}
SORTERINGEN = ("naam", "-naam", *(f"{sign}{maat}" for maat in MATEN for sign in ("-", "")))
SORTEER = Parameter(
    "sorteer",
    "De volgorde. Met een - ervoor: het hoogste of laatste eerst. Wat onbekend is, staat altijd achteraan.",
    {"type": "string", "enum": list(SORTERINGEN), "default": DEFAULT},
)
PARAMETERS = (SORTEER, *organisatiefilters.PARAMETERS)


@dataclass(frozen=True, slots=True)
class Rij:
    """One organisation with its measures; `plaats` is shared by equals, and None where the measure is unknown."""

    organisatie: Organisatie
    maten: Mapping[str, Value]
    plaats: int | None


@dataclass(frozen=True, slots=True)
class Lijst:
    """The table in the order asked; `maat` is what its places are about."""

    bijgewerkt_op: str
    sorteer: str
    maat: str
    rijen: tuple[Rij, ...]


def hoe_open(parts: Parts, values: Values) -> Lijst:
    """Return the table.

    Raises:
        ProblemError: 400 for an order, province or kind that is none.
        Unavailable: nothing was counted yet.
    """
    sorteer = values.get("sorteer", [DEFAULT])[0]
    if sorteer not in SORTERINGEN:
        detail = gettext(
            "Op %(waarde)s kunnen wij niet sorteren. Dit kan wel: %(waarden)s.",
            waarde=quoted(sorteer),
            waarden=", ".join(SORTERINGEN),
        )
        raise invalid(InputFault("query", "sorteer", "onbekende-waarde", detail))
    filters = chosen_filters(parts, values)
    counted = geteld(parts)
    maat = sorteer.removeprefix("-")
    rijen = _placed(_rows(parts, counted.cijfers, filters), maat if maat in MATEN else DEFAULT[1:])
    return Lijst(counted.op, sorteer, maat if maat in MATEN else DEFAULT[1:], tuple(_ordered(rijen, sorteer)))


def _rows(
    parts: Parts, cijfers: Mapping[str, Cijfers], filters: Mapping[str, tuple[str, ...]]
) -> Iterator[Rij]:
    register = parts.lijsten.organisatieregister
    for code, counted in cijfers.items():
        if filters["provincie"] and register.provincie(code) not in filters["provincie"]:
            continue
        if filters["soortOrganisatie"] and register.soort(code) not in filters["soortOrganisatie"]:
            continue
        each = register.get(code) if code in register else Organisatie(code, "", code, None)
        yield Rij(each, {naam: measure(counted) for naam, measure in MATEN.items()}, None)


def _placed(rows: Iterator[Rij], maat: str) -> list[Rij]:
    """The rows with their place by this measure: the best first; equals share a place, the next one counts on."""
    ordered = _by(list(rows), maat, best_first=True)
    found: list[Rij] = []
    for n, row in enumerate(ordered, start=1):
        value = row.maten[maat]
        same = bool(found) and found[-1].maten[maat] == value
        plaats = None if value is None else found[-1].plaats if same else n
        found.append(Rij(row.organisatie, row.maten, plaats))
    return found


def _ordered(rows: list[Rij], sorteer: str) -> list[Rij]:
    maat = sorteer.removeprefix("-")
    if maat in MATEN:
        return _by(rows, maat, best_first=sorteer.startswith("-"))
    return sorted(rows, key=_name, reverse=sorteer.startswith("-"))


def _by(rows: list[Rij], maat: str, *, best_first: bool) -> list[Rij]:
    """By a measure, what is unknown at the end, equals by name."""
    named = sorted(rows, key=_name)
    known = [row for row in named if row.maten[maat] is not None]
    known.sort(key=lambda row: row.maten[maat], reverse=best_first)  # type: ignore[arg-type, return-value]
    return [*known, *(row for row in named if row.maten[maat] is None)]


def _name(row: Rij) -> str:
    return row.organisatie.naam.casefold()
