"""Every legal clock: from which fact it counts, what ends it, and that no days are lost or counted twice."""

from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from woo.diwoo.termijnen import load_kalender, load_regels
from woo.domain.besluit import Uitkomst, Woobesluit
from woo.domain.dossierfeiten import Termijndossier, feiten_van
from woo.domain.kalender import Kalender
from woo.domain.klok import Feit, Klok, Klokstand, klokken
from woo.domain.procedure import Procedure, Proceduresoort, Procedureuitkomst
from woo.domain.tellen import laatste_dag
from woo.domain.termijnregel import Feitsoort, Termijnregels
from woo.domain.verzoek import Opschorting, Opschortingsgrond, Wooverzoek
from woo.settings import config_folder

MAANDAG = date(2026, 3, 2)
DAG = timedelta(days=1)
ONTVANGST = Feit(Feitsoort.ONTVANGST, MAANDAG, "v")


@cache
def regels() -> Termijnregels:
    return load_regels(config_folder() / "termijnen.yaml")


@cache
def kalender() -> Kalender:
    return load_kalender(config_folder() / "feestdagen.yaml")


def stil(van: date, tot: date | None) -> Opschorting:
    return Opschorting(van, tot, Opschortingsgrond.ZIENSWIJZE)


def counted(*feiten: Feit, op: date = MAANDAG, stilte: tuple[Opschorting, ...] = ()) -> dict[str, Klok]:
    return {each.regel.code: each for each in klokken(feiten, regels(), kalender(), op, stilte)}


def test_four_weeks_from_the_day_after_receipt_and_two_more_when_put_off() -> None:
    assert counted(ONTVANGST)["beslistermijn"].einde == date(2026, 3, 30)
    later = counted(ONTVANGST, Feit(Feitsoort.VERDAGING, date(2026, 3, 20), "v", dagen=14))["beslistermijn"]
    assert later.einde == date(2026, 4, 13)
    assert counted(ONTVANGST, Feit(Feitsoort.VERDAGING, date(2026, 3, 20), "v", dagen=3))[
        "beslistermijn"
    ].einde == date(2026, 4, 2)


def test_a_term_that_would_end_on_good_friday_ends_after_easter() -> None:
    klok = counted(Feit(Feitsoort.ONTVANGST, date(2026, 3, 6), "v"))["beslistermijn"]
    assert klok.einde == date(2026, 4, 7)


def test_days_left_and_too_late() -> None:
    klok = counted(ONTVANGST, op=date(2026, 3, 22))["beslistermijn"]
    assert (klok.dagen_over, klok.te_laat, klok.stand) == (8, 0, Klokstand.LOOPT)
    late = counted(ONTVANGST, op=date(2026, 4, 2))["beslistermijn"]
    assert (late.dagen_over, late.te_laat) == (-3, 3)
    done = counted(ONTVANGST, Feit(Feitsoort.AFGEDAAN, date(2026, 3, 31), "v"), op=date(2026, 6, 1))[
        "beslistermijn"
    ]
    assert (done.stand, done.gedaan_op, done.te_laat) == (Klokstand.GEDAAN, date(2026, 3, 31), 1)


def test_suspension_moves_the_end_one_way_and_not_the_other() -> None:
    klok = counted(ONTVANGST, stilte=(stil(date(2026, 3, 10), date(2026, 3, 19)),))["beslistermijn"]
    assert (klok.einde, klok.einde_zonder) == (date(2026, 4, 9), date(2026, 3, 30))
    assert (klok.dagen_over, klok.dagen_over_zonder) == (38, 28)
    open_ = counted(ONTVANGST, stilte=(stil(date(2026, 3, 10), None),))["beslistermijn"]
    assert (open_.einde, open_.stand, open_.einde_zonder) == (None, Klokstand.STIL, date(2026, 3, 30))


