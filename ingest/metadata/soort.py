"""The kind of a document as a code of the list of document kinds; nothing where it is not plain."""

import re
from dataclasses import dataclass

from ingest.metadata.tekst import Tekst
from woo.diwoo.waardelijsten import Waardelijst
from woo.domain.document import Voorstel

_REQUEST = r"(?:wob|woo|openbaarheid|open overheid|informatie)[-\s]{0,2}(?:verzoek|en)"
_LAW = r"(?:wet openbaarheid(?: van)? bestuur|wet open overheid|\bwo[bo]\b)"
_MOST = 5_000


@dataclass(frozen=True, slots=True)
class _Rule:
    """A kind by its name on the list, what must be found in the head of the text, what may not, and how sure it then is."""

    naam: str
    vereist: tuple[re.Pattern[str], ...]
    zekerheid: float
    bron: str
    niet: re.Pattern[str] | None = None


def _all(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


_GREETING = r"\bgeachte\b|\bbeste\b|\bl\.?s\.?,"
_LETTER_RULES: tuple[_Rule, ...] = (
    _Rule(
        "beslissing op Wob-/Woo-verzoek",
        _all(
            _GREETING,
            r"\b(?:uw|het|dit|een|namens)\b.{0,60}(?:verzoek|verzocht)",
            _LAW,
            r"\bbe(?:sluit|sloten|slissing|schikking)\b",
            r"\b(?:ik|wij|ons|het college|de minister|openbaar (?:te )?(?:maken|gemaakt)|tegemoet|wijs?t? .{0,40} af|afgewezen|niet in behandeling)\b",
        ),
        0.95,
        "tekst:besluitbrief",
        re.compile(
            r"^(?:betreft|onderwerp)\b[^\n]{0,80}\b(?:bezwaar|zienswijze|ontvangstbevestiging|verdaging|verdagen|opschorting|beroep)\b|^behorend bij\b"
            r"|\bbeslissing op (?:uw )?bezwaar\b",
            re.IGNORECASE | re.MULTILINE,
        ),
    ),
    _Rule(
        "Wob-/Woo-verzoek",
        _all(
            _GREETING,
            r"\b(?:verzoek ik|doe ik|dien ik|verzoeken wij|doen wij|vraag ik|hierbij verzoek)\b.{0,120}"
            + _LAW
            + r"|"
            + _LAW
            + r".{0,60}\b(?:verzoek ik|vraag ik|verzoeken wij)\b",
        ),
        0.85,
        "tekst:verzoekbrief",
        re.compile(r"\bons kenmerk\b|\bik besluit\b|\bbesloten\b", re.IGNORECASE),
    ),
    _Rule(
        "Kamerbrief",
        _all(
            r"(?:de )?voorzitter van de (?:tweede|eerste) kamer",
            _GREETING + r"|\bhierbij\b|\bmet deze brief\b|\bbied ik\b",
        ),
        0.85,
        "tekst:adressering",
        re.compile(r"\bvragen van (?:het lid|de leden)\b|\bschriftelijke vragen\b", re.IGNORECASE),
    ),
    _Rule(
        "Kamervraag met antwoord",
        _all(r"^(?:\d{1,4} )?(?:schriftelijke )?vragen van (?:het lid|de leden)\b", r"^antwoord\b"),
        0.85,
        "tekst:vragen en antwoorden",
    ),
)
_LETTER = _Rule(
    "brief",
    _all(
        r"^(?:geachte|beste)\b",
        r"\b(?:hoogachtend|met vriendelijke groet(?:en)?|ons kenmerk|onze referentie)\b",
        r"\b(?:retouradres|postadres|bezoekadres|ons kenmerk|onze referentie)\b",
    ),
    0.8,
    "tekst:briefhoofd",
)
_HEADINGS: tuple[tuple[str, str, float], ...] = (
    (r"(?:document: )?besluitenlijst\b", "besluitenlijst", 0.93),
    (r"(?:concept[- ])?agenda\b(?! (?:voor|van) de toekomst)", "agenda", 0.85),
    (
        r"(?:concept[- ]?)?(?:verslag|notulen)\b[^\n]{0,60}\b(?:vergadering|overleg|bijeenkomst|werkgroep|raad|commissie|workshop)",
        "vergaderverslag",
        0.85,
    ),
    (r"(?:vergaderverslag|notulen)\b", "vergaderverslag", 0.9),
    (r"convenant\b", "convenant", 0.85),
    (r"persbericht\b", "persbericht", 0.9),
    (r"jaarverslag\b", "jaarverslag", 0.85),
    (r"jaarplan\b", "jaarplan", 0.85),
    (r"evaluatierapport\b", "evaluatierapport", 0.85),
    (r"inspectierapport\b", "inspectierapport", 0.85),
    (r"(?:onderzoeksrapport|rapport(?:age)? (?:van het )?onderzoek)\b", "onderzoeksrapport", 0.82),
    (r"(?:advies(?:nota)?)\s*$", "advies", 0.82),
    (r"beslisnota\b", "beslisnota", 0.9),
)
_HEADING_RULES = tuple(
    (re.compile(rf"^\W{{0,3}}{pattern}", re.IGNORECASE), naam, sure) for pattern, naam, sure in _HEADINGS
)


def documentsoort(tekst: Tekst, soorten: Waardelijst) -> list[Voorstel]:
    """Suggest at most one kind, by the letter's own words or by the heading of the first page."""
    if not tekst.head or tekst.is_inventaris:
        return []
    page = tekst.head[0][0]
    text = "\n".join(part for _, part in tekst.head)[:_MOST]
    found = _by_heading(tekst) or _by_words(text)
    if found is None:
        return []
    naam, sure, bron = found
    code = next((soort.code for soort in soorten if soort.naam == naam), None)
    return [] if code is None else [Voorstel("documentsoort", code, sure, bron, page)]


def _by_heading(tekst: Tekst) -> tuple[str, float, str] | None:
    lines = [line.strip() for line in tekst.first.splitlines() if line.strip()][:20]
    if re.search(r"^geachte\b", tekst.first, re.IGNORECASE | re.MULTILINE):
        return None
    for at, line in enumerate(lines):
        if len(line) > 90 or (at >= 8 and not line.lower().startswith("document: ")):
            continue
        for pattern, naam, sure in _HEADING_RULES:
            if pattern.match(line):
                return naam, sure, "tekst:kop"
    return None


def _by_words(text: str) -> tuple[str, float, str] | None:
    flat = " ".join(text.split())
    for rule in _LETTER_RULES:
        if rule.niet is not None and rule.niet.search(text):
            continue
        if all(pattern.search(flat) or _at_line(pattern, text) for pattern in rule.vereist):
            return rule.naam, rule.zekerheid, rule.bron
    if all(_at_line(pattern, text) for pattern in _LETTER.vereist):
        return _LETTER.naam, _LETTER.zekerheid, _LETTER.bron
    return None


def _at_line(pattern: re.Pattern[str], text: str) -> bool:
    return any(pattern.search(line.strip()) for line in text.splitlines())
