"""The pages about organisations: the list, one organisation, and the table of how open they are."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response

from search_api import addresses, organisatiefilters, organisaties, queries
from search_api.describe import offer
from search_api.hoe_open import AANDELEN, DAGEN, DEFAULT, MATEN, NAMEN, PARAMETERS, Rij, Value, hoe_open
from search_api.organisaties import FILTERS, VANAF, VELDEN, Cijfers
from search_api.parts import Parts, parts_of
from search_api.portal.pages import pages_of
from search_api.queries import Values
from woo.domain.organisatie import ONBEKEND, Organisatie, Organisatiesoort
from woo.taal import gettext
from woo.views.charts import bars
from woo.views.dutch import day, number
from woo.views.organisaties import SOORTEN, percentage

YEARS = 6
"""Years of which the publications are shown one by one; older ones count in the total."""

_AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def add_to(app: FastAPI) -> None:
    """Add these pages to the application."""
    offer(app, "/organisaties", get_organisaties_page)
    offer(app, "/organisaties/{code}", get_organisatie_page)
    offer(app, "/hoe-open", get_hoe_open_page)


def get_organisaties_page(request: Request) -> Response:
    parts = parts_of(request)
    values = queries.read(request.scope["query_string"], (*FILTERS, VANAF), strict=False)
    cijfers = organisaties.geteld(parts).cijfers
    page = organisaties.bladzijde(organisaties.gekozen(parts, values, cijfers), values)
    return pages_of(request).render(
        "organisaties.html",
        values=values,
        keuzes=_choices(parts, values),
        bladzijde=page,
        rijen=[(each, _told(parts, each), cijfers.get(each.code)) for each in page.organisaties],
        vorige_url=_page_url(values, max(1, page.vanaf - organisaties.PER_PAGE)) if page.vanaf > 1 else None,
        volgende_url=None if page.volgende is None else _page_url(values, page.volgende),
    )


def get_organisatie_page(request: Request) -> Response:
    parts = parts_of(request)
    queries.read(request.scope["query_string"], (), strict=False)
    each = organisaties.organisatie(parts, request.path_params["code"])
    register = parts.lijsten.organisatieregister
    counted = organisaties.geteld(parts)
    cijfers = counted.cijfers.get(each.code)
    nu = register.huidige(each.code)
    return pages_of(request).render(
        "organisatie.html",
        organisatie=each,
        feiten=_told(parts, each),
        opgeheven=each.opgeheven(datetime.now(_AMSTERDAM).date()),
        opvolger=None if each.opvolger is None else register.get(each.opvolger),
        nu=None if nu.code in (each.code, each.opvolger) else nu,
        voorgangers=[
            (register.get(code), counted.cijfers.get(code, {}).get("aantalPublicaties", 0))
            for code in each.voorgangers
        ],
        geteld_op=counted.op,
        cijfers=cijfers,
        jaren=() if cijfers is None else _years(cijfers),
        soorten=() if cijfers is None else _per_category(parts, cijfers),
        maten=() if cijfers is None else _measures(cijfers),
        velden=() if cijfers is None else _fields(cijfers),
    )


def get_hoe_open_page(request: Request) -> Response:
    parts = parts_of(request)
    values = queries.read(request.scope["query_string"], PARAMETERS, strict=False)
    table = hoe_open(parts, values)
    kept = [(naam, value) for naam, given in values.items() if naam != "sorteer" for value in given]
    return pages_of(request).render(
        "hoe_open.html",
        tabel=table,
        keuzes=_choices(parts, values),
        kolommen=[
            (
                naam,
                gettext(NAMEN[naam]),
                _sort_url(table.sorteer, naam, kept),
                _direction(table.sorteer, naam),
            )
            for naam in MATEN
        ],
        naam_url=addresses.with_query(
            "/hoe-open", [*kept, ("sorteer", "-naam" if table.sorteer == "naam" else "naam")]
        ),
        naam_richting=_direction(table.sorteer, "naam"),
        maat=gettext(NAMEN[table.maat]),
        rijen=[(row, _told(parts, row.organisatie), _cells(row)) for row in table.rijen],
        sorteer=table.sorteer,
        csv_url=addresses.with_query("/v1/hoe-open.csv", [*kept, ("sorteer", table.sorteer)]),
        json_url=addresses.with_query("/v1/hoe-open", [*kept, ("sorteer", table.sorteer)]),
    )


def _told(parts: Parts, each: Organisatie) -> Mapping[str, str | None]:
    """Kind and province in words; None is unknown."""
    provincies = parts.lijsten.organisatieregister.provincies
    return {
        "soort": None if each.soort is None else gettext(SOORTEN[each.soort.value]),
        "provincie": None if each.provincie is None else provincies[each.provincie],
    }


def _choices(parts: Parts, values: Values) -> list[tuple[str, str, list[tuple[str, str, bool]]]]:
    """The filters as lists to choose from: name, title, and of each value its code, name and whether it is chosen."""
    register = parts.lijsten.organisatieregister
    chosen = organisaties.chosen_filters(parts, values)
    codes: Mapping[str, Sequence[str]] = {
        "soortOrganisatie": [each.value for each in Organisatiesoort],
        "provincie": [*sorted(register.provincies, key=lambda code: register.provincies[code]), ONBEKEND],
    }
    titles = {"soortOrganisatie": gettext("Soort organisatie"), "provincie": gettext("Provincie")}
    return [
        (
            veld,
            titles[veld],
            [
                (code, organisatiefilters.value_name(veld, code, parts.lijsten), code in chosen[veld])
                for code in given
            ],
        )
        for veld, given in codes.items()
    ]


def _page_url(values: Values, vanaf: int) -> str:
    kept = [(naam, value) for naam, given in values.items() if naam != "vanafRij" for value in given]
    return addresses.with_query("/organisaties", [*kept, ("vanafRij", str(vanaf))] if vanaf > 1 else kept)


def _years(cijfers: Cijfers) -> tuple[str, ...]:
    """The last years in which something was published, the newest first."""
    years = {each["jaar"] for each in cijfers["perJaar"]} | {str(datetime.now(UTC).year)}
    return tuple(sorted(years, reverse=True)[:YEARS])


def _per_category(parts: Parts, cijfers: Cijfers) -> list[tuple[str, list[int], int]]:
    """Of each category its name, its publications in the years shown, and in all years; the largest first."""
    lijst = parts.lijsten.informatiecategorieen
    counts: dict[str, dict[str, int]] = {}
    for each in cijfers["perJaar"]:
        counts.setdefault(each["informatiecategorie"], {})[each["jaar"]] = each["aantal"]
    years = _years(cijfers)
    rows = [
        (
            lijst.get(code).naam if code in lijst else code,
            [of.get(year, 0) for year in years],
            sum(of.values()),
        )
        for code, of in counts.items()
    ]
    return sorted(rows, key=lambda row: (-row[2], row[0]))


def _measures(cijfers: Cijfers) -> list[tuple[str, str | None, int, str]]:
    """The shares: name, in words (None is unknown), the length of its bar in thousandths, and what it is."""
    told = {
        "metadata": gettext("Van elk document kunnen vijf gegevens bekend zijn. Dit deel is ingevuld."),
        "leesbareTekst": gettext("Van deze pagina's kan een computer de tekst lezen. Zoeken vindt ze dus."),
        "opTijd": gettext(
            "Deze besluiten op Woo-verzoeken kwamen binnen de termijn van de wet. Dagen dat de termijn stilstond, tellen niet mee."
        ),
    }
    shares = {naam: MATEN[naam](cijfers) for naam in told}
    return [
        (
            gettext(NAMEN[naam]),
            _cell(naam, shares[naam]),
            round(1000 * float(shares[naam] or 0)),
            text,
        )
        for naam, text in told.items()
    ]


def _fields(cijfers: Cijfers) -> tuple[tuple[str, int, int], ...]:
    """Of each piece of metadata its name, the documents that have it, and the length of its bar."""
    counted = {gettext(naam): cijfers["metadata"].get(veld, 0) for veld, naam in VELDEN.items()}
    whole = gettext("Documenten")
    drawn = bars({**counted, whole: cijfers["documenten"]})
    return tuple((bar.label, bar.aantal, bar.lengte) for bar in drawn if bar.label != whole)


def _cells(row: Rij) -> list[tuple[str, str | None]]:
    """Of each measure its name and what it is in words; None is unknown."""
    return [(naam, _cell(naam, value)) for naam, value in row.maten.items()]


def _cell(naam: str, value: Value) -> str | None:
    if value is None:
        return None
    if naam in AANDELEN:
        return percentage(float(value))
    return day(str(value)) if naam in DAGEN else number(int(value))


def _direction(sorteer: str, naam: str) -> str | None:
    """How the table stands in the order of this column, in the words of ARIA; None where it does not."""
    return {naam: "ascending", f"-{naam}": "descending"}.get(sorteer)


def _sort_url(sorteer: str, naam: str, kept: list[tuple[str, str]]) -> str:
    """The table by this column: the best first, and the other way around where it is so already."""
    wanted = naam if sorteer == f"-{naam}" else f"-{naam}"
    pairs = kept if wanted == DEFAULT else [*kept, ("sorteer", wanted)]
    return addresses.with_query("/hoe-open", pairs)
