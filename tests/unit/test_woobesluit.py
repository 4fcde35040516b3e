"""A decision: one on the whole request or numbered partial ones, and the law it rests on."""

from datetime import date

import pytest

from woo.domain.besluit import Uitkomst, Wet, Woobesluit, check_besluit
from woo.domain.errors import InvalidValue, Refused
from woo.domain.inventaris import Beoordeling, Inventarisregel
from woo.domain.verzoek import Wooverzoek

VERZOEK = Wooverzoek("v1", "Woo-2024/8", "De rondweg", date(2024, 1, 8))


def besluit(id: str = "b1", deelbesluit: int | None = None, **changes: object) -> Woobesluit:
    fields = {
        "id": id,
        "verzoek_id": "v1",
        "kenmerk": f"besluit {id}",
        "datum": date(2024, 2, 1),
        "uitkomst": Uitkomst.DEELS_OPENBAAR,
        "deelbesluit": deelbesluit,
    }
    return Woobesluit(**(fields | changes))  # type: ignore[arg-type]


def test_partial_decisions_stand_beside_each_other() -> None:
    check_besluit(besluit("b2", 2), VERZOEK, [besluit("b1", 1)])
    check_besluit(besluit("b1"), VERZOEK, [besluit("b1")])  # itself, changed


@pytest.mark.parametrize(
    ("there", "new", "why"),
    [
        (1, 1, "belongs to besluit b1"),
        (None, 2, "number them all"),
        (1, None, "number them all"),
        (None, None, "number"),
    ],
)
def test_two_decisions_on_the_same_are_refused(there: int | None, new: int | None, why: str) -> None:
    with pytest.raises(Refused, match=why):
        check_besluit(besluit("b2", new), VERZOEK, [besluit("b1", there)])


def test_a_decision_before_the_request_or_on_another_is_refused() -> None:
    with pytest.raises(InvalidValue, match="came in later, on 2024-01-08"):
        check_besluit(besluit(datum=date(2024, 1, 7)), VERZOEK, [])
    with pytest.raises(InvalidValue, match="verzoek_id"):
        check_besluit(besluit(verzoek_id="v2"), VERZOEK, [])


@pytest.mark.parametrize("changes", [{"deelbesluit": 0}, {"kenmerk": " "}])
def test_a_decision_that_cannot_be_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(InvalidValue, match=next(iter(changes))):
        besluit(**changes)


def test_the_law_is_that_of_the_day() -> None:
    assert besluit(datum=date(2022, 5, 1)).wet is Wet.WOO
    assert besluit(datum=date(2022, 4, 30)).wet is Wet.WOB


def regel(**changes: object) -> Inventarisregel:
    fields = {
        "publicatie_id": "p1",
        "volgorde": 1,
        "nummer": "A-1",
        "documentnaam": "Brief",
        "beoordeling": Beoordeling.OPENBAAR,
    }
    return Inventarisregel(**(fields | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize("changes", [{"nummer": " "}, {"documentnaam": ""}, {"volgorde": 0}])
def test_a_row_that_cannot_be_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(InvalidValue, match=next(iter(changes))):
        regel(**changes)


@pytest.mark.parametrize("beoordeling", Beoordeling)
def test_what_was_refused_or_waits_may_not_be_public(beoordeling: Beoordeling) -> None:
    assert regel(beoordeling=beoordeling).mag_openbaar is (beoordeling is not Beoordeling.NIET_OPENBAAR)
    assert not regel(beoordeling=beoordeling, opgeschort=True).mag_openbaar
