"""What a route works with that lets people in or out: the parts of logging in, where somebody comes from, and their cookie."""

import ipaddress
from dataclasses import dataclass
from typing import cast
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from publisher.backoff import BackOff
from publisher.cookies import Cookies
from publisher.gate import address_of
from publisher.oidc import Provider
from woo.settings import Settings
from woo.usecases.toegang.aanmelden import Vanwaar
from woo.usecases.toegang.onderdelen import AanmeldingGeweigerd, Reden, Toegang

_BROWSERS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True, slots=True)
class Deur:
    """The parts of one request of somebody who comes in or goes out."""

    request: Request
    toegang: Toegang
    settings: Settings
    cookies: Cookies
    backoff: BackOff
    provider: Provider | None

    @property
    def vanwaar(self) -> Vanwaar:
        """Where somebody comes from: the address, and the kind of browser in words."""
        agent = self.request.headers.get("user-agent", "")
        return Vanwaar(f"balie {address_of(self.request.scope)}", browser_in_words(agent))

    @property
    def uitgever(self) -> str:
        """What an app calls the desk."""
        return f"Balie {self.settings.site.naam}"

    @property
    def address(self) -> str:
        """The address at which people open the desk, without a slash at the end."""
        if self.toegang.settings.url:
            return self.toegang.settings.url
        return f"{self.request.url.scheme}://{self.request.url.netloc}"

    def require_turn(self) -> None:
        """Raise AanmeldingGeweigerd (WACHTEN) while this address has to wait; behind a proxy nobody has an own address."""
        seconds = 0 if self._behind_proxy() else self.backoff.wait(address_of(self.request.scope))
        if seconds:
            raise AanmeldingGeweigerd(Reden.WACHTEN, seconden=seconds)

    def failed(self) -> None:
        """Count an attempt in vain from this address."""
        if not self._behind_proxy():
            self.backoff.failed(address_of(self.request.scope))

    def let_in(self, location: str, token: str) -> Response:
        """Send the browser on (303) with its token; the session that it had before ends."""
        before = self.request.state.sessie
        if before is not None:
            platform = self.toegang.platform
            platform.registry.sessions.end(before.id, now=platform.now())
        return self.hand_over(RedirectResponse(location, 303), token)

    def hand_over(self, response: Response, token: str) -> Response:
        """The same answer, with a token for the browser."""
        self.cookies.set_session(response, token)
        return response

    def let_out(self, location: str) -> Response:
        """Send the browser on (303) without its token, and let it forget what it kept of the desk."""
        response = RedirectResponse(location, 303)
        self.cookies.drop_session(response)
        response.headers["Clear-Site-Data"] = '"cache"'
        return response

    @staticmethod
    def with_naar(path: str, naar: str, *, reden: str = "") -> str:
        """A page of logging in that remembers where somebody was going."""
        query = {name: value for name, value in (("naar", naar), ("reden", reden)) if value not in ("", "/")}
        return f"{path}?{urlencode(query)}" if query else path

    def _behind_proxy(self) -> bool:
        try:
            address = ipaddress.ip_address(address_of(self.request.scope))
        except ValueError:
            return False
        return any(address in network for network in self.settings.serve.trusted_proxies)


def at_door(request: Request) -> Deur:
    """The parts of this request."""
    state = request.app.state
    toegang = cast(Toegang, state.toegang)
    return Deur(
        request, toegang, state.settings, Cookies.of(toegang.settings), state.login_backoff, state.provider
    )


def browser_in_words(agent: str) -> str:
    """What somebody calls the browser that sends this, such as `Firefox op Windows`."""
    browser = next((name for mark, name in _BROWSERS if mark in agent), "een browser")
    system = next((name for mark, name in _SYSTEMS if mark in agent), "")
    return f"{browser} op {system}" if system else browser
