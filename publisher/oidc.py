"""Talks with the OpenID provider: where to send somebody, and what it says of them when they are back.

Authorization code with PKCE (RFC 7636), state and nonce, after OpenID Connect Core 1.0; the words come from Authlib.
"""

import json
import secrets
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Lock
from typing import Any
from urllib.parse import urlencode

import httpx
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from woo.domain.errors import Unavailable, WooError
from woo.registry import Poging, digest_of
from woo.settings import AanmeldenSettings
from woo.usecases.toegang.onderdelen import Toegang

PART = "the OpenID provider"
BACK = "/aanmelden/terug"
LASTS = timedelta(minutes=15)
"""How long somebody may take at the provider."""

_KNOWN_SECONDS = 600.0
_MOST_BYTES = 1_000_000
_LEEWAY = 60
_ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]


class ProviderRefused(WooError):
    """What came back from the provider is not believed, or it refused somebody; `why` is a word for the log."""

    def __init__(self, why: str) -> None:
        super().__init__(f"The way over the OpenID provider ended: {why}.")
        self.why = why


@dataclass(slots=True)
class _Known:
    """What is known of the provider, and until when (monotonic seconds)."""

    until: float = 0.0
    metadata: Mapping[str, Any] = field(default_factory=dict)
    keys: KeySet | None = None


