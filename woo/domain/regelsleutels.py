"""How numbers and names of rows of an inventory are compared with those of documents, and the keys that rows are kept by."""

import re
import unicodedata
from dataclasses import dataclass

from woo.domain.formaat import BY_EXTENSIE

_SUFFIX = re.compile(r"(?<=.)\.[^\W_]{1,8}$")
"""The end of a name that may be an extension, of a kind that is known now or that becomes known."""


@dataclass(frozen=True, slots=True)
class Sleutels:
    """The keys of rows to look for: of their numbers (`number_key`) and of their names (`loose_key`)."""

    nummers: frozenset[str]
    namen: frozenset[str]


def number_key(text: str) -> str:
    """A number as it is compared: small letters, single spaces, no zeros before digits."""
    key = name_key(text)
    return (key.lstrip("0") or "0") if key.isdigit() else key


def name_key(text: str) -> str:
    """A name as it is compared: composed characters, small letters, single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def loose_key(text: str) -> str:
    """The key by which a name is kept: without what may be an extension, so that it holds whatever kinds become known."""
    return _SUFFIX.sub("", name_key(text)).strip()


def without_extension(name: str) -> str:
    """The name without the extension of a kind of file that we know."""
    stem, dot, extension = name.rpartition(".")
    return stem if stem and f"{dot}{extension}".casefold() in BY_EXTENSIE else name
