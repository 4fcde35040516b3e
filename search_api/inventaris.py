"""The inventory of a decision: the rows that a visitor chooses, in the order that he asks, a page at a time."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from search_api.problems import invalid
from search_api.queries import Parameter, Values
from woo.analysis.folding import fold
from woo.diwoo.uitleg import Uitlegboek
from woo.domain.inventaris import Beoordeling
from woo.storage.port import Regel
from woo.taal import gettext, gettext_noop
from woo.views.problems import InputFault, quoted

PER_PAGE = 50
MOST_PER_PAGE = 100
SORTERINGEN = {
    "volgorde": gettext_noop("Volgorde van de lijst"),
    "nummer": gettext_noop("Nummer"),
    "naam": gettext_noop("Naam, van A tot Z"),
    "-naam": gettext_noop("Naam, van Z tot A"),
    "datum": gettext_noop("Datum, oudste eerst"),
    "-datum": gettext_noop("Datum, nieuwste eerst"),
    "beoordeling": gettext_noop("Beoordeling"),
    "grond": gettext_noop("Reden"),
}
_BEOORDELING = Parameter(
    "beoordeling",
    "Alleen regels met deze beoordeling.",
    {"type": "array", "items": {"type": "string", "enum": [each.value for each in Beoordeling]}},
    herhaalbaar=True,
)
_GROND = Parameter(
    "grond",
    "Alleen regels met deze grond, zoals 5.1.2.e.",
    {"type": "array", "items": {"type": "string"}},
    herhaalbaar=True,
)
_WOORDEN = Parameter(
    "woorden", "Alleen regels waarin al deze woorden staan: in nummer, naam, soort of uitleg."
)
_SORTEER = Parameter("sorteer", "De volgorde.", {"type": "string", "enum": list(SORTERINGEN)})
FILTERS = (_BEOORDELING, _GROND, _WOORDEN, _SORTEER)
VANAF = Parameter(
    "vanafRij", "De hoeveelste gekozen regel de eerste is, vanaf 1.", {"type": "integer", "minimum": 1}
)
AANTAL = Parameter(
    "aantal",
    "Hoeveel regels.",
    {"type": "integer", "minimum": 1, "maximum": MOST_PER_PAGE, "default": PER_PAGE},
)
REGEL = Parameter("regel", "Het nummer van een regel die op de bladzijde moet staan.")

_ORDER = {each.value: place for place, each in enumerate(Beoordeling)}
_NUMBERS = re.compile(r"([0-9]{1,18})")


@dataclass(frozen=True, slots=True)
class Keuze:
    """What a visitor chose of an inventory."""

    beoordelingen: tuple[str, ...] = ()
    gronden: tuple[str, ...] = ()
    woorden: str = ""
    sorteer: str = "volgorde"
    vanaf: int = 1
    aantal: int = PER_PAGE
    regel: str | None = None

    @property
    def filtert(self) -> bool:
        return bool(self.beoordelingen or self.gronden or self.woorden.strip())


@dataclass(frozen=True, slots=True)
class Bladzijde:
    """One page of the chosen rows: how many were chosen, and the number of the first among them, from 1."""

    regels: tuple[Regel, ...]
    gekozen: int
    vanaf: int

    @property
    def volgende(self) -> int | None:
        """The number of the first row of the next page; None on the last."""
        following = self.vanaf + len(self.regels)
        return following if self.regels and following <= self.gekozen else None


def read_keuze(values: Values) -> Keuze:
    """What was chosen; raises the 400 that names every value that cannot be."""
    faults = [
        _unknown("beoordeling", value, [each.value for each in Beoordeling])
        for value in values.get("beoordeling", ())
        if value not in _ORDER
    ]
    sorteer = values.get("sorteer", ["volgorde"])[0]
    if sorteer not in SORTERINGEN:
        faults.append(_unknown("sorteer", sorteer, SORTERINGEN))
    numbers = {"vanafRij": 1, "aantal": PER_PAGE}
    for naam, most in (("vanafRij", 9_999_999), ("aantal", MOST_PER_PAGE)):
        given = values.get(naam, [str(numbers[naam])])[0].strip()
        if given.isascii() and given.isdigit() and len(given) < 8 and 1 <= int(given) <= most:
            numbers[naam] = int(given)
        else:
            detail = gettext(
                "'%(naam)s' is een heel getal van 1 tot en met %(most)s, niet %(waarde)s.",
                naam=naam,
                most=most,
                waarde=quoted(given),
            )
            faults.append(InputFault("query", naam, "ongeldig-getal", detail))
    if faults:
        raise invalid(*faults)
    return Keuze(
        beoordelingen=tuple(values.get("beoordeling", ())),
        gronden=tuple(values.get("grond", ())),
        woorden=values.get("woorden", [""])[0],
        sorteer=sorteer,
        vanaf=numbers["vanafRij"],
        aantal=numbers["aantal"],
        regel=values.get("regel", [None])[0],
    )


def chosen(regels: Iterable[Regel], keuze: Keuze, uitleg: Uitlegboek) -> list[Regel]:
    """The rows that fit, in the order asked; rows without a value come last."""
    words = _words(keuze.woorden)
    found = [regel for regel in regels if _fits(regel, keuze, words, uitleg)]
    return _ordered(found, keuze.sorteer)


def page_of(regels: Sequence[Regel], keuze: Keuze) -> Bladzijde:
    """The page that was asked for, or the one with the row that was asked for."""
    start = keuze.vanaf - 1
    if keuze.regel is not None:
        wanted = keuze.regel.casefold()
        at = next((n for n, regel in enumerate(regels) if regel["nummer"].casefold() == wanted), None)
        start = start if at is None else at - at % keuze.aantal
    return Bladzijde(tuple(regels[start : start + keuze.aantal]), len(regels), start + 1)


def gronden_in(regels: Iterable[Regel]) -> list[tuple[str, int]]:
    """The grounds that rows apply with how many do, most used first."""
    counts: dict[str, int] = {}
    for regel in regels:
        for code in regel["gronden"]:
            counts[code] = counts.get(code, 0) + 1
    return sorted(counts.items(), key=lambda one: (-one[1], one[0]))


def _fits(regel: Regel, keuze: Keuze, words: Sequence[str], uitleg: Uitlegboek) -> bool:
    if keuze.beoordelingen and regel["beoordeling"] not in keuze.beoordelingen:
        return False
    if keuze.gronden and not set(keuze.gronden) & set(regel["gronden"]):
        return False
    if not words:
        return True
    text = " ".join(word for part in _texts_of(regel, uitleg) if part for word in _words(part))
    return all(word in text for word in words)


def _words(text: str) -> list[str]:
    """The words as they are compared: without accents, capitals and points, so that 5.1.2e is 5.1.2.e."""
    return [word for word in map(fold, text.split()) if word]


def _texts_of(regel: Regel, uitleg: Uitlegboek) -> Iterable[str | None]:
    yield from (regel["nummer"], regel["naam"], regel["soort"])
    yield uitleg.beoordelingen[regel["beoordeling"]].naam
    for code in regel["gronden"]:
        yield from (code, uitleg.grond(code).naam)


def _ordered(regels: list[Regel], sorteer: str) -> list[Regel]:
    field = sorteer.removeprefix("-")
    if field == "volgorde":
        return regels
    if field == "beoordeling":
        return sorted(regels, key=lambda regel: _ORDER[regel["beoordeling"]])
    known = [regel for regel in regels if _value(regel, field)]
    unknown = [regel for regel in regels if not _value(regel, field)]
    known.sort(key=lambda regel: _natural(_value(regel, field)), reverse=sorteer.startswith("-"))
    return known + unknown


def _value(regel: Regel, field: str) -> str:
    value = regel["gronden"][0] if field == "grond" and regel["gronden"] else regel.get(field)
    return value if isinstance(value, str) else ""


def _natural(text: str) -> list[tuple[int, int, str]]:
    """Compare 2 before 10, also within a number such as A-2."""
    pieces = ((piece, fold(piece)) for piece in _NUMBERS.split(text))
    return [
        (0, int(piece), "") if piece.isascii() and piece.isdigit() else (1, 0, plain)
        for piece, plain in pieces
        if plain
    ]


def _unknown(naam: str, given: str, accepted: Iterable[str]) -> InputFault:
    detail = gettext(
        "%(waarde)s kan niet bij '%(naam)s'. Kies uit %(namen)s.",
        waarde=quoted(given),
        naam=naam,
        namen=", ".join(accepted),
    )
    return InputFault("query", naam, "onbekende-waarde", detail)
