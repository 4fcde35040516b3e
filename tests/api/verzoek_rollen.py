"""The routes of requests, decisions and people for the table of routes and actions."""

from collections.abc import Callable
from typing import Any

from tests.api.desk import GEMEENTE, DeskOfTest
from woo.domain.actor import Rol
from woo.usecases.rechten import Handeling

VERZOEK = {
    "kenmerk": "Woo-2026/8",
    "onderwerp": "De rondweg",
    "ontvangenOp": "2026-02-02",
    "organisatie": GEMEENTE,
}
BESLUIT = {"kenmerk": "B-1", "datum": "2026-02-20", "uitkomst": "openbaar"}
PROCEDURE = {"soort": "bezwaar", "datum": "2026-02-21"}
DERDE = {"naam": "Bakkerij Nergens"}


def _post(desk: DeskOfTest, path: str, body: dict[str, Any]) -> str:
    made = desk.by(Rol.BEHEERDER).post(path, json=body)
    assert made.status_code in (200, 201), made.text
    return str(made.json()["id"])


def a_request(desk: DeskOfTest, *after: tuple[str, dict[str, Any]]) -> str:
    """The id of a new request, to which this was done."""
    id = _post(desk, "/verzoeken", VERZOEK)
    for path, body in after:
        _post(desk, f"/verzoeken/{id}/{path}", body)
    return id


def with_requester(desk: DeskOfTest) -> str:
    id = a_request(desk)
    assert desk.by(Rol.BEHEERDER).put(f"/verzoeken/{id}/verzoeker", json=DERDE).status_code == 200
    return id


def a_decision(desk: DeskOfTest) -> str:
    return _post(desk, f"/verzoeken/{a_request(desk)}/besluiten", BESLUIT)


def a_procedure(desk: DeskOfTest) -> str:
    return _post(desk, f"/besluiten/{a_decision(desk)}/procedures", PROCEDURE)


def a_third_party(desk: DeskOfTest) -> str:
    return _post(desk, f"/verzoeken/{a_request(desk)}/derden", DERDE)


_OP = {"op": "2026-02-10"}
_STIL = {"van": "2026-02-05", "grond": "zienswijze"}
_Row = tuple[str, str, Handeling, int, Callable[[DeskOfTest], str], dict[str, Any]]


def _row(
    method: str,
    path: str,
    handeling: Handeling,
    id: Callable[[DeskOfTest], str],
    json: dict[str, Any] | None = None,
    *,
    status: int = 200,
) -> _Row:
    return method, path, handeling, status, id, {} if json is None else {"json": json}


def _suspended(desk: DeskOfTest) -> str:
    return a_request(desk, ("opschortingen", _STIL))


def _asked(desk: DeskOfTest) -> str:
    return a_request(desk, ("preciseringen", {"op": "2026-02-03"}))


def _nothing(desk: DeskOfTest) -> str:
    return ""


ROWS: tuple[_Row, ...] = (
    _row("GET", "/verzoeken", Handeling.VERZOEKEN_LEZEN, _nothing),
    _row("POST", "/verzoeken", Handeling.VERZOEK_REGISTREREN, _nothing, VERZOEK, status=201),
    _row("GET", "/verzoeken/{id}", Handeling.VERZOEK_LEZEN, a_request),
    _row("PATCH", "/verzoeken/{id}", Handeling.VERZOEK_WIJZIGEN, a_request, {"onderwerp": "De ringweg"}),
    _row("POST", "/verzoeken/{id}/verdaging", Handeling.VERZOEK_WIJZIGEN, a_request, _OP),
    _row("POST", "/verzoeken/{id}/opschortingen", Handeling.VERZOEK_WIJZIGEN, a_request, _STIL),
    _row("POST", "/verzoeken/{id}/opschortingen/hervat", Handeling.VERZOEK_WIJZIGEN, _suspended, _OP),
    _row("POST", "/verzoeken/{id}/preciseringen", Handeling.VERZOEK_WIJZIGEN, a_request, _OP),
    _row("POST", "/verzoeken/{id}/preciseringen/antwoord", Handeling.VERZOEK_WIJZIGEN, _asked, _OP),
    _row(
        "POST",
        "/verzoeken/{id}/doorzendingen",
        Handeling.VERZOEK_WIJZIGEN,
        a_request,
        {**_OP, "aan": "gm1735"},
    ),
    _row("POST", "/verzoeken/{id}/ingebrekestellingen", Handeling.VERZOEK_WIJZIGEN, a_request, _OP),
    _row("POST", "/verzoeken/{id}/intrekking", Handeling.VERZOEK_WIJZIGEN, a_request, _OP),
    _row(
        "POST", "/verzoeken/{id}/schrappen", Handeling.VERZOEK_WIJZIGEN, _suspended, {"feit": "opschorting"}
    ),
    _row("POST", "/verzoeken/{id}/besluiten", Handeling.BESLUIT_REGISTREREN, a_request, BESLUIT, status=201),
    _row("GET", "/besluiten/{id}", Handeling.VERZOEK_LEZEN, a_decision),
    _row("PATCH", "/besluiten/{id}", Handeling.BESLUIT_REGISTREREN, a_decision, {"kenmerk": "B-2"}),
    _row("POST", "/besluiten/{id}/publicatie", Handeling.BESLUIT_REGISTREREN, a_decision, {}),
    _row(
        "POST",
        "/besluiten/{id}/procedures",
        Handeling.PROCEDURE_REGISTREREN,
        a_decision,
        PROCEDURE,
        status=201,
    ),
    _row(
        "POST",
        "/procedures/{id}/afloop",
        Handeling.PROCEDURE_REGISTREREN,
        a_procedure,
        {"uitkomst": "gegrond", "op": "2026-03-01"},
    ),
    _row("GET", "/verzoeken/{id}/betrokkenen", Handeling.BETROKKENEN_LEZEN, a_request),
    _row("PUT", "/verzoeken/{id}/verzoeker", Handeling.BETROKKENEN_WIJZIGEN, a_request, DERDE),
    _row("POST", "/verzoeken/{id}/verzoeker/wissen", Handeling.BETROKKENEN_WISSEN, with_requester),
    _row("POST", "/verzoeken/{id}/derden", Handeling.BETROKKENEN_WIJZIGEN, a_request, DERDE, status=201),
    _row("PUT", "/derden/{id}", Handeling.BETROKKENEN_WIJZIGEN, a_third_party, DERDE),
    _row("POST", "/derden/{id}/wissen", Handeling.BETROKKENEN_WISSEN, a_third_party),
)
"""Method, path, action, status, what makes the object, what is asked."""
