"""What a spider tells: the lines between the child process that fetches and the run that reads them, without Scrapy."""

import json
from dataclasses import dataclass, field, fields
from typing import Any, TypeAlias

BIJZAAK = frozenset({"stand", "bestanden", "pagina_etag", "pagina_gewijzigd"})
"""Keys of `gegevens` that tell how a document was read, for the next time, and nothing of the document."""


@dataclass(frozen=True, slots=True)
class SourceItem:
    """One document that a site offers: the address of its file, when that changed (ISO 8601), what is said of it.

    `gegevens` holds only what JSON can: titel, publisher, categorieen, and so on; URIs as they were found. With `fout` it
    is something on the site of which no document can be made, and why; `loc` is then the page where it stands.
    """

    loc: str
    lastmod: str | None
    gegevens: dict[str, Any]
    fout: str | None = None


@dataclass(frozen=True, slots=True)
class Opgehaald:
    """One answer of a site, or that there was none (status 0, `fout` says why): for the history and the WARC.

    `pad` is the file with its body, where there is one; `waarvoor` the address that was asked first (before redirects).
    """

    url: str
    waarvoor: str
    op: str
    status: int
    methode: str = "GET"
    koppen: list[tuple[str, str]] = field(default_factory=list)
    gevraagd: list[tuple[str, str]] = field(default_factory=list)
    pad: str | None = None
    grootte: int = 0
    ip: str | None = None
    fout: str | None = None

    def kop(self, naam: str) -> str | None:
        """The first header with this name."""
        return next((waarde for key, waarde in self.koppen if key.lower() == naam), None)


@dataclass(frozen=True, slots=True)
class Waarschuwing:
    """Something that is not right at the source, by kind (`soort`, a code) and where."""

    soort: str
    url: str
    aantal: int = 1


@dataclass(frozen=True, slots=True)
class Gelezen:
    """What the rules of a source found on a page, by rule: told in a dry run, of the first pages, for who writes the rules."""

    url: str
    wat: str
    gevonden: dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Einde:
    """The last line: whether the site was seen whole, and if not, why; and how many requests were made.

    `stand` is where a feed goes on the next time; with `vervolg` only what changed since the last time was told.
    """

    compleet: bool
    reden: str | None
    verzoeken: int
    stand: str | None = None
    vervolg: bool = False


Bericht: TypeAlias = SourceItem | Opgehaald | Waarschuwing | Gelezen | Einde
_SOORTEN: dict[str, type[Any]] = {
    each.__name__: each for each in (SourceItem, Opgehaald, Waarschuwing, Gelezen, Einde)
}
_VELDEN = {naam: [veld.name for veld in fields(soort)] for naam, soort in _SOORTEN.items()}


def als_regel(bericht: Bericht) -> str:
    """One message as one line of JSON."""
    soort = type(bericht)
    told = {naam: getattr(bericht, naam) for naam in _VELDEN[soort.__name__]}
    return json.dumps({"": soort.__name__, **told}, ensure_ascii=True) + "\n"


def van_regel(regel: str) -> Bericht:
    """The message of a line; raises ValueError for anything else."""
    try:
        waarden = json.loads(regel)
        bericht: Bericht = _SOORTEN[waarden.pop("")](**waarden)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"this is no message of a spider: {regel[:80]!r}") from error
    return bericht
