"""The figures of openness of one organisation or of all, with the names of what is counted; for API and page."""

from typing import Any

from search_api.parts import Parts
from search_api.problems import ProblemError, invalid
from search_api.queries import Parameter, Values
from woo.diwoo.waardelijsten import OnbekendeWaarde
from woo.domain.errors import Unavailable
from woo.storage.port import STATISTIEKEN
from woo.taal import gettext
from woo.views.problems import InputFault, Problem, quoted

PUBLISHER = Parameter("publisher", "Code of URI van een organisatie; zonder deze parameter alle samen.")


def statistieken(parts: Parts, values: Values) -> dict[str, Any]:
    """Return the figures as JSON values.

    Raises:
        ProblemError: 400 for an organisation that is on no list, 404 for one that published nothing here.
        Unavailable: nothing was counted yet.
    """
    found = parts.store.site(STATISTIEKEN)
    if found is None:
        raise Unavailable("the figures", "the worker has not counted yet")
    code = _code(parts, values)
    if code is not None and code not in found["organisaties"]:
        raise ProblemError(
            Problem(
                404,
                gettext("Van deze organisatie staat hier niets"),
                gettext(
                    "Deze organisatie heeft hier nog niets openbaar gemaakt. Kies een andere, of laat 'publisher' weg."
                ),
            )
        )
    figures = found["alles"] if code is None else found["organisaties"][code]
    return {
        "bijgewerktOp": found["bijgewerktOp"],
        "publisher": None if code is None else _named(parts, "organisaties", code),
        "organisaties": [_named(parts, "organisaties", each) for each in found["organisaties"]],
        **figures,
        "publicaties": [
            {
                **each,
                "informatiecategorie": _named(parts, "informatiecategorieen", each["informatiecategorie"]),
            }
            for each in figures["publicaties"]
        ],
    }


def _code(parts: Parts, values: Values) -> str | None:
    given = values.get("publisher", [""])[0]
    if not given:
        return None
    try:
        return parts.lijsten.organisaties.get(given).code
    except OnbekendeWaarde:
        raise invalid(
            InputFault(
                "query",
                "publisher",
                "onbekende-waarde",
                gettext(
                    "%(waarde)s staat niet op de waardelijst organisaties. Gebruik een code, zoals gm0153.",
                    waarde=quoted(given),
                ),
            )
        ) from None


def _named(parts: Parts, lijst: str, code: str) -> dict[str, str]:
    waarden = parts.lijsten.lijst(lijst)
    if code not in waarden:
        return {"code": code, "uri": "", "naam": code}
    waarde = waarden.get(code)
    return {"code": waarde.code, "uri": waarde.uri, "naam": waarde.naam}
