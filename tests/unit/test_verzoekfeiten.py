"""What befalls a request, how it then stands, and the people behind it: what can be, and what cannot."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from woo.domain.besluit import Herziening, Uitkomst, Woobesluit, check_besluit, in_force
from woo.domain.betrokkenen import Belanghebbende, Reactie, Stuksoort, Verzoeker, Zienswijze
from woo.domain.errors import InvalidValue, Refused
from woo.domain.verloop import Doorzending, Periode, Precisering
from woo.domain.verzoek import Opschorting, Opschortingsgrond, Verzoekfeit, Wooverzoek
from woo.domain.verzoekstatus import Verzoekstatus, days_left, status

DAG = date(2024, 1, 8)
LATER = date(2024, 1, 15)
VERZOEK = Wooverzoek("v1", "Woo-1", "De rondweg", DAG)
HEEL = Doorzending("gm1735", LATER)
DEEL = Doorzending("gm1735", LATER, "de sloten")


def besluit(id: str = "b1", deelbesluit: int | None = None, **changes: Any) -> Woobesluit:
    fields: dict[str, Any] = {"kenmerk": id, "datum": LATER, "uitkomst": Uitkomst.OPENBAAR}
    return Woobesluit(id, "v1", deelbesluit=deelbesluit, **(fields | changes))


def derde(**changes: Any) -> Belanghebbende:
    return Belanghebbende(**({"id": "t", "verzoek_id": "v1", "nummer": 1, "naam": "Bedacht"} | changes))


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Periode(),
        lambda: Periode(LATER, DAG),
        lambda: Precisering(LATER, DAG),
        lambda: Doorzending(" ", DAG),
        lambda: Doorzending("gm1735", DAG, " "),
        lambda: replace(VERZOEK, doorzendingen=(Doorzending("x", date(2024, 1, 7)),)),
        lambda: replace(VERZOEK, preciseringen=(Precisering(date(2024, 1, 7)),)),
        lambda: replace(VERZOEK, ingebrekestellingen=(date(2024, 1, 7),)),
        lambda: replace(VERZOEK, ingetrokken_op=date(2024, 1, 7)),
        lambda: besluit(laatste=True),
        lambda: besluit(uitkomst=Uitkomst.GEEN_WOO_VERZOEK),
        lambda: besluit(aangemerkt_als="een melding"),
        lambda: besluit(herziet="b0"),
        lambda: besluit(herziening=Herziening.RECHTER),
        lambda: besluit(herziet="b1", herziening=Herziening.RECHTER),
        lambda: Verzoeker("v1", None),
        lambda: Verzoeker("v1", " "),
        lambda: Verzoeker("v1", "Naam", gewist_op=DAG),
        lambda: Verzoeker("v1", "Naam", email="naam@nergens"),
        lambda: derde(reageren_voor=DAG),
        lambda: derde(gevraagd_op=LATER, reageren_voor=DAG),
        lambda: derde(reactie=Reactie.BEZWAAR),
        lambda: derde(gereageerd_op=DAG),
        lambda: derde(reactie=Reactie.GEEN_REACTIE, gereageerd_op=DAG),
        lambda: derde(gevraagd_op=LATER, reactie=Reactie.DEELS, gereageerd_op=DAG),
        lambda: derde(zienswijzen=(Zienswijze(Stuksoort.REGEL, "p:1", Reactie.DEELS),) * 2),
    ],
)
def test_what_cannot_be_is_refused(wrong: Callable[[], object]) -> None:
    with pytest.raises(InvalidValue):
        wrong()


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: VERZOEK.precisering_gevraagd(DAG).precisering_gevraagd(LATER),
        lambda: VERZOEK.precisering_beantwoord(LATER),
        lambda: VERZOEK.doorgezonden(HEEL).doorgezonden(DEEL),
        lambda: VERZOEK.in_gebreke_gesteld(LATER).in_gebreke_gesteld(LATER),
        lambda: VERZOEK.ingetrokken(LATER).ingetrokken(LATER),
        *(lambda feit=feit: VERZOEK.zonder(feit) for feit in Verzoekfeit),
        lambda: VERZOEK.doorgezonden(DEEL).zonder(Verzoekfeit.DOORZENDING, 2),
        lambda: derde().gewist(DAG).gewist(LATER),
    ],
)
def test_what_cannot_be_done_now_is_refused(wrong: Callable[[], object]) -> None:
    with pytest.raises(Refused):
        wrong()


def test_every_kind_of_fact_is_noted_and_struck_out_again() -> None:
    stil = Opschorting(LATER, None, Opschortingsgrond.ZIENSWIJZE)
    noted = {
        Verzoekfeit.VERDAGING: VERZOEK.verdaagd(LATER),
        Verzoekfeit.OPSCHORTING: VERZOEK.opgeschort(stil),
        Verzoekfeit.PRECISERING: VERZOEK.precisering_gevraagd(DAG).precisering_beantwoord(LATER),
        Verzoekfeit.DOORZENDING: VERZOEK.doorgezonden(DEEL),
        Verzoekfeit.INGEBREKESTELLING: VERZOEK.in_gebreke_gesteld(LATER),
        Verzoekfeit.INTREKKING: VERZOEK.ingetrokken(LATER),
    }
    assert noted.keys() == set(Verzoekfeit)
    for feit, changed in noted.items():
        assert changed != VERZOEK
        assert changed.zonder(feit) == VERZOEK, feit
    twice = VERZOEK.doorgezonden(DEEL).doorgezonden(HEEL)
    assert twice.zonder(Verzoekfeit.DOORZENDING, 1).doorzendingen == (HEEL,)
    assert twice.doorgezonden_op == LATER
    assert VERZOEK.doorgezonden(DEEL).doorgezonden_op is None


def test_the_status_follows_from_the_facts() -> None:
    stil = VERZOEK.opgeschort(Opschorting(DAG, LATER, Opschortingsgrond.PRECISERING))
    cases = [
        (VERZOEK, [], Verzoekstatus.IN_BEHANDELING, 21),
        (stil, [], Verzoekstatus.OPGESCHORT, 28),
        (VERZOEK, [besluit(deelbesluit=1)], Verzoekstatus.DEELS_BESLOTEN, 21),
        (VERZOEK, [besluit(deelbesluit=1), besluit("b2", 2, laatste=True)], Verzoekstatus.BESLOTEN, None),
        (VERZOEK, [besluit()], Verzoekstatus.BESLOTEN, None),
        (VERZOEK.doorgezonden(DEEL), [], Verzoekstatus.IN_BEHANDELING, 21),
        (VERZOEK.doorgezonden(HEEL), [], Verzoekstatus.DOORGEZONDEN, None),
        (VERZOEK.ingetrokken(LATER), [besluit(deelbesluit=1)], Verzoekstatus.INGETROKKEN, None),
    ]
    for verzoek, besluiten, expected, left in cases:
        assert (status(verzoek, besluiten, LATER), days_left(verzoek, besluiten, LATER)) == (expected, left)
    assert days_left(VERZOEK, [], date(2024, 2, 7)) == -2
    endless = VERZOEK.opgeschort(Opschorting(LATER, None, Opschortingsgrond.OVERMACHT))
    assert days_left(endless, [], LATER) is None
    assert {each.naam for each in Verzoekstatus} >= {"In behandeling", "Doorgezonden"}


def test_a_revised_decision_takes_the_place_of_one_that_fits() -> None:
    old = besluit("b1", 1)
    new = besluit("b2", 1, herziet="b1", herziening=Herziening.BEZWAAR)
    check_besluit(new, VERZOEK, [old])
    assert in_force([old, new]) == (new,)
    again = besluit("b3", 1, herziet="b2", herziening=Herziening.RECHTER)
    check_besluit(again, VERZOEK, [old, new])
    assert in_force([old, new, again]) == (again,)
    for wrong, why in (
        (replace(again, herziet="b1"), "revised already"),
        (replace(again, herziet="b9"), "no such decision"),
        (replace(again, deelbesluit=2), "same number"),
        (replace(again, datum=date(2024, 1, 9)), "taken later"),
    ):
        with pytest.raises(InvalidValue, match=why):
            check_besluit(wrong, VERZOEK, [old, new])
    last = besluit("b4", 2, laatste=True)
    with pytest.raises(Refused, match="last one already"):
        check_besluit(besluit("b5", 3, laatste=True), VERZOEK, [old, new, last])


def test_erasing_keeps_what_was_asked_and_answered() -> None:
    known = derde(gevraagd_op=DAG, reageren_voor=LATER, reactie=Reactie.DEELS, gereageerd_op=LATER, adres="A")
    left = known.gewist(LATER)
    assert (left.naam, left.adres, left.gevraagd_op, left.reactie) == (None, None, DAG, Reactie.DEELS)
    assert Verzoeker("v1", "Naam", adres="A").gewist(LATER) == Verzoeker("v1", None, gewist_op=LATER)
    assert derde(gevraagd_op=DAG).wacht
    assert not known.wacht
    assert [each for each in Reactie if each.verwacht_bezwaar] == [Reactie.BEZWAAR, Reactie.DEELS]
