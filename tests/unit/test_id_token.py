"""An id token is believed only when its signature, issuer, audience, nonce and times are right."""

import time
from typing import Any
from unittest.mock import Mock

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import KeySet, OctKey, RSAKey

from publisher.oidc import Provider, ProviderRefused

ISSUER, CLIENT, NONCE = "https://login.example", "woo-balie", "n-1"
KEY = RSAKey.generate_key(2048, {"kid": "k1"})
OTHER = RSAKey.generate_key(2048, {"kid": "k1"})


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Provider:
    """A provider that says what a provider says; nothing is asked of the network."""
    toegang = Mock()
    toegang.settings.oidc_issuer, toegang.settings.oidc_client_id = ISSUER, CLIENT
    made = Provider(toegang)
    answers = {
        f"{ISSUER}/.well-known/openid-configuration": {
            "issuer": ISSUER,
            "authorization_endpoint": f"{ISSUER}/auth",
            "token_endpoint": f"{ISSUER}/token",
            "jwks_uri": f"{ISSUER}/jwks",
        },
        f"{ISSUER}/jwks": KeySet([KEY]).as_dict(private=False),
    }
    monkeypatch.setattr(made, "_ask", lambda _, there, **__: httpx.Response(200, json=answers[there]))
    return made


def token(key: Any = KEY, alg: str = "RS256", **changes: Any) -> str:
    now = int(time.time())
    claims = {
        "iss": ISSUER,
        "sub": "s",
        "aud": CLIENT,
        "nonce": NONCE,
        "iat": now,
        "exp": now + 300,
    } | changes
    claims = {name: value for name, value in claims.items() if value is not None}
    return jwt.encode({"alg": alg, "kid": "k1"}, claims, key, algorithms=[alg])


def test_a_token_that_is_right_gives_its_claims(provider: Provider) -> None:
    assert provider._checked(token(email="a@b.nl"), NONCE, None)["email"] == "a@b.nl"
    assert provider._checked(token(aud=[CLIENT, "x"], azp=CLIENT), NONCE, None)["sub"] == "s"


@pytest.mark.parametrize(
    "wrong",
    [
        token(OTHER),
        token(iss="https://kwaad.example"),
        token(aud="een-ander"),
        token(nonce="n-2"),
        token(nonce=None),
        token(exp=int(time.time()) - 120),
        token(iat=int(time.time()) + 3_600),
        token(sub=None),
        token(sub=""),
        token(aud=[CLIENT, "x"], azp="x"),
        token(at_hash="x" * 22),
        token(OctKey.import_key(b"k" * 32), alg="HS256"),
        token()[:-4] + "AAAA",
        token().rpartition(".")[0] + ".",
        "geen.token.dus",
        "",
    ],
)
def test_a_token_that_is_not_right_is_refused(provider: Provider, wrong: str) -> None:
    with pytest.raises(ProviderRefused):
        provider._checked(wrong, NONCE, "access")
