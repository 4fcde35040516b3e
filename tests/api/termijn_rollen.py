"""The routes of legal terms, calendars and figures for the table of routes and roles."""

from collections.abc import Callable
from typing import Any

from tests.api.desk import DeskOfTest
from tests.api.verzoek_rollen import a_request
from woo.domain.actor import Rol

_Row = tuple[str, str, Rol, int, Callable[[DeskOfTest], str], dict[str, Any]]

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
    ("GET", "/termijnen", Rol.LEZER, 200, _nothing, {}),
    ("GET", "/verzoeken/{id}/termijnen", Rol.LEZER, 200, a_request, {}),
    ("GET", "/verzoeken/{id}/termijnfeiten", Rol.LEZER, 200, a_request, {}),
    ("POST", "/verzoeken/{id}/termijnfeiten", Rol.REDACTEUR, 201, a_request, {"json": _FEIT}),
    ("POST", "/publicaties/{id}/termijnfeiten", Rol.REDACTEUR, 201, _publicatie, {"json": _STUK}),
    ("POST", "/termijnfeiten/{id}/schrappen", Rol.REDACTEUR, 200, _noted, {}),
    ("GET", "/agendas", Rol.LEZER, 200, _nothing, {}),
    ("POST", "/agendas", Rol.LEZER, 201, _nothing, {"json": {"naam": "Outlook"}}),
    ("POST", "/agendas/{id}/intrekken", Rol.BEHEERDER, 200, _calendar, {}),
    ("GET", "/statistieken", Rol.LEZER, 200, _nothing, {}),
    ("GET", "/statistieken.csv", Rol.LEZER, 200, _nothing, {}),
    ("GET", "/inlezen", Rol.LEZER, 200, _nothing, {}),
)
"""Method, path, lowest role, status, what makes the object, what is asked."""
