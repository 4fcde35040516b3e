"""The keys in the links of mails: derived from a secret file, so that the database holds none of them."""

import hashlib
import hmac
import re
from enum import StrEnum

_FORM = re.compile(r"([0-9a-f]{32})([0-9a-f]{40})")
_DIGITS = 40


class Doel(StrEnum):
    """What a key is good for."""

    BEVESTIG = "bevestig"
    STOP = "stop"


class Sleutels:
    """Makes and checks keys of 128 bits of chance (the id) and 160 bits of HMAC-SHA256 over purpose and id."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def make(self, doel: Doel, id: str) -> str:
        """The key for this purpose and this follower (32 hexadecimal digits)."""
        return id + self._mac(f"{doel.value}:{id}")

    def id_of(self, doel: Doel, sleutel: str) -> str | None:
        """The id of the follower that this key is of; None for any other text."""
        found = _FORM.fullmatch(sleutel)
        if found is None or not hmac.compare_digest(found[2], self._mac(f"{doel.value}:{found[1]}")):
            return None
        return found[1]

    def digest(self, adres: str) -> str:
        """A digest of an address that cannot be turned back without the secret."""
        return self._mac(f"adres:{adres.casefold()}")

    def _mac(self, text: str) -> str:
        return hmac.new(self._secret, text.encode(), hashlib.sha256).hexdigest()[:_DIGITS]