def test_what_may_be_done_lapses_and_is_never_late() -> None:
    before, after = counted(ONTVANGST), counted(ONTVANGST, op=date(2026, 3, 17))
    for code in ("precisering", "misbruik"):
        assert (before[code].einde, before[code].stand) == (date(2026, 3, 16), Klokstand.LOOPT)
        assert (after[code].stand, after[code].te_laat) == (Klokstand.VERVALLEN, 0)
    asked = counted(
        ONTVANGST, Feit(Feitsoort.PRECISERING_GEVRAAGD, date(2026, 3, 5), "v"), op=date(2026, 5, 1)
    )
    assert asked["precisering"].stand is Klokstand.GEDAAN


def test_who_does_not_answer_can_be_refused_within_two_weeks() -> None:
    asked = Feit(Feitsoort.PRECISERING_TERMIJN, date(2026, 3, 5), "v", tot=date(2026, 3, 19))
    assert counted(ONTVANGST, asked)["precisering_antwoord"].einde == date(2026, 3, 19)
    over = Feit(Feitsoort.PRECISERING_VOORBIJ, date(2026, 3, 19), "v")
    assert counted(ONTVANGST, asked, over)["niet_behandelen"].einde == date(2026, 4, 2)


def test_a_notice_of_being_late_counts_only_after_the_term() -> None:
    early = counted(ONTVANGST, Feit(Feitsoort.INGEBREKESTELLING, date(2026, 3, 30), "v"), op=date(2026, 4, 1))
    assert early["ingebrekestelling"].stand is Klokstand.VERVALLEN
    right = counted(ONTVANGST, Feit(Feitsoort.INGEBREKESTELLING, date(2026, 3, 31), "v"), op=date(2026, 4, 1))
    assert (right["ingebrekestelling"].einde, right["ingebrekestelling"].stand) == (
        date(2026, 4, 14),
        Klokstand.LOOPT,
    )


def test_the_day_of_the_court_is_taken_as_it_is() -> None:
    ruling = Feit(Feitsoort.RECHTERLIJKE_TERMIJN, date(2026, 7, 1), "v", tot=date(2026, 8, 1))
    klok = counted(ONTVANGST, ruling, op=date(2026, 7, 2))["rechterlijke_termijn"]
    assert (klok.einde, klok.dagen_over) == (date(2026, 8, 1), 30)


BESLUIT = Feit(Feitsoort.BEKENDMAKING, date(2026, 3, 20), "b", bij="v")
BEZWAAR = Feit(Feitsoort.BEZWAAR, date(2026, 4, 1), "p", bij="b")


def test_objection_six_weeks_twelve_with_a_committee_and_six_more() -> None:
    plain = counted(BESLUIT, BEZWAAR)
    assert plain["bezwaar_maken"].einde == date(2026, 5, 1)
    assert plain["bezwaar_beslissen"].einde == date(2026, 6, 12)
    put_off = counted(BESLUIT, BEZWAAR, Feit(Feitsoort.BEZWAAR_VERDAAGD, date(2026, 6, 1), "p", bij="b"))
    assert put_off["bezwaar_beslissen"].einde == date(2026, 7, 24)
    committee = counted(BESLUIT, BEZWAAR, Feit(Feitsoort.COMMISSIE, date(2026, 4, 8), "p", bij="b"))
    assert "bezwaar_beslissen" not in committee
    assert committee["bezwaar_beslissen_commissie"].einde == date(2026, 7, 24)
    decided = counted(
        BESLUIT,
        BEZWAAR,
        Feit(Feitsoort.BESLISSING_OP_BEZWAAR, date(2026, 6, 15), "p", bij="b"),
        op=date(2026, 6, 16),
    )
    assert (decided["bezwaar_beslissen"].stand, decided["bezwaar_beslissen"].te_laat) == (Klokstand.GEDAAN, 3)
    assert decided["beroep"].einde == date(2026, 7, 27)


