"""The cookies of logging in: their names, and how they are set and taken away."""

from dataclasses import dataclass

from starlette.requests import HTTPConnection
from starlette.responses import Response

from woo.settings import AanmeldenSettings

_PROVIDER_SECONDS = 900


@dataclass(frozen=True, slots=True)
class Cookies:
    """Cookies of an installation with TLS (`__Host-` and Secure), or of one on this machine alone without."""

    tls: bool

    @classmethod
    def of(cls, settings: AanmeldenSettings) -> "Cookies":
        return cls(settings.url.startswith("https://"))

    @property
    def sessie(self) -> str:
        """The name of the cookie that holds the token of a session."""
        return self._named("woo")

    @property
    def provider(self) -> str:
        """The name of the cookie that ties a browser to its way over the OpenID provider."""
        return self._named("woo-provider")

    def token(self, request: HTTPConnection) -> str:
        """The token that a browser sent; empty when there is none."""
        return request.cookies.get(self.sessie, "")

    def set_session(self, response: Response, token: str) -> None:
        """Give the browser its token; it forgets it when it is closed, and the session ends by itself."""
        self._set(response, self.sessie, token)

    def drop_session(self, response: Response) -> None:
        """Let the browser forget its token."""
        response.delete_cookie(self.sessie, secure=self.tls, httponly=True, samesite="lax")

    def set_provider(self, response: Response, value: str) -> None:
        """Mark the browser that goes to the provider."""
        self._set(response, self.provider, value, max_age=_PROVIDER_SECONDS)

    def drop_provider(self, response: Response) -> None:
        """Take the mark away: the browser is back."""
        response.delete_cookie(self.provider, secure=self.tls, httponly=True, samesite="lax")

    def _set(self, response: Response, name: str, value: str, *, max_age: int | None = None) -> None:
        response.set_cookie(
            name, value, max_age=max_age, secure=self.tls, httponly=True, samesite="lax", path="/"
        )

    def _named(self, name: str) -> str:
        return f"__Host-{name}" if self.tls else name
