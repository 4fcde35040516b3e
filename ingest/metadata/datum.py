"""The date of a document: the one it gives itself, not one that it tells of."""

import re
from collections import Counter
from collections.abc import Iterator

from ingest.metadata.dates import Datum, dates_in, first_date
from ingest.metadata.tekst import Tekst
from woo.domain.document import Voorstel

_LABEL = re.compile(r"(?:^|\s)(datum|dagtekening|verzenddatum|datum verzending)\b ?[:.]?", re.IGNORECASE)
_OF_OTHERS = re.compile(
    r"datum (?:van )?(?:ontvangst|ontvangen|verzoek|aanvraag|brief|uitspraak|vergadering|document|inwerking|start|eind|geboorte)"
    r"|uw (?:brief|e-?mail|verzoek|bericht)",
    re.IGNORECASE,
)
_MEETING = re.compile(
    r"^(?:vergaderdatum|datum (?:van de )?vergadering|vergadering (?:van|d\.?d\.?))\b", re.IGNORECASE
)
_SENT = re.compile(r"^(?:per (?:e-?mail|post)\s+)?verzonden\b(?: op| per [\w-]+ op)?\s*:?", re.IGNORECASE)
_PLACE = re.compile(
    r"(?:^|\s)(?:'s-|den |de |het )?[A-Z][\w'-]{2,20}(?: [A-Z][\w'-]{2,20})?,? ?(?:d\.?d\.?|de)? ?,?\s*$"
)
_NAME_FIRST = re.compile(r"^\D{0,3}((?:19|20)\d\d)[-_. ]?(\d\d)[-_. ]?(\d\d)(?!\d)")
_MOST_BETWEEN = 70
_MOST_LABEL = 30
"""A longer line without a digit gives no date, and is no label of the next line."""
_LABELLED, _LABELLED_BELOW, _SENT_ON, _PLACED, _HEARD = 0.97, 0.95, 0.88, 0.86, 0.6
_LATER_PAGE = 0.02
_AGREEING = 0.02
_CONTESTED = 0.7


def creatiedatum(tekst: Tekst) -> list[Voorstel]:
    """Suggest the date of the document: from its date line, its stamp, its place and date, or the name of its file.

    A list of documents gives none by a line, since the dates on it are those of other documents.
    """
    found = [] if tekst.is_inventaris else _ranked(list(_lines(tekst)))
    named = _from_name(tekst)
    return [*found, *([named] if named is not None else [])]


def _ranked(candidates: list[Voorstel]) -> list[Voorstel]:
    """The best suggestion for each day, the surest first; a second day as sure as the first makes both less so."""
    counts = Counter((c.waarde, c.pagina) for c in candidates)
    pages = Counter(day for day, _ in counts)
    best: dict[str, Voorstel] = {}
    for candidate in candidates:
        known = best.get(candidate.waarde)
        if known is None or candidate.zekerheid > known.zekerheid:
            best[candidate.waarde] = candidate
    agreed = {
        day: _with(c, min(0.99, c.zekerheid + _AGREEING) if pages[day] > 1 else c.zekerheid)
        for day, c in best.items()
    }
    ranked = sorted(agreed.values(), key=lambda c: (-c.zekerheid, c.pagina or 0))
    if len(ranked) > 1 and ranked[0].pagina == ranked[1].pagina and _as_sure(ranked[0], ranked[1]):
        ranked[:2] = [_with(c, min(c.zekerheid, _CONTESTED)) for c in ranked[:2]]
    return ranked[:3]


def _as_sure(first: Voorstel, second: Voorstel) -> bool:
    return first.bron == second.bron and first.zekerheid - second.zekerheid < _AGREEING


def _with(voorstel: Voorstel, zekerheid: float) -> Voorstel:
    return Voorstel(voorstel.veld, voorstel.waarde, round(zekerheid, 2), voorstel.bron, voorstel.pagina)


def _lines(tekst: Tekst) -> Iterator[Voorstel]:
    first = tekst.head[0][0] if tekst.head else 1
    for page, at, lines in tekst.lines():
        for datum, sure, bron in _of_line(lines, at):
            if datum.dag > tekst.vandaag:
                continue
            later = 0.0 if page == first else _LATER_PAGE
            yield Voorstel(
                "creatiedatum", datum.dag.isoformat(), round(sure * datum.zekerheid - later, 2), bron, page
            )


def _of_line(lines: list[str], at: int) -> Iterator[tuple[Datum, float, str]]:
    """The dates that a line gives to the document, how sure each is, and how it was found."""
    line = lines[at]
    if len(line) > _MOST_LABEL and not any(map(str.isdigit, line)):
        return
    if _MEETING.match(line):
        datum = first_date(line)
        if datum is not None:
            yield datum, _HEARD, "tekst:vergaderdatum"
        return
    label = _LABEL.search(line)
    if label is not None and not _OF_OTHERS.search(line):
        yield from _labelled(lines, at, label.end())
    elif (sent := _SENT.match(line)) is not None:
        datum = first_date(line[sent.end() :])
        if datum is not None and datum.start < _MOST_BETWEEN:
            yield datum, _SENT_ON, "tekst:verzenddatum"
    else:
        yield from _placed(line)


def _labelled(lines: list[str], at: int, after: int) -> Iterator[tuple[Datum, float, str]]:
    """After the word `Datum`: on its line, or alone on the next one or the one after it."""
    rest = lines[at][after:]
    datum = first_date(rest)
    if datum is not None:
        if datum.start < _MOST_BETWEEN:
            yield datum, _LABELLED, "tekst:datumregel"
        return
    if rest.strip():
        return
    for below in lines[at + 1 : at + 3]:
        datum = first_date(below)
        if datum is not None and datum.start < 3 and len(below) - datum.end <= 30:
            yield datum, _LABELLED_BELOW, "tekst:datumregel"
            return


def _placed(line: str) -> Iterator[tuple[Datum, float, str]]:
    """`Den Haag, 12 maart 2021`: a place before a date that ends the line."""
    if len(line) > 60 or "," not in line:
        return
    for datum in dates_in(line):
        if line[datum.end :].strip(" .") == "" and datum.start > 3 and _PLACE.search(line[: datum.start]):
            if line[: datum.start].rstrip().endswith(",") or line[: datum.start].rstrip().endswith(
                ("d.d.", "dd")
            ):
                yield datum, _PLACED, "tekst:plaats en datum"
            return


def _from_name(tekst: Tekst) -> Voorstel | None:
    """The date with which the name of the file begins (`2021-06-10 verslag.pdf`, `20201203_besluit.pdf`)."""
    found = _NAME_FIRST.match(tekst.naam)
    if found is None:
        return None
    datum = first_date(f"{found[1]}-{found[2]}-{found[3]}")
    if datum is None or datum.dag > tekst.vandaag:
        return None
    return Voorstel("creatiedatum", datum.dag.isoformat(), 0.6, "bestandsnaam")
