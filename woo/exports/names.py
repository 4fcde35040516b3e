"""Names for the members of an archive: safe on every system, and no two alike."""

import re
import unicodedata

MAX_NAME = 120
"""Characters of one name; with a folder before it, it then fits every file system."""

_UNSAFE = re.compile(
    r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]+'
)
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)", re.IGNORECASE)


def safe_name(naam: str, *, instead: str = "bestand") -> str:
    """A name without folders, control and direction characters, or what Windows refuses; `instead` where nothing is left.

    A long name is cut before its extension.
    """
    plain = _UNSAFE.sub("_", naam).strip(" .")
    if not plain.strip("_"):
        plain = instead
    if _RESERVED.match(plain):
        plain = f"_{plain}"
    return _cut(plain, MAX_NAME)


def _cut(naam: str, most: int) -> str:
    stem, dot, extension = naam.rpartition(".")
    if len(naam) <= most:
        return naam
    if not dot or len(extension) > 10:
        return naam[:most].rstrip(" .")
    return f"{stem[: most - len(extension) - 1].rstrip(' .')}.{extension}"


class UniqueNames:
    """Gives each name once; one that was given before, in capitals or not, gets a number: `besluit (2).pdf`."""

    def __init__(self) -> None:
        self._given: dict[str, int] = {}

    def name(self, wanted: str) -> str:
        """A safe name that was not given before."""
        plain = safe_name(wanted)
        found, number = plain, self._given.get(_key(plain), 1)
        while _key(found) in self._given:
            number += 1
            found = _numbered(plain, number)
        self._given[_key(plain)] = number
        self._given.setdefault(_key(found), 1)
        return found


def _key(naam: str) -> str:
    """What two names share that some file system takes for one."""
    return unicodedata.normalize("NFC", naam).casefold()


def _numbered(naam: str, number: int) -> str:
    mark = f" ({number})"
    stem, dot, extension = naam.rpartition(".")
    if not dot or len(extension) > 10:
        return _cut(naam, MAX_NAME - len(mark)) + mark
    return f"{stem[: MAX_NAME - len(mark) - len(extension) - 1]}{mark}.{extension}"
