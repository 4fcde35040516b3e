"""The organisations that the platform knows, with what each published here: chosen by words, province and kind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from search_api import addresses, organisatiefilters
from search_api.parts import Parts
from search_api.problems import ProblemError, invalid
from search_api.queries import Parameter, Values
from woo.diwoo.waardelijsten import OnbekendeWaarde
from woo.domain.errors import Unavailable
from woo.domain.organisatie import Organisatie
from woo.storage.port import ORGANISATIES
from woo.taal import gettext, gettext_noop
from woo.views.problems import InputFault, Problem, quoted

PER_PAGE = 50
MOST_PER_PAGE = 100
MOST_WORDS = 200

ZOEK = Parameter(
    "zoek", "Woorden uit de naam, of de code.", {"type": "string", "maxLength": MOST_WORDS}, voorbeeld="water"
)
PUBLICEERT = Parameter(
    "publiceert",
    "true: alleen organisaties die hier iets openbaar hebben gemaakt.",
    {"type": "boolean", "default": False},
)
FILTERS = (ZOEK, *organisatiefilters.PARAMETERS, PUBLICEERT)
VANAF = Parameter(
    "vanafRij", "De hoeveelste organisatie de eerste is, vanaf 1.", {"type": "integer", "minimum": 1}
)
AANTAL = Parameter(
    "aantal",
    "Hoeveel organisaties.",
    {"type": "integer", "minimum": 1, "maximum": MOST_PER_PAGE, "default": PER_PAGE},
)
VELDEN = {
    "creatiedatum": gettext_noop("Datum van het document"),
    "documentsoort": gettext_noop("Soort document"),
    "taal": gettext_noop("Taal"),
    "omschrijving": gettext_noop("Omschrijving"),
    "kenmerk": gettext_noop("Kenmerk"),
}
"""The pieces of metadata that a document may have, by their names."""

Cijfers = Mapping[str, Any]
"""What one organisation published here, as `woo.projection.organisaties` counts it."""


@dataclass(frozen=True, slots=True)
class Geteld:
    """What the worker counted last: when, and the figures by code."""

    op: str
    cijfers: Mapping[str, Cijfers]


@dataclass(frozen=True, slots=True)
class Bladzijde:
    """The organisations of one page, and where it lies in all that were chosen; `volgende` is None at the end."""

    organisaties: Sequence[Organisatie]
    gekozen: int
    vanaf: int
    volgende: int | None


def geteld(parts: Parts) -> Geteld:
    """Return the figures; raises Unavailable when nothing was counted yet."""
    found = parts.store.site(ORGANISATIES)
    if found is None:
        raise Unavailable("the figures of organisations", "the worker has not counted yet")
    return Geteld(found["bijgewerktOp"], found["organisaties"])


def organisatie(parts: Parts, code: str) -> Organisatie:
    """Return the organisation with this code or URI; raises the 404 that names the nearest."""
    try:
        return parts.lijsten.organisatieregister.get(code)
    except OnbekendeWaarde as error:
        either = gettext("of")
        told = gettext("%(waarde)s is geen code van een organisatie die wij kennen.", waarde=quoted(code))
        if error.accepted:
            meant = gettext("Bedoelt u %(waarden)s?", waarden=f" {either} ".join(error.accepted))
            told = f"{told} {meant}"
        raise ProblemError(Problem(404, gettext("Deze organisatie kennen wij niet"), told)) from None


def gekozen(parts: Parts, values: Values, cijfers: Mapping[str, Cijfers]) -> list[Organisatie]:
    """The organisations that were asked for: those that published most first, then by name; raises the 400."""
    filters = chosen_filters(parts, values)
    register = parts.lijsten.organisatieregister
    zoek = " ".join(values.get("zoek", ()))
    if len(zoek) > MOST_WORDS:
        detail = gettext("De zoekvraag is te lang. Er passen %(most)s tekens.", most=MOST_WORDS)
        raise invalid(InputFault("query", "zoek", "te-lang", detail))
    among = register if not zoek.strip() else [register.get(each.code) for each in register.lijst.zoek(zoek)]
    only = _flag(values, "publiceert")
    found = [
        each
        for each in among
        if (not filters.get("provincie") or register.provincie(each.code) in filters["provincie"])
        and (not filters.get("soortOrganisatie") or register.soort(each.code) in filters["soortOrganisatie"])
        and (not only or each.code in cijfers)
    ]
    return sorted(
        found,
        key=lambda each: (-cijfers.get(each.code, {}).get("aantalPublicaties", 0), each.naam.casefold()),
    )


def chosen_filters(parts: Parts, values: Values) -> dict[str, tuple[str, ...]]:
    """The provinces and kinds that were asked for, by their codes; raises the 400 that names what is none."""
    faults: list[InputFault] = []
    chosen: dict[str, tuple[str, ...]] = {}
    for veld in organisatiefilters.VELDEN:
        codes = []
        for value in values.get(veld, ()):
            try:
                codes.append(organisatiefilters.code_of(veld, value, parts.lijsten))
            except OnbekendeWaarde:
                detail = organisatiefilters.refusal(veld, value, parts.lijsten)
                faults.append(InputFault("query", veld, "onbekende-waarde", detail))
        chosen[veld] = tuple(codes)
    if faults:
        raise invalid(*faults)
    return chosen


def bladzijde(found: Sequence[Organisatie], values: Values) -> Bladzijde:
    """The page that was asked for; raises the 400 for numbers that are none."""
    vanaf = _whole(values, "vanafRij", 1, max(len(found), 1))
    aantal = _whole(values, "aantal", PER_PAGE, MOST_PER_PAGE)
    shown = found[vanaf - 1 : vanaf - 1 + aantal]
    after = vanaf + len(shown)
    return Bladzijde(shown, len(found), vanaf, after if after <= len(found) else None)


def kaart(parts: Parts, each: Organisatie) -> dict[str, Any]:
    """What is known of an organisation, as JSON values; what no source tells is None."""
    register = parts.lijsten.organisatieregister
    return {
        "code": each.code,
        "uri": each.uri,
        "naam": each.naam,
        "soort": None if each.soort is None else each.soort.value,
        "provincie": None
        if each.provincie is None
        else {"code": each.provincie, "naam": register.provincies[each.provincie]},
        "begindatum": None if each.begindatum is None else each.begindatum.isoformat(),
        "einddatum": None if each.einddatum is None else each.einddatum.isoformat(),
        "opvolger": None if each.opvolger is None else _named(register.get(each.opvolger)),
        "voorgangers": [_named(register.get(code)) for code in each.voorgangers],
        "inDiwoo": each.in_diwoo,
        "url": parts.site + addresses.organisatie(each.code),
    }


def blad(parts: Parts, cijfers: Cijfers) -> dict[str, Any]:
    """The figures of one organisation with names and shares, as JSON values; a share of nothing is None: unknown."""
    lijst = parts.lijsten.informatiecategorieen
    documenten = cijfers["documenten"]
    return {
        **{naam: cijfers[naam] for naam in ("aantalPublicaties", "documenten", "paginas")},
        "perJaar": [
            {
                **each,
                "informatiecategorie": _waarde(lijst.get(each["informatiecategorie"]))
                if each["informatiecategorie"] in lijst
                else {"code": each["informatiecategorie"], "uri": "", "naam": each["informatiecategorie"]},
            }
            for each in cijfers["perJaar"]
        ],
        "metadata": aandeel_metadata(cijfers),
        "velden": [
            {
                "veld": veld,
                "gevuld": cijfers["metadata"].get(veld, 0),
                "aandeel": _share(cijfers["metadata"].get(veld, 0), documenten),
            }
            for veld in VELDEN
        ],
        "leesbareTekst": aandeel_tekst(cijfers),
        "gescandeDocumenten": cijfers["gescandeDocumenten"],
        "opTijd": aandeel_op_tijd(cijfers),
        "beslist": cijfers["beslist"],
        "laatstePublicatie": cijfers["laatstePublicatie"],
        "laatsteOogst": cijfers["laatsteOogst"],
    }


def aandeel_metadata(cijfers: Cijfers) -> float | None:
    """The share of the fields of its documents that are filled, 0 to 1; None where it has no documents."""
    return _share(
        sum(cijfers["metadata"].get(veld, 0) for veld in VELDEN), cijfers["documenten"] * len(VELDEN)
    )


def aandeel_tekst(cijfers: Cijfers) -> float | None:
    """The share of its pages of which the text can be read by a computer, 0 to 1; None where it has no pages."""
    return _share(cijfers["paginasMetTekst"], cijfers["paginas"])


def aandeel_op_tijd(cijfers: Cijfers) -> float | None:
    """The share of its decisions that were in time, 0 to 1; None where of none is known whether it was."""
    return _share(cijfers["opTijd"], cijfers["beslist"])


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _named(each: Organisatie) -> dict[str, str]:
    return {"code": each.code, "uri": each.uri, "naam": each.naam}


def _waarde(waarde: Any) -> dict[str, str]:
    return {"code": waarde.code, "uri": waarde.uri, "naam": waarde.naam}


def _flag(values: Values, naam: str) -> bool:
    given = values.get(naam, ["false"])[0]
    if given not in ("true", "false"):
        detail = gettext("'%(naam)s' is true of false, niet %(waarde)s.", naam=naam, waarde=quoted(given))
        raise invalid(InputFault("query", naam, "ongeldige-waarde", detail))
    return given == "true"


def _whole(values: Values, naam: str, default: int, most: int) -> int:
    given = values.get(naam, [str(default)])[0]
    if given.isascii() and given.isdigit() and len(given) < 7 and 1 <= int(given) <= most:
        return int(given)
    detail = gettext(
        "'%(naam)s' is een heel getal van 1 tot en met %(most)s, niet %(waarde)s.",
        naam=naam,
        most=most,
        waarde=quoted(given),
    )
    raise invalid(InputFault("query", naam, "ongeldig-getal", detail))