class Provider:
    """The provider of the settings; what it says of itself is read when it is first needed, and again after ten minutes."""

    def __init__(self, toegang: Toegang) -> None:
        self._toegang = toegang
        self._settings: AanmeldenSettings = toegang.settings
        self._known = _Known()
        self._lock = Lock()

    def send(self, naar: str, *, address: str) -> tuple[str, str]:
        """Where to send a browser, and the mark to give it in a cookie.

        Args:
            naar: Where it goes after logging in.
            address: That of the desk, to which the provider sends it back.

        Raises:
            Unavailable: the provider cannot be reached, or does not say what it should.
        """
        metadata = self._metadata()
        state, nonce, verifier, browser = (secrets.token_urlsafe(32) for _ in range(4))
        now = self._toegang.platform.now()
        poging = Poging(digest_of(browser), nonce, verifier, naar, now + LASTS)
        self._toegang.platform.registry.login_state.send_away(digest_of(state), poging, now=now)
        there = prepare_grant_uri(
            metadata["authorization_endpoint"],
            self._settings.oidc_client_id,
            "code",
            redirect_uri=address + BACK,
            scope=self._settings.oidc_scopes,
            state=state,
            nonce=nonce,
            code_challenge=create_s256_code_challenge(verifier),
            code_challenge_method="S256",
        )
        return str(there), browser

    def back(self, given: Mapping[str, str], *, browser: str, address: str) -> tuple[Mapping[str, Any], str]:
        """What the provider says of somebody who is back, and where they were going.

        Args:
            given: The query with which the provider sent them back.
            browser: The mark that their browser brings.
            address: That of the desk.

        Raises:
            ProviderRefused: it refused them; or the state, the code, the token or its issuer is not what it should be.
            Unavailable: the provider cannot be reached.
        """
        now = self._toegang.platform.now()
        poging = self._toegang.platform.registry.login_state.come_back(
            digest_of(given.get("state", "")), now=now
        )
        if poging is None or not secrets.compare_digest(poging.browser, digest_of(browser)):
            raise ProviderRefused("state onbekend of eerder gebruikt")
        if given.get("iss", self._settings.oidc_issuer) != self._settings.oidc_issuer:
            raise ProviderRefused("andere issuer")
        if "error" in given:
            raise ProviderRefused("provider weigerde")
        tokens = self._tokens(given.get("code", ""), poging.verifier, address)
        claims = self._checked(str(tokens.get("id_token", "")), poging.nonce, tokens.get("access_token"))
        if "email" not in claims and isinstance(tokens.get("access_token"), str):
            claims = {**self._userinfo(tokens["access_token"], str(claims["sub"])), **claims}
        return claims, poging.naar

    def way_out(self, *, back: str) -> str | None:
        """Where somebody logs out at the provider (OpenID Connect RP-Initiated Logout 1.0); None where that cannot be."""
        try:
            end = self._metadata().get("end_session_endpoint")
        except Unavailable:
            return None
        if not isinstance(end, str):
            return None
        query = urlencode({"client_id": self._settings.oidc_client_id, "post_logout_redirect_uri": back})
        return f"{end}{'&' if '?' in end else '?'}{query}"

    def _tokens(self, code: str, verifier: str, address: str) -> Mapping[str, Any]:
        body = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": address + BACK,
            "code_verifier": verifier,
        }
        auth = None
        secret = self._secret()
        methods = self._metadata().get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        if secret is None:
            body["client_id"] = self._settings.oidc_client_id
        elif "client_secret_basic" in methods:
            user, password = (urlencode({"": text})[1:] for text in (self._settings.oidc_client_id, secret))
            auth = httpx.BasicAuth(user, password)
        else:
            body |= {"client_id": self._settings.oidc_client_id, "client_secret": secret}
        answer = self._ask("POST", self._metadata()["token_endpoint"], data=body, auth=auth)
        if answer.status_code != httpx.codes.OK:
            raise ProviderRefused("code geweigerd")
        return _object(answer)

    def _checked(self, token: str, nonce: str, access_token: object) -> Mapping[str, Any]:
        """The claims of an id token whose signature, issuer, audience, nonce and times are right."""
        try:
            decoded = self._decoded(token)
            claims = CodeIDToken(
                decoded.claims,
                decoded.header,
                {
                    "iss": {"essential": True, "value": self._settings.oidc_issuer},
                    "aud": {"essential": True, "value": self._settings.oidc_client_id},
                },
                {
                    "nonce": nonce,
                    "client_id": self._settings.oidc_client_id,
                    "access_token": access_token,
                },
            )
            claims.validate(now=int(time.time()), leeway=_LEEWAY)
        except (JoseError, ValueError, KeyError, TypeError) as error:
            raise ProviderRefused(f"token niet geldig ({type(error).__name__})") from error
        if not isinstance(claims.get("sub"), str) or not claims["sub"]:
            raise ProviderRefused("token zonder sub")
        return dict(claims)

    def _decoded(self, token: str) -> jwt.Token:
        """Check the signature; with keys that are read anew when it was made with one that is not known."""
        try:
            return jwt.decode(token, self._keys(), algorithms=_ALGORITHMS)
        except (JoseError, ValueError):
            self._known.keys = None
            return jwt.decode(token, self._keys(), algorithms=_ALGORITHMS)

    def _keys(self) -> KeySet:
        metadata = self._metadata()
        keys = self._known.keys
        if keys is None:
            keys = KeySet.import_key_set(_object(self._ask("GET", metadata["jwks_uri"])))  # type: ignore[arg-type]
            self._known.keys = keys
        return keys

    def _userinfo(self, access_token: str, sub: str) -> Mapping[str, Any]:
        """What the provider says more (OpenID Connect Core, 5.3); nothing where it is about somebody else."""
        there = self._metadata().get("userinfo_endpoint")
        if not isinstance(there, str):
            return {}
        answer = self._ask("GET", there, headers={"Authorization": f"Bearer {access_token}"})
        found = _object(answer) if answer.status_code == httpx.codes.OK else {}
        return found if found.get("sub") == sub else {}

    def _metadata(self) -> Mapping[str, Any]:
        with self._lock:
            if time.monotonic() < self._known.until:
                return self._known.metadata
            there = f"{self._settings.oidc_issuer.rstrip('/')}/.well-known/openid-configuration"
            found = _object(self._ask("GET", there))
            if found.get("issuer") != self._settings.oidc_issuer:
                raise Unavailable(PART, f"it calls itself another issuer than {self._settings.oidc_issuer}")
            for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
                if not isinstance(found.get(name), str):
                    raise Unavailable(PART, f"it does not name its {name}")
            self._known = _Known(time.monotonic() + _KNOWN_SECONDS, found)
            return found

    def _ask(self, method: str, there: str, **more: Any) -> httpx.Response:
        """One request; no redirects are followed, so that nothing is told to another than was meant."""
        ca = self._settings.oidc_ca_file
        trusted = True if ca is None else ssl.create_default_context(cafile=str(ca))
        try:
            with (
                httpx.Client(timeout=self._settings.oidc_seconds, verify=trusted) as client,
                client.stream(method, there, **more) as answer,
            ):
                read = b""
                for part in answer.iter_bytes():
                    read += part
                    if len(read) > _MOST_BYTES:
                        raise Unavailable(PART, "it answers with more than 1 MB")
                return httpx.Response(answer.status_code, content=read)
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            raise Unavailable(PART, f"it cannot be reached ({type(error).__name__})") from error

    def _secret(self) -> str | None:
        file = self._settings.oidc_secret_file
        if file is None:
            return None
        try:
            return file.read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise Unavailable(f"secret file {file}", type(error).__name__) from error


def _object(answer: httpx.Response) -> dict[str, Any]:
    try:
        found = json.loads(answer.content)
    except ValueError:
        found = None
    if answer.status_code != httpx.codes.OK or not isinstance(found, dict):
        raise Unavailable(PART, f"it answers with status {answer.status_code} and not with what was asked")
    return found
