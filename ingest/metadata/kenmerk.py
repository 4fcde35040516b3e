"""The document's own reference: `Ons kenmerk`, `Onze referentie`, `Zaaknummer`; never that of the one it answers."""

import re
from collections import Counter

from ingest.metadata.dates import first_date
from ingest.metadata.tekst import Tekst
from woo.domain.document import Voorstel

_LABEL = re.compile(
    r"^(?:gemeente [A-Z]\w+ )?(?P<own>ons\s+kenr?merk|onze\s+referentie|ons\s+nummer|kenr?merk|referentie|zaaknummer|zaak-?id|dossiernummer"
    r"|documentnummer|besluitnummer)(?:\(s\)|s)?\b ?[:.]?\s*(?P<rest>.*)$",
    re.IGNORECASE,
)
_VALUE = re.compile(r"^[A-Za-z0-9][A-Za-z0-9./_\-–]{2,39}(?: ?[/-] ?[A-Za-z0-9./_-]{1,30}){0,3}")
_OTHERS = re.compile(
    r"\b(?:uw|behandeld|contactpersoon|datum|bijlage|telefoon|pagina|e-?mail)\b", re.IGNORECASE
)
_OWN, _PLAIN = 0.93, 0.85


def kenmerk(tekst: Tekst) -> list[Voorstel]:
    """Suggest the reference that the document gives itself in its head, surest first."""
    if tekst.is_inventaris:
        return []
    found: dict[str, Voorstel] = {}
    pages: Counter[str] = Counter()
    for page, at, lines in tekst.lines():
        label = _LABEL.match(lines[at])
        if label is None or (at and re.fullmatch(r"uw", lines[at - 1], re.IGNORECASE)):
            continue
        value = _value(label["rest"], lines[at + 1 : at + 2])
        if value is None:
            continue
        own = label["own"].lower().startswith(("ons", "onze"))
        pages[value] += 1
        voorstel = Voorstel(
            "kenmerk", value, _OWN if own else _PLAIN, f"tekst:{'ons kenmerk' if own else 'kenmerk'}", page
        )
        if value not in found or found[value].zekerheid < voorstel.zekerheid:
            found[value] = voorstel
    if not found:
        return []
    whole = [v for v in found.values() if not any(o != v.waarde and o.startswith(v.waarde) for o in found)]
    return sorted(whole, key=lambda v: (-v.zekerheid, v.pagina or 0, -pages[v.waarde]))[:3]


def _value(rest: str, below: list[str]) -> str | None:
    """What stands after the label, or below it where nothing stands after it."""
    text = rest.strip() or (below[0].strip() if below else "")
    match = _VALUE.match(text)
    if match is None:
        return None
    value = match[0].rstrip(".-/–_")
    tail = text[match.end() :].strip()
    if not any(map(str.isdigit, value)) or first_date(value) is not None or len(value) < 4:
        return None
    if re.match(r"\d{4} ?[A-Z]{2}\b", text) or (tail and not _OTHERS.search(tail) and len(tail.split()) > 4):
        return None  # a postal code, or a sentence
    return value
