"""The routes of accounts for the table of routes and roles."""

from collections.abc import Callable
from itertools import count
from typing import Any

from tests.api.desk import BEHEER, DeskOfTest
from tests.api.people import toegang_of
from woo.domain.account import Roltoekenning
from woo.domain.actor import Rol
from woo.usecases.toegang import accounts

_Row = tuple[str, str, Rol, int, Callable[[DeskOfTest], str], dict[str, Any]]

_NUMBERS = count(1)
_ROLLEN = {"rollen": [{"rol": "redacteur"}]}
_NIEUW = {"naam": "Cem", "email": "cem@zuiderveld.example", **_ROLLEN}


def _nothing(desk: DeskOfTest) -> str:
    return ""


def _account(desk: DeskOfTest) -> str:
    email, rollen = f"a{next(_NUMBERS)}@zuiderveld.example", [Roltoekenning(Rol.LEZER)]
    return accounts.make_account(toegang_of(desk), BEHEER, naam="Bas", email=email, rollen=rollen)[0].id


def _closed(desk: DeskOfTest) -> str:
    id = _account(desk)
    accounts.close_account(toegang_of(desk), BEHEER, id)
    return id


ROWS: tuple[_Row, ...] = (
    ("GET", "/gebruikers", Rol.BEHEERDER, 200, _nothing, {}),
    ("POST", "/gebruikers", Rol.BEHEERDER, 201, _nothing, {"json": _NIEUW}),
    ("GET", "/gebruikers/{id}", Rol.BEHEERDER, 200, _account, {}),
    ("PUT", "/gebruikers/{id}/rollen", Rol.BEHEERDER, 200, _account, {"json": _ROLLEN}),
    ("POST", "/gebruikers/{id}/link", Rol.BEHEERDER, 200, _account, {}),
    ("POST", "/gebruikers/{id}/tweede-stap/wissen", Rol.BEHEERDER, 200, _account, {}),
    ("POST", "/gebruikers/{id}/sluiten", Rol.BEHEERDER, 200, _account, {}),
    ("POST", "/gebruikers/{id}/wissen", Rol.BEHEERDER, 200, _closed, {}),
)
