"""How a dossier is told: the timeline of a request, its term counted both ways, decisions and procedures in plain Dutch."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from woo.domain.procedure import Proceduresoort, Procedureuitkomst
from woo.taal import gettext, gettext_noop
from woo.views.dutch import counted, day

Verzoek = Mapping[str, Any]
Besluit = Mapping[str, Any]

UITKOMSTEN = {
    "openbaar": gettext_noop("Alles openbaar"),
    "deels_openbaar": gettext_noop("Deels openbaar"),
    "niet_openbaar": gettext_noop("Niet openbaar"),
    "reeds_openbaar": gettext_noop("Was al openbaar"),
    "geen_documenten": gettext_noop("Geen documenten gevonden"),
    "buiten_behandeling": gettext_noop("Niet in behandeling genomen"),
    "doorgezonden": gettext_noop("Doorgestuurd naar een andere organisatie"),
    "ingetrokken": gettext_noop("Ingetrokken door de verzoeker"),
    "geen_woo_verzoek": gettext_noop("Geen Woo-verzoek"),
}
_HERZIENINGEN = {
    "bezwaar": gettext_noop("na bezwaar"),
    "rechter": gettext_noop("na een uitspraak van de rechter"),
    "ambtshalve": gettext_noop("uit eigen beweging"),
}
_ROLLEN = {
    "besluitbrief": gettext_noop("De besluitbrief"),
    "verzoek": gettext_noop("Het verzoek"),
    "inventaris": gettext_noop("Inventarislijst"),
    "bijlage": gettext_noop("Bijlage"),
}
_GRONDEN = {
    "zienswijze": gettext_noop("Wacht op de mening van anderen die het aangaat"),
    "precisering": gettext_noop("Wacht op uitleg van de verzoeker"),
    "instemming": gettext_noop("Wacht, met instemming van de verzoeker"),
    "verzoeker": gettext_noop("Wacht op de verzoeker"),
    "overmacht": gettext_noop("Wacht door overmacht"),
}
_GEOORDEELD = {
    "openbaar": gettext_noop("openbaar"),
    "deels_openbaar": gettext_noop("deels openbaar"),
    "niet_openbaar": gettext_noop("niet openbaar"),
    "reeds_openbaar": gettext_noop("al openbaar"),
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
            return Stap(datum, gettext("Verzoek ontvangen"))
        case "verdaagd":
            dagen = counted(verzoek["verdaging"]["dagen"], "dag", "dagen")
            return Stap(datum, gettext("Termijn verlengd"), gettext("met %(dagen)s", dagen=dagen))
        case "opgeschort":
            return _wait(moment, verzoek)
        case "uiterste_datum":
            return Stap(datum, gettext("Laatste dag om te besluiten"))
        case "gepubliceerd":
            return Stap(datum, gettext("Gepubliceerd"))
        case "doorgezonden":
            return Stap(datum, gettext("Doorgestuurd"), _sent_on_to(moment["datum"], verzoek))
        case "ingetrokken":
            return Stap(datum, gettext("Ingetrokken door de verzoeker"))
    besluit = next(each for each in verzoek["besluiten"] if each["kenmerk"] == moment["besluit"])
    if besluit.get("herziening"):
        return Stap(datum, decision_name(besluit), revision(besluit))
    over = besluit["termijn"]["metOpschorting"]["over"]
    late = over is not None and over > 0
    return Stap(datum, decision_name(besluit), in_time(besluit), "late" if late else "")


def _wait(moment: Mapping[str, Any], verzoek: Verzoek) -> Stap:
    gronden = (each["grond"] for each in verzoek["opschortingen"] if each["van"] == moment["datum"])
    titel = gettext(_GRONDEN.get(next(gronden, ""), gettext_noop("De termijn staat stil")))
    van = day(moment["datum"])
    datum = (
        gettext("vanaf %(dag)s", dag=van)
        if moment["tot"] is None
        else gettext("%(van)s tot en met %(tot)s", van=van, tot=day(moment["tot"]))
    )
    return Stap(datum, titel, gettext("telt niet mee"), "wait")


def _sent_on_to(datum: str, verzoek: Verzoek) -> str:
    return listed(sent_on(each) for each in verzoek["doorzendingen"] if each["op"] == datum)


def sent_on(doorzending: Mapping[str, Any]) -> str:
    """Where a request, or which part of it, went."""
    if doorzending["deel"] is None:
        return gettext("naar %(organisatie)s", organisatie=doorzending["aan"])
    return gettext("%(deel)s, naar %(organisatie)s", deel=doorzending["deel"], organisatie=doorzending["aan"])


def period(verzoek: Verzoek) -> str:
    """The period that a request asks about; empty where it names none."""
    periode = verzoek.get("periode")
    if periode is None:
        return ""
    if periode["tot"] is None:
        return gettext("vanaf %(dag)s", dag=day(periode["van"]))
    if periode["van"] is None:
        return gettext("tot en met %(dag)s", dag=day(periode["tot"]))
    return gettext("%(van)s tot en met %(tot)s", van=day(periode["van"]), tot=day(periode["tot"]))


def revision(besluit: Besluit) -> str:
    """Why a decision takes the place of an earlier one; empty where it does not."""
    why = besluit.get("herziening")
    return gettext(_HERZIENINGEN[why]) if why else ""


def force(besluit: Besluit) -> str:
    """Which decision counts, in one sentence, where another took the place of one; empty where that did not happen."""
    if besluit.get("herzienDoor"):
        return gettext("Dit besluit geldt niet meer. Nu geldt %(kenmerk)s.", kenmerk=besluit["herzienDoor"])
    if besluit.get("herziet"):
        return gettext(
            "Dit besluit komt in de plaats van %(kenmerk)s, %(waarom)s.",
            kenmerk=besluit["herziet"],
            waarom=revision(besluit),
        )
    return ""


def role(document: Mapping[str, Any]) -> str:
    """What a document is within its dossier; empty for the documents that it is all about."""
    rol = document.get("rol")
    return gettext(_ROLLEN[rol]) if rol else ""


def decision_name(besluit: Besluit) -> str:
    """What a decision is called."""
    nummer = besluit["deelbesluit"]
    if besluit.get("herziening"):
        return (
            gettext("Herzien besluit")
            if nummer is None
            else gettext("Herzien deelbesluit %(nummer)s", nummer=nummer)
        )
    return gettext("Besluit") if nummer is None else gettext("Deelbesluit %(nummer)s", nummer=nummer)


def in_time(besluit: Besluit) -> str:
    """Whether a decision was in time, in one sentence; both ways where the term stood still."""
    termijn = besluit["termijn"]
    over, whole = termijn["metOpschorting"]["over"], termijn["zonderOpschorting"]["over"]
    if over is None:
        return gettext("de termijn stond stil")
    if not termijn["opgeschort"] or over == whole:
        return _late(over)
    if over > 0:
        return gettext("%(te_laat)s, of %(geheel)s met de wachttijd erbij", te_laat=_late(over), geheel=whole)
    if whole <= 0:
        return _late(over)
    return gettext("op tijd; met de wachttijd erbij %(te_laat)s", te_laat=_late(whole))


def _late(over: int) -> str:
    if over <= 0:
        return gettext("op tijd")
    return gettext("%(dagen)s te laat", dagen=counted(over, "dag", "dagen"))


def counts(besluit: Besluit) -> tuple[Telrij, ...]:
    """The term of a decision counted both ways; one row where the term never stood still, none for a revised one."""
    if besluit.get("herziening"):
        return ()
    termijn = besluit["termijn"]
    met = _row(gettext("Wachttijd telt niet mee"), termijn["metOpschorting"])
    zonder = _row(gettext("Wachttijd telt mee"), termijn["zonderOpschorting"])
    if not termijn["opgeschort"]:
        return (_row(gettext("Van ontvangst tot besluit"), termijn["zonderOpschorting"]),)
    return met, zonder


def _row(naam: str, telling: Mapping[str, Any]) -> Telrij:
    over = telling["over"]
    if over is None:
        verschil = gettext("de termijn stond stil")
    elif over > 0:
        verschil = _late(over)
    else:
        verschil = (
            gettext("%(dagen)s over", dagen=counted(-over, "dag", "dagen"))
            if over
            else gettext("precies op tijd")
        )
    uiterste = telling["uitersteDatum"]
    dagen = counted(telling["dagen"], "dag", "dagen")
    return Telrij(naam, "–" if uiterste is None else day(uiterste), dagen, verschil, bool(over and over > 0))


def procedure_sentence(procedure: Mapping[str, Any]) -> str:
    """One objection or case in a sentence."""
    soort, van = gettext(Proceduresoort(procedure["soort"]).naam), day(procedure["datum"])
    if procedure["uitkomst"] is None:
        return gettext("%(procedure)s van %(dag)s: nog geen uitkomst", procedure=soort, dag=van)
    return gettext(
        "%(procedure)s van %(dag)s: %(uitkomst)s op %(beslist)s",
        procedure=soort,
        dag=van,
        uitkomst=gettext(Procedureuitkomst(procedure["uitkomst"]).naam),
        beslist=day(procedure["beslistOp"]),
    )


def outcome(besluit: Besluit) -> str:
    """What a decision came to, as the start of a sentence."""
    naam = UITKOMSTEN[besluit["uitkomst"]]
    als = besluit.get("aangemerktAls")
    if not als:
        return gettext(naam)
    return gettext("%(uitkomst)s, maar %(als)s", uitkomst=gettext(naam), als=als)


def summary(beoordelingen: Mapping[str, int]) -> str:
    """How many documents were judged how: `5 deels openbaar, 2 niet openbaar en 1 al openbaar`."""
    return listed(
        f"{number} {gettext(_GEOORDEELD[code])}" for code, number in beoordelingen.items() if number
    )


def listed(texts: Iterable[str]) -> str:
    """Write a list as a sentence does: `a, b en c`."""
    *rest, last = list(texts) or [""]
    return gettext("%(eerder)s en %(laatste)s", eerder=", ".join(rest), laatste=last) if rest else last
