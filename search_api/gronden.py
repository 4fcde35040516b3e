"""What an inventory says, as search parameters: grounds in any spelling, judgements, and their names for people."""

import re

from search_api.limits import MAX_VALUES
from search_api.queries import Parameter
from woo.diwoo.waardelijsten import OnbekendeWaarde, Waardelijsten, normaliseer_grond
from woo.domain.inventaris import Beoordeling
from woo.taal import gettext, gettext_noop
from woo.views.inventaris import BEOORDELINGEN
from woo.views.problems import quoted

VELDEN = ("grond", "grondGenoemd")
"""The filters whose values are grounds."""

NAMEN = {
    "beoordeling": {each.value: BEOORDELINGEN[each.value] for each in Beoordeling},
    "beschikbaar": {
        "ja": gettext_noop("Document staat hier"),
        "nee": gettext_noop("Alleen in de inventaris"),
    },
}
"""The names of the values of the other filters, by filter."""

BEOORDELING = re.compile("|".join(each.value for each in Beoordeling))
BESCHIKBAAR = re.compile("ja|nee")

_MANY = {"type": "array", "items": {"type": "string"}, "maxItems": MAX_VALUES}

PARAMETERS = (
    Parameter(
        "grond",
        "Uitzonderingsgrond die de inventaris bij het document noemt, zoals 5.1.2.e (waardelijsten weigeringsgronden en "
        "wob_gronden). Andere schrijfwijzen mogen ook. Een grond van de Woo vindt ook de grond van de Wob waar hij op lijkt.",
        _MANY,
        herhaalbaar=True,
    ),
    Parameter(
        "grondGenoemd",
        "Uitzonderingsgrond die in de tekst van het document staat, zoals 5.1.2.e: door de computer gevonden.",
        _MANY,
        herhaalbaar=True,
    ),
    Parameter(
        "beoordeling",
        "Wat volgens de inventaris over het document is besloten.",
        {
            "type": "array",
            "items": {"type": "string", "enum": [each.value for each in Beoordeling]},
            "maxItems": MAX_VALUES,
        },
        herhaalbaar=True,
    ),
    Parameter(
        "beschikbaar",
        "ja: alleen documenten die hier te lezen zijn. nee: alleen regels van een inventaris waarvan het document hier niet "
        "staat, bijvoorbeeld omdat het niet openbaar is.",
        {"type": "array", "items": {"type": "string", "enum": ["ja", "nee"]}, "maxItems": MAX_VALUES},
        herhaalbaar=True,
    ),
)


def code_of(value: str, lijsten: Waardelijsten) -> str:
    """The code of a ground in any spelling, or by its URI; raises OnbekendeWaarde with the nearest codes."""
    lists = (lijsten.weigeringsgronden, lijsten.wob_gronden)
    for lijst in lists:
        if value in lijst:
            return lijst.get(value).code
    return normaliseer_grond(value, bekend=[waarde.code for lijst in lists for waarde in lijst])


def refusal(value: str, error: OnbekendeWaarde) -> str:
    """Say that this is no ground, and what may have been meant."""
    told = [gettext("%(waarde)s is geen uitzonderingsgrond die wij kennen.", waarde=quoted(value))]
    if error.accepted:
        either = gettext("of")
        told.append(gettext("Bedoelt u %(waarden)s?", waarden=f" {either} ".join(error.accepted)))
    told.append(
        gettext(
            "Schrijf bijvoorbeeld 5.1.2.e. "
            "De hele lijst staat op /v1/waardelijsten/weigeringsgronden en /v1/waardelijsten/wob_gronden."
        )
    )
    return " ".join(told)


def value_name(veld: str, waarde: str, lijsten: Waardelijsten) -> str:
    """The name for people of a value: a ground with its code and name; a value that is not known names itself."""
    if veld in NAMEN:
        return gettext(NAMEN[veld].get(waarde, waarde))
    if waarde in lijsten.weigeringsgronden:
        return f"{waarde} {lijsten.weigeringsgronden.get(waarde).naam}"
    if waarde in lijsten.wob_gronden:
        return f"{waarde} {lijsten.wob_gronden.get(waarde).naam} (Wob)"
    return waarde
