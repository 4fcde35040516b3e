"""Versions of readers: how they are written, and which one is older."""

import re
from collections.abc import Mapping

from woo.domain.errors import InvalidValue
from woo.domain.formaat import FORMATEN
from woo.sandbox.readers import can_read, version_of

_VERSION = re.compile(r"[a-z0-9]+-[0-9]+(?:\+[a-z0-9]+-[0-9]+)*")


def parts_of(version: str) -> Mapping[str, int]:
    """Take a version apart: `pdf-1+ocr-2` is reader `pdf` of version 1 with `ocr` of version 2; raises InvalidValue."""
    if not _VERSION.fullmatch(version, 0, 100):
        raise InvalidValue(
            "version", version, "a version is a name and a number", accepted=["pdf-1", "pdf-1+ocr-1"]
        )
    named = (part.rpartition("-") for part in version.split("+"))
    return {name: int(number) for name, _, number in named}


def is_older(read_by: str | None, than: str) -> bool:
    """Whether what was read by this version was read by an older one, or without a part that `than` names.

    Parts that `than` does not name make no difference; versions without a part in common cannot be compared, so `ocr-2`
    says nothing of what was read without text recognition. What no version is known of is older than all. Raises
    InvalidValue for a `than` that is no version.
    """
    wanted, had = parts_of(than), names_in(read_by)
    if not had:
        return True
    return bool(wanted.keys() & had) and any(had.get(name, 0) < number for name, number in wanted.items())


def names_in(read_by: str | None) -> Mapping[str, int]:
    """As `parts_of`, for what stands with a document: empty for what is no version."""
    try:
        return {} if read_by is None else parts_of(read_by)
    except InvalidValue:
        return {}


def versions_now() -> dict[str, str]:
    """The version that now reads each kind of file, by the name of the kind; kinds that are not read are absent."""
    return {formaat.naam: version_of(formaat.mime) for formaat in FORMATEN if can_read(formaat.mime)}
