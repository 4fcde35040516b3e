"""Keyed digests: what the log is sealed with, and what stands in it for a person."""

import hashlib
import hmac
import json
from typing import Any

from woo.domain.errors import InvalidValue

MINIMUM_KEY = 32


def require_key(key: bytes) -> None:
    """Raise InvalidValue for a key that is too short to seal with."""
    if len(key) < MINIMUM_KEY:
        raise InvalidValue("key of the log", "(withheld)", f"it needs at least {MINIMUM_KEY} bytes")


def pseudonym(key: bytes, value: str) -> str:
    """The keyed digest (HMAC-SHA256, hex) that stands in the chain for a name or address."""
    return keyed_digest(key, f"persoonsgegeven:{value}")


def canonical(value: Any) -> str:
    """JSON with one spelling; raises InvalidValue for what JSON cannot hold."""
    try:
        return json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
    except (TypeError, ValueError) as error:
        raise InvalidValue("details", "(withheld)", f"they cannot be written as JSON: {error}") from error


def keyed_digest(key: bytes, text: str) -> str:
    """HMAC-SHA256, hex."""
    return hmac.new(key, text.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()
