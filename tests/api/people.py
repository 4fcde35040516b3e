"""People who log in at a desk for tests: accounts made by use cases, and browsers that keep cookies and read forms."""

from dataclasses import dataclass
from typing import Any

import pyotp
from lxml import html

from tests.api.desk import BEHEER, DeskOfTest
from woo.domain.account import Account, Roltoekenning
from woo.domain.actor import Rol
from woo.usecases.toegang import accounts, eigen
from woo.usecases.toegang.aanmelden import Vanwaar
from woo.usecases.toegang.onderdelen import Toegang

WACHTWOORD = "vier losse woorden samen"
ANNA = "anna@zuiderveld.example"
HIER = Vanwaar("test")


def toegang_of(desk: DeskOfTest) -> Toegang:
    toegang: Toegang = desk.app.state.toegang
    return toegang


def person(
    desk: DeskOfTest,
    rol: Rol = Rol.REDACTEUR,
    *,
    email: str = ANNA,
    organisatie: str | None = None,
    naam: str = "Anna de Vries",
) -> Account:
    """An account with a password."""
    toegang = toegang_of(desk)
    account, _ = accounts.make_account(
        toegang, BEHEER, naam=naam, email=email, rollen=[Roltoekenning(rol, organisatie)]
    )
    eigen.set_first_password(toegang, account.id, WACHTWOORD, HIER)
    return account


def tree_of(page: Any) -> Any:
    return html.fromstring(page.text)


@dataclass
class Browser:
    """A browser: keeps cookies, follows nothing by itself, says where a form comes from."""

    desk: DeskOfTest
    client: Any

    def get(self, path: str, **more: Any) -> Any:
        return self.client.get(path, **more)

    def csrf(self, path: str) -> str:
        """The token in the forms of this page; empty where it has none."""
        page = self.get(path)
        found = tree_of(page).cssselect('[name="csrf"]') if page.status_code == 200 else []
        return str(found[0].get("value")) if found else ""

    def post(
        self, path: str, velden: dict[str, Any] | None = None, *, page: str | None = None, **more: Any
    ) -> Any:
        """Send the form of this page (or of the path itself)."""
        token = self.csrf(page or path)
        sent = ({"csrf": token} if token else {}) | (velden or {})
        headers = {"Origin": "http://balie", "Sec-Fetch-Site": "same-origin"} | more.pop("headers", {})
        return self.client.post(path, data=sent, headers=headers, **more)

    def log_in(self, email: str = ANNA, wachtwoord: str = WACHTWOORD, naar: str = "") -> Any:
        return self.post("/aanmelden", {"email": email, "wachtwoord": wachtwoord, "naar": naar})

    def set_up(self) -> tuple[str, list[str]]:
        """Set up the second step on the page of it; returns the secret and the recovery codes."""
        page = self.get("/aanmelden/instellen")
        secret = tree_of(page).cssselect("ol code")[0].text_content().replace(" ", "")
        done = self.post("/aanmelden/instellen", {"code": self.code(secret)})
        assert done.status_code == 200, done.text
        return secret, [code.text_content() for code in tree_of(done).cssselect(".codes code")]

    def code(self, secret: str, *, steps: int = 0) -> str:
        """The code that an app shows now, or so many steps from now."""
        return pyotp.TOTP(secret).at(int(self.desk.clock.now.timestamp()) + 30 * steps)


def browser(desk: DeskOfTest, *, address: str = "127.0.0.1") -> Browser:
    client = desk.client(None, address=address)
    client.base_url = "http://balie"  # type: ignore[assignment]
    client.follow_redirects = False
    client.headers["User-Agent"] = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    return Browser(desk, client)


def said(page: Any) -> str:
    """What the alert of a page says."""
    found = tree_of(page).cssselect('[role="alert"]')
    return str(found[0].text_content()) if found else ""
