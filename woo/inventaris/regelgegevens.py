"""What a person says of one row, checked field by field: everything that is wrong is told at once, in plain Dutch."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from woo.domain.inventaris import Beoordeling, Bijzonderheid, Inventarisregel
from woo.inventaris.combinaties import let_op
from woo.inventaris.fouten import Celfout, Regelfout
from woo.inventaris.gronden import Grondenlezer
from woo.inventaris.wetten import ANDERE_WET, GEHEIMHOUDING

VELDEN = (
    "nummer",
    "documentnaam",
    "beoordeling",
    "gronden",
    "bijzonderheden",
    "datum",
    "soort",
    "toelichting",
    "opgeschort",
    "links",
    "gerelateerd",
    "zaaknummers",
    "familie",
    "draad",
)
"""The fields that a person may change; `gronden` are texts that each name one or more grounds, with the law of art. 8.8."""

LANGSTE = {
    "nummer": 200,
    "documentnaam": 2_000,
    "soort": 500,
    "toelichting": 32_767,
    "familie": 200,
    "draad": 200,
}
_LONGEST_PART = 2_000
_MOST_PARTS = 200
_NEEDED = {
    "nummer": "Vul het nummer van het document in.",
    "documentnaam": "Vul de naam van het document in.",
    "beoordeling": "Kies een beoordeling.",
}
_LINK = re.compile(r"https?://[^\s/?#]+\S*", re.I)
_EARLIEST = date(1800, 1, 1)


class Regelgegevens:
    """Checks what a person says of a row; `lezer` knows every spelling of a ground."""

    def __init__(self, lezer: Grondenlezer, vandaag: date) -> None:
        self._lezer = lezer
        self._vandaag = vandaag

    def applied(self, regel: Inventarisregel, changes: Mapping[str, Any]) -> Inventarisregel:
        """The row with these fields changed.

        Raises:
            Regelfout: for each field that is wrong a sentence that says what to do.
        """
        fouten: dict[str, str] = {}
        values: dict[str, Any] = {}
        for naam, waarde in changes.items():
            try:
                values |= self._field(naam, waarde)
            except Celfout as wrong:
                fouten[naam] = str(wrong)
        if fouten:
            raise Regelfout(fouten)
        return replace(regel, **values)

    def let_op(self, regel: Inventarisregel) -> list[str]:
        """What of this row is seldom right, though it may be."""
        told = [f"Let op: {why}." for why in let_op(regel.gronden, regel.wetten)]
        withheld = regel.beoordeling in (Beoordeling.NIET_OPENBAAR, Beoordeling.DEELS_OPENBAAR)
        if withheld and not regel.gronden and not regel.bijzonderheden:
            told.append("Let op: er is geen grond gekozen; een weigering noemt haar grond.")
        if regel.beoordeling is Beoordeling.OPENBAAR and regel.gronden:
            told.append("Let op: er staat een grond bij een document dat openbaar is.")
        return told

    def _field(self, naam: str, waarde: Any) -> dict[str, Any]:
        checks: dict[str, Callable[[Any], Any]] = {
            "beoordeling": _beoordeling,
            "bijzonderheden": _bijzonderheden,
            "datum": self._datum,
            "opgeschort": bool,
            "links": _links,
            "gerelateerd": _parts,
            "zaaknummers": _parts,
        }
        if naam == "gronden":
            return self._gronden(waarde)
        if naam in checks:
            return {naam: checks[naam](waarde)}
        if naam in LANGSTE:
            return {naam: _text(naam, waarde)}
        raise Celfout("Dit veld kan niet gewijzigd worden.")

    def _gronden(self, waarde: Sequence[str] | None) -> dict[str, Any]:
        codes: dict[str, None] = {}
        wetten: dict[str, None] = {}
        for text in _parts(waarde):
            try:
                found = self._lezer.read(text)
            except Celfout as wrong:
                raise Celfout(f"“{text}” {wrong}.") from wrong
            if found.bijzonderheden:
                raise Celfout(f"“{text}” is geen grond; kies het bij bijzonderheden.")
            codes |= dict.fromkeys(found.codes)
            wetten |= dict.fromkeys(found.wetten)
        return {"gronden": tuple(codes), "wetten": tuple(wetten)}

    def _datum(self, waarde: date | None) -> date | None:
        if waarde is not None and waarde > self._vandaag:
            raise Celfout("De datum ligt in de toekomst. Verbeter de datum.")
        if waarde is not None and waarde < _EARLIEST:
            raise Celfout("De datum ligt vóór 1800. Verbeter het jaartal.")
        return waarde


def gronden_van(regel: Inventarisregel) -> list[str]:
    """The grounds of a row as a person may say them again, those that refer to another law with its article."""
    secret = [wet for wet in regel.wetten if wet.endswith(" Gemeentewet")]
    own = {
        GEHEIMHOUDING: secret if GEHEIMHOUDING in regel.gronden else [],
        ANDERE_WET: [wet for wet in regel.wetten if wet not in secret or GEHEIMHOUDING not in regel.gronden],
    }
    told: list[str] = []
    for code in regel.gronden:
        spelled = [wet if code == GEHEIMHOUDING else f"{code} {wet}" for wet in own.get(code, [])]
        told += spelled or [code]
    return told


def _text(naam: str, waarde: str | None) -> str | None:
    text = (waarde or "").strip()
    if not text:
        if naam in _NEEDED:
            raise Celfout(_NEEDED[naam])
        return None
    if len(text) > LANGSTE[naam]:
        raise Celfout(f"De tekst is te lang. Zij mag hoogstens {LANGSTE[naam]} tekens hebben.")
    return text


def _beoordeling(waarde: str | None) -> Beoordeling:
    try:
        return Beoordeling(waarde or "")
    except ValueError:
        raise Celfout(_NEEDED["beoordeling"]) from None


def _bijzonderheden(waarde: Collection[str] | None) -> tuple[Bijzonderheid, ...]:
    known = {each.value for each in Bijzonderheid}
    for each in waarde or ():
        if each not in known:
            raise Celfout(f"“{each}” is geen bijzonderheid. Kies uit {', '.join(sorted(known))}.")
    return tuple(dict.fromkeys(map(Bijzonderheid, waarde or ())))


def _links(waarde: Sequence[str] | None) -> tuple[str, ...]:
    parts = _parts(waarde)
    for each in parts:
        if not _LINK.fullmatch(each):
            raise Celfout(f"“{each}” is geen webadres. Schrijf het vanaf https:// en zonder spaties.")
    return parts


def _parts(waarde: Sequence[str] | None) -> tuple[str, ...]:
    parts = tuple(dict.fromkeys(part for each in waarde or () if (part := " ".join(each.split()))))
    if len(parts) > _MOST_PARTS:
        raise Celfout(f"Het zijn er te veel. Er mogen er hoogstens {_MOST_PARTS} zijn.")
    if any(len(part) > _LONGEST_PART for part in parts):
        raise Celfout(f"Een ervan is te lang. Hoogstens {_LONGEST_PART} tekens mag.")
    return parts
