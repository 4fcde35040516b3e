"""How a dossier is told: the timeline of a request, its term counted both ways, decisions and procedures in plain Dutch."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from woo.domain.procedure import Proceduresoort, Procedureuitkomst
from woo.views.dutch import counted, day

Verzoek = Mapping[str, Any]
Besluit = Mapping[str, Any]

UITKOMSTEN = {
    "openbaar": "Alles openbaar",
    "deels_openbaar": "Deels openbaar",
    "niet_openbaar": "Niet openbaar",
    "reeds_openbaar": "Was al openbaar",
    "geen_documenten": "Geen documenten gevonden",
}
_GRONDEN = {
    "zienswijze": "Wacht op de mening van anderen die het aangaat",
    "precisering": "Wacht op uitleg van de verzoeker",
    "instemming": "Wacht, met instemming van de verzoeker",
    "verzoeker": "Wacht op de verzoeker",
    "overmacht": "Wacht door overmacht",
}


@dataclass(frozen=True, slots=True)
class Stap:
    """One step of the timeline: its day or days, what happened, more about it, and how it looks (`late`, `wait` or plain)."""

    datum: str
    titel: str
    uitleg: str = ""
    vorm: str = ""


@dataclass(frozen=True, slots=True)
class Telrij:
    """One way of counting the term of a decision, as a row of a table."""

    naam: str
    uiterste_datum: str
    dagen: str
    verschil: str
    te_laat: bool


def steps(verzoek: Verzoek) -> tuple[Stap, ...]:
    """The timeline of a request, in order."""
    return tuple(_step(moment, verzoek) for moment in verzoek["tijdlijn"])


def _step(moment: Mapping[str, Any], verzoek: Verzoek) -> Stap:
    datum = day(moment["datum"])
    match moment["soort"]:
        case "ontvangen":
            return Stap(datum, "Verzoek ontvangen")
        case "verdaagd":
            dagen = counted(verzoek["verdaging"]["dagen"], "dag", "dagen")
            return Stap(datum, "Termijn verlengd", f"met {dagen}")
        case "opgeschort":
            return _wait(moment, verzoek)
        case "uiterste_datum":
            return Stap(datum, "Laatste dag om te besluiten")
        case "gepubliceerd":
            return Stap(datum, "Gepubliceerd")
    besluit = next(each for each in verzoek["besluiten"] if each["kenmerk"] == moment["besluit"])
    over = besluit["termijn"]["metOpschorting"]["over"]
    late = over is not None and over > 0
    return Stap(datum, decision_name(besluit), in_time(besluit), "late" if late else "")


def _wait(moment: Mapping[str, Any], verzoek: Verzoek) -> Stap:
    gronden = (each["grond"] for each in verzoek["opschortingen"] if each["van"] == moment["datum"])
    titel = _GRONDEN.get(next(gronden, ""), "De termijn staat stil")
    van = day(moment["datum"])
    datum = f"vanaf {van}" if moment["tot"] is None else f"{van} tot en met {day(moment['tot'])}"
    return Stap(datum, titel, "telt niet mee", "wait")


def decision_name(besluit: Besluit) -> str:
    """What a decision is called."""
    return "Besluit" if besluit["deelbesluit"] is None else f"Deelbesluit {besluit['deelbesluit']}"


def in_time(besluit: Besluit) -> str:
    """Whether a decision was in time, in one sentence; both ways where the term stood still."""
    termijn = besluit["termijn"]
    over, whole = termijn["metOpschorting"]["over"], termijn["zonderOpschorting"]["over"]
    if over is None:
        return "de termijn stond stil"
    if not termijn["opgeschort"] or over == whole:
        return _late(over)
    if over > 0:
        return f"{_late(over)}, of {whole} met de wachttijd erbij"
    return _late(over) if whole <= 0 else f"{_late(over)}; met de wachttijd erbij {_late(whole)}"


def _late(over: int) -> str:
    return f"{counted(over, 'dag', 'dagen')} te laat" if over > 0 else "op tijd"


def counts(besluit: Besluit) -> tuple[Telrij, ...]:
    """The term of a decision counted both ways; one row where the term never stood still."""
    termijn = besluit["termijn"]
    met = _row("Wachttijd telt niet mee", termijn["metOpschorting"])
    zonder = _row("Wachttijd telt mee", termijn["zonderOpschorting"])
    if not termijn["opgeschort"]:
        return (_row("Van ontvangst tot besluit", termijn["zonderOpschorting"]),)
    return met, zonder


def _row(naam: str, telling: Mapping[str, Any]) -> Telrij:
    over = telling["over"]
    if over is None:
        verschil = "de termijn stond stil"
    elif over > 0:
        verschil = _late(over)
    else:
        verschil = f"{counted(-over, 'dag', 'dagen')} over" if over else "precies op tijd"
    uiterste = telling["uitersteDatum"]
    dagen = counted(telling["dagen"], "dag", "dagen")
    return Telrij(naam, "–" if uiterste is None else day(uiterste), dagen, verschil, bool(over and over > 0))


def procedure_sentence(procedure: Mapping[str, Any]) -> str:
    """One objection or case in a sentence."""
    soort = Proceduresoort(procedure["soort"]).naam
    start = f"{soort} van {day(procedure['datum'])}"
    if procedure["uitkomst"] is None:
        return f"{start}: nog geen uitkomst"
    return f"{start}: {Procedureuitkomst(procedure['uitkomst']).naam} op {day(procedure['beslistOp'])}"


def summary(beoordelingen: Mapping[str, int]) -> str:
    """How many documents were judged how: `5 deels openbaar, 2 niet openbaar en 1 al openbaar`."""
    names = {
        "openbaar": "openbaar",
        "deels_openbaar": "deels openbaar",
        "niet_openbaar": "niet openbaar",
        "reeds_openbaar": "al openbaar",
    }
    return listed(f"{number} {names[code]}" for code, number in beoordelingen.items() if number)


def listed(texts: Iterable[str]) -> str:
    """Write a list as a sentence does: `a, b en c`."""
    *rest, last = list(texts) or [""]
    return f"{', '.join(rest)} en {last}" if rest else last
