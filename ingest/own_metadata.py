"""Fill in what programs found of a document, where no person or sheet said it: from its text, its file, its name."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from ingest.discover import title_of
from ingest.metadata.zoeken import ZEKER_GENOEG
from woo.diwoo.waardelijsten import Waardelijst
from woo.domain.document import Document, Voorstel
from woo.domain.herkomst import found_by_program
from woo.sandbox import FileMetadata

_JUNK_TITLES = (
    "untitled",
    "microsoft word",
    "microsoft powerpoint",
    "microsoft excel",
    "document",
    "naamloos",
)
_FIRST_YEAR = 1980
_MESSAGES = frozenset({"eml", "msg"})
"""Sources of what a message says of itself."""
FIELDS = ("officiele_titel", "kenmerk", "documentsoort", "creatiedatum", "taal")
"""What programs may fill in. Of the rest (`grond`, `wet`, `bestuursorgaan`, …) suggestions are only kept."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A value for a field, and where it came from."""

    veld: str
    waarde: str | date
    bron: str


def with_metadata(
    document: Document,
    metadata: FileMetadata,
    talen: Waardelijst,
    *,
    now: datetime,
    voorstellen: Sequence[Voorstel] = (),
) -> Document:
    """Keep the suggestions, and fill in the fields that no person or sheet gave a value.

    For each field the first goes: a suggestion from the text that is sure enough, what the file says of itself, its name
    (of a message what it says of itself goes first: in its text may be the head of another).
    What programs said at an earlier reading is said anew: a field for which nothing is found any more is emptied, and the
    title is then made of the name of the file again. Titles that programs make up and dates outside 1980..now are left
    out; a language that the list does not know too.
    """
    values: dict[str, Any] = {}
    herkomst = dict(document.herkomst)
    for veld in FIELDS:
        if _is_said(document, veld):
            continue
        found = next((f for f in _found(document, metadata, voorstellen, talen, now) if f.veld == veld), None)
        values[veld] = None if found is None else found.waarde
        if found is not None:
            herkomst[veld] = found.bron
        else:
            herkomst.pop(veld, None)
    return replace(document, herkomst=herkomst, voorstellen=tuple(voorstellen), **values)


def _is_said(document: Document, veld: str) -> bool:
    """Whether a person or a sheet gave this field its value, also when that is empty."""
    if veld in document.herkomst:
        return not found_by_program(document.herkomst, veld)
    return getattr(document, veld) is not None


def _found(
    document: Document,
    metadata: FileMetadata,
    voorstellen: Sequence[Voorstel],
    talen: Waardelijst,
    now: datetime,
) -> Iterator[_Found]:
    """What was found, what goes first before the rest: the head of a message goes before its text."""
    ways = [_in_text(voorstellen, talen), _in_file(document, metadata, talen, now)]
    if not _MESSAGES.isdisjoint(metadata.sources.values()):
        ways.reverse()
    for way in ways:
        yield from way
    yield from _in_name(document, voorstellen)


def _in_text(voorstellen: Sequence[Voorstel], talen: Waardelijst) -> Iterator[_Found]:
    for voorstel in voorstellen:
        if voorstel.zekerheid < ZEKER_GENOEG or not voorstel.bron.startswith("tekst"):
            continue
        waarde: str | date | None = voorstel.waarde
        if voorstel.veld == "creatiedatum":
            waarde = date.fromisoformat(voorstel.waarde)
        elif voorstel.veld == "taal":
            waarde = language_code(voorstel.waarde, talen)
        if waarde is not None:
            yield _Found(voorstel.veld, waarde, voorstel.bron)


def _in_file(
    document: Document, metadata: FileMetadata, talen: Waardelijst, now: datetime
) -> Iterator[_Found]:
    title = " ".join((metadata.title or "").split())
    if _says_something(title, document):
        yield _Found("officiele_titel", title, f"bestand:{metadata.sources['title']}")
    made = metadata.creation_date
    if made is not None and made.year >= _FIRST_YEAR and made <= now:
        yield _Found("creatiedatum", made.date(), f"bestand:{metadata.sources['creation_date']}")
    taal = None if metadata.language is None else language_code(metadata.language, talen)
    if taal is not None:
        yield _Found("taal", taal, f"bestand:{metadata.sources['language']}")


def _in_name(document: Document, voorstellen: Sequence[Voorstel]) -> Iterator[_Found]:
    """The weakest: a date at the beginning of the name, and the name as a title."""
    for voorstel in voorstellen:
        if voorstel.veld == "creatiedatum" and voorstel.bron == "bestandsnaam":
            yield _Found("creatiedatum", date.fromisoformat(voorstel.waarde), voorstel.bron)
    title = document.officiele_titel
    if document.bestand is not None and document.herkomst.get("officiele_titel") != "bestandsnaam":
        title = title_of(Path(document.bestand.naam).stem)
    yield _Found("officiele_titel", title, "bestandsnaam")


def _says_something(title: str, document: Document) -> bool:
    lower = title.lower()
    naam = "" if document.bestand is None else document.bestand.naam.lower()
    return (
        len(title) >= 4
        and not lower.startswith(_JUNK_TITLES)
        and lower != naam
        and any(map(str.isalpha, title))
    )


def language_code(tag: str, talen: Waardelijst) -> str | None:
    """The list's code for a language tag (BCP 47) such as `nl` or `nl-NL`, or None when the list has none."""
    language = tag.replace("_", "-").split("-")[0].lower()
    return next((taal.code for taal in talen if taal.extra["bcp47"] == language), None)
