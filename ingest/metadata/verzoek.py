"""The date of the request that a decision answers."""

import re
from collections.abc import Iterator
from itertools import islice

from ingest.metadata.dates import first_date
from ingest.metadata.tekst import Tekst
from woo.domain.document import Voorstel

_MESSAGE = r"(?:brief|e-?mail(?:bericht)?|mail|faxbericht|fax|bericht|schrijven|formulier|webformulier|verzoekschrift)"
_CUES: tuple[tuple[re.Pattern[str], float, str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), sure, bron)
    for pattern, sure, bron in (
        (rf"\b(?:in|bij|met|per|op) uw {_MESSAGE}(?:en)?,? (?:van|d\.?d\.?)\s", 0.93, "tekst:uw brief van"),
        (
            r"\buw \(?(?:wo[bo])?\)?[- ]{0,2}(?:informatie)?verzoek(?:en)?,? (?:van|d\.?d\.?)\s",
            0.9,
            "tekst:uw verzoek van",
        ),
        (rf"\b(?:bij|per) {_MESSAGE},? (?:van|d\.?d\.?)\s", 0.85, "tekst:bij brief van"),
        (r"\bwo[bo][- ]verzoek,? (?:van|d\.?d\.?|ingediend op)\s", 0.8, "tekst:verzoek van"),
        (r"\bop\s", 0.8, "tekst:op … heeft u"),
    )
)
_YOU_ASKED = re.compile(
    r"^,?(?:[^.;]|\d\.\d){0,160}?\b(?:(?:heeft|hebt|is|heb ik|hebben wij|ontvingen wij)\b(?:[^.;]|\d\.\d){0,160}?\b"
    r"(?:u|uw|namens|verzo\w+|wob|woo|openbaar\w*|open overheid))\b",
    re.IGNORECASE,
)
_REQUEST = re.compile(r"verzo|wob|woo|openbaar|open overheid|informatie", re.IGNORECASE)
_OTHER_STEP = re.compile(
    r"beroep (?:aan|in)gesteld|gebreke|\bbezwaar|klacht|zienswijze|verdaagd|rechtbank", re.IGNORECASE
)
_MOST_TEXT = 6_000
_MOST_CUES = 40
_NEAR = 40
_LATER_PAGE = 0.15
"""What a first page without text costs: the request is told of there, and what follows tells of other letters too."""


def verzoekdatum(tekst: Tekst) -> list[Voorstel]:
    """Suggest the day on which the request was written (not the one on which it was received)."""
    best: Voorstel | None = None
    for page, text in tekst.head[:3]:
        for place, voorstel in _cues(page, " ".join(text[:_MOST_TEXT].split())):
            sure = voorstel.zekerheid - 0.02 * min(5, place // 1_500) - (_LATER_PAGE if page > 1 else 0)
            if best is None or sure > best.zekerheid:
                best = Voorstel(voorstel.veld, voorstel.waarde, round(sure, 2), voorstel.bron, page)
        if best is not None:
            break
    if best is None or best.waarde > tekst.vandaag.isoformat():
        return []
    return [best]


def _cues(page: int, text: str) -> Iterator[tuple[int, Voorstel]]:
    for pattern, sure, bron in _CUES:
        for cue in islice(pattern.finditer(text), _MOST_CUES):
            datum = first_date(text[cue.end() : cue.end() + 20])
            if datum is None or datum.start > 2:
                continue
            after = text[cue.end() + datum.end : cue.end() + datum.end + 330]
            told = _YOU_ASKED.match(after)
            asked = (
                told is not None
                and _REQUEST.search(after) is not None
                and not _OTHER_STEP.search(after[: told.end() + _NEAR])
            )
            direct = bron in ("tekst:uw verzoek van", "tekst:verzoek van")
            if asked or direct:
                yield cue.start(), Voorstel("verzoekdatum", datum.dag.isoformat(), sure, bron, page)
                break
