"""Seals what may not be read at rest, and makes digests, with keys that come from the key of the log."""

import base64
import hashlib
import hmac
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from woo.domain.errors import Unavailable

_NONCE_BYTES = 12
_TAG_BYTES = 16


class Kluis:
    """One key for each purpose, all from one: a backup that carries the key of the log carries these."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._cipher = AESGCM(self._derived("zegel"))

    def seal(self, content: bytes, *, doel: str) -> bytes:
        """Encrypt (AES-256-GCM); it opens only with the same purpose, which names what it is and whose."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, content, doel.encode())

    def open(self, sealed: bytes, *, doel: str) -> bytes | None:
        """What was sealed for this purpose; None when it was changed, or sealed with another key or purpose."""
        if len(sealed) < _NONCE_BYTES + _TAG_BYTES:
            return None
        try:
            return self._cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], doel.encode())
        except InvalidTag:
            return None

    def seal_text(self, text: str, *, doel: str) -> str:
        """As `seal`, as text for a column."""
        return base64.b64encode(self.seal(text.encode(), doel=doel)).decode("ascii")

    def open_text(self, sealed: str, *, doel: str) -> str:
        """What was sealed; raises Unavailable where the key is another than it was sealed with."""
        found = self.open(base64.b64decode(sealed), doel=doel)
        if found is None:
            why = "it was sealed with another key; put the key of the log back, or reset the second step"
            raise Unavailable("the secret of the second step", why)
        return found.decode()

    def digest(self, doel: str, value: str) -> str:
        """HMAC-SHA256 (hex) of a value, different for each purpose."""
        text = f"{doel}:{value}".encode("utf-8", "surrogatepass")
        return hmac.new(self._derived("digest"), text, hashlib.sha256).hexdigest()

    def _derived(self, name: str) -> bytes:
        return hmac.new(self._key, f"aanmelden:{name}".encode(), hashlib.sha256).digest()
