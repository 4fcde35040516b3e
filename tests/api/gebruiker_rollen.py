"""The routes of accounts for the table of routes and actions."""

from collections.abc import Callable
from itertools import count
from typing import Any

from tests.api.desk import BEHEER, DeskOfTest
from tests.api.people import toegang_of
from woo.domain.account import Roltoekenning
from woo.domain.actor import Rol
from woo.usecases.rechten import Handeling
from woo.usecases.toegang import accounts

_Row = tuple[str, str, Handeling, int, Callable[[DeskOfTest], str], dict[str, Any]]

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
    ("GET", "/gebruikers", Handeling.ACCOUNTS_LEZEN, 200, _nothing, {}),
    ("POST", "/gebruikers", Handeling.ACCOUNT_MAKEN, 201, _nothing, {"json": _NIEUW}),
    ("GET", "/gebruikers/{id}", Handeling.ACCOUNT_LEZEN, 200, _account, {}),
    ("PUT", "/gebruikers/{id}/rollen", Handeling.ACCOUNT_WIJZIGEN, 200, _account, {"json": _ROLLEN}),
    ("POST", "/gebruikers/{id}/link", Handeling.ACCOUNT_WIJZIGEN, 200, _account, {}),
    ("POST", "/gebruikers/{id}/tweede-stap/wissen", Handeling.ACCOUNT_WIJZIGEN, 200, _account, {}),
    ("POST", "/gebruikers/{id}/sluiten", Handeling.ACCOUNT_WIJZIGEN, 200, _account, {}),
    ("POST", "/gebruikers/{id}/heropenen", Handeling.ACCOUNT_WIJZIGEN, 200, _closed, {}),
    ("POST", "/gebruikers/{id}/wissen", Handeling.ACCOUNT_WIJZIGEN, 200, _closed, {}),
)
