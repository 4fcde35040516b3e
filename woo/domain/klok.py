"""The clocks of a dossier: every legal term that runs, stands still or has ended, computed from facts and rules."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from woo.domain.kalender import Kalender
from woo.domain.tellen import Periode, laatste_dag
from woo.domain.termijnregel import Feitsoort, Termijnregel, Termijnregels, Termijnsoort

_DAG = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Feit:
    """Something that happened on day `op`.

    `over` is the id of what it is about (a request, decision, procedure, suspension), `bij` that of what that belongs to, so
    that an objection finds the term of its decision. `tot` is a last day that was set with it, or on which it ended;
    `dagen` how many it adds.
    """

    soort: Feitsoort
    op: date
    over: str
    tot: date | None = None
    dagen: int | None = None
    bij: str | None = None


class Klokstand(StrEnum):
    """How a clock stands: it runs, stands still, was ended as it should, or does not matter any more."""

    LOOPT = "loopt"
    STIL = "stil"
    GEDAAN = "gedaan"
    VERVALLEN = "vervallen"


@dataclass(frozen=True, slots=True)
class Klok:
    """One term, as it stands on day `vandaag`.

    `einde` is its last day with suspension taken into account, None while that cannot be told; `einde_zonder` the same
    without. `zeker` is False where the royal decrees about holidays of the year in which it ends are not known.
    """

    regel: Termijnregel
    over: str
    nummer: int
    begin: date
    einde: date | None
    einde_zonder: date | None
    stand: Klokstand
    vandaag: date
    gedaan_op: date | None = None
    zeker: bool = True

    @property
    def sleutel(self) -> str:
        """What this clock is called for as long as it exists, also when its days change."""
        return f"{self.regel.code}.{self.over}" + (f".{self.nummer}" if self.nummer else "")

    @property
    def open(self) -> bool:
        """Whether someone still waits for it."""
        return self.stand in (Klokstand.LOOPT, Klokstand.STIL)

    @property
    def dagen_over(self) -> int | None:
        """Days until the end, today not counted: 0 on the last day, below zero after it; None where there is no end."""
        return self._left(self.einde)

    @property
    def dagen_over_zonder(self) -> int | None:
        """As `dagen_over`, without suspension taken into account."""
        return self._left(self.einde_zonder)

    @property
    def te_laat(self) -> int:
        """Days that a duty of the desk is over its end; 0 for what is in time, or is no duty."""
        left = self.dagen_over
        if self.regel.soort is not Termijnsoort.PLICHT or self.stand is Klokstand.VERVALLEN or left is None:
            return 0
        return max(-left, 0)

    def _left(self, einde: date | None) -> int | None:
        return None if einde is None else (einde - (self.gedaan_op or self.vandaag)).days


def klokken(
    feiten: Sequence[Feit],
    regels: Termijnregels,
    kalender: Kalender,
    vandaag: date,
    stil: Iterable[Periode] = (),
) -> tuple[Klok, ...]:
    """Every clock that these facts start, in the order of the rules and then of the facts.

    `stil` are the periods in which the term of the request stands still. A rule that was not in force on the day of
    its fact starts nothing.
    """
    telling = _Telling(tuple(feiten), regels, kalender, vandaag, tuple(stil))
    for regel in regels:
        if not regel.verlengt:
            telling.add(regel)
    return tuple(telling.found)


class _Telling:
    """One count over the facts of one dossier."""

    def __init__(
        self,
        feiten: tuple[Feit, ...],
        regels: Termijnregels,
        kalender: Kalender,
        vandaag: date,
        stil: tuple[Periode, ...],
    ) -> None:
        self._feiten = feiten
        self._regels = regels
        self._kalender = kalender
        self._vandaag = vandaag
        self._stil = stil
        self.found: list[Klok] = []

    def add(self, regel: Termijnregel) -> None:
        seen: dict[str, int] = {}
        for feit in self._of({regel.vanaf}):
            if not regel.geldt(feit.op) or not self._applies(regel, feit):
                continue
            begin = feit.op if regel.na_einde_van is None else self._end_of(regel.na_einde_van, feit)
            if begin is None:
                continue
            nummer = seen.get(feit.over, 0)
            seen[feit.over] = nummer + 1
            self.found.append(self._klok(regel, feit, begin, nummer))

    def _klok(self, regel: Termijnregel, feit: Feit, begin: date, nummer: int) -> Klok:
        gedaan = min(
            (each.op for each in self._about(feit, regel.klaar_door) if each.op >= feit.op), default=None
        )
        einde, zonder = self._ends(regel, feit, begin, gedaan)
        einde = self._held_back(regel, feit, einde)
        stand = self._stand(regel, feit, einde, gedaan)
        if stand is not Klokstand.GEDAAN:
            gedaan = None
        zeker = zonder is None or not regel.termijnenwet or self._kalender.kent(einde or zonder)
        return Klok(regel, feit.over, nummer, begin, einde, zonder, stand, self._vandaag, gedaan, zeker)

    def _ends(
        self, regel: Termijnregel, feit: Feit, begin: date, gedaan: date | None
    ) -> tuple[date | None, date | None]:
        """The last day with and without suspension; what befell the term after it was met does not count."""
        if regel.dagen is None:
            return feit.tot, feit.tot
        dagen = regel.dagen + self._longer(regel, feit, gedaan)
        vanaf = begin if regel.dag_erna else begin - _DAG
        zonder = vanaf + dagen * _DAG
        stil = self._stil if regel.opschorting else ()
        met = laatste_dag(vanaf, dagen, (each for each in stil if gedaan is None or each.van <= gedaan))
        if not regel.termijnenwet:
            return met, zonder
        return None if met is None else self._kalender.einde(met), self._kalender.einde(zonder)

    def _longer(self, regel: Termijnregel, feit: Feit, gedaan: date | None) -> int:
        """The days that other rules add to this one."""
        dagen = 0
        for other in self._regels:
            if regel.code not in other.verlengt:
                continue
            for each in self._about(feit, {other.vanaf}):
                if other.geldt(each.op) and (gedaan is None or each.op <= gedaan):
                    dagen += min(each.dagen or other.dagen or 0, other.dagen or 0)
        return dagen

    def _held_back(self, regel: Termijnregel, feit: Feit, einde: date | None) -> date | None:
        """A fact that blocks holds the end back for as long as it lasts."""
        if regel.blokkeert_door is None or einde is None:
            return einde
        for each in self._about(feit, {regel.blokkeert_door}):
            if each.tot is None:
                return None
            einde = max(einde, each.tot)
        return einde

    def _stand(self, regel: Termijnregel, feit: Feit, einde: date | None, gedaan: date | None) -> Klokstand:
        if gedaan is not None:
            return Klokstand.GEDAAN
        if any(each.op >= feit.op for each in self._about(feit, regel.vervalt_door)) or self._too_early(
            regel, feit
        ):
            return Klokstand.VERVALLEN
        if einde is None:
            return Klokstand.STIL
        past = einde < self._vandaag
        if past and regel.soort is Termijnsoort.WACHT:
            return Klokstand.GEDAAN
        return Klokstand.VERVALLEN if past and regel.soort is not Termijnsoort.PLICHT else Klokstand.LOOPT

    def _too_early(self, regel: Termijnregel, feit: Feit) -> bool:
        """Whether the fact came before the term that must have ended first did."""
        if regel.niet_voor is None:
            return False
        ends = [
            each.einde for each in self.found if each.regel.code == regel.niet_voor and each.over == feit.over
        ]
        return any(einde is None or feit.op <= einde for einde in ends)

    def _applies(self, regel: Termijnregel, feit: Feit) -> bool:
        if regel.alleen_als is not None and not any(self._about(feit, {regel.alleen_als})):
            return False
        return regel.niet_als is None or not any(self._about(feit, {regel.niet_als}))

    def _end_of(self, code: str, feit: Feit) -> date | None:
        """The end of the term with this code of what the fact belongs to."""
        for each in self.found:
            if each.regel.code == code and each.over in (feit.bij, feit.over):
                return each.einde
        return None

    def _of(self, soorten: Iterable[Feitsoort]) -> list[Feit]:
        wanted = frozenset(soorten)
        return [each for each in self._feiten if each.soort in wanted]

    def _about(self, feit: Feit, soorten: Iterable[Feitsoort]) -> Iterator[Feit]:
        """The facts of these kinds about the same thing, or about what it belongs to."""
        return (each for each in self._of(soorten) if each.over in (feit.over, feit.bij))
