"""The routes of requests, decisions and people for the table of routes and roles."""

from collections.abc import Callable
from typing import Any

from tests.api.desk import GEMEENTE, DeskOfTest
from woo.domain.actor import Rol

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
_Row = tuple[str, str, Rol, int, Callable[[DeskOfTest], str], dict[str, Any]]


def _row(
    method: str,
    path: str,
    id: Callable[[DeskOfTest], str],
    json: dict[str, Any] | None = None,
    *,
    lowest: Rol = Rol.REDACTEUR,
    status: int = 200,
) -> _Row:
    return method, path, lowest, status, id, {} if json is None else {"json": json}


def _suspended(desk: DeskOfTest) -> str:
    return a_request(desk, ("opschortingen", _STIL))


def _asked(desk: DeskOfTest) -> str:
    return a_request(desk, ("preciseringen", {"op": "2026-02-03"}))


def _nothing(desk: DeskOfTest) -> str:
    return ""


ROWS: tuple[_Row, ...] = (
    _row("GET", "/verzoeken", _nothing, lowest=Rol.LEZER),
    _row("POST", "/verzoeken", _nothing, VERZOEK, status=201),
    _row("GET", "/verzoeken/{id}", a_request, lowest=Rol.LEZER),
    _row("PATCH", "/verzoeken/{id}", a_request, {"onderwerp": "De ringweg"}),
    _row("POST", "/verzoeken/{id}/verdaging", a_request, _OP),
    _row("POST", "/verzoeken/{id}/opschortingen", a_request, _STIL),
    _row("POST", "/verzoeken/{id}/opschortingen/hervat", _suspended, _OP),
    _row("POST", "/verzoeken/{id}/preciseringen", a_request, _OP),
    _row("POST", "/verzoeken/{id}/preciseringen/antwoord", _asked, _OP),
    _row("POST", "/verzoeken/{id}/doorzendingen", a_request, {**_OP, "aan": "gm1735"}),
    _row("POST", "/verzoeken/{id}/ingebrekestellingen", a_request, _OP),
    _row("POST", "/verzoeken/{id}/intrekking", a_request, _OP),
    _row("POST", "/verzoeken/{id}/schrappen", _suspended, {"feit": "opschorting"}),
    _row("POST", "/verzoeken/{id}/besluiten", a_request, BESLUIT, status=201),
    _row("GET", "/besluiten/{id}", a_decision, lowest=Rol.LEZER),
    _row("PATCH", "/besluiten/{id}", a_decision, {"kenmerk": "B-2"}),
    _row("POST", "/besluiten/{id}/publicatie", a_decision, {}),
    _row("POST", "/besluiten/{id}/procedures", a_decision, PROCEDURE, status=201),
    _row("POST", "/procedures/{id}/afloop", a_procedure, {"uitkomst": "gegrond", "op": "2026-03-01"}),
    _row("GET", "/verzoeken/{id}/betrokkenen", a_request),
    _row("PUT", "/verzoeken/{id}/verzoeker", a_request, DERDE),
    _row("POST", "/verzoeken/{id}/verzoeker/wissen", with_requester, lowest=Rol.BEHEERDER),
    _row("POST", "/verzoeken/{id}/derden", a_request, DERDE, status=201),
    _row("PUT", "/derden/{id}", a_third_party, DERDE),
    _row("POST", "/derden/{id}/wissen", a_third_party, lowest=Rol.BEHEERDER),
)
"""Method, path, lowest role, status, what makes the object, what is asked."""
