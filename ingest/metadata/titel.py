"""The title of a document: what stands behind `Betreft` or `Onderwerp`, or a large heading of a report."""

import re

from ingest.metadata.tekst import Tekst
from woo.domain.document import Voorstel
from woo.domain.maanden import MAANDEN

_LABEL = re.compile(r"^(?:Betreft|BETREFT|Onderwerp|ONDERWERP|Betreffende)\b ?[:.]?\s*(?P<rest>.*)$")
_OTHER_COLUMN = re.compile(r"\s+(?:postbus \d|\d{4} ?[A-Z]{2} [A-Z]|pagina \d)", re.IGNORECASE)
_LABEL_PAGES = 2
_ENDS = re.compile(
    r"^(?:geachte|beste|l\.?s\.?\b|pagina\b|datum\b|ons kenmerk|onze referentie|uw kenmerk|uw brief|uw referentie|kenmerk\b|bijlage|behandeld"
    r"|contactpersoon|telefoon|t \d|e-?mail|aan\b|van\b|cc\b|inleiding|postbus|bezoekadres|retouradres|www\.|https?:|in uw |bij (?:uw )?(?:brief|e-?mail)"
    r"|\d{4} ?[A-Z]{2}\b|gemeente \w+ datum|verzonden|zaaknummer|dossier|de heer|mevrouw|op \d|een routebeschrijving)",
    re.IGNORECASE,
)
_NOTHING_SAID = re.compile(
    r"\b(?:besluit|beslissing|deelbesluit|reactie|antwoord|wob|woo|wob-?besluit|woo-?besluit|verzoek(?:en)?|wob-?verzoek|woo-?verzoek|op|uw|uw|inzake"
    r"|over|van|de|het|een|d\.?d\.?|\d+|wet|openbaarheid"
    r"|bestuur|open|overheid|informatieverzoek|met|betrekking|tot|aangaande|betreffende|om|informatie"
    rf"|{'|'.join(MAANDEN)})\b",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[^\W\d_]")
_MOST = 300
_LEAST_SAID = 5
_MOST_LINES = 4
_LABELLED, _GENERAL, _HEADING = 0.88, 0.6, 0.5


def titel(tekst: Tekst) -> list[Voorstel]:
    """Suggest a title; one that says no more than that it decides on a request is less sure."""
    for page, at, lines in tekst.lines():
        label = _LABEL.match(lines[at])
        if label is None or tekst.is_inventaris or page > tekst.head[0][0] + _LABEL_PAGES - 1:
            continue
        text = _whole(label["rest"], lines[at + 1 :])
        if len(_LETTERS.findall(text)) >= 4:
            said = len(_LETTERS.findall(_NOTHING_SAID.sub(" ", text)))
            sure = _LABELLED if said >= _LEAST_SAID else _GENERAL
            return [Voorstel("officiele_titel", text, sure, "tekst:onderwerpregel", page)]
    return _heading(tekst)


def _whole(rest: str, below: list[str]) -> str:
    """The line, and those below it that go on with it."""
    parts = [rest.strip()] if rest.strip() else []
    for line in below:
        if len(parts) >= _MOST_LINES or _ENDS.match(line) or sum(map(len, parts)) > _MOST:
            break
        if parts and (not _goes_on(parts[-1], line)):
            break
        parts.append(line)
    text = _OTHER_COLUMN.split(" ".join(" ".join(parts).split()), maxsplit=1)[0].strip(" :;,-–")
    return text if len(text) <= _MOST else text[:_MOST].rsplit(" ", 1)[0] + " …"


def _goes_on(line: str, following: str) -> bool:
    """Whether a subject that is this far is not at its end yet: a word is missing, or the next line is small."""
    last = line.rsplit(None, 1)[-1].lower()
    open_end = (
        last in _OPEN_WORDS
        or line.endswith(("-", ",", "/", "(", "“", "‘"))
        or line.count("(") > line.count(")")
    )
    return (
        open_end
        or following[:1].islower()
        or (len(line) > 45 and not line.endswith((".", "?")) and len(following) < 80)
    )


_OPEN_WORDS = frozenset(
    "aan bij de den der het een en in inzake met naar of om op over per ten ter tot tussen uit van voor d.d. betreffende wob woo".split()
)


def _heading(tekst: Tekst) -> list[Voorstel]:
    """The first line of a document without a subject line, where it looks like a heading."""
    if tekst.is_inventaris:
        return []
    lines = [line.strip() for line in tekst.first.splitlines() if line.strip()][:3]
    for line in lines:
        words = line.split()
        if (
            2 <= len(words) <= 15
            and len(_LETTERS.findall(line)) > 0.6 * len(line)
            and not _ENDS.match(line)
            and line[-1] != "."
        ):
            return [Voorstel("officiele_titel", " ".join(words), _HEADING, "tekst:kop", tekst.head[0][0])]
    return []
