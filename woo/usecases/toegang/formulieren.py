"""Keeps what somebody had typed when their session ended, sealed, until they are back."""

import json
import secrets
import zlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta

from woo.registry import digest_of
from woo.usecases.toegang.onderdelen import Toegang

KEPT = timedelta(hours=4)
MOST_BYTES = 512 * 1024
"""Of one form, before it is sealed."""


@dataclass(frozen=True, slots=True)
class Formulier:
    """A form that was being sent: its path with query, the fields as typed, and the fields that held files."""

    pad: str
    velden: Sequence[tuple[str, str]]
    bestanden: Sequence[str] = ()


def keep(toegang: Toegang, account_id: str, formulier: Formulier) -> str | None:
    """Keep a form for this account; returns its token, None when it is too large to keep."""
    content = json.dumps(asdict(formulier)).encode()
    if len(content) > MOST_BYTES:
        return None
    token = secrets.token_urlsafe(24)
    now = toegang.platform.now()
    sealed = toegang.kluis.seal(zlib.compress(content), doel=_doel(account_id, token))
    toegang.platform.registry.login_state.keep_form(
        digest_of(token), account_id, sealed, now=now, vervalt_op=now + KEPT
    )
    return token


def kept(toegang: Toegang, account_id: str, token: str) -> Formulier | None:
    """The form with this token; None when it is of another account, expired, or was taken."""
    state = toegang.platform.registry.login_state
    sealed = state.form(digest_of(token), account_id, now=toegang.platform.now())
    content = None if sealed is None else toegang.kluis.open(sealed, doel=_doel(account_id, token))
    if content is None:
        return None
    read = json.loads(zlib.decompress(content))
    return Formulier(read["pad"], tuple((name, value) for name, value in read["velden"]), read["bestanden"])


def forget(toegang: Toegang, account_id: str, token: str) -> None:
    """Forget a form: it was sent again, or is not wanted any more."""
    toegang.platform.registry.login_state.drop_form(digest_of(token), account_id)


def _doel(account_id: str, token: str) -> str:
    return f"formulier {account_id} {digest_of(token)}"
