"""Pages on which another document seems to begin: numbering that starts again, a letterhead, the head of a message."""

import re
from collections.abc import Iterator

from ingest.metadata.tekst import Tekst, places
from woo.domain.document import Voorstel

_NUMBERED = re.compile(r"pagina:? ?(\d{1,4})(?: ?(?:van|/|of) ?(\d{1,4}))?\b", re.I)
_FRACTION = re.compile(r"(\d{1,4}) ?/ ?(\d{1,4})")
_MAIL = re.compile(
    r"\A\W{0,20}(?:[^\n]{0,80}\n){0,3}(?:van|from):?[^\n]{0,200}\n(?:[^\n]{0,200}\n){0,3}?(?:verzonden|sent|datum|date|aan|to):",
    re.I,
)
_GREETING = re.compile(r"^geachte\b", re.I | re.M)
_LETTER = re.compile(r"^(?:datum|betreft|onderwerp|ons kenmerk|onze referentie|retouradres)\b", re.I | re.M)
_HEAD, _FOOT = 2_000, 300
_MOST = 200
_COVER_PAGES = 3
"""A document may begin with so many pages before the one that it calls page 1."""
_RESTART, _MESSAGE, _LETTERHEAD = 0.9, 0.8, 0.7


def splitsing(tekst: Tekst) -> list[Voorstel]:
    """Suggest the number of every page but the first on which another document seems to begin."""
    found = list(_begins(tekst))
    return [Voorstel("splitsing", str(page), sure, bron, page) for page, sure, bron in found[:_MOST]]


def _begins(tekst: Tekst) -> Iterator[tuple[int, float, str]]:
    numbered = False
    for page, text in enumerate(tekst.pages, 1):
        number, total = _numbering(text)
        if page > 1:
            if number == 1 and total != 1 and (numbered or page > _COVER_PAGES):
                yield page, _RESTART, "tekst:paginanummer"
            elif number is None and _MAIL.match(text[:_HEAD].lstrip()):
                yield page, _MESSAGE, "tekst:berichtkop"
            elif number is None and _is_letter(text[:_HEAD]):
                yield page, _LETTERHEAD, "tekst:briefhoofd"
        numbered = numbered or number is not None


def _numbering(text: str) -> tuple[int | None, int | None]:
    """The number that a page gives itself, and of how many, at its top or foot."""
    for part in (text[:_HEAD], text[-_FOOT:]):
        for at in places(part.lower(), "pagina"):
            found = _NUMBERED.match(part, at)
            if found is not None:
                return int(found[1]), int(found[2]) if found[2] else None
    lines = text.strip().splitlines()
    for line in (*lines[:2], *lines[-2:]):
        found = _FRACTION.fullmatch(line.strip())
        if found is not None:
            return int(found[1]), int(found[2])
    return None, None


def _is_letter(head: str) -> bool:
    if "geachte" not in head.lower() or _GREETING.search(head) is None:
        return False
    return len(set(map(str.lower, _LETTER.findall(head)))) >= 2
