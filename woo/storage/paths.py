"""Where each thing of the public store is; an id becomes part of a path only after it was checked."""

import re
from pathlib import Path

from woo.domain.errors import InvalidValue

_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_SITE = re.compile(r"[a-z]{1,31}[0-9]{0,15}")
_DIGEST = re.compile(r"[0-9a-f]{64}")


def is_id(text: str) -> bool:
    """Whether this is an id as the platform makes them: a UUID in lower case, with hyphens."""
    return bool(_ID.fullmatch(text))


def checked_id(text: str) -> str:
    """Return the id; raises InvalidValue for anything that is not one, so nothing else ever becomes a path."""
    if not is_id(text):
        raise InvalidValue("id", text, "it is not a UUID in lower case")
    return text


def checked_site_name(naam: str) -> str:
    """Return the name of data of the site as a whole; raises InvalidValue for what is no word of small letters (digits may follow)."""
    if not _SITE.fullmatch(naam):
        raise InvalidValue("naam", naam, "it is no word of small letters, with digits behind it or none")
    return naam


def is_digest(text: str) -> bool:
    """Whether this is a SHA-256 digest as the archive names its files by."""
    return bool(_DIGEST.fullmatch(text))


class PublicPaths:
    """The folders and files of a public store.

    - `documenten/{aa}/{id}/document` metadata and page texts; this file alone decides whether the document is there
    - `documenten/{aa}/{id}/{digest}` the file of the document
    - `publicaties/{aa}/{id}.json`, and `{id}.inventaris.json` with the rows of its inventory
    - `site/{naam}.json` data of the site as a whole
    - `ingetrokken/` the withdrawn list
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.documenten = root / "documenten"
        self.publicaties = root / "publicaties"
        self.ingetrokken = root / "ingetrokken"

    def folder(self, id: str) -> Path:
        return self.documenten / id[:2] / checked_id(id)

    def document(self, id: str) -> Path:
        return self.folder(id) / "document"

    def publicatie(self, id: str) -> Path:
        return self.publicaties / id[:2] / f"{checked_id(id)}.json"

    def inventaris(self, id: str) -> Path:
        return self.publicaties / id[:2] / f"{checked_id(id)}.inventaris.json"

    def site(self, naam: str) -> Path:
        return self.root / "site" / f"{checked_site_name(naam)}.json"


def names_in(folder: Path) -> list[str]:
    """The names in a folder, sorted; raises OSError."""
    return sorted(path.name for path in folder.iterdir())