def test_a_committee_on_one_objection_does_not_touch_another() -> None:
    other = Feit(Feitsoort.BEZWAAR, date(2026, 4, 2), "q", bij="b")
    found = klokken(
        [BESLUIT, BEZWAAR, other, Feit(Feitsoort.COMMISSIE, date(2026, 4, 8), "p", bij="b")],
        regels(),
        kalender(),
        MAANDAG,
    )
    assert {(each.regel.code, each.over) for each in found if each.regel.code.startswith("bezwaar_b")} == {
        ("bezwaar_beslissen", "q"),
        ("bezwaar_beslissen_commissie", "p"),
    }


def test_disclosure_waits_two_weeks_and_for_the_judge() -> None:
    told = Feit(Feitsoort.UITGESTELD, date(2026, 3, 20), "b", bij="v")
    assert counted(told)["uitgestelde_verstrekking"].einde == date(2026, 4, 7)  # 3 to 6 April are Easter
    assert counted(told, op=date(2026, 4, 8))["uitgestelde_verstrekking"].stand is Klokstand.GEDAAN
    asked = Feit(Feitsoort.VOORZIENING, date(2026, 3, 30), "b")
    held = counted(told, asked, op=date(2026, 6, 1))["uitgestelde_verstrekking"]
    assert (held.einde, held.stand) == (None, Klokstand.STIL)
    ruled = counted(told, replace(asked, tot=date(2026, 5, 20)), op=date(2026, 5, 1))[
        "uitgestelde_verstrekking"
    ]
    assert (ruled.einde, ruled.stand) == (date(2026, 5, 20), Klokstand.LOOPT)


def test_the_end_of_a_suspension_is_told_to_the_requester() -> None:
    over = Feit(Feitsoort.OPSCHORTING_VOORBIJ, date(2026, 3, 18), "v#0", bij="v")
    task = counted(ONTVANGST, over, op=date(2026, 3, 19))["nieuwe_datum"]
    assert (task.einde, task.stand, task.regel.streef) == (date(2026, 3, 20), Klokstand.LOOPT, True)
    told = counted(ONTVANGST, over, Feit(Feitsoort.NIEUWE_DATUM_GEMELD, date(2026, 3, 19), "v#0", bij="v"))[
        "nieuwe_datum"
    ]
    assert told.stand is Klokstand.GEDAAN


def test_a_rule_counts_from_the_day_it_is_in_force() -> None:
    wob = counted(Feit(Feitsoort.ONTVANGST, date(2022, 4, 29), "v"))
    assert wob["beslistermijn"].regel.artikel == "artikel 6, eerste lid, Wob"
    assert "misbruik" not in wob
    assert counted(Feit(Feitsoort.ONTVANGST, date(2022, 5, 2), "v"))["beslistermijn"].regel.artikel.endswith(
        "Woo"
    )


def test_a_year_without_known_decrees_is_told() -> None:
    assert counted(ONTVANGST)["beslistermijn"].zeker
    assert not counted(Feit(Feitsoort.ONTVANGST, date(2031, 3, 3), "v"))["beslistermijn"].zeker


def test_every_clock_has_a_key_of_its_own() -> None:
    twice = [Feit(Feitsoort.INGEBREKESTELLING, date(2026, 4, dag), "v") for dag in (1, 20)]
    keys = [each.sleutel for each in klokken([ONTVANGST, *twice], regels(), kalender(), MAANDAG)]
    assert len(set(keys)) == len(keys)
    assert {"ingebrekestelling.v", "ingebrekestelling.v.1"} <= set(keys)


DAYS = st.dates(date(2022, 5, 2), date(2030, 12, 31))
LENGTHS = st.integers(0, 60)


@st.composite
def suspensions(draw: st.DrawFn, from_: date) -> tuple[Opschorting, ...]:
    starts = draw(st.lists(st.tuples(st.integers(0, 80), LENGTHS), max_size=4))
    return tuple(stil(from_ + n * DAG, from_ + (n + length) * DAG) for n, length in starts)


