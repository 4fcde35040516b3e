"""Filters by what kind of body published, and in which province: their parameters, values and names for people."""

from search_api.limits import MAX_VALUES
from search_api.queries import Parameter
from woo.diwoo.waardelijsten import Waarde, Waardelijst, Waardelijsten
from woo.domain.organisatie import ONBEKEND, Organisatiesoort
from woo.taal import gettext, gettext_noop
from woo.views.organisaties import SOORTEN
from woo.views.problems import quoted

VELDEN = ("provincie", "soortOrganisatie")
"""The filters of this kind."""

_UNKNOWN = gettext_noop("Onbekend")
_SOORTEN = Waardelijst(
    "soortOrganisatie",
    "",
    [Waarde(each, f"#{each}", each) for each in (*(soort.value for soort in Organisatiesoort), ONBEKEND)],
)
_MANY = {"type": "array", "items": {"type": "string"}, "maxItems": MAX_VALUES}

PARAMETERS = (
    Parameter(
        "provincie",
        "Provincie van de organisatie: code, naam of URI, zoals pv23 of Overijssel. onbekend: organisaties waarvan onze bron "
        "geen provincie noemt, zoals ministeries en waterschappen.",
        _MANY,
        herhaalbaar=True,
    ),
    Parameter(
        "soortOrganisatie",
        "Wat voor organisatie publiceert.",
        {
            "type": "array",
            "items": {"type": "string", "enum": [waarde.code for waarde in _SOORTEN]},
            "maxItems": MAX_VALUES,
        },
        herhaalbaar=True,
    ),
)


def code_of(veld: str, value: str, lijsten: Waardelijsten) -> str:
    """The code of a value, however it was written; raises OnbekendeWaarde with the nearest right ones."""
    if veld == "soortOrganisatie":
        return _SOORTEN.get(value).code
    register = lijsten.organisatieregister
    if value == ONBEKEND or value in register.provincies:
        return value
    for code, naam in register.provincies.items():
        if value.casefold() == naam.casefold() or value == register.get(code).uri:
            return code
    named = [Waarde(code, register.get(code).uri, naam) for code, naam in register.provincies.items()]
    return Waardelijst("provincie", "", named).get(value).code


def refusal(veld: str, value: str, lijsten: Waardelijsten) -> str:
    """Say that this is no province or kind, and what may be given."""
    if veld == "soortOrganisatie":
        return gettext(
            "%(waarde)s is geen soort organisatie. Dit kan wel: %(waarden)s.",
            waarde=quoted(value),
            waarden=", ".join(waarde.code for waarde in _SOORTEN),
        )
    return gettext(
        "%(waarde)s is geen provincie. Dit kan wel: %(waarden)s.",
        waarde=quoted(value),
        waarden=", ".join([*lijsten.organisatieregister.provincies.values(), ONBEKEND]),
    )


def value_name(veld: str, waarde: str, lijsten: Waardelijsten) -> str:
    """The name for people of a value; one that is not known names itself."""
    if waarde == ONBEKEND:
        return gettext(_UNKNOWN)
    if veld == "provincie":
        return lijsten.organisatieregister.provincies.get(waarde, waarde)
    return gettext(SOORTEN[waarde]) if waarde in SOORTEN else waarde
