"""How a decision stands against the term of its request, counted both ways."""

from dataclasses import dataclass, replace
from datetime import date

from woo.domain.besluit import Woobesluit
from woo.domain.verzoek import Wooverzoek


@dataclass(frozen=True, slots=True)
class Telling:
    """One way of counting: the last day of the term, the days used, and the days over it (below zero: to spare).

    `uiterste_datum` and `over` are None where the term stood still on the day of the decision.
    """

    uiterste_datum: date | None
    dagen: int
    over: int | None


@dataclass(frozen=True, slots=True)
class Termijnstand:
    """Both ways: the days on which the term stood still left out, and counted."""

    opgeschort: int
    met_opschorting: Telling
    zonder_opschorting: Telling


def termijnstand(verzoek: Wooverzoek, besluit: Woobesluit) -> Termijnstand:
    """Count for one decision; what befell the term after its day does not count for it (art. 4.4 Woo)."""
    dag = besluit.datum
    tot_toen = replace(
        verzoek, opschortingen=tuple(each for each in verzoek.opschortingen if each.van <= dag)
    )
    if tot_toen.verdaagd_op is not None and tot_toen.verdaagd_op > dag:
        tot_toen = replace(tot_toen, verdaagd_op=None, verdaging_dagen=0)
    duur = tot_toen.doorlooptijd(dag)
    met = tot_toen.uiterste_datum()
    zonder = tot_toen.uiterste_datum(met_opschorting=False)
    return Termijnstand(
        duur.opgeschort,
        met_opschorting=Telling(met, duur.zonder_opschorting, _over(dag, met)),
        zonder_opschorting=Telling(zonder, duur.dagen, _over(dag, zonder)),
    )


def _over(dag: date, uiterste: date | None) -> int | None:
    return None if uiterste is None else (dag - uiterste).days
