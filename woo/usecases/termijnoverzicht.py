"""The terms that ask for attention, in four groups: late, due today, due soon, standing still."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from woo.domain.actor import Actor
from woo.domain.klok import Klokstand
from woo.domain.termijnregel import Termijnsoort
from woo.usecases.handeling import usecase
from woo.usecases.platform import Platform
from woo.usecases.rechten import Handeling
from woo.usecases.termijnen import Lopend, open_termijnen, vandaag

_TELLS = frozenset(Termijnsoort) - {Termijnsoort.KANS}
"""What the desk may do but need not is told on the page of the request alone."""


@dataclass(frozen=True, slots=True)
class Termijnoverzicht:
    """The groups on day `dag`; `stil` holds the duties that have no end for as long as they stand still."""

    dag: date
    te_laat: Sequence[Lopend]
    vandaag: Sequence[Lopend]
    binnenkort: Sequence[Lopend]
    stil: Sequence[Lopend]

    @property
    def dringend(self) -> int:
        """How many have an end that has passed or comes soon."""
        return len(self.te_laat) + len(self.vandaag) + len(self.binnenkort)


@usecase(Handeling.VERZOEKEN_LEZEN, "termijn")
def overview(
    platform: Platform, actor: Actor, *, dagen: int, organisaties: Iterable[str] | None = None
) -> Termijnoverzicht:
    """Group the running terms of the organisations that the actor may read; soon is within so many days. Raises NotAllowed."""
    dag = vandaag(platform)
    told = [
        each
        for each in open_termijnen(platform, actor, organisaties=organisaties)
        if each.klok.regel.soort in _TELLS
    ]
    running = [each for each in told if each.klok.stand is Klokstand.LOOPT and each.klok.einde is not None]
    last = dag + timedelta(days=dagen)
    return Termijnoverzicht(
        dag,
        te_laat=[each for each in running if each.klok.te_laat],
        vandaag=[each for each in running if each.klok.einde == dag],
        binnenkort=[each for each in running if each.klok.einde and dag < each.klok.einde <= last],
        stil=[
            each
            for each in told
            if each.klok.stand is Klokstand.STIL and each.klok.regel.soort is Termijnsoort.PLICHT
        ],
    )