@given(data=st.data(), received=DAYS)
def test_no_term_ends_on_a_day_off_and_suspension_never_shortens(data: st.DataObject, received: date) -> None:
    stilte = data.draw(suspensions(received))
    klok = counted(Feit(Feitsoort.ONTVANGST, received, "v"), op=received, stilte=stilte)["beslistermijn"]
    assert klok.einde is not None
    assert klok.einde_zonder is not None
    assert kalender().is_werkdag(klok.einde)
    assert kalender().is_werkdag(klok.einde_zonder)
    assert klok.einde >= klok.einde_zonder
    if not stilte:
        assert klok.einde == klok.einde_zonder


@given(data=st.data(), received=DAYS, dagen=st.integers(1, 100))
def test_each_day_counts_once_and_more_days_never_end_earlier(
    data: st.DataObject, received: date, dagen: int
) -> None:
    stilte = data.draw(suspensions(received))
    end = laatste_dag(received, dagen, stilte)
    assert end is not None
    between = [received + n * DAG for n in range(1, (end - received).days + 1)]
    assert sum(not any(dag in each for each in stilte) for dag in between) == dagen
    later, after = laatste_dag(received, dagen + 1, stilte), laatste_dag(received + DAG, dagen, stilte)
    assert later is not None
    assert later > end
    assert after is not None
    assert after >= end
    longer = tuple(replace(each, tot=each.tot + DAG) for each in stilte if each.tot is not None)
    longest = laatste_dag(received, dagen, longer)
    assert longest is not None
    assert longest >= end


@given(data=st.data(), received=DAYS)
def test_the_clock_says_what_the_request_says(data: st.DataObject, received: date) -> None:
    stilte = data.draw(suspensions(received))
    verzoek = Wooverzoek("v", "W-1", "Iets", received, opschortingen=stilte)
    klok = counted(Feit(Feitsoort.ONTVANGST, received, "v"), op=received, stilte=stilte)["beslistermijn"]
    with_ = Kalender.einde(kalender(), laatste_dag(received, 28, verzoek.opschortingen) or received)
    assert klok.einde == with_


@pytest.mark.parametrize(
    "code", sorted({each.code for each in load_regels(config_folder() / "termijnen.yaml")})
)
def test_every_rule_names_an_article_and_a_source_of_the_law(code: str) -> None:
    for regel in regels():
        if regel.code == code:
            assert "artikel" in regel.artikel
            assert regel.bron.startswith("https://wetten.overheid.nl/BWBR")


def test_what_came_to_rest_long_ago_has_no_clock_that_runs() -> None:
    verzoek = Wooverzoek("v", "W-1", "Iets", MAANDAG)
    besluit = Woobesluit("b", "v", "B-1", date(2026, 3, 20), Uitkomst.OPENBAAR)
    bezwaar = Procedure("p", "b", Proceduresoort.BEZWAAR, date(2026, 4, 1))
    assert Termijndossier(verzoek).rust_sinds is None
    assert Termijndossier(verzoek, [besluit], [bezwaar]).rust_sinds is None
    ended = bezwaar.beslist(Procedureuitkomst.ONGEGROND, date(2026, 6, 1))
    dossier = Termijndossier(verzoek, [besluit], [ended])
    assert dossier.rust_sinds == date(2026, 6, 1)
    later = date(2026, 6, 1) + timedelta(days=regels().langste + 1)
    found = klokken(feiten_van(dossier, later), regels(), kalender(), later)
    assert found
    assert not any(each.open for each in found)


def test_what_befell_a_term_after_it_was_met_does_not_count() -> None:
    met = Feit(Feitsoort.AFGEDAAN, date(2026, 3, 20), "v")
    later = (stil(date(2026, 3, 25), date(2026, 4, 25)),)
    klok = counted(ONTVANGST, met, op=date(2026, 5, 1), stilte=later)["beslistermijn"]
    assert (klok.einde, klok.te_laat) == (date(2026, 3, 30), 0)
    put_off = counted(ONTVANGST, met, Feit(Feitsoort.VERDAGING, date(2026, 3, 25), "v", dagen=14))
    assert put_off["beslistermijn"].einde == date(2026, 3, 30)
