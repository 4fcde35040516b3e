"""How a clock is told: one or two sentences of plain Dutch, and what a calendar, list or mail needs of it."""

from datetime import date, timedelta

from babel import Locale
from babel.dates import format_date

from woo.domain.klok import Klok, Klokstand
from woo.domain.termijnregel import Termijnsoort
from woo.views.dutch import counted, day

_DUTCH = Locale("nl")
_DAG = timedelta(days=1)
_ONZEKER = "Van dat jaar zijn de dagen die met een feestdag gelijkstaan hier niet bekend: kijk de datum na."


def weekday(dag: date) -> str:
    """Write a day as `vrijdag 4 december 2026`."""
    return format_date(dag, "EEEE d MMMM y", locale=_DUTCH)


def sentence(klok: Klok) -> str:
    """What is due and for how long yet, as in `U moet uiterlijk vrijdag 4 december 2026 beslissen. Dat is over 8 dagen.`."""
    told = [due(klok), _left(klok)]
    if not klok.zeker and klok.open:
        told.append(_ONZEKER)
    return " ".join(part for part in told if part)


def both_ways(klok: Klok) -> str:
    """The other way of counting where it differs: suspension not taken into account; empty where both are the same."""
    if klok.einde_zonder is None or klok.einde == klok.einde_zonder:
        return ""
    return f"Telt de wachttijd mee, dan is de laatste dag {weekday(klok.einde_zonder)}."


def short(klok: Klok) -> str:
    """How long there is, in two or three words, for a list."""
    if klok.stand is Klokstand.STIL:
        return "staat stil"
    if klok.stand is Klokstand.VERVALLEN:
        return "telt niet meer"
    if klok.stand is Klokstand.GEDAAN:
        return f"{_days(klok.te_laat)} te laat gedaan" if klok.te_laat else "klaar"
    left = klok.dagen_over or 0
    if left < 0:
        return f"{_days(-left)} {'geleden' if klok.regel.streef else 'te laat'}"
    return {0: "vandaag", 1: "morgen"}.get(left, f"over {_days(left)}")


def what(klok: Klok) -> str:
    """What the clock is for, as the title of an appointment."""
    return f"{klok.regel.naam} (eigen streven)" if klok.regel.streef else klok.regel.naam


def due(klok: Klok) -> str:
    """What is due, without how long there is for it: the same on every day."""
    regel, einde = klok.regel, klok.einde
    if klok.stand is Klokstand.STIL:
        return "De termijn staat stil. Er is nu geen laatste dag."
    if einde is None or klok.stand is Klokstand.GEDAAN:
        return _done(klok)
    if klok.stand is Klokstand.VERVALLEN:
        return "Deze termijn telt niet (meer)."
    if regel.zin is not None:
        return regel.zin.format(einde=weekday(einde), daarna=weekday(einde + _DAG))
    match regel.soort:
        case Termijnsoort.PLICHT:
            must = (
                ("wilde" if regel.streef else "moest") if klok.te_laat else "wilt" if regel.streef else "moet"
            )
            return f"U {must} uiterlijk {weekday(einde)} {regel.wat}."
        case Termijnsoort.KANS:
            return f"U kunt tot en met {weekday(einde)} {regel.wat}."
        case Termijnsoort.ANDER:
            return f"{regel.wie} kan tot en met {weekday(einde)} {regel.wat}."
    return f"U mag vanaf {weekday(einde + _DAG)} {regel.wat}. Eerder mag het niet."


def _done(klok: Klok) -> str:
    if klok.gedaan_op is None:
        return "Deze tijd is voorbij."
    late = f", {_days(klok.te_laat)} te laat" if klok.te_laat else ""
    in_time = (
        ", op tijd" if klok.regel.soort is Termijnsoort.PLICHT and not klok.te_laat and klok.einde else ""
    )
    return f"Dit was klaar op {day(klok.gedaan_op)}{late}{in_time}."


def _left(klok: Klok) -> str:
    if klok.stand is not Klokstand.LOOPT or klok.regel.soort is Termijnsoort.WACHT:
        return ""
    left = klok.dagen_over or 0
    if left < 0:
        late = f"Dat is {_days(-left)} "
        return f"{late}geleden. Doe het zo snel mogelijk." if klok.regel.streef else f"{late}te laat."
    return {0: "Dat is vandaag.", 1: "Dat is morgen."}.get(left, f"Dat is over {_days(left)}.")


def _days(number: int) -> str:
    return counted(number, "dag", "dagen")
