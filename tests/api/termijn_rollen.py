"""The routes of legal terms, calendars and figures for the table of routes and actions."""

from collections.abc import Callable
from typing import Any

from tests.api.desk import DeskOfTest
from tests.api.verzoek_rollen import a_request
from woo.domain.actor import Rol
from woo.usecases.rechten import Handeling

_Row = tuple[str, str, Handeling, int, Callable[[DeskOfTest], str], dict[str, Any]]

_FEIT = {"soort": "ander_orgaan", "op": "2026-02-10"}
_STUK = {"soort": "vaststelling", "op": "2026-02-10"}


def _nothing(desk: DeskOfTest) -> str:
    return ""


def _noted(desk: DeskOfTest) -> str:
    made = desk.by(Rol.BEHEERDER).post(f"/verzoeken/{a_request(desk)}/termijnfeiten", json=_FEIT)
    assert made.status_code == 201, made.text
    return str(made.json()["id"])


def _publicatie(desk: DeskOfTest) -> str:
    return desk.publicatie()


def _calendar(desk: DeskOfTest) -> str:
    made = desk.by(Rol.BEHEERDER).post("/agendas", json={"naam": "Outlook"})
    assert made.status_code == 201, made.text
    return str(made.json()["id"])


ROWS: tuple[_Row, ...] = (
    ("GET", "/termijnen", Handeling.VERZOEKEN_LEZEN, 200, _nothing, {}),
    ("GET", "/verzoeken/{id}/termijnen", Handeling.VERZOEK_LEZEN, 200, a_request, {}),
    ("GET", "/verzoeken/{id}/termijnfeiten", Handeling.VERZOEK_LEZEN, 200, a_request, {}),
    ("POST", "/verzoeken/{id}/termijnfeiten", Handeling.VERZOEK_WIJZIGEN, 201, a_request, {"json": _FEIT}),
    (
        "POST",
        "/publicaties/{id}/termijnfeiten",
        Handeling.VERZOEK_WIJZIGEN,
        201,
        _publicatie,
        {"json": _STUK},
    ),
    ("POST", "/termijnfeiten/{id}/schrappen", Handeling.VERZOEK_WIJZIGEN, 200, _noted, {}),
    ("GET", "/agendas", Handeling.VERZOEKEN_LEZEN, 200, _nothing, {}),
    ("POST", "/agendas", Handeling.VERZOEKEN_LEZEN, 201, _nothing, {"json": {"naam": "Outlook"}}),
    ("POST", "/agendas/{id}/intrekken", Handeling.VERZOEKEN_LEZEN, 200, _calendar, {}),
    ("GET", "/statistieken", Handeling.VERZOEKEN_LEZEN, 200, _nothing, {}),
    ("GET", "/statistieken.csv", Handeling.VERZOEKEN_LEZEN, 200, _nothing, {}),
    ("GET", "/inlezen", Handeling.STATUS_LEZEN, 200, _nothing, {}),
)
"""Method, path, action, status, what makes the object, what is asked."""
